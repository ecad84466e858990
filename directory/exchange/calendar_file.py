"""Weekly groups as an iCalendar file (RFC 5545): wall-clock times, the zone beside them, no person.

A time is never written in UTC: 6 pm stays 6 pm when the clocks change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Event

PRODUCT = "-//Stepwise//Weeks of a program//EN"
# How far the zone's rules are written out where nobody says when the weeks end.
YEARS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One event that comes back every week: `weeks` times, or until somebody ends it (None).

    `start` and `end` are wall-clock times without a zone; `key` is what makes it the same event
    when the file is fetched again.
    """

    key: str
    title: str
    start: datetime
    end: datetime
    weeks: int | None
    sure: bool = True
    text: str = ""
    place: str = ""
    url: str = ""


def calendar_file(
    entries: Sequence[Entry], zone: str | None, written: datetime, version: int
) -> bytes:
    """The file. Without a known zone times float: they are meant wherever one is."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    for entry in entries:
        found.add_component(_event(entry, _zone(zone), written, version))
    if entries:
        found.add_missing_timezones(*_years(entries))
    return bytes(found.to_ical())


def _event(entry: Entry, zone: ZoneInfo | None, written: datetime, version: int) -> Event:
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, entry.key)))
    event.add("dtstamp", written)
    event.add("sequence", version)
    event.add("summary", entry.title)
    event.add("dtstart", entry.start.replace(tzinfo=zone))
    event.add("dtend", entry.end.replace(tzinfo=zone))
    ends = {} if entry.weeks is None else {"COUNT": entry.weeks}
    event.add("rrule", {"FREQ": "WEEKLY", **ends})
    event.add("status", "CONFIRMED" if entry.sure else "TENTATIVE")
    event.add("class", "PRIVATE")
    for name, value in (("description", entry.text), ("location", entry.place), ("url", entry.url)):
        if value:
            event.add(name, value)
    return event


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _years(entries: Sequence[Entry]) -> tuple[date, date]:
    first = min(entry.start for entry in entries).date()
    weeks = max(entry.weeks or YEARS * 53 for entry in entries)
    return first - timedelta(days=366), first + timedelta(days=366 + 7 * weeks)
