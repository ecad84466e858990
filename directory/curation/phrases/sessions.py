"""One group as sessions of the listing format: who meets when, how many are chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from directory.catalog.schedule import Attendance, Choose, PartOfDay, Session, SessionMode
from directory.curation.phrases.clocks import Resolved, Times, resolve
from directory.curation.phrases.flags import Flag
from directory.curation.phrases.groups import Group
from directory.curation.phrases.items import Item
from directory.curation.phrases.quantities import Length, Range

LONGEST_BREAK = 30
MOST_SPAN_FOR_CONTACT = 1.25
"""A session may be a quarter longer than its treatment (pages say 195 to 225 minutes for 180)."""

PARTS: dict[str, PartOfDay] = {
    "morning": "morning",
    "afternoon": "afternoon",
    "evening": "evening",
    "after school": "afternoon",
}


@dataclass(frozen=True, slots=True)
class Meant:
    """The sessions of a group, the choice among them, what to look at, what stayed unread."""

    sessions: tuple[Session, ...] = ()
    choose: Choose | None = None
    flags: frozenset[Flag] = frozenset()
    unread: tuple[Item, ...] = ()


def meant(group: Group) -> Meant:
    """What a group says, in the listing format's terms; nothing where it says too little."""
    days = _days(group)
    if not group.says_when or (group.days and not days):
        return Meant(unread=group.items)
    blocks, flags, unread = _blocks(group)
    sessions = [_timed(group, block, len(blocks)) for block in blocks]
    flags |= _length_flags(group, blocks)
    counted = _counted(group, days, sessions)
    return replace(counted, flags=counted.flags | flags, unread=unread)


def part_of(group: Group) -> str | None:
    """The part of the day that is said, by itself or as a unit ('three evenings')."""
    counted = group.choice or group.count
    return group.part or (counted.part if counted else None)


def _days(group: Group) -> tuple[int, ...]:
    named = group.days.days if group.days else ()
    return tuple(day for day in named if day not in group.excepted)


# times


def _blocks(group: Group) -> tuple[list[Resolved | None], set[Flag], tuple[Item, ...]]:
    """The times of a day in order; not known if one of them can be read in two ways."""
    found = [resolve(cast(Times, item.value), part_of(group)) for item in group.times]
    known = sorted((one for one in found if one), key=lambda one: one.start)
    if len(known) < len(found) or not _follow(known):
        return [None], set(), group.times
    flags = {cast(Flag, one.flag) for one in known if one.flag}
    if len(known) > 1:
        flags.add("same_day_blocks")
    return [*known] or [None], flags, ()


def _follow(blocks: Sequence[Resolved]) -> bool:
    """True if each begins at most half an hour after the one before it ends."""
    return all(
        before.end is not None and 0 <= after.start - before.end <= LONGEST_BREAK
        for before, after in pairwise(blocks)
    )


def _timed(group: Group, block: Resolved | None, blocks: int) -> Session:
    """A session without its day."""
    length = _minutes(group.length)
    session = Session(
        start=block.start if block else None,
        end=block.end if block else None,
        mode=cast(SessionMode, group.mode) if group.mode in ("virtual", "in_person") else None,
        attendance="optional" if group.optional else "required",
        label="family session" if group.session_label else None,
    )
    if block is None:
        session = replace(session, part_of_day=PARTS.get(part_of(group) or ""))
    if group.length and group.length.contact:
        return replace(session, contact_minutes=length) if blocks == 1 else session
    if block is None or block.end is None:
        return replace(session, span_minutes=length)
    if length and blocks == 1 and length < _span(block) <= MOST_SPAN_FOR_CONTACT * length:
        return replace(session, contact_minutes=length)
    return session


def _minutes(length: Length | None) -> int | None:
    if length is None or not length.range.is_one or length.range.least is None:
        return None
    return round(length.range.least)


def _span(block: Resolved) -> int:
    return (block.end or block.start) - block.start


def _length_flags(group: Group, blocks: Sequence[Resolved | None]) -> set[Flag]:
    """A stated length beside the times: the same, shorter by breaks, or a contradiction."""
    length = _minutes(group.length)
    if group.length and group.length.contact:
        return {"contact_minutes"}
    known = [one for one in blocks if one and one.end is not None]
    if not length or not known:
        return set()
    span = sum(_span(one) for one in known)
    if length == span:
        return set()
    breaks = length < span <= MOST_SPAN_FOR_CONTACT * length
    return {"contact_minutes"} if breaks else {"hours_do_not_add_up"}


# days and how many of them


def _counted(group: Group, days: tuple[int, ...], sessions: Sequence[Session]) -> Meant:
    range_ = _range(group)
    if days and group.days and group.days.any_one and not range_:
        return Meant(_each(days, sessions, "choose"), Choose(1, 1))
    if days and range_:
        return _of_named(group, range_, days, sessions)
    if days:
        return Meant(_each(days, sessions))
    if range_ is None:
        return Meant(tuple(sessions))
    return _of_unnamed(group, range_, sessions)


def _range(group: Group) -> Range | None:
    if group.choice:
        return group.choice.range
    return group.count.range if group.count else None


def _each(
    days: Iterable[int], sessions: Sequence[Session], attendance: Attendance | None = None
) -> tuple[Session, ...]:
    found = (replace(one, day=day) for day in days for one in sessions)
    return tuple(replace(one, attendance=attendance) if attendance else one for one in found)


def _of_named(
    group: Group, range_: Range, days: tuple[int, ...], sessions: Sequence[Session]
) -> Meant:
    """So many of the days that are named."""
    of = group.choice.of if group.choice else None
    most = range_.most or range_.least or 0
    if most > len(days) or (of is not None and of != len(days)):
        return Meant(_each(days, sessions), flags=frozenset({"days_do_not_add_up"}))
    if range_.is_one and most == len(days):
        return Meant(_each(days, sessions))
    chosen = group.choice or (group.days and group.days.any_one)
    if range_.is_one and not chosen:
        narrowed = [
            replace(one, count=int(most), day_among=tuple(sorted(days))) for one in sessions
        ]
        return Meant(tuple(narrowed))
    return Meant(_each(days, sessions, "choose"), _choose(range_), _range_flag(group, range_))


def _of_unnamed(group: Group, range_: Range, sessions: Sequence[Session]) -> Meant:
    """So many days that nobody names."""
    of = group.choice.of if group.choice else None
    pool = int(of or range_.most or range_.least or 1)
    if range_.is_one and not group.choice:
        return Meant(tuple(replace(one, count=pool) for one in sessions))
    chosen = tuple(replace(one, count=pool, attendance="choose") for one in sessions)
    return Meant(chosen, _choose(range_), _range_flag(group, range_))


def _choose(range_: Range) -> Choose:
    return Choose(int(range_.least or 1), None if range_.most is None else int(range_.most))


def _range_flag(group: Group, range_: Range) -> frozenset[Flag]:
    return frozenset() if range_.is_one else frozenset({"count_range"})
