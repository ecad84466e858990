"""No figure without its count; where nobody has called, the page says so."""

from dataclasses import replace
from datetime import date

from directory.catalog.accuracy import Accuracy, Share
from directory.matching.statistics import Statistics
from directory.web.showing.figures import audit_of, lists_of, totals

FACTS = {
    "phone": {"current": 3, "conflicting": 1},
    "tracks": {"unknown": 2, "call_to_confirm": 4},
}
COUNTS = Statistics(
    4,
    0,
    2,
    FACTS,
    (("Federal list 2024", 4), ("Call audit", 2)),
    (
        ("Call audit", "", "", "2026-11-20", 1),
        ("Call audit", "", "", "2026-11-22", 1),
        ("Federal list", "2024", "2023-12-31", "2026-11-23", 4),
    ),
)
AUDIT = Accuracy(
    audit=3,
    population=100,
    drawn=20,
    not_reached=2,
    waiting=1,
    exact=Share(9, 17),
    functional=Share(14, 17),
    facts={"phone": Share(16, 17), "weeks": Share(0, 0)},
    first=date(2026, 11, 20),
    last=date(2026, 11, 22),
)


def test_lists_are_told_with_edition_and_days(speaking):
    federal, calls = lists_of(COUNTS)
    assert (federal.name, federal.dated, federal.seen, federal.programs) == (
        "Federal list 2024",
        "Dec 31, 2023",
        "Nov 23, 2026",
        4,
    )
    assert (calls.dated, calls.seen) == ("Not dated", "Nov 20, 2026 to Nov 22, 2026")


def test_facts_are_added_up_by_state():
    added = {"current": 3, "call_to_confirm": 4, "conflicting": 1, "unknown": 2}
    assert totals(COUNTS) == added


def test_every_share_has_its_count_and_interval(speaking):
    told = audit_of(AUDIT)
    assert [(one.counted, one.share, one.interval) for one in told.rows] == [
        ("9 of 17", "52.9%", "31.0% to 73.8%"),
        ("14 of 17", "82.4%", "59.0% to 93.8%"),
    ]
    assert [one.name for one in told.facts] == ["Phone"]
    for part in ("20 programs", "from 100", "Nov 20, 2026 to Nov 22, 2026", "Not reached: 2"):
        assert part in told.lead


def test_a_sample_of_one_area_says_so(speaking):
    told = audit_of(replace(AUDIT, near="91101", within_miles=10.0))
    assert "of 91101." in told.lead


def test_without_calls_there_is_no_figure():
    assert audit_of(None) is None
