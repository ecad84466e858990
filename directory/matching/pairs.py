"""Patterns judged as arrays: many (pattern, travel) pairs in one pass.

A pair is a pattern and the quarter hours of travel one way. The explained face of the same question is
`matching/attend.py`; `tests/matching` holds them equal to each other and to an oracle.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.matching.attend import WAYS
from directory.matching.expand import Group, Meeting, Resolution
from directory.matching.week import DAY, QUARTERS

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Verdicts = NDArray[np.int8]
Missed = NDArray[np.int16]

WORDS = 11
FITS, CANNOT_TELL, MISSES = 0, 1, 2
MODES = ("in_person", "virtual", None)
NEVER = 10_000
"""More quarter hours than a week has: the cost of a session that cannot be attended."""


def words_of(bits: int) -> Words:
    """The 672 quarter hours as 11 words of 64 bits."""
    return np.frombuffer(bits.to_bytes(WORDS * 8, "little"), np.uint64)


_FIRST = np.stack([words_of((1 << count) - 1) for count in range(QUARTERS + 1)])
"""Row k has the first k quarter hours set."""


def masks(start: Ints, length: Ints) -> Words:
    """The quarter hours from each start (wrapping), as many as each length: rows of 11 words."""
    start = start % QUARTERS
    end = start + np.minimum(length, QUARTERS)
    wrapped: Words = _FIRST[np.minimum(end, QUARTERS)] & ~_FIRST[start]
    over = end > QUARTERS
    if over.any():
        wrapped[over] |= _FIRST[end[over] - QUARTERS]
    return wrapped


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of lists, flat: list k is `items[begin[k]:begin[k + 1]]` of the level below."""

    begin: Ints

    @classmethod
    def of(cls, lengths: Iterable[int]) -> "Lists":
        """From the length of each list."""
        return cls(np.cumsum([0, *lengths], dtype=np.int64))

    def open(self, which: Ints) -> tuple[Ints, Ints]:
        """The items of these lists one after the other, and where each list starts among them."""
        first = self.begin[which]
        count = self.begin[which + 1] - first
        starts = np.cumsum(count) - count
        items = np.arange(int(count.sum())) + np.repeat(first - starts, count)
        return items, starts


def owners(starts: Ints, size: int) -> Ints:
    """For each of `size` items, which list it is in."""
    return np.repeat(np.arange(len(starts)), np.diff(np.append(starts, size)))


@dataclass(frozen=True, slots=True)
class Sessions:
    """Concrete sessions in quarter hours of the week, with the place of each one's zone."""

    start: Ints
    length: Ints
    mode: Ints
    zone: Ints

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, int]]) -> "Sessions":
        """From (start, length, place in MODES, place of the zone)."""
        table = np.array(list(rows), np.int64).reshape(-1, 4)
        return cls(*(np.ascontiguousarray(table[:, column]) for column in range(4)))

    def padded(self, which: Ints, quarters: Ints, way: str, shift: Ints) -> tuple[Ints, Ints]:
        """Start and length with travel if in person, shifted if virtual; unpublished mode as `way`."""
        mode = self.mode[which]
        from_home = mode == 1 if way == "in_person" else mode != 0
        pad = np.where(from_home, 0, quarters)
        start, length = self.start[which] - pad, self.length[which] + 2 * pad
        if shift.any():
            start = start + np.where(from_home, shift[self.zone[which]], 0)
        return start, length


@dataclass(frozen=True, slots=True)
class Person:
    """The week judged against: busy words, a running count of busy quarters, shifts by zone."""

    busy: Words
    before: Ints
    shift: Ints

    @classmethod
    def of(cls, free: int, shifts: tuple[int, ...]) -> "Person":
        """From the free quarter hours (an int of 672 bits)."""
        words = words_of(free)
        bits = np.unpackbits(words.view(np.uint8), bitorder="little")[:QUARTERS]
        before = np.concatenate(([0], np.cumsum(np.tile(1 - bits.astype(np.int64), 3))))
        return cls(~words, before, np.array(shifts, np.int64))

    def missed(self, start: Ints, length: Ints) -> Ints:
        """Busy quarter hours in each interval."""
        first = start % QUARTERS
        count: Ints = self.before[first + np.minimum(length, QUARTERS)] - self.before[first]
        return count


class ListedWeeks:
    """Patterns whose every allowed week is listed: masks are joined, counted and compared."""

    def __init__(self, patterns: list[tuple[tuple[Resolution, ...], int]]) -> None:
        place: dict[tuple[Meeting, int], int] = {}
        weeks = [w for allowed, _ in patterns for weeks in allowed for w in weeks]
        zones = [z for allowed, z in patterns for weeks in allowed for _ in weeks]
        self._sessions = np.array(
            [
                place.setdefault((meeting, zone), len(place))
                for week, zone in zip(weeks, zones, strict=True)
                for meeting in week
            ],
            np.int64,
        )
        self._resolutions = Lists.of(len(allowed) for allowed, _ in patterns)
        self._weeks = Lists.of(len(weeks) for allowed, _ in patterns for weeks in allowed)
        self._meetings = Lists.of(len(week) for week in weeks)
        self._table = Sessions.of(
            (m.start, m.end - m.start, MODES.index(m.mode), zone) for m, zone in place
        )
        self._open = np.array([_open_mode(allowed) for allowed, _ in patterns], bool)

    def judge(self, patterns: Ints, quarters: Ints, person: Person) -> tuple[Verdicts, Missed]:
        """Verdict and missed quarters of each pair."""
        worst, best = self._one_way(patterns, quarters, person, WAYS[0])
        open_mode = np.flatnonzero(self._open[patterns])
        if len(open_mode):
            other = self._one_way(patterns[open_mode], quarters[open_mode], person, WAYS[1])
            worst[open_mode] = np.maximum(worst[open_mode], other[0])
            best[open_mode] = np.minimum(best[open_mode], other[1])
        return verdicts(worst == 0, best == 0), best.astype(np.int16)

    def _one_way(
        self, patterns: Ints, quarters: Ints, person: Person, way: str
    ) -> tuple[Ints, Ints]:
        """The worst and the best that the program's choice of days leaves, with the best picks."""
        resolutions, of_pair = self._resolutions.open(patterns)
        weeks, of_resolution = self._weeks.open(resolutions)
        meetings, of_week = self._meetings.open(weeks)
        pair = owners(of_pair, len(resolutions))[owners(of_resolution, len(weeks))]
        travel = quarters[pair[owners(of_week, len(meetings))]]
        start, length = self._table.padded(self._sessions[meetings], travel, way, person.shift)
        needed = np.bitwise_or.reduceat(masks(start, length), of_week, axis=0)
        missed = np.bitwise_count(needed & person.busy).sum(axis=1, dtype=np.int64)
        picked = np.minimum.reduceat(missed, of_resolution)
        return np.maximum.reduceat(picked, of_pair), np.minimum.reduceat(picked, of_pair)


def _open_mode(allowed: tuple[Resolution, ...]) -> bool:
    return any(meeting.mode is None for week in allowed[0] for meeting in week)


class OpenGroups:
    """Patterns with open times or counts: each day of a slot is a cell, judged for itself."""

    def __init__(self, patterns: list[tuple[tuple[Group, ...], int]]) -> None:
        groups = [(group, zone) for allowed, zone in patterns for group in allowed]
        parts = [(part, zone) for group, zone in groups for part in group.parts]
        cells = [(cell, zone) for part, zone in parts for cell in part.cells]
        self._groups = Lists.of(len(allowed) for allowed, _ in patterns)
        self._parts = Lists.of(len(group.parts) for group, _ in groups)
        self._cells = Lists.of(len(part.cells) for part, _ in parts)
        self._times = Lists.of(len(cell.times) for cell, _ in cells)
        self._promise = np.array([group.promise for group, _ in groups], np.int64)
        self._need = np.array([group.need for group, _ in groups], np.int64)
        self._offered = np.array([part.offered - part.lost for part, _ in parts], np.int64)
        self._most = np.array([part.most for part, _ in parts], np.int64)
        self._single = np.array([part.single for part, _ in parts], bool)
        self._hulls = Sessions.of(
            (c.day * DAY + c.hull[0], c.hull[1] - c.hull[0], MODES.index(c.mode), zone)
            for c, zone in cells
        )
        self._starts = Sessions.of(
            (c.day * DAY + start, end - start, MODES.index(c.mode), zone)
            for c, zone in cells
            for start, end in c.times
        )

    def judge(self, patterns: Ints, quarters: Ints, person: Person) -> tuple[Verdicts, Missed]:
        """Verdict and missed quarters (a sum over sessions) of each pair."""
        groups, of_pair = self._groups.open(patterns)
        parts, of_group = self._parts.open(groups)
        cells, of_part = self._cells.open(parts)
        times, of_cell = self._times.open(cells)
        pair = owners(of_pair, len(groups))[owners(of_group, len(parts))]
        travel = quarters[pair[owners(of_part, len(cells))]]
        longer = travel[owners(of_cell, len(times))]
        failing = np.zeros(len(cells), bool)
        feasible, least = [], []
        for way in WAYS:
            hull = self._hulls.padded(cells, travel, way, person.shift)
            failing |= person.missed(*hull) > 0
            each = person.missed(*self._starts.padded(times, longer, way, person.shift))
            cheapest = np.minimum.reduceat(each, of_cell)
            fitting = np.add.reduceat((cheapest == 0).astype(np.int64), of_part)
            can = np.add.reduceat(np.minimum(fitting, self._most[parts]), of_group)
            feasible.append(np.logical_and.reduceat(can >= self._need[groups], of_pair))
            missed = self._least(cheapest, of_part, of_group, parts, groups)
            least.append(np.add.reduceat(missed, of_pair))
        promised = np.add.reduceat(self._promised(failing, of_part, parts), of_group)
        surely = np.logical_and.reduceat(promised >= self._promise[groups], of_pair)
        possible = feasible[0] | feasible[1]
        missed = np.where(surely | possible, 0, np.minimum(*least))
        return verdicts(surely, possible), missed.astype(np.int16)

    def _promised(self, failing: Flags, of_part: Ints, parts: Ints) -> Ints:
        """How many sessions each part promises."""
        failed = np.add.reduceat(failing.astype(np.int64), of_part)
        sure = np.diff(np.append(of_part, len(failing))) - failed
        several = np.maximum(0, self._offered[parts] - failed)
        promised: Ints = np.where(self._single[parts], np.minimum(1, sure), several)
        return promised

    def _least(
        self, cheapest: Ints, of_part: Ints, of_group: Ints, parts: Ints, groups: Ints
    ) -> Ints:
        """For each group the sum of its `need` cheapest cells, no more of a part than allowed."""
        part = owners(of_part, len(cheapest))
        by_part = np.lexsort((cheapest, part))
        allowed = np.arange(len(cheapest)) - of_part[part] < self._most[parts][part]
        costs = np.where(allowed, cheapest[by_part], NEVER)
        group = owners(of_group, len(parts))[part]
        first = of_part[of_group]
        by_group = np.lexsort((costs, group))
        rank = np.arange(len(costs)) - first[group]
        taken = np.where(rank < self._need[groups][group], costs[by_group], 0)
        sums: Ints = np.add.reduceat(taken, first)
        return sums


def verdicts(surely: Flags, feasible: Flags) -> Verdicts:
    """FITS where surely, CANNOT_TELL where feasible, else MISSES."""
    return np.where(surely, FITS, np.where(feasible, CANNOT_TELL, MISSES)).astype(np.int8)
