"""Places open and close within days: how long ago it was told stands beside it, and when to call."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from directory.catalog.evidence import Source
from directory.catalog.schedule import Openings
from directory.matching.outcome import FirstGroup
from directory.web.showing.openings import openings
from tests.support.outcomes import MON, PAGE, TODAY, listing, match, outcome, sessions, track


def told(accepting, days_ago=None, heard=None):
    """What is said of openings so many days old; `heard` is the age of a source that tells no day."""
    on = None if days_ago is None else TODAY - timedelta(days_ago)
    group = track(*sessions(MON), openings=Openings(accepting, None, on))
    source = Source("Phone call", TODAY - timedelta(heard), "phone") if heard else None
    program = listing("Lamplight", group, evidence={"openings": source} if source else {}).program
    return openings(program, group)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "They had a place today."),
        (7, "They had a place 7 days ago."),
        (8, "They had a place 8 days ago. Call to check."),
        (30, "They had a place 30 days ago. Call to check."),
        (31, ""),
    ],
)
def test_a_place_is_told_with_its_age_and_from_the_eighth_day_on_to_check(speaking, days, said):
    assert told("yes", days) == said


def test_the_same_holds_of_a_group_that_is_full(speaking):
    assert told("no", 2) == "They said 2 days ago that they are full."
    assert told("no", 12) == "They said 12 days ago that they are full. Call to check."
    assert told("no", 31) == ""


def test_openings_without_a_day_are_as_old_as_their_source(speaking):
    assert told("no", heard=3) == "They said 3 days ago that they are full."
    assert told("yes", heard=9) == "They had a place 9 days ago. Call to check."
    assert told("yes") == ""
    assert told("unknown", heard=3) == ""


def test_the_question_about_a_full_group_tells_how_long_ago_they_said_so(visiting):
    one = listing("Lamplight", track(*sessions(MON)), source=PAGE)
    full = match(one, first_group=FirstGroup(None, "unknown", date(2026, 11, 4)))
    page = visiting(outcome(full)).get("/programs/lamplight")
    assert "No: They said 20 days ago that they are full. Call to check." in page.text
    assert "They said 20 days ago that they are full. Ask about a waiting list." in page.text
    (again,) = (
        visiting(outcome(replace(full, first_group=FirstGroup(None, "unknown"))))
        .get("/programs/lamplight")
        .read.all("main")
    )
    assert "full" not in again.text
