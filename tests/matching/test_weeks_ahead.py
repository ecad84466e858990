"""The weeks of a stay: which days, how many times, how sure."""

from datetime import date

import pytest

from directory.catalog.program import Span
from directory.catalog.schedule import Choose, Session
from directory.matching.weeks_ahead import days_a_week, occasions, plans, stages
from tests.support.builders import a_track, sessions

TUESDAY = date(2026, 12, 8)


def held(track, first=TUESDAY, stay=None):
    (plan,) = plans((track,))
    return list(occasions(plan, first, stay))


def clock(moment):
    return f"{moment:%Y-%m-%d %H:%M}"


def test_each_session_begins_on_its_own_day_of_the_first_week():
    found = held(a_track("mon wed thu"), stay=Span(8, 8))
    assert [clock(one.start) for one in found] == [
        "2026-12-14 18:00",
        "2026-12-09 18:00",
        "2026-12-10 18:00",
    ]
    assert {one.weeks for one in found} == {8}


def test_a_group_past_midnight_ends_on_the_next_day():
    (one,) = held(a_track("fri", "22:00", "00:30"))
    assert (clock(one.start), clock(one.end)) == ("2026-12-11 22:00", "2026-12-12 00:30")


def test_weeks_after_the_fewest_are_not_sure():
    found = held(a_track("tue"), stay=Span(8, 12))
    assert [(one.start.date(), one.weeks, one.sure) for one in found] == [
        (TUESDAY, 8, True),
        (date(2027, 2, 2), 4, False),
    ]


def test_a_stay_of_unknown_length_has_no_last_week():
    assert [one.weeks for one in held(a_track("tue"))] == [None]


def test_what_is_not_published_is_not_held():
    open_ones = (Session(day=1), Session(start=1080, end=1260, count=3), Session(day=2, start=1080))
    assert held(a_track(sessions=open_ones)) == []


def test_sessions_that_one_chooses_are_not_sure():
    pool = sessions("mon tue", "18:00", "21:00", attendance="choose")
    assert {one.sure for one in held(a_track(sessions=pool, choose=Choose(1)))} == {False}


@pytest.mark.parametrize(
    "labels", [("Evening", "Evening 3", "Evening"), ("Evening", "Evening", "Evening 2"), ("",) * 3]
)
def test_no_two_calendars_of_a_program_have_one_key(labels):
    keys = [one.key for one in plans([a_track("mon", label=label) for label in labels])]
    assert len(set(keys)) == len(keys) == len(labels)


def test_phases_with_week_numbers_follow_each_other_in_one_calendar():
    early = a_track("mon tue wed", label="Evening", season="Weeks 1 to 4")
    late = a_track("mon", label="Evening", season="Weeks 5-8")
    (plan,) = plans((early, late))
    found = list(occasions(plan, date(2026, 12, 7), Span(8, 8)))
    assert [(one.start.date(), one.weeks) for one in found] == [
        (date(2026, 12, 7), 4),
        (date(2026, 12, 8), 4),
        (date(2026, 12, 9), 4),
        (date(2027, 1, 4), 4),
    ]


def test_seasons_without_week_numbers_are_calendars_of_their_own():
    term = a_track("mon", label="After school", season="school term")
    summer = a_track("tue", label="After school", season="summer")
    assert [plan.key for plan in plans((term, summer))] == [
        "after-school-school-term",
        "after-school-summer",
    ]


def test_tracks_of_one_name_keep_two_keys():
    keys = [plan.key for plan in plans((a_track("mon", label="Día"), a_track("tue", label="Día")))]
    assert len(set(keys)) == 2


def test_days_a_week_count_a_day_once_and_nothing_unknown():
    twice = (*sessions("mon wed", "18:00", "19:00"), *sessions("mon", "19:15", "20:00"))
    assert days_a_week(a_track(sessions=twice)) == 2
    assert days_a_week(a_track(sessions=(Session(count=3, start=1080),))) == 3
    assert days_a_week(a_track(sessions=(Session(part_of_day="evening"),))) is None
    assert days_a_week(a_track()) is None


def test_stages_cover_every_week_once():
    for weeks in range(5, 30):
        assert [
            week for first, count in stages(weeks) for week in range(first, first + count)
        ] == list(range(1, weeks + 1))
    assert stages(8) == ((1, 1), (2, 2), (4, 2), (6, 2), (8, 1))
    assert stages(4) == ()
