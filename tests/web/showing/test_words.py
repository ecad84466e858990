from datetime import date, timedelta

import pytest

from directory.catalog.evidence import State
from directory.catalog.schedule import Choose, Session
from directory.matching.outcome import NO_PROOF, Conflict, FirstGroup, ScheduleAnswer
from directory.matching.week import Interval
from directory.web.showing import words
from tests.support.outcomes import (
    FEDERAL,
    FRI,
    INVENTED,
    MON,
    PAGE,
    PHONE,
    SAT,
    THU,
    TODAY,
    TUE,
    WED,
    sessions,
    track,
)

pytestmark = pytest.mark.usefixtures("speaking")
GAADS = track(Session(count=3, start=1110, end=1290), Session(count=1, start=540, end=735))


def test_what_was_read_too_long_ago_is_told_as_what_was():
    told = words.ask_for(("old",), track(*sessions(MON, WED)))
    assert told.mark == "ask"
    assert told.claim == "We read their week too long ago."
    assert told.rest == "It was: Mon, Wed, 6 to 9 pm. Ask if that is still so."


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (1080, 1260, "6 to 9 pm"),
        (540, 720, "9 am to noon"),
        (660, 780, "11 am to 1 pm"),
        (1050, 1230, "5:30 to 8:30 pm"),
        (720, 900, "noon to 3 pm"),
        (1320, 0, "10 pm to midnight"),
        (1320, 120, "10 pm to 2 am"),
        (0, 1440, "midnight to midnight"),
    ],
)
def test_hours_are_said_as_people_say_them(start, end, shown):
    assert words.hours(start, end) == shown


def test_days_in_a_row_become_a_range():
    assert words.days([MON, WED, THU]) == "Mon, Wed, Thu"
    assert words.days([MON, TUE, WED, THU]) == "Mon to Thu"
    assert words.days([THU, FRI]) == "Thu, Fri"
    assert words.days(range(7)) == "every day"


def test_minutes_become_hours_once_there_is_one():
    assert [words.duration(m) for m in (15, 60, 165, 780)] == [
        "15 minutes",
        "1 hour",
        "2 hours 45 minutes",
        "13 hours",
    ]


def test_sessions_of_one_kind_are_said_together():
    assert words.meets(track(*sessions(MON, WED, THU))) == "Mon, Wed, Thu, 6 to 9 pm"
    mixed = track(*sessions(TUE, THU, start=1110, end=1290), *sessions(SAT, start=540, end=720))
    assert words.meets(mixed) == "Tue, Thu, 6:30 to 9:30 pm and Sat, 9 am to noon"


def test_days_one_may_choose_are_said_as_a_choice():
    pool = sessions(MON, TUE, WED, THU, start=1140, end=1320, attendance="choose")
    assert words.meets(track(*pool, choose=Choose(3))) == "any 3 of Mon to Thu, 7 to 10 pm"


def test_days_nobody_published_are_counted_and_never_named():
    assert words.meets(GAADS) == (
        "3 evenings a week, 6:30 to 9:30 pm and 1 morning a week, 9 am to 12:15 pm"
    )
    told = words.verdict(ScheduleAnswer("cannot_tell", ask=("days",)), GAADS, NO_PROOF)
    assert told.mark == "ask"
    assert told.claim == "They do not publish their days."
    assert told.rest.startswith("3 evenings a week")
    assert told.rest.endswith("Ask which days.")


def test_a_week_that_fits_is_said_with_its_days():
    told = words.verdict(ScheduleAnswer("fits"), track(*sessions(MON, WED, THU)), NO_PROOF)
    assert (told.mark, told.claim, told.rest) == (
        "yes",
        "Fits your week:",
        "Mon, Wed, Thu, 6 to 9 pm",
    )


def test_a_fit_on_unnamed_days_says_that_any_day_will_do():
    assert words.verdict(ScheduleAnswer("fits"), GAADS, NO_PROOF).rest.endswith(
        "whatever days they pick"
    )


def test_a_near_miss_says_the_minutes_and_the_change():
    quiet_oak = track(*sessions(MON, THU), *sessions(TUE, start=1050, end=1230))
    missed = ScheduleAnswer(
        "misses", 15, (Conflict(TUE, 1050, 1230, 15),), (Interval(TUE, 1035, 1050),)
    )
    told = words.verdict(missed, quiet_oak, NO_PROOF)
    assert told.claim == "Misses by 15 minutes"
    assert told.rest.startswith("on Tue.")
    assert told.change == "It would fit if you were free Tue, 5:15 to 5:30 pm."


def test_a_long_clash_says_the_hours():
    ucla = track(*sessions(TUE, FRI, start=540, end=840), *sessions(WED, start=540, end=720))
    conflicts = tuple(Conflict(day, 540, 840, 260) for day in (TUE, WED, FRI))
    told = words.verdict(ScheduleAnswer("misses", 780, conflicts), ucla, NO_PROOF)
    assert told.claim == "Clashes by 13 hours"
    assert told.rest.startswith("on Tue, Wed, Fri.")


@pytest.mark.parametrize("nothing", [None, track()])
def test_no_schedule_at_all_is_a_question(nothing):
    told = words.verdict(ScheduleAnswer("cannot_tell", ask=("sessions",)), nothing, NO_PROOF)
    assert (told.mark, told.claim) == ("ask", "No days or hours published.")
    assert words.schedule_question(words.unpublished(nothing), nothing).startswith("On which days")


def test_hours_nobody_published_are_asked_for():
    told = words.verdict(None, track(Session(day=MON), Session(day=WED)), NO_PROOF)
    assert told.claim == "They do not publish their hours."


def test_an_optional_session_is_never_judged():
    assert words.unpublished(track(*sessions(MON), Session(attendance="optional"))) == ()


def test_freshness_says_who_and_when():
    assert words.freshness(PHONE, State.CURRENT, TODAY) == "Confirmed 12 days ago by phone"
    assert words.freshness(PHONE, State.CALL_TO_CONFIRM, TODAY + timedelta(28)) == (
        "Confirmed 40 days ago. Call to check."
    )
    assert (
        words.freshness(PAGE, State.CURRENT, TODAY) == "Published by the program, not yet confirmed"
    )
    assert words.freshness(FEDERAL, State.CALL_TO_CONFIRM, TODAY) == (
        "From a federal list of 2024. Call to check."
    )
    assert words.freshness(INVENTED, State.CURRENT, TODAY).startswith("Invented")
    assert words.freshness(None, State.UNKNOWN, TODAY).endswith("Call to check.")


def test_a_way_is_said_as_an_estimate():
    assert words.travel(2.3, 9, "car") == "2.3 miles, about 9 minutes by car"
    assert words.travel(0.0, 2, "car") == "Less than half a mile, about 2 minutes by car"
    assert words.travel(None, None, "car") == "They do not give an address. Ask."


def test_an_estimated_start_is_not_promised():
    day = date(2026, 12, 7)
    assert words.first_group(FirstGroup(day, "stated"), TODAY) == ("Mon, Dec 7", "")
    assert words.first_group(FirstGroup(day, "estimated"), TODAY) == (
        "About Mon, Dec 7",
        ", if you call today",
    )
    assert words.first_group(FirstGroup(None, "unknown"), TODAY)[1].endswith("Ask.")


def test_a_full_group_says_how_long_ago_it_said_so():
    told = words.first_group(FirstGroup(None, "unknown", TODAY - timedelta(12)), TODAY)
    assert told == ("", "They said 12 days ago that they are full. Ask about a waiting list.")


def test_a_source_says_who_confirmed_it():
    assert words.confirmed_by("Their website", None) == "Their website"
    assert (
        words.confirmed_by("Their website", "program") == "Their website. Confirmed by the program."
    )
