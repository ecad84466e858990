import random
from datetime import date

import pytest

from directory.catalog.schedule import Session, Track
from directory.matching.week import Interval
from directory.matching.work_missed import Job, minutes_of, work_missed
from tests.support.oracle import free_minutes, oracle_of
from tests.support.random_tracks import some_track

TODAY = date(2026, 11, 24)
NINE_TO_FIVE = tuple(Interval(day, 540, 1020) for day in range(5))
JOB = Job(NINE_TO_FIVE, 40 * 60)
UCLA = Track(
    mode="in_person",
    sessions=(Session(day=1, start=540, end=840), Session(day=2, start=540, end=720), Session(day=4, start=540, end=840)),
)  # fmt: skip


def test_a_day_group_takes_its_hours_out_of_a_nine_to_five_week():
    found = work_missed(JOB, UCLA, 0, TODAY)
    assert (found.verdict, found.missed_minutes) == ("misses", 780)
    assert JOB.share_of_week(780) == pytest.approx(13 / 40)


def test_an_evening_group_takes_no_work_unless_the_way_there_does():
    evening = Track(mode="in_person", sessions=(Session(day=0, start=1050, end=1230),))
    assert work_missed(JOB, evening, 30, TODAY).verdict == "fits"
    assert work_missed(JOB, evening, 45, TODAY).missed_minutes == 15


def test_ten_hours_a_week_use_a_quarter_week_of_leave_each_week():
    """FMLA at 40 hours: 12 weeks of 10 hours are 3 of 12 weeks."""
    assert JOB.share_of_leave(600, 12) == pytest.approx(0.25)
    assert JOB.share_of_leave(600, 8) == pytest.approx(2 / 12)


def test_a_night_shift_past_sunday_is_one_week():
    nights = tuple(Interval(day, 1320, 360) for day in (5, 6))
    assert minutes_of(nights) == 2 * 8 * 60
    morning = Track(mode="virtual", sessions=(Session(day=0, start=300, end=420),))
    assert work_missed(Job(nights, 960), morning, 0, TODAY).missed_minutes == 60


def test_work_missed_agrees_with_an_oracle_that_counts_minute_by_minute():
    rng = random.Random(1025)
    minutes = free_minutes([(one.day, one.start, one.end) for one in NINE_TO_FIVE])
    seen = set()
    for _ in range(400):
        track, travel = some_track(rng), rng.choice((0, 9, 25, 60))
        found = work_missed(JOB, track, travel, TODAY)
        assert (found.verdict, found.missed_minutes) == oracle_of(track, travel).judge(minutes)
        seen.add(found.verdict)
    assert seen == {"fits", "cannot_tell", "misses"}
