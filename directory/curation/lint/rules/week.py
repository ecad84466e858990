"""L7: one person can attend all that a track requires, on a week that has each of its hours once.

Sessions may run past midnight, and Sunday's night into Monday. Where the clock is put forward or back,
one hour of one night is missing or comes twice.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from directory.catalog.finding import Finding
from directory.catalog.program import Listing
from directory.catalog.schedule import DAYS, Session
from directory.catalog.track_format import clock_text
from directory.curation.lint.yardstick import Rule, Yardstick, program
from directory.matching.week import DAY_MINUTES, WEEK_MINUTES, Interval

OVERLAP, LATE, CHANGE = "overlap", "past_midnight", "clock_change"
Minutes = tuple[int, int]


def look(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """Required sessions at one time; sessions deep in the night; sessions where the clock changes."""
    for track in listing.program.tracks:
        timed = [one for one in track.sessions if _published(one)]
        for one, other in _overlaps([one for one in timed if one.attendance == "required"]):
            yield by.found(OVERLAP, program(listing), "tracks", f"{_told(one)} and {_told(other)}")
        for one in timed:
            for case in _odd(one, listing.site.time_zone, by):
                yield by.found(case, program(listing), "tracks", _told(one))


def _published(one: Session) -> bool:
    return one.day is not None and one.start is not None and one.end is not None


def _overlaps(sessions: Sequence[Session]) -> Iterator[tuple[Session, Session]]:
    """Each session that begins before an earlier one has ended, with that one."""
    if len(sessions) < 2:
        return
    ordered = sorted(((*_minutes(one), place) for place, one in enumerate(sessions)))
    begin, end, place = ordered[0]
    last = end, place
    for start, stop, own in (*ordered[1:], (begin + WEEK_MINUTES, end, place)):
        if start < last[0] and own != last[1]:
            yield sessions[last[1]], sessions[own]
        last = max(last, (stop, own))


def _minutes(one: Session) -> Minutes:
    return Interval(one.day or 0, one.start or 0, one.end or 0).minutes()


def _odd(one: Session, zone: str | None, by: Yardstick) -> Iterator[str]:
    start, end = _minutes(one)
    if end > (one.day or 0) * DAY_MINUTES + DAY_MINUTES + by.limits[LATE].minutes:
        yield LATE
    if zone and any(_meet((start, end), hour) for hour in _changing_hours(zone, by.today)):
        yield CHANGE


def _meet(one: Minutes, other: Minutes) -> bool:
    """True if two parts of the week share a minute; each may run past Sunday midnight."""
    later = (other[0] - one[0]) % WEEK_MINUTES
    return later < one[1] - one[0] or WEEK_MINUTES - later < other[1] - other[0]


@lru_cache(maxsize=256)
def _changing_hours(zone: str, today: date) -> tuple[Minutes, ...]:
    """The parts of the week that some night of the coming year skips or has twice."""
    place, found = ZoneInfo(zone), []
    at = datetime(today.year, today.month, today.day, tzinfo=UTC)
    for day in (at + timedelta(days=days) for days in range(366)):
        if not _shift(day, timedelta(days=1), place):
            continue
        for hour in (day + timedelta(hours=hours) for hours in range(24)):
            if shift := _shift(hour, timedelta(hours=1), place):
                end = hour.astimezone(place).replace(tzinfo=None) + timedelta(hours=1)
                found.append(_part_of_week(min(end, end + shift), abs(shift)))
    return tuple(found)


def _shift(at: datetime, later: timedelta, place: ZoneInfo) -> timedelta:
    """How far the clock is put forward (or back, below zero) from one moment to a later one."""
    before, after = at.astimezone(place), (at + later).astimezone(place)
    return (after.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())


def _part_of_week(begin: datetime, length: timedelta) -> Minutes:
    start = begin.weekday() * DAY_MINUTES + begin.hour * 60 + begin.minute
    return start, start + int(length.total_seconds()) // 60


def _told(one: Session) -> str:
    return f"{DAYS[one.day or 0]} {clock_text(one.start)}-{clock_text(one.end)}"


RULE = Rule("L7", (OVERLAP, LATE, CHANGE), look)
