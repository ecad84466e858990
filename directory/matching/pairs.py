"""Patterns judged as arrays: many (pattern, travel) pairs in one pass.

A pair is a pattern and the quarter hours of travel one way. The explained face of the same question is
`matching/attend.py`; `tests/matching` holds them equal to each other and to an oracle.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.matching.attend import WAYS
from directory.matching.expand import Cell, Group, Resolution
from directory.matching.sessions import (
    MODES,
    PADS,
    Flags,
    Ints,
    Lists,
    PaddedMasks,
    Person,
    Sessions,
    owners,
)
from directory.matching.week import DAY, QUARTERS

Verdicts = NDArray[np.int8]
Missed = NDArray[np.int16]

FITS, CANNOT_TELL, MISSES = 0, 1, 2
NEVER = 10_000
"""More quarter hours than a week has: the cost of a session that cannot be attended."""


class ListedWeeks:
    """Patterns whose every allowed week is listed: masks are joined, counted and compared."""

    def __init__(self, patterns: list[tuple[tuple[Resolution, ...], int]]) -> None:
        place: dict[tuple[int, int, int, int], int] = {}
        weeks = [w for allowed, _ in patterns for weeks in allowed for w in weeks]
        zones = [z for allowed, z in patterns for weeks in allowed for _ in weeks]
        self._sessions = np.array(
            [
                place.setdefault((m.start, m.end - m.start, MODES.index(m.mode), zone), len(place))
                for week, zone in zip(weeks, zones, strict=True)
                for m in week
            ],
            np.int64,
        )
        self._resolutions = Lists.of(len(allowed) for allowed, _ in patterns)
        self._weeks = Lists.of(len(weeks) for allowed, _ in patterns for weeks in allowed)
        self._meetings = Lists.of(len(week) for week in weeks)
        table = Sessions.of(place)
        self._masks = {str(way): PaddedMasks(table, way) for way in WAYS}
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
        padded = self._masks[way].of(self._sessions[meetings], travel, person.shift)
        needed = np.bitwise_or.reduceat(padded, of_week, axis=0)
        missed = np.bitwise_count(needed & person.busy).sum(axis=1, dtype=np.int64)
        picked = np.minimum.reduceat(missed, of_resolution)
        return np.maximum.reduceat(picked, of_pair), np.minimum.reduceat(picked, of_pair)


def _open_mode(allowed: tuple[Resolution, ...]) -> bool:
    return any(meeting.mode is None for week in allowed[0] for meeting in week)


@dataclass(frozen=True, slots=True)
class Opened:
    """Pairs laid out: their groups, the groups' parts, the parts' cells, one after the other.

    `of_pair`, `of_group`, `of_part` say where each one's own begin; `kinds` and `travel` are those
    of the cells.
    """

    groups: Ints
    of_pair: Ints
    parts: Ints
    of_group: Ints
    kinds: Ints
    of_part: Ints
    travel: Ints


class OpenGroups:
    """Patterns with open times or counts: each day of a slot is a cell, judged for itself."""

    def __init__(self, patterns: list[tuple[tuple[Group, ...], int]]) -> None:
        groups = [(group, zone) for allowed, zone in patterns for group in allowed]
        parts = [(part, zone) for group, zone in groups for part in group.parts]
        cells = [(cell, zone) for part, zone in parts for cell in part.cells]
        self._groups = Lists.of(len(allowed) for allowed, _ in patterns)
        self._parts = Lists.of(len(group.parts) for group, _ in groups)
        self._cells = Lists.of(len(part.cells) for part, _ in parts)
        self._promise = np.array([group.promise for group, _ in groups], np.int64)
        self._need = np.array([group.need for group, _ in groups], np.int64)
        self._offered = np.array([part.offered - part.lost for part, _ in parts], np.int64)
        self._most = np.array([part.most for part, _ in parts], np.int64)
        self._single = np.array([part.single for part, _ in parts], bool)
        place: dict[tuple[Cell, int], int] = {}
        self._kind = np.array([place.setdefault(one, len(place)) for one in cells], np.int64)
        self._kinds = CellKinds(place)

    def judge(self, patterns: Ints, quarters: Ints, person: Person) -> Verdicts:
        """The verdict of each pair."""
        opened = self._open(patterns, quarters)
        failing, *ways = self._kinds.judge(opened.kinds, opened.travel, person)
        possible = np.zeros(len(patterns), bool)
        for fits in ways:
            possible |= self._enough(np.add.reduceat(fits, opened.of_part, dtype=np.int64), opened)
        promised = np.add.reduceat(self._promised(failing, opened), opened.of_group)
        surely = np.logical_and.reduceat(promised >= self._promise[opened.groups], opened.of_pair)
        return verdicts(surely, possible)

    def missed(self, patterns: Ints, quarters: Ints, person: Person) -> Missed:
        """The least quarters missed (a sum over sessions) of pairs that nobody could attend."""
        opened = self._open(patterns, quarters)
        least = [
            np.add.reduceat(self._least(cheapest, opened), opened.of_pair)
            for cheapest in self._kinds.least(opened.kinds, opened.travel, person)
        ]
        missed: Missed = np.minimum.reduce(least).astype(np.int16)
        return missed

    def may_miss(self, at_most: int, patterns: Ints, quarters: Ints, person: Person) -> Flags:
        """False for pairs in which some session to attend surely misses more than so many quarters."""
        opened = self._open(patterns, quarters)
        can = np.zeros(len(patterns), bool)
        for least in self._kinds.at_least(opened.kinds, opened.travel, person):
            close = np.add.reduceat(least <= at_most, opened.of_part, dtype=np.int64)
            can |= self._enough(close, opened)
        return can

    def _enough(self, cells: Ints, opened: Opened) -> Flags:
        """Whether so many cells of each part are enough for the groups of each pair."""
        can = np.add.reduceat(np.minimum(cells, self._most[opened.parts]), opened.of_group)
        enough: Flags = np.logical_and.reduceat(can >= self._need[opened.groups], opened.of_pair)
        return enough

    def _open(self, patterns: Ints, quarters: Ints) -> Opened:
        groups, of_pair = self._groups.open(patterns)
        parts, of_group = self._parts.open(groups)
        cells, of_part = self._cells.open(parts)
        pair = owners(of_pair, len(groups))[owners(of_group, len(parts))]
        travel = quarters[pair[owners(of_part, len(cells))]]
        return Opened(groups, of_pair, parts, of_group, self._kind[cells], of_part, travel)

    def _promised(self, failing: Flags, opened: Opened) -> Ints:
        """How many sessions each part promises."""
        failed = np.add.reduceat(failing, opened.of_part, dtype=np.int64)
        sure = np.diff(opened.of_part, append=len(failing)) - failed
        several = np.maximum(0, self._offered[opened.parts] - failed)
        promised: Ints = np.where(self._single[opened.parts], np.minimum(1, sure), several)
        return promised

    def _least(self, cheapest: Ints, opened: Opened) -> Ints:
        """For each group the sum of its `need` cheapest cells, no more of a part than allowed."""
        parts, of_part = opened.parts, opened.of_part
        part = owners(of_part, len(cheapest))
        cost = _sorted_within(part, cheapest)
        allowed = np.arange(len(cost)) - of_part[part] < self._most[parts][part]
        cost = np.where(allowed, cost, NEVER)
        group = owners(opened.of_group, len(parts))[part]
        if len(opened.groups) < len(parts):
            cost = _sorted_within(group, cost)
        first = of_part[opened.of_group]
        taken = np.arange(len(cost)) - first[group] < self._need[opened.groups][group]
        sums: Ints = np.add.reduceat(np.where(taken, cost, 0), first)
        return sums


def _sorted_within(owner: Ints, costs: Ints) -> Ints:
    """The costs of each owner in order; owners ascend. A cost is less than 2**16."""
    keys = owner * 2**16 + costs
    keys.sort()
    return keys & (2**16 - 1)


class CellKinds:
    """The distinct cells: each is judged once for a person and a travel time.

    The times of a cell are starts in a row, all of one length (`tests/matching/test_open_times.py`).
    """

    def __init__(self, cells: Iterable[tuple[Cell, int]]) -> None:
        cells = list(cells)
        self._hulls = Sessions.of(
            (c.day * DAY + c.hull[0], c.hull[1] - c.hull[0], MODES.index(c.mode), zone)
            for c, zone in cells
        )
        self._first = Sessions.of(
            (c.day * DAY + start, end - start, MODES.index(c.mode), zone)
            for c, zone in cells
            for start, end in c.times[:1]
        )
        self._starts = np.array([len(c.times) for c, _ in cells], np.int64)

    def judge(self, kinds: Ints, quarters: Ints, person: Person) -> tuple[Flags, Flags, Flags]:
        """For each cell whether some time fails, and by way whether some time fits."""
        failing, fits = self._one_way(kinds, quarters, WAYS[0], person)
        other = fits.copy()
        open_mode = self._open_mode(kinds)
        if len(open_mode):
            own = kinds[open_mode], quarters[open_mode]
            fails, other[open_mode] = self._one_way(*own, WAYS[1], person)
            failing[open_mode] |= fails
        return failing, fits, other

    def least(self, kinds: Ints, quarters: Ints, person: Person) -> tuple[Ints, Ints]:
        """The least missed quarters of each cell by way: every time is tried, a distinct cell once."""
        codes, place = np.unique(kinds * PADS + quarters, return_inverse=True)
        kind, pad = np.divmod(codes, PADS)
        least = self._least(kind, pad, WAYS[0], person)
        other = least.copy()
        open_mode = self._open_mode(kind)
        if len(open_mode):
            other[open_mode] = self._least(kind[open_mode], pad[open_mode], WAYS[1], person)
        return least[place], other[place]

    def at_least(self, kinds: Ints, quarters: Ints, person: Person) -> tuple[Ints, Ints]:
        """Quarters that each cell misses at least, by way: those its hull has no free room for."""
        found = self._short_of(kinds, quarters, WAYS[0], person)
        other = found.copy()
        open_mode = self._open_mode(kinds)
        if len(open_mode):
            own = kinds[open_mode], quarters[open_mode]
            other[open_mode] = self._short_of(*own, WAYS[1], person)
        return found, other

    def _short_of(self, kind: Ints, pad: Ints, way: str, person: Person) -> Ints:
        start, whole = self._hulls.padded(kind, pad, way, person.shift)
        length = self._first.padded(kind, pad, way, person.shift)[1]
        return (
            np.minimum(length, QUARTERS) - np.minimum(whole, QUARTERS) + person.missed(start, whole)
        )

    def _open_mode(self, kinds: Ints) -> Ints:
        return np.flatnonzero(self._first.mode[kinds] == MODES.index(None))

    def _one_way(self, kind: Ints, pad: Ints, way: str, person: Person) -> tuple[Flags, Flags]:
        """Whether some time fails, and whether some time fits."""
        hull = self._hulls.padded(kind, pad, way, person.shift)
        start, length = self._first.padded(kind, pad, way, person.shift)
        return person.missed(*hull) > 0, person.has_room(start, self._starts[kind], length)

    def _least(self, kind: Ints, pad: Ints, way: str, person: Person) -> Ints:
        start, length = self._first.padded(kind, pad, way, person.shift)
        count = self._starts[kind]
        below = count.cumsum() - count
        times = np.arange(int(count.sum())) + (start - below).repeat(count)
        return np.minimum.reduceat(person.missed(times, length.repeat(count)), below)


def verdicts(surely: Flags, feasible: Flags) -> Verdicts:
    """FITS where surely, CANNOT_TELL where feasible, else MISSES."""
    return np.where(surely, FITS, np.where(feasible, CANNOT_TELL, MISSES)).astype(np.int8)
