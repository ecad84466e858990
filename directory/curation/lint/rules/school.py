"""L6: a program that takes minors does not meet only while they are in school.

Asked of IOPs whose ages are stated, where every track names days and times. Summer hours do not count.
"""

from collections.abc import Iterator

from directory.catalog.finding import Finding
from directory.catalog.program import Listing, Span
from directory.catalog.schedule import Session, Track
from directory.curation.lint.yardstick import Rule, Yardstick, program

CASE = "school_hours"
SATURDAY = 5


def look(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """Minors stated, and every session of the school term inside school hours."""
    stated = listing.program
    tracks = [track for track in stated.tracks if "summer" not in (track.season or "").lower()]
    if stated.level_of_care != "iop" or not tracks or not _takes_minors(stated.ages):
        return
    first, last = (_minutes(part) for part in by.limits[CASE].limit.split("-"))
    if all(_in_school_hours(track, first, last) for track in tracks):
        yield by.found(CASE, program(listing), "tracks", "every session in school hours")


def _takes_minors(ages: Span | None) -> bool:
    """True if a stated age is below 18."""
    stated = (ages.min, ages.max) if ages else ()
    return any(age is not None and age < 18 for age in stated)


def _in_school_hours(track: Track, first: int, last: int) -> bool:
    """True if that is known of every session; a track without sessions is not known."""
    return bool(track.sessions) and all(_inside(one, first, last) for one in track.sessions)


def _inside(session: Session, first: int, last: int) -> bool:
    day, start, end = session.day, session.start, session.end
    if day is None or start is None or end is None or day >= SATURDAY:
        return False
    return first <= start < end <= last


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


RULE = Rule("L6", (CASE,), look)
