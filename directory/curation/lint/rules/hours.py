"""L1: the hours a program publishes are those of the level of care it names.

"IOP" by name is not always IOP by hours: published weeks run from 4 hours to 47. Only a level that
is stated is asked about, and only what must be so: too few if even the longest week is too short, too
many if even the shortest is too long. Of several seasons or phases the fullest (or the lightest) counts,
since programs taper.
"""

from collections.abc import Iterator

from directory.catalog.finding import Finding
from directory.catalog.program import Listing, Program
from directory.catalog.schedule import Track
from directory.curation.lint.contact import contact
from directory.curation.lint.yardstick import Rule, Yardstick, program
from directory.matching.pattern import by_course

CASES = ("hours_adult", "hours_young", "hours_above", "hours_day_program")


def look(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """One finding for each track whose hours are not those of the level."""
    stated = listing.program
    if stated.level_evidence != "stated":
        return
    for course in by_course(stated.tracks):
        for case, minutes in _wrong(stated, course, by):
            yield by.found(case, program(listing), "tracks", f"{round(minutes / 60, 2):g} hours")


def _wrong(stated: Program, course: tuple[Track, ...], by: Yardstick) -> Iterator[tuple[str, int]]:
    bounds = [contact(track) for track in course]
    most = [one.most for one in bounds if one.most is not None]
    fullest = max(most) if len(most) == len(bounds) else None
    lightest = min(one.least for one in bounds)
    for case in _least_cases(stated):
        if fullest is not None and fullest < by.limits[case].number * 60:
            yield case, fullest
    if stated.level_of_care == "iop" and lightest >= by.limits["hours_above"].number * 60:
        yield "hours_above", lightest


def _least_cases(stated: Program) -> tuple[str, ...]:
    """Who may be under 18, or is not said to be over, is measured with the lower limit."""
    if stated.level_of_care == "php":
        return ("hours_day_program",)
    if stated.level_of_care != "iop":
        return ()
    adults = stated.ages is not None and (stated.ages.min or 0) >= 18
    return ("hours_adult",) if adults else ("hours_young",)


RULE = Rule("L1", CASES, look)
