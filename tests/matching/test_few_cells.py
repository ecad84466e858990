"""Weeks of few cells, judged as bytes, are judged as the explained verdict judges them."""

import random

import numpy as np
import pytest

from directory.matching.attend import Trip, attend
from directory.matching.expand import as_groups, groups_allowed, weeks_allowed
from directory.matching.few_cells import CLOSE_QUARTERS, FAR, MOST_CELLS, UNCOUNTED, FewCells
from directory.matching.pattern import pattern_of
from directory.matching.sessions import PADS, Person
from directory.matching.table import VERDICTS, PatternTable
from directory.matching.week import FreeWeek, Interval
from tests.support.random_tracks import some_busy_week, some_track

ZONE, SHIFT = "America/New_York", -12
TRACKS, WEEKS = 600, 12


@pytest.fixture(scope="module")
def patterns():
    rng = random.Random(8)
    found = {pattern_of(some_track(rng), rng.choice((None, ZONE))) for _ in range(TRACKS)}
    cellular = [one for one in found if weeks_allowed(one) is None or as_groups(one)]
    return sorted(cellular, key=repr)


@pytest.fixture(scope="module")
def weeks():
    rng = random.Random(88)
    busy = [some_busy_week(rng) for _ in range(WEEKS)]
    return [FreeWeek.from_busy(Interval(*one) for one in own).bits for own in busy]


def few(patterns):
    """Those that are judged as bytes, and the judge."""
    own = [(groups_allowed(one), int(one.time_zone == ZONE)) for one in patterns]
    cells = FewCells(own)
    return cells, np.flatnonzero(cells.holds)


def test_nearly_every_week_has_few_cells(patterns):
    cells, held = few(patterns)
    assert len(held) > len(patterns) * 0.7
    counted = [sum(len(g.cells) for g in groups_allowed(one)) for one in patterns]
    assert cells.holds.tolist() == [count <= MOST_CELLS for count in counted]


@pytest.mark.parametrize("shift", [0, SHIFT])
def test_bytes_give_the_explained_verdict_here_and_on_another_clock(patterns, weeks, shift):
    cells, held = few(patterns)
    rng, seen = np.random.default_rng(3), set()
    for free in weeks:
        quarters = rng.integers(0, PADS, len(held))
        verdict, missed = cells.judge(held, quarters, Person.of(free, (0, shift)))
        for at, own, away, counted in zip(held, verdict, quarters, missed, strict=True):
            pattern = patterns[at]
            trip = Trip(int(away), shift if pattern.time_zone == ZONE else 0)
            told = attend(pattern, free, trip)
            assert VERDICTS[own] == told.verdict, (pattern, trip)
            seen.add((told.verdict, int(counted) if counted >= UNCOUNTED else 0))
            if told.verdict != "misses":
                assert counted == 0
            elif counted == FAR:
                assert told.missed > CLOSE_QUARTERS
            elif counted != UNCOUNTED:
                assert counted >= told.missed  # a sum; equal where no sessions overlap
    assert seen >= {("fits", 0), ("cannot_tell", 0), ("misses", UNCOUNTED), ("misses", FAR)}


def test_the_hours_of_a_published_week_are_those_it_misses_least_by(patterns, weeks):
    table = PatternTable(patterns)
    shifts = tuple(SHIFT if zone == ZONE else 0 for zone in table.zones)
    named = 0
    for free in weeks[:4]:
        for at, pattern in enumerate(patterns):
            hours = table.hours(at, free, shifts, 2)
            if weeks_allowed(pattern) is None:
                assert hours is None
                continue
            told = attend(
                pattern, free, Trip(2, shifts[table.zones.index(pattern.time_zone or "")])
            )
            if told.verdict == "misses" and table.tangled[at] > 2:
                named += 1
                assert (hours & ~free).bit_count() == told.missed
    assert named > 50
