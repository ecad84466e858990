"""A program's weeks as a calendar file, parsed back and expanded."""

from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from dateutil.rrule import rrulestr

from directory.catalog.evidence import Source
from directory.catalog.program import Span
from directory.catalog.schedule import Session, Start
from tests.support.outcomes import (
    INVENTED,
    MON,
    NOW,
    THU,
    WED,
    listing,
    match,
    outcome,
    sessions,
    track,
)

ZONE = "America/Los_Angeles"
EVENING = track(
    *sessions(MON, WED, THU), label="Evening", start=Start("cohort", (date(2026, 12, 7),))
)


def at_home(*tracks, zone=ZONE, **facts):
    """The example program, its clock known."""
    one = listing("Lamplight", *tracks, **{"weeks": Span(8, 8), **facts})
    return replace(one, site=replace(one.site, time_zone=zone))


def fetched(visiting, one, query="", status=200):
    answer = visiting(outcome(match(one))).raw(f"/programs/{one.slug}.ics{query}")
    assert answer.status_code == status
    return answer


def events(answer):
    return icalendar.Calendar.from_ical(answer.data).walk("VEVENT")


def held(event):
    """Every start of an event, as people of the zone read their clocks."""
    start = event["DTSTART"].dt
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start.replace(tzinfo=None))
    return [day.replace(tzinfo=start.tzinfo) for day in rule]


@pytest.mark.parametrize("first", ["2027-02-22", "2026-10-12"])
def test_six_pm_stays_six_pm_when_the_clocks_change(visiting, first):
    found = events(fetched(visiting, at_home(EVENING), f"?from={first}"))
    days = sorted(day for event in found for day in held(event))
    assert len(days) == 24
    assert {(day.hour, day.minute) for day in days} == {(18, 0)}
    assert len({day.utcoffset() for day in days}) == 2, "no change of clocks in these weeks"
    assert {day.weekday() for day in days} == {MON, WED, THU}
    assert {event["DTEND"].dt - event["DTSTART"].dt for event in found} == {timedelta(hours=3)}


def test_the_file_names_its_zone_and_tells_when_its_clocks_change(visiting):
    calendar = icalendar.Calendar.from_ical(fetched(visiting, at_home(EVENING)).data)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == ZONE
    offsets = {str(part["TZOFFSETTO"].to_ical()) for part in zone.subcomponents}
    assert len(offsets) == 2
    assert {event["DTSTART"].params["TZID"] for event in calendar.walk("VEVENT")} == {ZONE}
    assert "Z" not in {
        event["DTSTART"].to_ical()[-1:].decode() for event in calendar.walk("VEVENT")
    }


def test_the_weeks_begin_at_the_first_group_and_a_typed_day_moves_them(visiting):
    one = at_home(EVENING)
    assert min(e["DTSTART"].dt for e in events(fetched(visiting, one))).date() == date(2026, 12, 7)
    moved = events(fetched(visiting, one, "?from=2027-01-05"))
    assert min(event["DTSTART"].dt for event in moved).date() == date(2027, 1, 6)


def test_an_event_is_the_same_event_whenever_the_file_is_fetched(visiting):
    one = at_home(EVENING)
    first, later = (fetched(visiting, one, query) for query in ("", "?from=2027-01-04"))
    assert [e["UID"] for e in events(first)] == [e["UID"] for e in events(later)]
    assert len({event["UID"] for event in events(first)}) == 3


def test_a_range_of_weeks_is_told_and_what_is_not_sure_says_maybe(visiting):
    found = events(fetched(visiting, at_home(EVENING, weeks=Span(8, 10))))
    counts = {str(e["STATUS"]): (e["RRULE"]["COUNT"], str(e["SUMMARY"])) for e in found}
    assert counts["CONFIRMED"][0] == [8]
    assert counts["TENTATIVE"][0] == [2]
    assert "maybe" in counts["TENTATIVE"][1]
    assert len({event["UID"] for event in found}) == 6
    assert "They say 8 to 10 weeks." in found[0]["DESCRIPTION"]


def test_a_stay_of_unknown_length_comes_back_until_somebody_ends_it(visiting):
    found = events(fetched(visiting, at_home(EVENING, weeks=None)))
    assert all("COUNT" not in event["RRULE"] and "UNTIL" not in event["RRULE"] for event in found)
    assert "They do not say how many weeks." in found[0]["DESCRIPTION"]


def test_a_length_that_is_too_old_to_count_ends_no_event_and_is_asked_for(visiting):
    one = at_home(EVENING)
    long_ago = Source("An old page", date(2019, 1, 1), "published")
    evidence = {**one.program.evidence, "weeks": long_ago}
    one = replace(one, program=replace(one.program, evidence=evidence))
    found = events(fetched(visiting, one))
    assert all("COUNT" not in event["RRULE"] and "UNTIL" not in event["RRULE"] for event in found)
    assert "8 weeks: we read this too long ago. Ask. These events" in found[0]["DESCRIPTION"]


def test_what_is_not_published_is_not_in_the_file_and_the_file_says_so(visiting):
    half = track(*sessions(MON), Session(day=WED), label="Evening", start=EVENING.start)
    (event,) = events(fetched(visiting, at_home(half)))
    assert event["DTSTART"].dt.weekday() == MON
    assert "are left out. Ask when." in event["DESCRIPTION"]


def test_the_track_in_the_address_is_the_one_in_the_file(visiting):
    morning = track(*sessions(MON, start=540, end=720), label="Morning", start=EVENING.start)
    (event,) = events(fetched(visiting, at_home(EVENING, morning), "?track=morning"))
    assert event["DTSTART"].dt.hour == 9
    fetched(visiting, at_home(EVENING, morning), "?track=night", status=422)


def test_one_season_says_that_its_hours_change(visiting):
    term = track(*sessions(MON), label="After school", season="school term", start=EVENING.start)
    summer = track(*sessions(WED), label="After school", season="summer", start=EVENING.start)
    (event,) = events(fetched(visiting, at_home(term, summer), "?track=after-school-summer"))
    assert event["DTSTART"].dt.weekday() == WED
    assert "These are the hours of: summer." in event["DESCRIPTION"]


def test_a_plain_calendar_tells_nobody_what_it_is(visiting):
    answer = fetched(visiting, at_home(EVENING), "?plain=1")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="calendar.ics"'
    text = answer.text.lower()
    for word in ("lamplight", "group", "evening", "pasadena", "626", "http", "iop"):
        assert word not in text
    assert {str(event["SUMMARY"]) for event in events(answer)} == {"Appointment"}


def test_every_event_is_private_and_no_cache_keeps_the_file(visiting):
    answer = fetched(visiting, at_home(EVENING))
    assert {str(event["CLASS"]) for event in events(answer)} == {"PRIVATE"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_an_invented_program_says_so_in_the_calendar_too(visiting):
    (event, *_) = events(fetched(visiting, at_home(EVENING, source=INVENTED)))
    assert event["SUMMARY"].startswith("Example: ")
    assert "This program is invented" in event["DESCRIPTION"]


def test_a_site_without_a_known_clock_has_floating_times(visiting):
    answer = fetched(visiting, at_home(EVENING, zone=None))
    assert b"VTIMEZONE" not in answer.data
    assert events(answer)[0]["DTSTART"].to_ical() == b"20261207T180000"


@pytest.mark.parametrize("typed", ["soon", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_a_day_we_cannot_use_is_refused_with_what_to_type(visiting, typed):
    page = fetched(visiting, at_home(EVENING), f"?from={typed}", status=422)
    assert "Type a day like 2026-12-10" in page.text


def test_the_page_asks_for_the_first_day_and_posts_it(visiting):
    one = at_home(EVENING)
    visitor = visiting(outcome(match(one)))
    page = visitor.get(f"/programs/{one.slug}")
    form = page.form(f"/programs/{one.slug}.ics")
    assert (form["track"], form["from"]) == (["evening"], ["2026-12-07"])
    answer = visitor.raw(f"/programs/{one.slug}.ics", method="POST", data=form)
    assert len(events(answer)) == 3


def test_a_group_without_days_and_hours_offers_no_calendar(visiting):
    one = at_home(track(Session(count=3, part_of_day="evening"), label="Evening"))
    page = visiting(outcome(match(one))).get(f"/programs/{one.slug}")
    assert "nothing for a calendar. Ask them." in page.text
    assert f"/programs/{one.slug}.ics" not in page.text


@pytest.mark.parametrize("query", ["", "?track=evening", "?plain=1", "?from=2027-01-05"])
def test_where_no_hours_are_published_a_page_says_so(visiting, query):
    one = at_home(track(Session(count=3, part_of_day="evening"), label="Evening"))
    page = fetched(visiting, one, query, status=404).text
    assert "There is no calendar here to save" in page
    assert "nothing for a calendar. Ask them." in page


def test_a_program_without_groups_has_no_calendar(visiting):
    assert "There is no calendar here" in fetched(visiting, at_home(), status=404).text


UNKNOWN = track(*sessions(MON, WED), label="Evening")


def test_where_no_first_group_is_known_the_weeks_begin_today_and_say_maybe(visiting):
    found = events(fetched(visiting, at_home(UNKNOWN)))
    assert {str(event["STATUS"]) for event in found} == {"TENTATIVE"}
    assert all(0 <= (event["DTSTART"].dt.date() - NOW.date()).days < 7 for event in found)
    assert all("Ask" in event["DESCRIPTION"] for event in found)


def test_a_day_that_is_typed_is_sure_where_no_first_group_is_known(visiting):
    found = events(fetched(visiting, at_home(UNKNOWN), "?from=2027-01-05"))
    assert {str(event["STATUS"]) for event in found} == {"CONFIRMED"}


def test_a_plain_calendar_does_not_tell_why_it_says_maybe(visiting):
    found = events(fetched(visiting, at_home(UNKNOWN), "?plain=1"))
    assert {(str(event["STATUS"]), event.get("DESCRIPTION")) for event in found} == {
        ("TENTATIVE", None)
    }


def test_page_and_api_hold_the_same_weeks_of_every_listed_program(house, client):
    """Whatever is published of them; DTSTAMP alone may differ."""
    statuses = set()
    for record in house.finder.records()[1]:
        listing = record.listing
        page, api = (
            client.get(f"{root}/programs/{name}.ics")
            for root, name in (("", listing.slug), ("/api/v1", listing.program.id))
        )
        assert page.status_code == api.status_code, listing.slug
        statuses.add(page.status_code)
        if page.status_code == 200:
            told = [
                [line for line in answer.text.splitlines() if not line.startswith("DTSTAMP")]
                for answer in (page, api)
            ]
            assert told[0] == told[1], listing.slug
    assert statuses == {200, 404}
