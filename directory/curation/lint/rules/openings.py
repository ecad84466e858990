"""L11: openings go with a start that is still ahead, and are not reported long ago."""

from collections.abc import Iterator

from directory.catalog.evidence import State
from directory.catalog.finding import Finding
from directory.catalog.program import Listing
from directory.curation.lint.yardstick import Rule, Yardstick, program

AFTER_START, STALE = "start_past", "openings_stale"


def after_start(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """A place reported after the last date on which people could start."""
    for track in listing.program.tracks:
        told, dates = track.openings, track.start.dates
        if told.accepting != "yes" or told.reported_on is None or track.start.rule != "cohort":
            continue
        if dates and max(dates) < told.reported_on:
            got = f"a place on {told.reported_on}, the last start on {max(dates)}"
            yield by.found(AFTER_START, program(listing), "openings", got)


def stale(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """Openings reported so long ago that they count as not known."""
    for track in listing.program.tracks:
        told = track.openings
        if told.accepting == "unknown" or told.reported_on is None:
            continue
        age = (by.today - told.reported_on).days
        if by.freshness.state_at_age("openings", max(0, age)) is State.UNKNOWN:
            yield by.found(STALE, program(listing), "openings", f"reported on {told.reported_on}")


RULE = Rule("L11", (AFTER_START,), after_start)
OF_AGE = Rule("L11", (STALE,), stale, of_age=True)
