"""Every distinct pattern judged at once: arrays in, a verdict and the missed quarters out.

The explained face of the same question is `matching/attend.py`.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from directory.matching.attend import WAYS, Trip, Verdict, attend, entangled
from directory.matching.expand import Group, Meeting, Resolution, groups_allowed, weeks_allowed
from directory.matching.pattern import Pattern
from directory.matching.week import DAY, QUARTERS

Ints = NDArray[np.int32]
Words = NDArray[np.uint64]
Flags = NDArray[np.bool_]

WORDS = 11
FITS, CANNOT_TELL, MISSES = 0, 1, 2
VERDICTS: tuple[Verdict, ...] = ("fits", "cannot_tell", "misses")
MODES = ("in_person", "virtual", None)
REMEMBERED = 256


def words_of(bits: int) -> Words:
    """The 672 quarter hours as 11 words of 64 bits."""
    return np.frombuffer(bits.to_bytes(WORDS * 8, "little"), np.uint64)


_FIRST = np.stack([words_of((1 << count) - 1) for count in range(QUARTERS + 1)])
"""Row k has the first k quarter hours set."""


def masks(start: Ints, length: Ints) -> Words:
    """The quarter hours from each start (wrapping), as many as each length: rows of 11 words."""
    length = np.minimum(length, QUARTERS)
    start = start % QUARTERS
    end = start + length
    straight = _FIRST[np.minimum(end, QUARTERS)] & ~_FIRST[start]
    wrapped: Words = straight | _FIRST[np.maximum(end - QUARTERS, 0)]
    return wrapped


@dataclass(frozen=True, slots=True)
class Judged:
    """For each pattern: FITS, CANNOT_TELL or MISSES, and the quarter hours missed."""

    verdict: NDArray[np.int8]
    missed: NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class _Sessions:
    """Concrete sessions in quarter hours of the week, with the place of each one's zone."""

    start: Ints
    length: Ints
    mode: NDArray[np.int8]
    zone: NDArray[np.int16]

    def padded(self, way: str, quarters: int, shift: Ints) -> tuple[Ints, Ints]:
        """Start and length with travel if in person, shifted if virtual; unpublished mode as `way`."""
        virtual = self.mode == 1 if way == "in_person" else self.mode != 0
        pad = np.where(virtual, 0, quarters).astype(np.int32)
        moved = np.where(virtual, shift[self.zone], 0).astype(np.int32)
        return self.start - pad + moved, self.length + 2 * pad


class PatternTable:
    """The distinct patterns of a generation, ready to be judged together."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self.zones = tuple(sorted({p.time_zone or "" for p in patterns}))
        listed = [weeks_allowed(pattern) for pattern in self.patterns]
        zone = [self.zones.index(p.time_zone or "") for p in self.patterns]
        self._listed = np.array([bool(weeks) for weeks in listed], bool)
        self._open = np.array([weeks is None for weeks in listed], bool)
        self._weeks = _ListedWeeks([(w, z) for w, z in zip(listed, zone, strict=True) if w])
        self._groups = _OpenGroups(
            [
                (groups_allowed(p), z)
                for p, w, z in zip(self.patterns, listed, zone, strict=True)
                if w is None
            ]
        )
        self._open_rows = np.flatnonzero(self._open)
        self._remembered: OrderedDict[tuple[int, int, tuple[int, ...]], Judged] = OrderedDict()

    def __len__(self) -> int:
        return len(self.patterns)

    def judge(self, free: int, quarters: int, shifts: tuple[int, ...]) -> Judged:
        """Judge every pattern for one week and one travel time; remembered for the next query.

        `quarters` is the travel one way; `shifts` has, for each of `zones`, the quarter hours to
        add to the site's clock to read the person's.
        """
        key = (free, quarters, shifts)
        if (known := self._remembered.get(key)) is not None:
            self._remembered.move_to_end(key)
            return known
        judged = self._judge(free, quarters, shifts)
        self._remembered[key] = judged
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return judged

    def _judge(self, free: int, quarters: int, shifts: tuple[int, ...]) -> Judged:
        verdict = np.full(len(self.patterns), CANNOT_TELL, np.int8)
        missed = np.zeros(len(self.patterns), np.int16)
        shift = np.array(shifts, np.int32)
        for part, rows in ((self._weeks, self._listed), (self._groups, self._open)):
            if rows.any():
                verdict[rows], missed[rows] = part.judge(free, quarters, shift)
        self._exact_unions(verdict, missed, free, quarters, shifts)
        return Judged(verdict, missed)

    def _exact_unions(
        self,
        verdict: NDArray[np.int8],
        missed: NDArray[np.int16],
        free: int,
        quarters: int,
        shifts: tuple[int, ...],
    ) -> None:
        """Where open sessions may overlap, a sum counts twice: take the explained union."""
        for row in self._open_rows[verdict[self._open_rows] == MISSES]:
            pattern = self.patterns[row]
            trip = Trip(quarters, shifts[self.zones.index(pattern.time_zone or "")])
            if entangled(groups_allowed(pattern), trip):
                missed[row] = attend(pattern, free, trip).missed


class _ListedWeeks:
    """Patterns whose every allowed week is listed: masks are joined, counted and compared."""

    def __init__(self, patterns: list[tuple[tuple[Resolution, ...], int]]) -> None:
        self._place: dict[tuple[Meeting, int], int] = {}
        sessions: list[int] = []
        weeks, resolutions, owners = [0], [0], [0]
        for allowed, zone in patterns:
            for resolution in allowed:
                for week in resolution:
                    sessions += [self._session(meeting, zone) for meeting in week]
                    weeks.append(len(sessions))
                resolutions.append(len(weeks) - 1)
            owners.append(len(resolutions) - 1)
        self._sessions = np.array(sessions, np.int32)
        self._week_starts = np.array(weeks[:-1], np.int32)
        self._resolution_starts = np.array(resolutions[:-1], np.int32)
        self._owner_starts = np.array(owners[:-1], np.int32)
        self._table = _sessions(
            (m.start, m.end - m.start, MODES.index(m.mode), zone) for m, zone in self._place
        )

    def _session(self, meeting: Meeting, zone: int) -> int:
        return self._place.setdefault((meeting, zone), len(self._place))

    def judge(
        self, free: int, quarters: int, shift: Ints
    ) -> tuple[NDArray[np.int8], NDArray[np.int16]]:
        """Verdict and missed quarters of each pattern."""
        busy = ~words_of(free)
        worst: list[NDArray[np.int64]] = []
        best: list[NDArray[np.int64]] = []
        for way in WAYS:
            needed = masks(*self._table.padded(way, quarters, shift))
            week = np.bitwise_or.reduceat(needed[self._sessions], self._week_starts, axis=0)
            missed = np.bitwise_count(week & busy).sum(axis=1, dtype=np.int64)
            picked = np.minimum.reduceat(missed, self._resolution_starts)
            worst.append(np.maximum.reduceat(picked, self._owner_starts))
            best.append(np.minimum.reduceat(picked, self._owner_starts))
        surely = np.maximum(*worst) == 0
        least = np.minimum(*best)
        return _verdicts(surely, least == 0), least.astype(np.int16)


class _OpenGroups:
    """Patterns with open times or counts: each day of a slot is a cell, judged for itself."""

    def __init__(self, patterns: list[tuple[tuple[Group, ...], int]]) -> None:
        groups = [(group, zone) for allowed, zone in patterns for group in allowed]
        cells = [(cell, zone) for group, zone in groups for cell in group.cells]
        self._group_starts = _starts(len(group.cells) for group, _ in groups)
        self._pattern_starts = _starts(len(allowed) for allowed, _ in patterns)
        self._slack = np.array([group.slack for group, _ in groups], np.int32)
        self._need = np.array([group.need for group, _ in groups], np.int32)
        self._time_starts = _starts(len(cell.times) for cell, _ in cells)
        self._hulls = _sessions(
            (c.day * DAY + c.hull[0], c.hull[1] - c.hull[0], MODES.index(c.mode), zone)
            for c, zone in cells
        )
        self._times = _sessions(
            (c.day * DAY + start, end - start, MODES.index(c.mode), zone)
            for c, zone in cells
            for start, end in c.times
        )

    def judge(
        self, free: int, quarters: int, shift: Ints
    ) -> tuple[NDArray[np.int8], NDArray[np.int16]]:
        """Verdict and missed quarters (a sum over sessions) of each pattern."""
        count = _FreeCount(free)
        failing = np.zeros(len(self._hulls.start), bool)
        feasible, least = [], []
        for way in WAYS:
            failing |= count.missed(*self._hulls.padded(way, quarters, shift)) > 0
            times = count.missed(*self._times.padded(way, quarters, shift))
            cheapest = np.minimum.reduceat(times, self._time_starts)
            fitting = np.add.reduceat((cheapest == 0).astype(np.int32), self._group_starts)
            feasible.append(
                np.logical_and.reduceat(fitting >= self._need, self._pattern_starts)
            )
            least.append(self._least(cheapest))
        failed = np.add.reduceat(failing.astype(np.int32), self._group_starts)
        surely = np.logical_and.reduceat(failed <= self._slack, self._pattern_starts)
        can = feasible[0] | feasible[1]
        missed = np.where(surely | can, 0, np.minimum(*least))
        return _verdicts(surely, can), missed.astype(np.int16)

    def _least(self, cheapest: Ints) -> NDArray[np.int64]:
        """Per pattern the sum of each group's `need` cheapest cells."""
        group = np.repeat(
            np.arange(len(self._need)), np.diff(np.append(self._group_starts, len(cheapest)))
        )
        order = np.lexsort((cheapest, group))
        rank = np.arange(len(cheapest)) - self._group_starts[group]
        taken = np.where(rank < self._need[group], cheapest[order], 0)
        sums = np.add.reduceat(taken, self._group_starts, dtype=np.int64)
        return np.add.reduceat(sums, self._pattern_starts, dtype=np.int64)


class _FreeCount:
    """Counts quarter hours that are not free in any interval, by sums over three weeks."""

    def __init__(self, free: int) -> None:
        bits = np.unpackbits(words_of(free).view(np.uint8), bitorder="little")[:QUARTERS]
        busy = np.tile(1 - bits.astype(np.int32), 3)
        self._before = np.concatenate(([0], np.cumsum(busy, dtype=np.int32)))

    def missed(self, start: Ints, length: Ints) -> Ints:
        first = start % QUARTERS
        last = first + np.minimum(length, QUARTERS)
        return (self._before[last] - self._before[first]).astype(np.int32)


def _verdicts(surely: Flags, feasible: Flags) -> NDArray[np.int8]:
    return np.where(surely, FITS, np.where(feasible, CANNOT_TELL, MISSES)).astype(np.int8)


def _starts(lengths: Iterable[int]) -> Ints:
    return np.cumsum([0, *lengths], dtype=np.int32)[:-1]


def _sessions(rows: Iterable[tuple[int, int, int, int]]) -> _Sessions:
    table = np.array(list(rows), np.int32).reshape(-1, 4)
    return _Sessions(
        table[:, 0].copy(),
        table[:, 1].copy(),
        table[:, 2].astype(np.int8),
        table[:, 3].astype(np.int16),
    )


def shifts_for(zones: Sequence[str], person: str | None, at: datetime) -> tuple[int, ...]:
    """Quarter hours from each zone's clock to the person's, in the week of `at` (aware)."""
    return tuple(shift_between(zone, person, at) for zone in zones)


def shift_between(site: str | None, person: str | None, at: datetime) -> int:
    """Quarter hours to add to the site's clock to read the person's; 0 if either is not known."""
    if not site or not person or site == person:
        return 0
    offsets = [at.astimezone(ZoneInfo(zone)).utcoffset() for zone in (person, site)]
    mine, theirs = (offset.total_seconds() if offset else 0.0 for offset in offsets)
    return round((mine - theirs) / 900)
