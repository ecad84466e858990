"""`docs/security.md` says of every requirement how it is met, or why not, and names only tests that are there."""

import csv
import re

from tests.house.files import ROOT

DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
REQUIREMENTS = ROOT / "tests" / "house" / "asvs_5_0_0.csv"
"""The numbers and levels of OWASP ASVS 5.0.0, levels 1 and 2."""
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_WHY = re.compile(r"^(Not met|Does not apply): \S.{4,}|^Written in \[|.*`tests/", re.DOTALL)


def rows():
    """(requirement, level, what it asks, what shows it) of the document."""
    return _ROW.findall(DOCUMENT)


def gone(text):
    """Tests that a text names and that are not there."""
    return [
        f"{file}::{name}"
        for file, name in _TEST.findall(text)
        if not (ROOT / file).is_file()
        or not re.search(rf"def {name}\(", (ROOT / file).read_text(encoding="utf-8"))
    ]


def test_a_test_that_is_gone_is_noticed():
    here = "tests/house/test_security_document.py"
    assert gone(f"`{here}::test_a_test_that_is_gone_is_noticed`") == []
    assert gone(f"`{here}::test_of_yesterday` and `tests/nowhere.py::test_x`") == [
        f"{here}::test_of_yesterday",
        "tests/nowhere.py::test_x",
    ]


def test_every_test_that_is_named_is_there():
    assert len(_TEST.findall(DOCUMENT)) > 150
    assert gone(DOCUMENT) == []


def test_every_requirement_of_both_levels_has_its_line_in_order():
    with REQUIREMENTS.open(encoding="utf-8", newline="") as file:
        asked = [(row["requirement"], row["level"]) for row in csv.DictReader(file)]
    assert len(asked) == 253
    assert [(number, level) for number, level, *_ in rows()] == asked


def test_every_line_names_its_test_or_says_why_there_is_none():
    assert [number for number, _, _, told in rows() if not _WHY.match(told)] == []
