"""The vectorised verdict is the one an independent, minute-by-minute oracle gives."""

import random
from itertools import pairwise

import numpy as np
import pytest

from directory.matching.attend import Trip, attend
from directory.matching.pattern import pattern_of
from directory.matching.table import VERDICTS, PatternTable
from directory.matching.week import FreeWeek, Interval
from tests.support.oracle import free_minutes, oracle_of
from tests.support.random_tracks import some_busy_week, some_track

TRACKS, WEEKS = 2_000, 50
TRAVELS = (0, 9, 25, 60)


@pytest.fixture(scope="module")
def tracks():
    rng = random.Random(20261124)
    return [(some_track(rng), rng.choice(TRAVELS)) for _ in range(TRACKS)]


@pytest.fixture(scope="module")
def weeks():
    rng = random.Random(672)
    return [some_busy_week(rng) for _ in range(WEEKS)]


def _judged(table, free, quarters):
    """Verdicts and missed quarters of every pattern for one travel time."""
    every = np.arange(len(table))
    return table.judge(free, (0,) * len(table.zones), every, np.full(len(table), quarters), True)


def _free(busy):
    return FreeWeek.from_busy(Interval(*one) for one in busy).bits


def test_a_hundred_thousand_random_pairs_agree_with_the_oracle(tracks, weeks):
    table = PatternTable([pattern_of(track, None) for track, _ in tracks])
    oracles = [oracle_of(track, travel) for track, travel in tracks]
    disagreements, seen = [], dict.fromkeys(VERDICTS, 0)
    for busy in weeks:
        free, minutes = _free(busy), free_minutes(busy)
        judged = {t: _judged(table, free, -(-t // 15)) for t in TRAVELS}
        for row, (track, travel) in enumerate(tracks):
            verdict = VERDICTS[judged[travel][0][row]]
            ours = verdict, int(judged[travel][1][row]) * 15
            seen[verdict] += 1
            if ours != (theirs := oracles[row].judge(minutes)):
                disagreements.append((track, busy, travel, ours, theirs))
    assert not disagreements, (len(disagreements), disagreements[:3])
    assert sum(seen.values()) == 100_000
    assert min(seen.values()) > 5_000


def test_the_explained_verdict_is_the_vectorised_one(tracks, weeks):
    table = PatternTable([pattern_of(track, None) for track, _ in tracks])
    for busy in weeks[:5]:
        free = _free(busy)
        judged = {t: _judged(table, free, -(-t // 15)) for t in TRAVELS}
        for row, (_, travel) in enumerate(tracks):
            told = attend(table.patterns[row], free, Trip(-(-travel // 15)))
            assert told.verdict == VERDICTS[judged[travel][0][row]]
            assert told.missed == judged[travel][1][row]


def test_more_free_time_never_loses_a_match(tracks, weeks):
    table = PatternTable([pattern_of(track, None) for track, _ in tracks])
    for busy, more in pairwise(weeks):
        free = _free(busy)
        wider = free | _free(more)
        less, wide = _judged(table, free, 2), _judged(table, wider, 2)
        assert (wide[0] <= less[0]).all()
        assert (wide[1] <= less[1]).all()


def test_a_week_is_judged_alike_however_often_it_was_asked(tracks, weeks):
    table = PatternTable([pattern_of(track, None) for track, _ in tracks])
    pairs = np.repeat(np.arange(len(table)), len(TRAVELS))
    quarters = np.tile([-(-t // 15) for t in TRAVELS], len(table))
    shifts = (0,) * len(table.zones)
    for busy in weeks[:5]:
        first, again, recalled = (
            table.judge(_free(busy), shifts, pairs, quarters) for _ in range(3)
        )
        for other in (again, recalled):
            assert (other[0] == first[0]).all()
            assert (other[1] == first[1]).all()


def test_a_week_keeps_room_only_from_its_second_time_on(tracks, weeks):
    table = PatternTable([pattern_of(track, None) for track, _ in tracks[:10]])
    each = dict.fromkeys(_free(busy) for busy in weeks)
    for free in each:
        _judged(table, free, 0)
    assert not any(table._weeks.values())
    _judged(table, free, 0)
    assert sum(known is not None for known in table._weeks.values()) == 1
