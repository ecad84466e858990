"""What curators see: serious cases first, and a sheet that runs nothing."""

import csv

from directory.curation.lint.inspecting import findings_among
from directory.curation.lint.report import COLUMNS, LintReport
from tests.curation.lint.measuring import BY
from tests.support.builders import a_listing, a_track


def report(*listings):
    return LintReport(len(listings), findings_among(listings, BY))


def test_serious_cases_come_first_and_then_by_number():
    early = a_track("mon tue", "09:00", "12:00", label="Evening", mode="virtual")
    both = a_track("wed thu", "09:00", "12:00", mode="hybrid")
    plain = report(a_listing(early, both, ages=(18, None), payers={"medicare": "in"})).as_dict()
    told = [(one["rule"], one["severity"], one["count"]) for one in plain["cases"]]
    assert told == [
        ("L1", "serious", 1),
        ("L3", "serious", 1),
        ("L8", "serious", 1),
        ("L3", "worth_a_look", 1),
    ]
    assert (plain["programs"], plain["serious"], plain["worth_a_look"]) == (1, 3, 1)


def test_a_sheet_has_every_finding_and_no_cell_that_runs(tmp_path):
    found = report(a_listing(a_track("mon", label="Day"), id="=cmd()", ages=(18, None)))
    found.save(tmp_path / "found.csv")
    with (tmp_path / "found.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["rule"], row["id"], row["got"]) for row in rows] == [("L1", "'=cmd()", "3 hours")]
    assert tuple(rows[0]) == COLUMNS


def test_a_store_that_adds_up_says_so():
    assert report(a_listing()).as_dict() == {
        "programs": 1,
        "serious": 0,
        "worth_a_look": 0,
        "cases": [],
        "found": [],
    }
