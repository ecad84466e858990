"""Weeks of at most eight cells, judged as bytes: a bit for each cell, and a table of what follows.

Nearly every week is so short. Which of its cells fit a person is a byte, and which may fail is
another; what a byte means depends only on the pattern's rule: how many sessions of which slot are
attended. So the answers to all 256 bytes are worked out once for each rule, by the same `Group` and
`Part` that the explained verdict asks. Longer weeks are judged by `pairs.OpenGroups`.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from directory.matching.attend import Trip
from directory.matching.expand import Cell, Group
from directory.matching.pairs import MISSES, Missed, Verdicts, verdicts
from directory.matching.sessions import LEVEL, WEEKS_COUNTED, Flags, Ints, Person
from directory.matching.week import DAY, QUARTERS, span_bits

MOST_CELLS = 8
BYTES = 1 << MOST_CELLS
NO_ROOM = 10_000
"""Longer than any free stretch: the length of a cell that is not there."""

CLOSE_QUARTERS = 8
"""Two hours: a program that misses the week by more is not offered as nearly fitting."""

UNCOUNTED, FAR = QUARTERS, QUARTERS + 1
"""For missed quarters that nobody counted; FAR ones are surely more than CLOSE_QUARTERS."""

FROM, TO, FIRST, LAST, LENGTH, CLOSE, AWAY, AWAY_ALWAYS = range(8)
NO_CELL = (QUARTERS, QUARTERS, 0, 0, NO_ROOM, -NO_ROOM, 0, 0)

Rule = tuple[tuple[int, int, tuple[tuple[int, int, int, int, bool], ...]], ...]

GATHER, HIGHEST = np.uint64(0x0102040810204080), np.uint64(56)
EACH = np.ones(MOST_CELLS, np.int16)


class FewCells:
    """The patterns among some that have at most eight cells; `holds` says which.

    `_cells` has, one after the other, for each pattern and each of eight cells: begin and end of all its
    times; where `Person.rooms` is read for its first starts and for its last; its length; what may be
    missed of all its times so that one is missed closely; whether people travel to it if an unpublished
    mode is in person, and if it is virtual.
    """

    def __init__(self, patterns: Sequence[tuple[tuple[Group, ...], int]]) -> None:
        self._cells = np.empty((len(NO_CELL), len(patterns), MOST_CELLS), np.int16)
        self._cells[:] = np.array(NO_CELL)[:, None, None]
        self.holds, self._two_ways = np.zeros((2, len(patterns)), bool)
        for at, (groups, _) in enumerate(patterns):
            cells = [cell for group in groups for cell in group.cells]
            self.holds[at] = len(cells) <= MOST_CELLS
            self._two_ways[at] = any(cell.mode is None for cell in cells)
            for place, cell in enumerate(cells[:MOST_CELLS]):
                self._cells[:, at, place] = _row(cell)
        self._zone = np.array([zone for _, zone in patterns], np.int64)
        self._settled = np.array([_settled(groups) for groups, _ in patterns], bool)
        rules: dict[Rule, int] = {}
        groups_of = [
            groups if h else () for (groups, _), h in zip(patterns, self.holds, strict=True)
        ]
        self._rule = np.array([rules.setdefault(_rule(g), len(rules)) for g in groups_of], np.int64)
        self._rules = tuple(rules)
        example = {rules[_rule(groups)]: groups for groups in groups_of}
        each = [example[at] for at in range(len(rules))]
        self._surely = _answers(
            [_promises(groups, byte) for groups in each for byte in range(BYTES)]
        )
        self._can = _answers([_suffices(groups, byte) for groups in each for byte in range(BYTES)])

    def judge(
        self, patterns: Ints, quarters: Ints, person: Person, counting: bool = True
    ) -> tuple[Verdicts, Missed]:
        """Verdict and missed quarters of each pair.

        Missed are a sum over sessions, so none may overlap another. Where anything is left open and
        all miss, they are UNCOUNTED, or FAR if some session to attend surely misses more than is close.
        Unless `counting`, all that miss are UNCOUNTED.
        """
        rule = self._rule[patterns]
        failing, can, missed = self._one_way(patterns, rule, quarters, person, AWAY)
        two = np.flatnonzero(self._two_ways[patterns])
        if len(two):
            own = patterns[two], rule[two], quarters[two]
            fails, fits, also_missed = self._one_way(*own, person, AWAY_ALWAYS)
            failing[two] |= fails
            can[two] |= fits
        verdict = verdicts(self._surely[rule, failing], can)
        if not counting:
            return verdict, np.where(verdict == MISSES, UNCOUNTED, 0).astype(np.int16)
        close = self._are_close(patterns, rule, missed)
        if len(two):
            close[two] |= self._are_close(patterns[two], rule[two], also_missed)
        total = np.where(self._settled[patterns], missed @ EACH, np.where(close, UNCOUNTED, FAR))
        return verdict, np.where(verdict == MISSES, total, 0).astype(np.int16)

    def hours(self, pattern: int, trip: Trip, free: int) -> int:
        """The quarter hours of a week with published times that misses least, as `attend` has it."""
        columns = self._cells[:, pattern].tolist()
        rule = self._rules[self._rule[pattern]]
        ways = (AWAY, AWAY_ALWAYS) if self._two_ways[pattern] else (AWAY,)
        weeks = (_cheapest(rule, _taken(columns, trip, way), free) for way in ways)
        return min(weeks)[1]

    def _one_way(
        self, patterns: Ints, rule: Ints, quarters: Ints, person: Person, way: int
    ) -> tuple[Ints, Flags, Missed]:
        """For each pair: which cells may fail; whether enough fit; what each cell misses of all its times."""
        own, rooms = self._cells.take(patterns, axis=1), person.rooms.reshape(-1)
        journey = quarters.astype(np.int16).repeat(MOST_CELLS).reshape(-1, MOST_CELLS)
        early = late = journey * own[way]
        if person.shift.any():
            shift = person.shift.astype(np.int16)[self._zone[patterns], None]
            moved = shift * (1 - own[way])
            early, late = early - moved, late + moved
        missed = person.before.take(own[TO] + late) - person.before.take(own[FROM] - early)
        room = np.maximum(rooms.take(own[FIRST] - early), rooms.take(own[LAST] - early))
        fits = self._can[rule, _byte(room >= own[LENGTH] + early + late)]
        return _byte(missed > 0), fits, missed

    def _are_close(self, patterns: Ints, rule: Ints, missed: Missed) -> Flags:
        """Whether enough cells fit or miss no more than is close, by what each misses."""
        found: Flags = self._can[rule, _byte(missed <= self._cells[CLOSE].take(patterns, axis=0))]
        return found


def _taken(columns: list[list[int]], trip: Trip, way: int) -> Iterator[int]:
    """The quarter hours that each cell takes, with travel, on the person's clock."""
    for begin, end, away in zip(columns[FROM], columns[TO], columns[way], strict=True):
        early, late = (trip.quarters, trip.quarters) if away else (-trip.shift, trip.shift)
        yield span_bits(begin - early, end - begin + late + early)


def _cheapest(rule: Rule, cells: Iterator[int], free: int) -> tuple[int, int]:
    """What is missed at least, and the hours then taken: from no slot more cells than allowed."""
    missed, taken = 0, 0
    for _, need, parts in rule:
        allowed: list[tuple[int, int]] = []
        for count, _, most, _, _ in parts:
            own = sorted(((one & ~free).bit_count(), one) for one in islice(cells, count))
            allowed += own[:most]
        for more, hours in sorted(allowed)[:need]:
            missed, taken = missed + more, taken | hours
    return missed, taken


def _row(cell: Cell) -> tuple[int, ...]:
    (first, end), starts = cell.times[0], len(cell.times)
    midnight, level = QUARTERS + cell.day * DAY, int(LEVEL[starts])
    begin = level * WEEKS_COUNTED * QUARTERS + midnight + first
    return (
        midnight + cell.hull[0],
        midnight + cell.hull[1],
        begin,
        begin + starts - (1 << level),
        end - first,
        cell.hull[1] - cell.hull[0] - (end - first) + CLOSE_QUARTERS,
        int(cell.mode != "virtual"),
        int(cell.mode == "in_person"),
    )


def _settled(groups: tuple[Group, ...]) -> bool:
    """True if every cell is attended, at its published time, in its published way."""
    return all(
        group.need == len(group.cells)
        and all(cell.mode is not None and cell.times == (cell.hull,) for cell in group.cells)
        for group in groups
    )


def _rule(groups: tuple[Group, ...]) -> Rule:
    """What decides, whatever the times are."""
    return tuple(
        (
            group.promise,
            group.need,
            tuple((len(p.cells), p.offered, p.most, p.lost, p.single) for p in group.parts),
        )
        for group in groups
    )


def _answers(said: list[bool]) -> Flags:
    return np.array(said, bool).reshape(-1, BYTES)


def _promises(groups: tuple[Group, ...], failing: int) -> bool:
    """Whether it fits whatever the program decides, if these cells may fail."""
    for group in groups:
        promised = 0
        for part in group.parts:
            own, failing = failing & ((1 << len(part.cells)) - 1), failing >> len(part.cells)
            promised += part.promised(own.bit_count())
        if promised < group.promise:
            return False
    return True


def _suffices(groups: tuple[Group, ...], fitting: int) -> bool:
    """Whether it can be attended at all, if these cells fit."""
    for group in groups:
        found = 0
        for part in group.parts:
            own, fitting = fitting & ((1 << len(part.cells)) - 1), fitting >> len(part.cells)
            found += min(part.most, own.bit_count())
        if found < group.need:
            return False
    return True


def _byte(flags: Flags) -> Ints:
    """Eight flags of each pair as one byte: the first is its lowest bit.

    The flags are read as one number, whose product gathers their bits in its highest byte.
    """
    found: Ints = (flags.view("<u8")[:, 0] * GATHER >> HIGHEST).astype(np.int64)
    return found
