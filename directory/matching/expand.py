"""What the published parts of a pattern allow: every concrete week, or groups of open cells.

Two shapes. `weeks_allowed`: all times and counts are published, so the weeks can be listed; a
week's sessions depend on the days the program names (resolutions) and those the person picks.
`groups_allowed`: a time or a count is open, so each day of a slot is a cell judged for itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from math import comb

from directory.catalog.schedule import SessionMode
from directory.matching.pattern import Pattern, Slot, Times
from directory.matching.week import DAY, span_bits

# Beyond this many concrete weeks a pattern is judged by groups: still sound, no longer listed.
MOST_WEEKS = 2000


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """One concrete session: quarter hours of the week, the end may lie past Sunday 24:00."""

    start: int
    end: int
    mode: SessionMode | None

    @property
    def bits(self) -> int:
        """The quarter hours it takes, without travel."""
        return span_bits(self.start, self.end - self.start)


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
class Group:
    """Cells of which the person attends some.

    The group fits whatever the program decides if at most `slack` cells fail; it can fit at all
    if `need` cells can.
    """

    cells: tuple[Cell, ...]
    slack: int
    need: int


@lru_cache(maxsize=65_536)
def weeks_allowed(pattern: Pattern) -> tuple[Resolution, ...] | None:
    """Every resolution with the weeks to pick from; None if they cannot be listed.

    Empty if the published facts contradict each other: no week can be attended as they say.
    """
    if not all(slot.timed and slot.count for slot in pattern.slots) or _too_many(pattern):
        return None
    resolutions = []
    for named in product(*(_namings(slot) for slot in pattern.slots)):
        picks = tuple(_picks(pattern, named))
        if picks:
            resolutions.append(picks)
    return tuple(dict.fromkeys(resolutions))


def _too_many(pattern: Pattern) -> bool:
    weeks = 1
    for slot in pattern.slots:
        weeks *= comb(len(slot.days), _count(slot))
    offered = sum(_count(slot) for slot in pattern.pool)
    if offered:
        weeks *= comb(offered, min(pattern.attend, offered))
    return weeks > MOST_WEEKS


def _count(slot: Slot) -> int:
    return min(slot.count or 1, len(slot.days))


def _namings(slot: Slot) -> Iterator[Week]:
    """The sessions of one slot, for each set of days the program may name."""
    (start, end) = slot.hull
    for days in combinations(slot.days, _count(slot)):
        yield tuple(Meeting(day * DAY + start, day * DAY + end, slot.mode) for day in days)


def _picks(pattern: Pattern, named: tuple[Week, ...]) -> Iterator[Week]:
    """The weeks a person may choose once the days are named (semantics 5)."""
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


def _order(meeting: Meeting) -> tuple[int, int, str]:
    return meeting.start, meeting.end, meeting.mode or ""


def _attendable(chosen: Iterable[Meeting], different_days: bool) -> bool:
    taken, days = 0, set()
    for meeting in chosen:
        day = meeting.start // DAY
        if taken & meeting.bits or (different_days and day in days):
            return False
        taken |= meeting.bits
        days.add(day)
    return True


@lru_cache(maxsize=65_536)
def groups_allowed(pattern: Pattern) -> tuple[Group, ...]:
    """The groups of a pattern with open times or counts. Their sessions are judged one by one."""
    groups = [_required(slot) for slot in pattern.required]
    if pattern.pool:
        groups.append(_pool(pattern))
    return tuple(groups)


def _required(slot: Slot) -> Group:
    need = 1 if slot.count is None else _count(slot)
    return Group(_cells(slot), slack=0, need=need)


def _pool(pattern: Pattern) -> Group:
    slots = pattern.pool
    if len(slots) == 1:
        return _one_slot_pool(slots[0], pattern.attend)
    cells: dict[int, Cell] = {}
    for slot in slots:
        for cell in _cells(slot):
            cells.setdefault(cell.day, cell)
    simple = all(len(slot.days) == 1 for slot in slots) and len(cells) == len(slots)
    attend = min(pattern.attend, len(cells))
    if simple:
        return Group(tuple(cells.values()), len(cells) - attend, attend)
    # Several open sessions on one day: never promise, never refuse on more than one session.
    return Group(tuple(cell for slot in slots for cell in _cells(slot)), slack=0, need=1)


def _one_slot_pool(slot: Slot, attend: int) -> Group:
    cells = _cells(slot)
    offered = attend if slot.count is None else _count(slot)
    attend = min(attend, offered, len(cells))
    return Group(cells, max(0, offered - attend), attend)


def _cells(slot: Slot) -> tuple[Cell, ...]:
    return tuple(Cell(day, slot.times, slot.hull, slot.mode) for day in slot.days)
