"""Measure listings: one by itself, or all of them together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from directory.catalog.evidence import Source, State
from directory.catalog.finding import Finding, Findings
from directory.catalog.program import Address, Listing, Program
from directory.catalog.schedule import Openings
from directory.curation.lint.rules import RULES, RULES_ACROSS
from directory.curation.lint.yardstick import Yardstick


def findings_of(listing: Listing, by: Yardstick) -> Findings:
    """What does not add up in one listing by itself, in the order of the rules, each once.

    A fact that is not known, or too old to count, never makes a finding.
    """
    counting = _what_counts(listing, by)
    found = (
        finding for rule in RULES for finding in rule.look(listing if rule.of_age else counting, by)
    )
    return tuple(dict.fromkeys(found))


def published(listing: Listing, by: Yardstick) -> Listing:
    """The listing with what everyone should know: its serious findings."""
    serious = tuple(one for one in findings_of(listing, by) if one.serious)
    return replace(listing, findings=serious)


def findings_among(listings: Sequence[Listing], by: Yardstick) -> Findings:
    """The same for all listings, with what only shows when they are laid side by side."""
    return tuple(dict.fromkeys(_among(listings, by)))


def _among(listings: Sequence[Listing], by: Yardstick) -> Iterator[Finding]:
    for listing in listings:
        yield from findings_of(listing, by)
    for _, look in RULES_ACROSS:
        yield from look(listings, by)


def _what_counts(listing: Listing, by: Yardstick) -> Listing:
    """The listing without facts that are too old to count; the same one if there are none."""
    site, program = listing.site, listing.program
    old_site, old_program = _too_old(site.evidence, by), _too_old(program.evidence, by)
    if not old_site and not old_program:
        return listing
    return replace(
        listing,
        site=_without(site, old_site, _NOTHING_OF_SITE),
        program=_program_without(program, old_program),
    )


def _too_old(evidence: Mapping[str, Source], by: Yardstick) -> frozenset[str]:
    known = set(by.freshness.facts())
    return frozenset(
        fact
        for fact, source in evidence.items()
        if fact in known and by.freshness.state(fact, source, by.today) is State.UNKNOWN
    )


_NOTHING_OF_SITE: Mapping[str, Mapping[str, Any]] = {
    "phone": {"phone": None},
    "time_zone": {"time_zone": None},
    "address": {"address": Address()},
}
_NOTHING_OF_PROGRAM: Mapping[str, Mapping[str, Any]] = {
    "level_of_care": {"level_of_care": None, "level_evidence": None},
    "focus": {"focus": ()},
    "ages": {"ages": None},
    "payers": {"payers": ()},
    "weeks": {"weeks": None},
    "licenses": {"licenses": ()},
    "accreditations": {"accreditations": ()},
    "tracks": {"tracks": ()},
}
"""What stands for 'not known', for each fact that a rule reads."""


def _without(record: Any, facts: frozenset[str], nothing: Mapping[str, Mapping[str, Any]]) -> Any:
    cleared: dict[str, Any] = {}
    for fact in facts & nothing.keys():
        cleared |= nothing[fact]
    return replace(record, **cleared) if cleared else record


def _program_without(program: Program, facts: frozenset[str]) -> Program:
    found: Program = _without(program, facts, _NOTHING_OF_PROGRAM)
    if "openings" in facts:
        tracks = tuple(replace(track, openings=Openings()) for track in found.tracks)
        found = replace(found, tracks=tracks)
    return found
