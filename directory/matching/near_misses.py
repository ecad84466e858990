"""Small changes to a week, and how many more programs each would open: "Tuesday 5:15 to 5:30: 4 more".

Candidates are the hours that close programs miss by, nothing made up. Each count is a recount: the
programs that miss the week now and no longer would, judged as the finder judges them.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from directory.catalog.schedule import DAYS
from directory.matching.board import Board
from directory.matching.criterion import Flags, Rows
from directory.matching.few_cells import CLOSE_QUARTERS
from directory.matching.judgement import Judgement
from directory.matching.outcome import Relax
from directory.matching.pairs import MISSES
from directory.matching.sessions import PADS, Lists, owners
from directory.matching.table import shifts_for
from directory.matching.week import FreeWeek, Interval, intervals_of

MOST_TRIED, MOST_COUNTED, MOST_TOLD = 12, 3, 3
"""Courses whose missing hours are worked out, changes that are recounted, changes that are told."""


def near_misses(judged: Judgement) -> list[Relax]:
    """The smallest changes of the week, each only if it brings more than any smaller one."""
    if "schedule" not in judged.tracks.answers:
        return []
    close = _close_tracks(judged)
    if not close.any():
        return []
    told: list[Relax] = []
    for change in sorted(_promising(judged, close), key=int.bit_count):
        most = max((one.more for one in told), default=0)
        more = _more(judged, close, change, most)
        if more > most:
            told.append(Relax("schedule", {"also_free": as_times(intervals_of(change))}, more))
    return told[:MOST_TOLD]


def as_times(intervals: Iterable[Interval]) -> list[Mapping[str, str]]:
    """Times as requests and answers write them."""
    return [
        {"day": DAYS[one.day], "start": _clock(one.start), "end": _clock(one.end)}
        for one in intervals
    ]


def widened(weeks: Sequence[FreeWeek], change: int) -> tuple[FreeWeek, ...]:
    """Each week with these quarter hours free, too."""
    return tuple(FreeWeek(week.bits | change) for week in weeks)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _close_tracks(judged: Judgement) -> Flags:
    """Tracks that only miss the week, and not by much, of programs of which no track is open."""
    board, misses = judged.board, judged.tracks.answers["schedule"].no
    others_allow = judged.open_tracks(without="schedule")
    closed = ~board.per_row(others_allow & ~misses) & judged.programs_pass(without="schedule")
    near: Flags = judged.tracks.missed <= CLOSE_QUARTERS
    return others_allow & misses & near & closed[board.owner]


def _promising(judged: Judgement, close: Flags) -> list[int]:
    """Distinct changes of the closest courses: those that hold the most of the others' changes."""
    changes = list(dict.fromkeys(_changes(judged.board, np.flatnonzero(close), judged)))
    holding = {one: sum(other | one == one for other in changes) for one in changes}
    most = sorted(changes, key=lambda one: (-holding[one] / one.bit_count(), one.bit_count(), one))
    return most[:MOST_COUNTED]


def _changes(board: Board, tracks: Rows, judged: Judgement) -> Iterable[int]:
    """The quarter hours each of the closest courses misses, every season and rotating week.

    Where weeks cannot be listed there is no hour to name.
    """
    courses, quarters = board.courses_of(tracks)
    missed = judged.tracks.missed[tracks].astype(np.int64)
    closest = np.unique((missed << 40) + courses * PADS + quarters)[:MOST_TRIED] & (1 << 40) - 1
    for pair in closest.tolist():
        if change := _missing(board, *divmod(pair, PADS)):
            yield change


def _missing(board: Board, course: int, quarters: int) -> int:
    table, columns = board.roster.table, board.roster.columns
    first, last = columns["course_from"][course : course + 2].tolist()
    bits, shifts = 0, _shifts(board)
    for pattern in columns["course_pattern"][first:last].tolist():
        for week in board.need.weeks:
            hours = table.hours(pattern, week.bits, shifts, quarters)
            if hours is None:
                return 0
            bits |= hours & ~week.bits
    return bits


def _more(judged: Judgement, close: Flags, change: int, most: int) -> int:
    """The programs that no longer miss the week, with these quarter hours free; 0 if they cannot be
    more than `most`. Who misses more than is freed is not among them.
    """
    board = judged.board
    near = np.flatnonzero(close & (judged.tracks.missed <= change.bit_count()))
    if len(near) <= most:
        return 0
    still = np.zeros(len(near), bool)
    for week in widened(board.need.weeks, change):
        still |= _misses(board, near, week)
    return len(np.unique(board.owner[near[~still]]))


def _misses(board: Board, tracks: Rows, week: FreeWeek) -> Flags:
    """Which of these tracks miss a week, in one season or another."""
    courses, quarters = board.courses_of(tracks)
    seasons, starts = Lists(board.roster.columns["course_from"]).open(courses)
    patterns = board.roster.columns["course_pattern"][seasons].astype(np.int64)
    away = quarters[owners(starts, len(seasons))]
    verdicts = board.roster.table.trial(week.bits, _shifts(board), patterns, away)
    worst: Flags = np.maximum.reduceat(verdicts, starts) == MISSES
    return worst


def _shifts(board: Board) -> tuple[int, ...]:
    zone = board.reach.place.time_zone if board.reach.place else None
    return shifts_for(board.roster.table.zones, zone, board.now.date())
