"""What the documents promise is there, and what is there is documented."""

import re
from dataclasses import fields

import pytest

from directory.cli import COMMANDS
from directory.config import PREFIX, Config
from directory.web.staff.setting_words import SETTING_WORDS
from tests.house.files import ROOT

CHANGING, OPERATIONS, README = (
    ROOT / "docs" / "changing.md",
    ROOT / "docs" / "operations.md",
    ROOT / "README.md",
)
# `code spans` and [links](to/files) that look like a path of this project.
_SPAN = re.compile(r"`([^`\n]+)`|\]\(([^)#\s]+)")
_PATH = re.compile(r"[\w.\-]+(/[\w.\-*<>{}]+)*/?")
TOPS = (
    "directory",
    "data",
    "templates",
    "static",
    "translations",
    "migrations",
    "tests",
    "bench",
    "docs",
    "scripts",
    "integrations",
    "deploy",
    ".ci",
)
SINGLE = ("Makefile", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "pyproject.toml", "wsgi.py",
          "requirements.txt", "requirements.in", "requirements-oidc.txt", "requirements-oidc.in",
          "requirements-dev.txt", "requirements-dev.in", "requirements-bench.txt", "requirements-bench.in",
          "babel.cfg", "gunicorn.conf.py")  # fmt: skip


def paths_in(text):
    """The project paths a document names; placeholders such as <source> stand for anything."""
    for span, link in _SPAN.findall(text):
        name = (span or link).strip().removeprefix("./").removeprefix("../")
        name = name.partition("::")[0].partition(":")[0]
        if _PATH.fullmatch(name) and (
            (name.split("/")[0] in TOPS and "/" in name) or name in SINGLE
        ):
            yield name


def exists(name):
    """A path, or a pattern with * or <placeholders>, that something matches."""
    pattern = re.sub(r"<[^>]*>|\{[^}]*\}", "*", name).rstrip("/")
    return next(ROOT.glob(pattern), None) is not None


def test_a_missing_path_is_noticed():
    text = "Edit `directory/nowhere.py`, [this](docs/none.md), `directory/app.py` and `data/vocabularies/<kind>.csv`."
    named = list(paths_in(text))
    assert [name for name in named if not exists(name)] == ["directory/nowhere.py", "docs/none.md"]
    assert len(named) == 4


def test_every_path_that_the_documents_name_exists():
    documents = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    missing = [
        f"{document.relative_to(ROOT)}: {name}"
        for document in documents
        if document.is_file()
        for name in paths_in(document.read_text(encoding="utf-8"))
        if not exists(name)
    ]
    assert missing == []


@pytest.mark.parametrize(
    "name", ["README.md", "docs/changing.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"]
)
def test_the_documents_are_there(name):
    assert (ROOT / name).is_file(), f"{name} is missing"
    assert len((ROOT / name).read_text(encoding="utf-8")) > 200


def test_changing_says_where_each_kind_of_change_is_made():
    text = CHANGING.read_text(encoding="utf-8").lower()
    kinds = ("payer", "language", "import", "criterion", "api", "page", "engine")
    assert [kind for kind in kinds if kind not in text] == []
    assert len(list(paths_in(text))) >= 10


def test_changing_says_once_where_each_change_is_made():
    rows = re.findall(r"^\| ([^|]+?) \|", CHANGING.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) > 100
    assert [row for row in sorted(set(rows)) if rows.count(row) > 1] == []


def test_every_name_that_changing_finds_in_a_module_is_there():
    """As in: `risks` in `directory/config.py`."""
    named = re.findall(r"`(\w+)` in `([\w/]+\.py)`", CHANGING.read_text(encoding="utf-8"))
    assert len(named) > 5
    text = {path: (ROOT / path).read_text(encoding="utf-8") for _, path in named}
    assert [
        f"{path}: {name}" for name, path in named if not re.search(rf"\b{name}\b", text[path])
    ] == []


def test_every_setting_is_documented():
    told = "".join(
        path.read_text(encoding="utf-8") for path in (OPERATIONS, README) if path.is_file()
    )
    names = [f"{PREFIX}{field.name.upper()}" for field in fields(Config)]
    assert [name for name in names if name not in told] == []
    invented = set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", told)) - set(names)
    assert invented == set(), "documented, but not a setting"


def test_every_setting_says_on_the_page_of_settings_what_it_is_for():
    """Add a line to `directory/web/staff/setting_words.py`, and its Spanish."""
    names = {f"{PREFIX}{field.name.upper()}" for field in fields(Config)}
    assert set(SETTING_WORDS) == names


def test_every_command_is_in_the_readme():
    told = README.read_text(encoding="utf-8")
    commands = set(re.findall(r"python -m directory ([a-z-]+)", told)) | set(
        re.findall(r"`([a-z-]+)[ `]", told)
    )
    assert [name for name, *_ in COMMANDS if name not in commands] == []


def test_every_make_target_in_the_readme_exists():
    targets = set(
        re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    told = set(
        re.findall(r"(?:`|^ *)make ([a-z-]+)", README.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {"run", "test"} <= told
    assert told <= targets


def test_decision_records_say_what_follows_and_how_it_is_checked():
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert records, "docs/adr has no decision record"
    parts = ("**decision.**", "**consequences.**", "**checked by**")
    for record in records:
        assert re.fullmatch(r"\d{3}-[a-z0-9-]+\.md|README\.md", record.name), record.name
        text = record.read_text(encoding="utf-8").lower()
        assert record.name == "README.md" or [part for part in parts if part not in text] == [], (
            record.name
        )
    numbers = [record.name[:3] for record in records if record.name[0].isdigit()]
    assert len(set(numbers)) == len(numbers)
