"""The vectorised verdict is the one an independent, minute-by-minute oracle gives."""

import random

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


def _free(busy):
    return FreeWeek.from_busy(Interval(*one) for one in busy).bits


def test_a_hundred_thousand_random_pairs_agree_with_the_oracle(tracks, weeks):
    table = PatternTable([pattern_of(track, None) for track, _ in tracks])
    oracles = [oracle_of(track, travel) for track, travel in tracks]
    disagreements, seen = [], dict.fromkeys(VERDICTS, 0)
    for busy in weeks:
        free, minutes = _free(busy), free_minutes(busy)
        judged = {t: table.judge(free, -(-t // 15), (0,) * len(table.zones)) for t in TRAVELS}
        for row, (track, travel) in enumerate(tracks):
            verdict = VERDICTS[judged[travel].verdict[row]]
            ours = verdict, int(judged[travel].missed[row]) * 15
            seen[verdict] += 1
            if ours != (theirs := oracles[row].judge(minutes)):
                disagreements.append((track, busy, travel, ours, theirs))
    assert not disagreements, (len(disagreements), disagreements[0])
    assert sum(seen.values()) == 100_000
    assert min(seen.values()) > 5_000


def test_the_explained_verdict_is_the_vectorised_one(tracks, weeks):
    table = PatternTable([pattern_of(track, None) for track, _ in tracks])
    for busy in weeks[:5]:
        free = _free(busy)
        judged = {t: table.judge(free, -(-t // 15), (0,) * len(table.zones)) for t in TRAVELS}
        for row, (_, travel) in enumerate(tracks):
            told = attend(table.patterns[row], free, Trip(-(-travel // 15)))
            assert told.verdict == VERDICTS[judged[travel].verdict[row]]
            assert told.missed == judged[travel].missed[row]


def test_more_free_time_never_loses_a_match(tracks, weeks):
    table = PatternTable([pattern_of(track, None) for track, _ in tracks])
    zones = (0,) * len(table.zones)
    for busy, more in zip(weeks, weeks[1:], strict=False):
        free = _free(busy)
        wider = free | _free(more)
        less, wide = table.judge(free, 2, zones), table.judge(wider, 2, zones)
        assert (wide.verdict <= less.verdict).all()
        assert (wide.missed <= less.missed).all()
