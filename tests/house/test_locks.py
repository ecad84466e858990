"""What is installed is what was locked, from no address in particular, and only once."""

import re
from importlib.metadata import packages_distributions
from itertools import combinations

import pytest

from scripts import check_locks
from tests.house.files import ROOT, short, text_files

# Written apart, so that this file does not hold what it looks for.
INDEX_HOSTS = tuple(
    ".".join(parts)
    for parts in (("pypi", "org"), ("files", "pythonhosted", "org"), ("test", "pypi", "org"))
)
GOOD = "flask==3.1.3 \\\n    --hash=sha256:" + "a" * 64 + "\n"


def test_exactly_one_distribution_provides_whoosh():
    """Three projects own the folder `whoosh`; pip lets one overwrite the other."""
    assert packages_distributions().get("whoosh") == ["Whoosh"]


def test_exactly_one_distribution_provides_phonenumbers():
    assert packages_distributions().get("phonenumbers") == ["phonenumberslite"]


def test_a_library_whose_inside_we_lean_on_is_asked_for_in_one_version():
    """The worker leans on gunicorn (adr/041), the wrapper of words on Whoosh."""
    asked = (ROOT / "requirements.in").read_text(encoding="utf-8")
    for name in ("gunicorn", "Whoosh"):
        assert re.search(rf"^{name}==\d", asked, re.MULTILINE)


def test_the_locks_are_clean_and_satisfy_what_was_asked_for():
    assert check_locks.problems(ROOT) == []


@pytest.mark.parametrize(("lock", "said"), [
    ("flask==3.1.3\n", "no hash"),
    ("flask>=3.1 \\\n    --hash=sha256:" + "a" * 64 + "\n", "not pinned"),
    (GOOD.replace("a" * 64, "abc"), "no hash"),
    ("--index" + "-url https://mirror.example/simple\n" + GOOD, "address"),
    ("--find" + "-links /wheels\n" + GOOD, "address"),
    ("--trusted" + "-host mirror.example\n" + GOOD, "address"),
    ("flask @ file" + ":///wheels/flask.whl \\\n    --hash=sha256:" + "a" * 64 + "\n", "address"),
    (GOOD.replace("3.1.3", "2.0.0"), "asked for flask"),
    ("whoosh==2.7.4 \\\n    --hash=sha256:" + "b" * 64 + "\n", "not in the lock"),
    (GOOD + GOOD, "twice"),
])  # fmt: skip
def test_a_bad_lock_is_refused(tmp_path, lock, said):
    (tmp_path / "requirements.in").write_text("# why\nFlask>=3.1.3,<3.2\n")
    (tmp_path / "requirements.txt").write_text(lock)
    assert said in "\n".join(check_locks.problems(tmp_path))


def test_a_good_lock_is_taken(tmp_path, capsys):
    (tmp_path / "requirements.in").write_text("Flask>=3.1.3,<3.2  # why\n")
    (tmp_path / "requirements.txt").write_text("# made by make lock\n" + GOOD)
    assert check_locks.problems(tmp_path) == []
    assert check_locks.main(tmp_path) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_the_answer_is_one_clear_line_and_a_status(tmp_path, capsys):
    (tmp_path / "requirements.in").write_text("Flask>=3.1.3\n")
    (tmp_path / "requirements.txt").write_text("flask==3.1.3\n")
    assert check_locks.main(tmp_path) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert "requirements.txt: flask" in line


def test_no_lock_pins_differently_from_another():
    run, oidc, dev, bench = (
        check_locks.locked((ROOT / lock).read_text(encoding="utf-8"))[0]
        for _, lock in check_locks.PAIRS
    )
    for one, other in combinations((run, oidc, dev, bench), 2):
        assert {
            name: (pin, other[name])
            for name, pin in one.items()
            if name in other and other[name] != pin
        } == {}
    assert {"authlib", "tantivy"}.isdisjoint(run)
    assert {"authlib", "joserfc"} <= set(dev)


def test_no_file_names_the_host_of_a_package_index():
    named = [
        short(path) for path, text in text_files() if any(host in text for host in INDEX_HOSTS)
    ]
    assert named == []


def test_no_configuration_names_a_package_index():
    setting = re.compile(
        "|".join(("index" + r"[-_]url", "find" + r"[-_]links", "trusted" + r"[-_]host")),
        re.IGNORECASE,
    )
    found = []
    for path, text in text_files():
        if path.suffix in {
            ".in",
            ".txt",
            ".toml",
            ".cfg",
            ".ini",
            ".conf",
            ".yml",
            ".yaml",
            ".sh",
        } or path.name in {"Makefile", "run"}:
            lines = [
                line
                for line in text.splitlines()
                if setting.search(line) and "--no-emit-" not in line
            ]
            found += [f"{short(path)}: {line.strip()}" for line in lines]
    assert found == []
