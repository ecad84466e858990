"""What the published parts of a pattern allow: every concrete week, or groups of open cells.

Two shapes. `weeks_allowed`: all weeks are listed, where times and counts are published or where
sessions to choose from stand in each other's way; a week depends on what the program names
(resolutions) and on what the person picks. `groups_allowed`: a time or a count is open, so each
day of a slot is a cell judged for itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from math import comb

from directory.catalog.schedule import SessionMode
from directory.matching.pattern import Pattern, Slot, Times
from directory.matching.week import DAY, DAY_MINUTES, WEEK_MINUTES

# Beyond this many concrete weeks a pattern is judged by groups: still sound, no longer listed.
MOST_WEEKS = 2000

MOST_REMEMBERED, MOST_BRIEFLY = 512, 16_384
"""How many patterns are kept as objects with all their weeks, and how many with their only one."""


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """One concrete session: quarter hours of the week, the end may lie past Sunday 24:00.

    `slot` is its place among the pattern's slots; `minutes` its published minutes of the week,
    kept for sessions that are chosen.
    """

    start: int
    end: int
    mode: SessionMode | None
    slot: int = 0
    minutes: tuple[int, int] | None = None

    def overlaps(self, other: "Meeting") -> bool:
        """True if nobody could attend both; touching is not overlapping."""
        (a, b), (c, d) = self._minutes(), other._minutes()
        return any(a < d + week and c + week < b for week in (-WEEK_MINUTES, 0, WEEK_MINUTES))

    def _minutes(self) -> tuple[int, int]:
        return self.minutes or (self.start * 15, self.end * 15)


Week = tuple[Meeting, ...]
Resolution = tuple[Week, ...]
"""The weeks a person may pick from, once the program has named its days."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a slot: the times the session may have there."""

    day: int
    times: Times
    hull: tuple[int, int]
    mode: SessionMode | None


@dataclass(frozen=True, slots=True)
class Part:
    """One slot of a group, or sessions of which only one can be promised.

    `offered` sessions take place, up to `most` of them can be attended; `lost` are those that
    other sessions of the pool may make impossible. `single`: promise one at the most.
    """

    cells: tuple[Cell, ...]
    offered: int
    most: int
    lost: int = 0
    single: bool = False

    def promised(self, failing: int) -> int:
        """How many sessions surely fit if so many cells may not."""
        if self.single:
            return min(1, len(self.cells) - failing)
        return max(0, self.offered - failing - self.lost)


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that are attended together: it fits whatever the program decides if its parts promise
    `promise` sessions; it can fit at all if `need` sessions can.
    """

    parts: tuple[Part, ...]
    promise: int
    need: int

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of all parts."""
        return tuple(cell for part in self.parts for cell in part.cells)


@lru_cache(maxsize=MOST_REMEMBERED)
def weeks_allowed(pattern: Pattern) -> tuple[Resolution, ...] | None:
    """Every resolution with the weeks to pick from; None if they cannot be listed.

    Empty if the published facts contradict each other: no week can be attended as they say.
    """
    if not _listable(pattern):
        return None
    resolutions = []
    for named in product(*(_namings(place, slot) for place, slot in enumerate(pattern.slots))):
        picks = tuple(_picks(pattern, named))
        if picks:
            resolutions.append(picks)
    return tuple(dict.fromkeys(resolutions))


@lru_cache(maxsize=MOST_BRIEFLY)
def only_week(pattern: Pattern) -> Week | None:
    """The week of a pattern that leaves nothing open; empty if weeks cannot be listed at all."""
    weeks = weeks_allowed(pattern)
    if weeks is None:
        return ()
    return weeks[0][0] if len(weeks) == 1 == len(weeks[0]) else None


def as_groups(pattern: Pattern) -> bool:
    """True if weeks can be listed, and groups judge them as well: no session is in the way."""
    return bool(weeks_allowed(pattern)) and not _choices_collide(pattern)


def _listable(pattern: Pattern) -> bool:
    """True if every week can be listed, and judging slot by slot would not do as well."""
    timed = all(slot.timed for slot in pattern.slots)
    if not all(slot.count and _has_span(slot) for slot in pattern.slots):
        return False
    return (timed or _choices_collide(pattern)) and _weeks(pattern) <= MOST_WEEKS


def _has_span(slot: Slot) -> bool:
    """False if the length is open too: then `times` has only the least of it."""
    start, end = slot.times[0]
    return slot.timed or end - start > 1


def _choices_collide(pattern: Pattern) -> bool:
    """True if sessions to choose from may stand in each other's way."""
    return any(part.single or part.lost for g in groups_allowed(pattern) for part in g.parts)


def _weeks(pattern: Pattern) -> int:
    """How many concrete weeks the pattern allows."""
    weeks = 1
    for slot in pattern.slots:
        weeks *= comb(len(slot.days), _count(slot)) * len(slot.times) ** _count(slot)
    offered = sum(_count(slot) for slot in pattern.pool)
    return weeks * comb(offered, min(pattern.attend, offered)) if offered else weeks


def _count(slot: Slot) -> int:
    return min(slot.count or 1, len(slot.days))


def _namings(place: int, slot: Slot) -> Iterator[Week]:
    """The sessions of one slot, for each set of days and times the program may name."""
    for days in combinations(slot.days, _count(slot)):
        for times in product(slot.times, repeat=len(days)):
            yield tuple(
                _meeting(place, slot, day, one) for day, one in zip(days, times, strict=True)
            )


def _meeting(place: int, slot: Slot, day: int, times: tuple[int, int]) -> Meeting:
    midnight = day * DAY_MINUTES
    minutes = slot.minutes and (midnight + slot.minutes[0], midnight + slot.minutes[1])
    return Meeting(day * DAY + times[0], day * DAY + times[1], slot.mode, place, minutes)


def _picks(pattern: Pattern, named: tuple[Week, ...]) -> Iterator[Week]:
    """The weeks a person may choose once the days are named."""
    fixed: list[Meeting] = []
    pool: list[Meeting] = []
    for slot, meetings in zip(pattern.slots, named, strict=True):
        (pool if slot.chosen else fixed).extend(meetings)
    if not pool:
        yield tuple(sorted(fixed, key=_order))
        return
    for chosen in combinations(pool, min(pattern.attend, len(pool))):
        if _attendable(chosen, pattern.different_days):
            yield tuple(sorted((*fixed, *chosen), key=_order))


def _order(meeting: Meeting) -> tuple[int, int, int]:
    return meeting.start, meeting.end, meeting.slot


def _attendable(chosen: tuple[Meeting, ...], different_days: bool) -> bool:
    if different_days and len({meeting.start // DAY for meeting in chosen}) < len(chosen):
        return False
    return not any(one.overlaps(other) for one, other in combinations(chosen, 2))


@lru_cache(maxsize=MOST_REMEMBERED)
def groups_allowed(pattern: Pattern) -> tuple[Group, ...]:
    """The groups of a pattern with open times or counts. Their sessions are judged one by one."""
    groups = [_required(slot) for slot in pattern.required]
    if pattern.pool:
        groups.append(_pool(pattern))
    return tuple(groups)


def _required(slot: Slot) -> Group:
    cells = _cells(slot)
    if slot.count is None:
        return Group((Part(cells, len(cells), len(cells)),), promise=len(cells), need=1)
    count = _count(slot)
    return Group((Part(cells, count, count),), promise=count, need=count)


def _pool(pattern: Pattern) -> Group:
    """The sessions to choose from, so that what is promised can be kept.

    Sessions of named days that may overlap promise one; sessions of unnamed days promise what
    the others of the pool cannot make impossible.
    """
    fixed = [slot for slot in pattern.pool if len(slot.days) == 1]
    moving = [slot for slot in pattern.pool if len(slot.days) > 1]
    parts = [_of_one_time(slots, pattern) for slots in _tangles(fixed, pattern)]
    for place, slot in enumerate(moving):
        others = [(other, 1) for other in fixed]
        others += [(other, other.count or len(other.days)) for other in moving[:place]]
        lost = sum(sessions * _spoiled(slot, other, pattern) for other, sessions in others)
        offered = pattern.attend if slot.count is None else _count(slot)
        most = len(slot.days) if slot.count is None else _count(slot)
        parts.append(Part(_cells(slot), offered, most, lost))
    possible = sum(part.most for part in parts)
    # More asked than can ever be attended: the facts contradict each other, nothing can be told.
    need = pattern.attend if possible >= pattern.attend else 0
    return Group(tuple(parts), promise=pattern.attend, need=need)


def _of_one_time(slots: list[Slot], pattern: Pattern) -> Part:
    cells = tuple(cell for slot in slots for cell in _cells(slot))
    one_day = pattern.different_days and len({cell.day for cell in cells}) == 1
    return Part(cells, len(cells), 1 if one_day else len(cells), single=len(slots) > 1)


def _tangles(slots: list[Slot], pattern: Pattern) -> list[list[Slot]]:
    """Slots that may overlap, directly or through another, together."""
    found: list[list[Slot]] = []
    for slot in slots:
        touching = [g for g in found if any(_spoiled(slot, other, pattern) for other in g)]
        apart = [group for group in found if group not in touching]
        found = [*apart, [*(other for group in touching for other in group), slot]]
    return found


def _spoiled(slot: Slot, other: Slot, pattern: Pattern) -> int:
    """How many days of a slot one session of the other may make impossible, at the most."""
    return max(
        sum(_collide(slot, day, other, taken, pattern) for day in slot.days) for taken in other.days
    )


def _collide(slot: Slot, day: int, other: Slot, taken: int, pattern: Pattern) -> bool:
    if pattern.different_days and day == taken:
        return True
    own, theirs = _meeting(0, slot, day, slot.hull), _meeting(0, other, taken, other.hull)
    return own.overlaps(theirs)


def _cells(slot: Slot) -> tuple[Cell, ...]:
    return tuple(Cell(day, slot.times, slot.hull, slot.mode) for day in slot.days)
