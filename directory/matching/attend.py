"""Can this person attend this pattern? One pattern, one week, explained.

The vectorised face of the same question is `matching/table.py`; a law test holds them equal.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from math import prod
from operator import itemgetter
from typing import Literal

from directory.catalog.schedule import SessionMode
from directory.matching.expand import (
    Cell,
    Group,
    Meeting,
    Resolution,
    Week,
    groups_allowed,
    weeks_allowed,
)
from directory.matching.pattern import Pattern
from directory.matching.week import DAY, QUARTERS, span_bits

Verdict = Literal["fits", "cannot_tell", "misses"]

# Open sessions of a week that may overlap are tried together up to this many ways; beyond it
# the missed minutes are the sum of each session's least, an upper bound.
MOST_WAYS = 20_000


@dataclass(frozen=True, slots=True)
class Trip:
    """How a person gets there: quarter hours one way, and the shift of virtual sessions.

    `shift` is what to add to the site's clock to read the person's, in quarter hours.
    """

    quarters: int = 0
    shift: int = 0

    def needed(self, meeting: Meeting, mode: SessionMode) -> int:
        """The quarter hours the meeting takes, with travel if in person."""
        if mode == "virtual":
            return span_bits(meeting.start + self.shift, meeting.end - meeting.start)
        length = meeting.end - meeting.start + 2 * self.quarters
        return span_bits(meeting.start - self.quarters, length)


@dataclass(frozen=True, slots=True)
class Attendance:
    """The verdict for one pattern, and the best week it allows.

    `week` are the sessions of that week (empty where times are open), `needed` its quarter hours
    with travel, `missed` how many of those are not free.
    """

    verdict: Verdict
    missed: int
    week: Week
    needed: int


# In which way sessions of unpublished mode may be held: all in person, or all virtual.
WAYS: tuple[SessionMode, ...] = ("in_person", "virtual")


@lru_cache(maxsize=4_096)
def attend(pattern: Pattern, free: int, trip: Trip) -> Attendance:
    """Judge one pattern against the quarter hours `free` (an int of 672 bits)."""
    resolutions = weeks_allowed(pattern)
    if resolutions is None:
        return _attend_groups(groups_allowed(pattern), free, trip)
    return _attend_weeks(resolutions, free, trip)


def _attend_weeks(resolutions: tuple[Resolution, ...], free: int, trip: Trip) -> Attendance:
    if not resolutions:
        return Attendance("cannot_tell", 0, (), 0)
    tries = [
        min(_tries(weeks, free, trip, way), key=lambda one: one.missed)
        for weeks in resolutions
        for way in _ways(resolutions)
    ]
    best = min(tries, key=lambda one: one.missed)
    if all(one.missed == 0 for one in tries):
        return Attendance("fits", 0, best.week, best.needed)
    verdict: Verdict = "misses" if best.missed else "cannot_tell"
    return Attendance(verdict, best.missed, best.week, best.needed)


def _ways(resolutions: tuple[Resolution, ...]) -> tuple[SessionMode, ...]:
    """Both ways only if some session's mode is not published."""
    modes = {meeting.mode for week in resolutions[0] for meeting in week}
    return WAYS if None in modes else WAYS[:1]


def _tries(weeks: Resolution, free: int, trip: Trip, way: SessionMode) -> Iterator[Attendance]:
    for week in weeks:
        needed = 0
        for meeting in week:
            needed |= trip.needed(meeting, meeting.mode or way)
        yield Attendance("misses", (needed & ~free).bit_count(), week, needed)


def _attend_groups(groups: tuple[Group, ...], free: int, trip: Trip) -> Attendance:
    if all(_surely_fits(group, free, trip) for group in groups):
        return Attendance("fits", 0, (), 0)
    if any(all(_can_fit(group, free, trip, way) for group in groups) for way in WAYS):
        return Attendance("cannot_tell", 0, (), 0)
    missed, needed = min(least(groups, free, trip, way) for way in WAYS)
    return Attendance("misses", missed, (), needed)


def _surely_fits(group: Group, free: int, trip: Trip) -> bool:
    promised = 0
    for part in group.parts:
        failing = sum(
            any(cost(cell, cell.hull, free, trip, way) for way in WAYS) for cell in part.cells
        )
        promised += part.promised(failing)
    return promised >= group.promise


def _can_fit(group: Group, free: int, trip: Trip, way: SessionMode) -> bool:
    fitting = 0
    for part in group.parts:
        own = sum(
            any(not bits & ~free for bits in hours_of(cell, trip, cell.mode or way))
            for cell in part.cells
        )
        fitting += min(part.most, own)
    return fitting >= group.need


def cost(cell: Cell, times: tuple[int, int], free: int, trip: Trip, way: SessionMode) -> int:
    """Quarter hours missed if the session of this cell has these times."""
    return (needed_at(cell, times, trip, way) & ~free).bit_count()


def needed_at(cell: Cell, times: tuple[int, int], trip: Trip, way: SessionMode) -> int:
    """The quarter hours taken if the session of this cell has these times."""
    meeting = Meeting(cell.day * DAY + times[0], cell.day * DAY + times[1], cell.mode)
    return trip.needed(meeting, cell.mode or way)


def at_best(cell: Cell, free: int, trip: Trip, way: SessionMode) -> tuple[int, int]:
    """The least quarter hours missed over all times the cell may have, and the hours then taken."""
    hours = hours_of(cell, trip, cell.mode or way)
    return min(((bits & ~free).bit_count(), bits) for bits in hours)


@lru_cache(maxsize=1_024)
def hours_of(cell: Cell, trip: Trip, held: SessionMode) -> tuple[int, ...]:
    """The quarter hours taken at each time the cell may have: no free week changes them."""
    return tuple(needed_at(cell, times, trip, held) for times in cell.times)


def least(groups: tuple[Group, ...], free: int, trip: Trip, way: SessionMode) -> tuple[int, int]:
    """The least quarter hours missed over every allowed week, and the hours that week needs."""
    if not entangled(groups, trip):
        return _least_apart(groups, free, trip, way)
    settled, needed = tuple(group for group in groups if _settled(group)), 0
    for group in settled:
        for cell in group.cells:
            needed |= needed_at(cell, cell.hull, trip, way)
    # What a settled session misses is missed already: an open one that lies there costs nothing.
    missed = (needed & ~free).bit_count()
    rest = tuple(group for group in groups if group not in settled)
    more, hours = _least_of_open(rest, free | needed, trip, way)
    return missed + more, needed | hours


def _settled(group: Group) -> bool:
    """True if nothing is left to choose: every cell is attended, at its published time."""
    return group.need == len(group.cells) and all(c.times == (c.hull,) for c in group.cells)


def _least_of_open(
    groups: tuple[Group, ...], free: int, trip: Trip, way: SessionMode
) -> tuple[int, int]:
    together = _least_together(groups, free, trip, way) if entangled(groups, trip) else None
    return together or _least_apart(groups, free, trip, way)


def _least_apart(
    groups: tuple[Group, ...], free: int, trip: Trip, way: SessionMode
) -> tuple[int, int]:
    """Each session for itself, where none can overlap another."""
    missed, needed = 0, 0
    for group in groups:
        for least_missed, hours in _cheapest_cells(group, free, trip, way):
            missed += least_missed
            needed |= hours
    return missed, needed


def _cheapest_cells(
    group: Group, free: int, trip: Trip, way: SessionMode
) -> Iterable[tuple[int, int]]:
    """The cells that miss least, at their best, from each part no more than can be attended."""
    missed = itemgetter(0)
    allowed = [
        one
        for part in group.parts
        for one in sorted((at_best(c, free, trip, way) for c in part.cells), key=missed)[
            : part.most
        ]
    ]
    return sorted(allowed, key=missed)[: group.need]


def entangled(groups: tuple[Group, ...], trip: Trip) -> bool:
    """True if sessions of two cells could share a quarter hour, so that a sum would count it twice."""
    taken = 0
    for group in groups:
        for cell in group.cells:
            bits = 0
            for way in WAYS:
                bits |= needed_at(cell, cell.hull, trip, way)
            if taken & bits:
                return True
            taken |= bits
    return False


def _least_together(
    groups: tuple[Group, ...], free: int, trip: Trip, way: SessionMode
) -> tuple[int, int] | None:
    """The exact union over all weeks, or None if there are too many to try."""
    weeks = [
        [cell for chosen in picked for cell in chosen]
        for picked in product(*(_attended(group) for group in groups))
    ]
    if sum(prod(len(cell.times) for cell in cells) for cells in weeks) > MOST_WAYS:
        return None
    best = (QUARTERS + 1, 0)
    for cells in weeks:
        for taken in product(*(hours_of(cell, trip, cell.mode or way) for cell in cells)):
            needed = 0
            for bits in taken:
                needed |= bits
            best = min(best, ((needed & ~free).bit_count(), needed))
    return best


def _attended(group: Group) -> list[tuple[Cell, ...]]:
    """Every set of cells a person may attend."""
    found = []
    for cells in combinations(group.cells, group.need):
        if all(sum(cell in part.cells for cell in cells) <= part.most for part in group.parts):
            found.append(cells)
    return found
