"""L8: a group that is called an evening group has a session that ends in the evening.

A claim is a word in the name of the track, in the name of the program before a word such as
"program", or a session said to be in the evening. Nothing is found while one time is not published.
"""

import re
from collections.abc import Iterator, Sequence

from directory.catalog.finding import Finding
from directory.catalog.program import Listing
from directory.catalog.schedule import Session, Track
from directory.catalog.track_format import clock_text
from directory.curation.lint.yardstick import Rule, Yardstick, program
from directory.matching.pattern import by_course

CASE = "evening"
_CLAIM = re.compile(r"\b(evenings?|nights?|noches?|nocturn[ao]s?)\b", re.IGNORECASE)
_PROGRAM_CLAIM = re.compile(
    r"\b(evening|night)s?\s+(iop|php|programs?|groups?|tracks?|intensive|outpatient|sessions?)\b",
    re.IGNORECASE,
)


def look(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """Each track that claims the evening, or the program, without a session that ends in it."""
    latest = by.limits[CASE].minutes
    tracks = listing.program.tracks
    claiming = [course for course in by_course(tracks) if any(_claims(track) for track in course)]
    if not claiming and _PROGRAM_CLAIM.search(listing.program.name):
        claiming = [tracks]
    for course in claiming:
        if _end_by(course, latest):
            yield by.found(CASE, program(listing), "tracks", _last_end(course))


def _claims(track: Track) -> bool:
    named = track.label is not None and _CLAIM.search(track.label) is not None
    return named or any(session.part_of_day == "evening" for session in track.sessions)


def _end_by(course: Sequence[Track], latest: int) -> bool:
    """True if every session is known to end by then; one past midnight does not."""
    return bool(course) and all(
        track.sessions and all(_ends_by(one, latest) for one in track.sessions) for track in course
    )


def _ends_by(one: Session, latest: int) -> bool:
    return one.start is not None and one.end is not None and one.start < one.end <= latest


def _last_end(course: Sequence[Track]) -> str:
    return clock_text(max(one.end or 0 for track in course for one in track.sessions)) or ""


RULE = Rule("L8", (CASE,), look)
