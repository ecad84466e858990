"""Sessions as HSDS schedules, for those who do not read our profile: one for each time of day.

HSDS says when something is open; it cannot say which sessions one person attends. So these are only
written, never read back: the tracks of the profile hold the truth.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from directory.catalog.program import Listing
from directory.catalog.schedule import Session, Track
from directory.catalog.track_format import clock_text
from directory.exchange.hsds.keys import identifier

Json = dict[str, Any]

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WAYS = {"in_person": "In person", "virtual": "Online", "hybrid": "In person or online"}


def schedules_of(listing: Listing, at_location: str, on: date) -> list[Json]:
    """Every session whose day and times are published, those of like times and manner together.

    Times are wall-clock times at the site; `timezone` is the offset in hours in force on `on`.
    """
    zone = listing.site.time_zone
    offset = None if zone is None else offset_hours(zone, on)
    return [
        _plain(listing.program.id, at_location, number, track, sessions, offset)
        for number, (track, sessions) in enumerate(_alike(listing.program.tracks))
    ]


def offset_hours(zone: str, on: date) -> float:
    """The offset of a zone from UTC at noon of a day: -8 or 5.5."""
    offset = datetime.combine(on, time(12), ZoneInfo(zone)).utcoffset() or timedelta()
    hours = offset / timedelta(hours=1)
    return int(hours) if hours.is_integer() else hours


def _alike(tracks: tuple[Track, ...]) -> Iterator[tuple[Track, list[Session]]]:
    for track in tracks:
        known = [one for one in track.sessions if None not in (one.day, one.start, one.end)]
        ordered = sorted(known, key=lambda one: (*_sort(one), one.day or 0))
        for _, sessions in groupby(ordered, key=_sort):
            yield track, list(sessions)


def _sort(session: Session) -> tuple[int, int, str, str]:
    mode, attendance = session.mode or "", session.attendance
    return session.start or 0, session.end or 0, mode, attendance


def _plain(
    program: str,
    at_location: str,
    number: int,
    track: Track,
    sessions: list[Session],
    offset: float | None,
) -> Json:
    days = dict.fromkeys(DAYS[one.day] for one in sessions if one.day is not None)
    first = sessions[0]
    plain = {
        "id": identifier("schedule", program, number),
        "service_at_location_id": at_location,
        "freq": "WEEKLY",
        "byday": ",".join(days),
        "opens_at": clock_text(first.start),
        "closes_at": clock_text(first.end),
        "timezone": offset,
        "attending_type": WAYS.get(first.mode or track.mode or ""),
        "description": "; ".join(part for part in (track.label, track.season) if part),
        "notes": None if first.attendance == "required" else f"Attendance: {first.attendance}",
    }
    return {name: value for name, value in plain.items() if value not in (None, "")}
