"""A track's week as the matcher sees it: slots in quarter hours, and what is left open in each.

Tracks that meet alike share one pattern, so a query judges each pattern once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from directory.catalog.schedule import Mode, Session, SessionMode, Track
from directory.matching.week import DAY, Interval
from directory.places.travel import PEAK_HOURS

# Where a session may lie if its time is not published: quarters from midnight.
ANY_TIME = (6 * 4, 23 * 4)
WINDOWS = {"morning": (6 * 4, 13 * 4), "afternoon": (12 * 4, 19 * 4), "evening": (16 * 4, 23 * 4)}

# Weekday quarters in which roads are slow.
PEAKS = tuple((first // 15, last // 15) for first, last in PEAK_HOURS)

Times = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One published entry of a week.

    `days` are the days it may lie on; `count` how many of them it takes (None: not published).
    `times` are all starts and ends it may have, in quarters after the day's midnight (an end may
    lie past 96); `hull` covers them all. `mode` None: in person or virtual, not published.
    `minutes` are the published start and end of a chosen session: sessions that touch off the
    grid do not overlap.
    """

    days: tuple[int, ...]
    count: int | None
    times: Times
    hull: tuple[int, int]
    mode: SessionMode | None
    chosen: bool
    minutes: tuple[int, int] | None = None

    @property
    def timed(self) -> bool:
        """True if start and end are published."""
        return len(self.times) == 1 and self.times[0] == self.hull


@dataclass(frozen=True, slots=True)
class Pattern:
    """The slots of one week, and how many of the chosen ones a person attends.

    `time_zone` is the site's, kept only where a virtual session may need conversion.
    """

    slots: tuple[Slot, ...]
    attend: int = 1
    different_days: bool = False
    time_zone: str | None = None

    @property
    def required(self) -> tuple[Slot, ...]:
        """The slots everyone attends."""
        return tuple(slot for slot in self.slots if not slot.chosen)

    @property
    def pool(self) -> tuple[Slot, ...]:
        """The slots a person chooses from."""
        return tuple(slot for slot in self.slots if slot.chosen)

    @property
    def at_peak(self) -> bool:
        """True if somebody may drive to or from a session when roads are slow."""
        return any(_slot_at_peak(slot) for slot in self.slots)


def pattern_of(track: Track, time_zone: str | None) -> Pattern:
    """The pattern of one track (of one season, where a track has several)."""
    judged = [session for session in track.sessions if session.attendance != "optional"]
    slots = tuple(_slot(session, track.mode) for session in judged) or (_unknown(track.mode),)
    choose = track.choose
    slots += _not_listed(slots, choose.at_least if choose else 1, track.mode)
    zone = time_zone if any(slot.mode != "in_person" for slot in slots) else None
    return Pattern(
        slots=slots,
        attend=max(1, choose.at_least) if choose else 1,
        different_days=bool(choose and choose.different_days),
        time_zone=zone,
    )


def _unknown(mode: Mode | None) -> Slot:
    """Nothing published: any number of sessions, on any day, at any time."""
    times, hull = _anywhere(ANY_TIME, None)
    return Slot(tuple(range(7)), None, times, hull, _session_mode(None, mode), chosen=False)


def _not_listed(slots: tuple[Slot, ...], attend: int, mode: Mode | None) -> tuple[Slot, ...]:
    """Sessions to choose that must exist, since more are attended than are listed."""
    pool = [slot for slot in slots if slot.chosen]
    listed = sum(slot.count or len(slot.days) for slot in pool)
    if not pool or listed >= attend:
        return ()
    unknown = replace(_unknown(mode), chosen=True)
    return (replace(unknown, count=min(7, attend - listed)),)


def _slot(session: Session, mode: Mode | None) -> Slot:
    times, hull = _times(session)
    named = session.day is not None
    return Slot(
        days=(session.day,) if session.day is not None else _days(session),
        count=1 if named else session.count,
        times=times,
        hull=hull,
        mode=_session_mode(session.mode, mode),
        chosen=session.attendance == "choose",
        minutes=_minutes(session) if session.attendance == "choose" else None,
    )


def _minutes(session: Session) -> tuple[int, int] | None:
    if session.start is None or session.end is None:
        return None
    return Interval(0, session.start, session.end).minutes()


def _days(session: Session) -> tuple[int, ...]:
    return tuple(sorted(set(session.day_among))) or tuple(range(7))


def _session_mode(session: SessionMode | None, track: Mode | None) -> SessionMode | None:
    if session is not None:
        return session
    return track if track in {"in_person", "virtual"} else None


def _times(session: Session) -> tuple[Times, tuple[int, int]]:
    """All (start, end) in quarters that the published parts allow, and their hull."""
    start, end = session.start, session.end
    span = None if session.span_minutes is None else -(-session.span_minutes // 15)
    if start is not None and end is not None:
        return _one(start // 15, _end_quarter(start, end))
    if start is not None:
        return _open_end(start // 15, span)
    if end is not None:
        return _open_start(-(-(end or 24 * 60) // 15), span)
    return _anywhere(WINDOWS.get(session.part_of_day or "", ANY_TIME), span)


def _end_quarter(start: int, end: int) -> int:
    end = 24 * 60 if end in {0, 24 * 60 - 1} else end
    return -(-end // 15) + (DAY if end <= start else 0)


def _one(start: int, end: int) -> tuple[Times, tuple[int, int]]:
    return ((start, end),), (start, end)


def _open_end(start: int, span: int | None) -> tuple[Times, tuple[int, int]]:
    if span is not None:
        return _one(start, start + span)
    last = max(ANY_TIME[1], start + 1)
    return ((start, start + 1),), (start, last)


def _open_start(end: int, span: int | None) -> tuple[Times, tuple[int, int]]:
    if span is not None:
        return _one(end - span, end)
    first = min(ANY_TIME[0], end - 1)
    return ((end - 1, end),), (first, end)


@lru_cache(maxsize=256)
def _anywhere(window: tuple[int, int], span: int | None) -> tuple[Times, tuple[int, int]]:
    """Any quarter-hour start inside the window; without a span, a quarter hour is the least."""
    first, last = window
    length = span or 1
    if length > last - first:
        first, last = ANY_TIME
    last = max(last, first + length)
    times = tuple((start, start + length) for start in range(first, last - length + 1))
    return times, (first, last)


def _slot_at_peak(slot: Slot) -> bool:
    if slot.mode == "virtual" or not any(day < 5 for day in slot.days):
        return False
    if not slot.timed:
        return True
    return any(first <= edge % DAY < last for edge in slot.hull for first, last in PEAKS)


def by_course(tracks: Iterable[Track]) -> tuple[tuple[Track, ...], ...]:
    """Tracks grouped by course, its seasons or phases together: same label, each with a season of its own.

    A season that comes again is another track: people choose between them.
    """
    groups: list[list[Track]] = []
    for track in tracks:
        own = next((g for g in groups if _is_season_of(track, g)), None)
        if own is None:
            groups.append([track])
        else:
            own.append(track)
    return tuple(tuple(group) for group in groups)


def _is_season_of(track: Track, group: list[Track]) -> bool:
    seasons = {other.season for other in group}
    return (
        bool(track.season) and group[0].label == track.label and not seasons & {None, track.season}
    )
