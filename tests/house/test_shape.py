"""How the code is cut: rooms, sizes, names, docstrings."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.files import PACKAGE, ROOT, Function, functions, modules, short, tree

# Longer than a module should be; each with its reason. It only ever gets shorter.
LONG_MODULES = {
    "directory/web/showing/words.py": "one room for all wording: a table of phrases read by translators",
    "directory/web/showing/week_picture.py": "one drawing, from a track to shapes; half of it are sentences",
    "directory/catalog/listing.py": "the listing format's two directions side by side",
}
MOST_LINES, MOST_IN_FUNCTION, USUAL_IN_FUNCTION = 300, 40, 20
EMPTY_WORDS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "managers",
    "base",
    "misc",
}


def test_imports_point_down_and_rooms_keep_to_themselves():
    tool = Path(sys.executable).with_name("lint-imports")
    command = str(tool) if tool.exists() else shutil.which("lint-imports")
    assert command, "import-linter is missing: pip install -r requirements-dev.txt"
    run = subprocess.run(
        [command, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"NO_COLOR": "1"},
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]


def test_a_module_is_read_in_one_sitting():
    lines = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    long = {
        name: count
        for name, count in lines.items()
        if count > MOST_LINES and name not in LONG_MODULES
    }
    assert long == {}
    assert {name for name in LONG_MODULES if lines.get(name, 0) < 0.9 * MOST_LINES} == set(), (
        "no longer long: take it off"
    )


def test_a_function_is_seen_at_a_glance(record_property):
    lengths = sorted(count for _, count in functions())
    median, usual = lengths[len(lengths) // 2], lengths[int(len(lengths) * 0.9)]
    record_property(
        "functions",
        f"{len(lengths)}, median {median}, 90th percentile {usual}, longest {lengths[-1]}",
    )
    assert usual <= USUAL_IN_FUNCTION
    assert {name: count for name, count in functions() if count > MOST_IN_FUNCTION} == {}


def test_names_say_what_they_hold():
    named = [path for path in [*PACKAGE.rglob("*"), *(ROOT / "tests").rglob("*"), *(ROOT / "scripts").rglob("*")]
             if "__pycache__" not in path.parts and (path.is_dir() or path.suffix == ".py")]  # fmt: skip
    empty = [short(path) for path in named if set(path.stem.lower().split("_")) & EMPTY_WORDS]
    assert empty == []


def test_everything_public_says_what_it_answers():
    silent = []
    for path in modules():
        whole = tree(path)
        if not ast.get_docstring(whole):
            silent.append(f"{short(path)}: the module")
        silent += [
            f"{short(path)}:{one.lineno} {one.name}"
            for one in _public(whole)
            if not ast.get_docstring(one)
        ]
    assert silent == []


def _public(inside: ast.Module | ast.ClassDef):
    """Classes and functions that others may use: top level, and methods of public classes.

    Nested `class Meta` of marshmallow is a setting, not a class anybody uses.
    """
    for one in inside.body:
        if (
            not isinstance(one, (*Function.__args__, ast.ClassDef))
            or one.name.startswith("_")
            or one.name == "Meta"
        ):
            continue
        yield one
        if isinstance(one, ast.ClassDef):
            yield from _public(one)


def test_nothing_asks_the_clock_but_the_one_clock():
    asked = [
        f"{short(path)}:{one.lineno}"
        for path in modules()
        for one in ast.walk(tree(path))
        if isinstance(one, ast.Attribute) and one.attr in {"now", "utcnow", "today"} and ast.unparse(one) in
        {"datetime.now", "datetime.utcnow", "date.today", "datetime.datetime.now", "datetime.date.today"}
    ]  # fmt: skip
    assert len(asked) == 1
    assert asked[0].startswith("directory/house.py")
