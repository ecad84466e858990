"""My IOP weeks: what a track takes, as far as it is published, and what usually happens."""

from dataclasses import replace
from datetime import date

from directory.catalog.evidence import Source
from directory.catalog.program import Price, Span
from directory.catalog.schedule import Session
from directory.matching.outcome import FirstGroup, ScheduleAnswer
from tests.support.outcomes import MON, THU, WED, listing, match, outcome, sessions, track
from tests.web.conftest import FORM

EVENING = track(*sessions(MON, WED, THU, contact_minutes=165), label="Evening")


def page_of(visiting, *tracks, schedule=None, week=False, **facts):
    one = listing("Lamplight", *tracks, **{"weeks": Span(8, 8), **facts})
    found = match(one, schedule)
    if not any(one.start.dates for one in tracks):
        found = replace(found, first_group=FirstGroup(date(2026, 12, 7), "stated"))
    visitor = visiting(outcome(found))
    if not week:
        return visitor.get("/programs/lamplight")
    return visitor.get(visitor.post("/find", FORM).link("Lamplight"))


def test_the_weeks_are_counted_from_what_is_published(visiting):
    page = page_of(visiting, EVENING)
    assert "Your 8 weeks" in page.text
    assert "If you start Mon, Dec 7: 24 days, 72 hours in all." in page.text
    assert "Therapy a week 8 hours 15 minutes" in page.text
    assert "With breaks 9 hours" in page.text


def test_a_range_of_weeks_stays_a_range(visiting):
    page = page_of(visiting, EVENING, weeks=Span(8, 10))
    assert "Your 8 to 10 weeks" in page.text
    assert "24 to 30 days, 72 hours to 90 hours in all" in page.text
    assert "The picture shows the shortest stay they name." in page.text


def test_a_length_that_is_open_above_stays_open(visiting):
    page = page_of(visiting, EVENING, weeks=Span(12, None), price=Price(31_000, "day"))
    assert (
        "12 weeks or more If you start Mon, Dec 7: at least 36 days, 108 hours in all." in page.text
    )
    assert "If you pay yourself from $11,160 in all" in page.text
    assert "The picture shows the shortest stay they name. Ask how long" in page.text
    assert "Your 12 weeks" not in page.text


def test_a_length_that_is_open_below_is_a_most(visiting):
    page = page_of(visiting, EVENING, weeks=Span(None, 12), price=Price(31_000, "day"))
    assert "Up to 12 weeks If you start Mon, Dec 7: at most 36 days, 108 hours in all." in page.text
    assert "If you pay yourself at most $11,160 in all" in page.text
    assert "The picture shows the longest stay they name. Ask how long" in page.text


def test_time_to_free_up_over_an_open_length_is_a_least(visiting):
    missed = ScheduleAnswer("misses", 90, weekly_span_minutes=540)
    visitor = visiting(outcome(match(listing("Lamplight", EVENING, weeks=Span(8, None)), missed)))
    sealed = visitor.post("/find", FORM).link("Change my answers").rpartition("/")[2]
    page = visitor.get(f"/programs/lamplight?for={sealed}")
    assert "1 hour 30 minutes a week, at least 12 hours in all" in page.text


def test_a_length_in_doubt_is_asked_for_and_nothing_is_reckoned_from_it(visiting):
    one = listing("Lamplight", EVENING, weeks=Span(8, 8), price=Price(31_000, "day"))
    long_ago = Source("An old page", date(2019, 1, 1), "published")
    evidence = {**one.program.evidence, "weeks": long_ago}
    one = replace(one, program=replace(one.program, evidence=evidence))
    page = visiting(outcome(match(one))).get("/programs/lamplight")
    assert "Your weeks 8 weeks: we read this too long ago. Ask." in page.text
    assert "$7,440" not in page.text


def test_weeks_that_nobody_told_are_asked_for_and_not_drawn(visiting):
    page = page_of(visiting, EVENING, weeks=None)
    assert "They do not say how many weeks it takes. Ask." in page.text
    assert "What usually happens" not in page.text


def test_hours_that_nobody_told_are_asked_for(visiting):
    page = page_of(visiting, track(Session(count=3, part_of_day="evening")))
    assert "Therapy a week Ask" in page.text
    assert "With breaks Ask" in page.text


def test_what_usually_happens_is_never_said_of_this_program(visiting):
    page = page_of(visiting, EVENING)
    assert "It is not from this program. Ask how they do it." in page.text
    for title in ("Settle in", "Learn tools", "Use them", "Look ahead", "Finish"):
        assert title in page.text
    assert "Weeks 4 and 5, Dec 28" in page.text


def test_time_to_free_up_is_told_only_for_a_week_that_was_given(visiting):
    missed = ScheduleAnswer("misses", 90, weekly_span_minutes=540)
    assert "Time to free up" not in page_of(visiting, EVENING).text
    told = page_of(visiting, EVENING, schedule=replace(missed, verdict="cannot_tell"), week=True)
    assert "Time to free up Ask" in told.text


def test_the_way_is_called_an_estimate_and_not_told_to_the_minute(visiting):
    page = page_of(visiting, EVENING, schedule=ScheduleAnswer("fits"), week=True)
    assert "The way, there and back about 54 minutes a week" in page.text
    assert "Leave and be back, about 5:50 to 9:10 pm" in page.text
    assert "Time to free up None" in page.text


def test_from_home_there_is_no_way(visiting):
    video = replace(EVENING, mode="virtual")
    page = page_of(visiting, video, schedule=ScheduleAnswer("fits"), week=True)
    assert "there and back" not in page.text


def test_what_a_stay_costs_is_counted_only_from_a_price_and_weeks_they_name(visiting):
    a_day = Price(31_000, "day")
    assert "If you pay yourself $7,440 in all" in page_of(visiting, EVENING, price=a_day).text
    ranged = page_of(visiting, EVENING, price=a_day, weeks=Span(8, 10))
    assert "$7,440 to $9,300 in all" in ranged.text
    assert "in all" not in page_of(visiting, EVENING, price=a_day, weeks=None).text.replace(
        "What will I pay in all?", ""
    )
