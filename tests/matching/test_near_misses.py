"""Hours to free, and what they bring: each promise is what a recount finds."""

import random
from dataclasses import replace

import pytest

from directory.catalog.schedule import DAYS
from directory.matching.near_misses import MOST_TOLD, widened
from directory.matching.need import Need
from directory.matching.week import FreeWeek, Interval, touched
from tests.matching.test_laws import PROGRAMS, a_random_listing, a_random_need
from tests.support.builders import a_finder, a_listing, a_track

EVENINGS = (FreeWeek.from_free(Interval(day, 17 * 60 + 30, 22 * 60) for day in range(7)),)


def promised(outcome):
    """Hours to free, and how many more programs they bring."""
    return [
        ([(one["day"], one["start"], one["end"]) for one in relax.to["also_free"]], relax.more)
        for relax in outcome.relax
        if "also_free" in relax.to
    ]


def bits_of(times):
    """The quarter hours of such times."""

    def minute(clock):
        return int(clock[:2]) * 60 + int(clock[3:])

    return touched(
        Interval(DAYS.index(day), minute(start), minute(end)) for day, start, end in times
    )


def early(days, start, **more):
    """A group that begins before the person is free."""
    return a_listing(a_track(days, start, "20:00", mode="virtual"), **more)


def test_one_change_that_helps_several_programs_is_said_once_with_their_number(tmp_path):
    finder = a_finder(
        tmp_path,
        *(early("tue thu", "17:15", id=f"p{n}") for n in range(3)),
        early("tue", "17:15", id="tuesday"),
        early("mon", "09:00", id="far-off"),
        early("fri", "18:00", id="fits"),
    )
    outcome = finder.find(Need(weeks=EVENINGS))
    assert promised(outcome) == [
        ([("tue", "17:15", "17:30")], 1),
        ([("tue", "17:15", "17:30"), ("thu", "17:15", "17:30")], 4),
    ]


def test_a_larger_change_that_brings_no_more_is_not_told(tmp_path):
    finder = a_finder(tmp_path, early("tue", "17:15"), early("wed", "16:45"))
    assert promised(finder.find(Need(weeks=EVENINGS))) == [([("tue", "17:15", "17:30")], 1)]


def test_nothing_is_promised_that_another_need_rules_out(tmp_path):
    finder = a_finder(tmp_path, early("tue", "17:15", ages=(13, 17)))
    assert promised(finder.find(Need(weeks=EVENINGS, age=34))) == []
    assert promised(finder.find(Need(weeks=EVENINGS, age=15))) != []


def test_without_a_week_nothing_is_promised(tmp_path):
    assert promised(a_finder(tmp_path, early("tue", "17:15")).find(Need())) == []


def test_weeks_that_rotate_are_all_freed(tmp_path):
    days = FreeWeek.from_free(Interval(day, 8 * 60, 18 * 60) for day in range(7))
    finder = a_finder(tmp_path, early("tue", "17:00"))
    ((times, more),) = promised(finder.find(Need(weeks=(*EVENINGS, days))))
    assert more == 1
    after = finder.find(Need(weeks=widened((*EVENINGS, days), bits_of(times))))
    assert after.matches[0].schedule.verdict == "fits"


@pytest.mark.parametrize("seed", range(2))
def test_every_promise_is_what_a_recount_finds(tmp_path, seed):
    rng = random.Random(seed)
    country = a_finder(tmp_path, *(a_random_listing(rng, number) for number in range(PROGRAMS)))
    checked = 0
    for need in (a_random_need(rng) for _ in range(60)):
        kept = replace(need, limit=1, must=need.must | {"schedule"})
        found = promised(country.find(replace(need, limit=1)))
        before = country.find(kept).total if found else 0
        for times, more in found:
            weeks = widened(need.weeks, bits_of(times))
            assert country.find(replace(kept, weeks=weeks)).total - before == more
            checked += 1
        counts = [more for _, more in found]
        assert counts == sorted(set(counts)), "each brings more than any smaller one"
        assert len(found) <= MOST_TOLD
    assert checked > 10
