"""L9: phases with week numbers cover the length of the program, and no more.

A phase is a track of one label with a season such as "Weeks 1 to 4". What cannot fire: phases named
otherwise ("first phase"), and programs that do not say how long they last.
"""

from collections.abc import Iterator

from directory.catalog.finding import Finding
from directory.catalog.program import Listing, Span
from directory.catalog.schedule import Track
from directory.curation.lint.yardstick import Rule, Yardstick, program
from directory.matching.pattern import by_course
from directory.matching.weeks_ahead import named_weeks

CASE = "phases"


def look(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """Each track whose phases leave out a week of the program, or run past its longest length."""
    length = listing.program.weeks
    for course in by_course(listing.program.tracks):
        covered = _covered(course)
        if length and covered and (wrong := _wrong(covered, length)):
            yield by.found(CASE, program(listing), "tracks", wrong)


def _covered(course: tuple[Track, ...]) -> set[int]:
    """The weeks that the phases name; none unless every one names its weeks."""
    covered: set[int] = set()
    for track in course:
        named = named_weeks(track.season)
        if named is None:
            return set()
        first, last = named
        covered |= set(range(first, last + 1))
    return covered


def _wrong(covered: set[int], length: Span) -> str:
    last = max(covered)
    missing = sorted(set(range(1, max(last, length.min or 0) + 1)) - covered)
    if missing:
        return f"nothing for week {', '.join(map(str, missing))}"
    too_long = length.max is not None and last > length.max
    return f"week {last} of at most {length.max}" if too_long else ""


RULE = Rule("L9", (CASE,), look)
