"""L5: insurance that pays for substance use IOP by the day (H0015) asks for 3 hours on 3 days.

Plans differ, and Medi-Cal counts otherwise, so this asks a curator to look. Sessions on one named day
add up; sessions whose days are not named may share a day.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from directory.catalog.finding import Finding
from directory.catalog.program import Listing, Program
from directory.catalog.schedule import Session, Track
from directory.catalog.vocabulary import Vocabularies
from directory.curation.lint.contact import at_most, choice, pool, times_a_week
from directory.curation.lint.yardstick import Rule, Yardstick, program

SHORT, FEW = "short_days", "few_days"


def look(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """Each track that cannot have such days, or not enough of them, whatever is left open."""
    if not _billed_by_the_day(listing.program, by.vocabularies):
        return
    for track in listing.program.tracks:
        days = _most_days(track)
        if days is not None and days < by.limits[FEW].number:
            yield by.found(FEW, program(listing), "tracks", str(days))
        longest = _longest_day(track.sessions)
        if longest is not None and longest < by.limits[SHORT].number:
            yield by.found(SHORT, program(listing), "tracks", str(longest))


def _billed_by_the_day(stated: Program, vocabularies: Vocabularies) -> bool:
    insurers = vocabularies["payers"].narrowed("private-insurance")
    insured = any(one.payer in insurers and one.network != "out" for one in stated.payers)
    sure = stated.level_of_care == "iop" and stated.level_evidence == "stated"
    return sure and insured and "substance_use" in stated.focus


def _most_days(track: Track) -> int | None:
    """On how many days of the week someone can attend, at the most; None if not published."""
    fixed = _days(one for one in track.sessions if one.attendance != "choose")
    chosen = _days(pool(track))
    if not track.sessions or fixed is None or chosen is None:
        return None
    if chosen < choice(track).at_least and pool(track):
        return None  # more are attended than are listed
    most = choice(track).at_most
    return min(7, fixed + (chosen if most is None else min(chosen, most)))


def _days(sessions: Iterable[Session]) -> int | None:
    named, unnamed = set(), 0
    for one in sessions:
        times = times_a_week(one)
        if times is None:
            return None
        if one.day is None:
            unnamed += times
        else:
            named.add(one.day)
    return len(named) + unnamed


def _longest_day(sessions: Iterable[Session]) -> int | None:
    """The most contact minutes that one day can have; None if a length is not published."""
    by_day: Counter[int | None] = Counter()
    for one in sessions:
        minutes = at_most(one)
        if minutes is None:
            return None
        by_day[one.day] += minutes
    shared = by_day.pop(None, 0)
    return max(by_day.values(), default=0) + shared if by_day or shared else None


RULE = Rule("L5", (SHORT, FEW), look)
