"""Measure listings: one by itself, or all of them together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from directory.catalog.conflict import state_of
from directory.catalog.evidence import State
from directory.catalog.finding import Finding, Findings
from directory.catalog.program import Address, Listing, Program, Site
from directory.catalog.schedule import Openings
from directory.curation.lint.rules import RULES, RULES_ACROSS
from directory.curation.lint.yardstick import Yardstick

_NOT_COUNTING = (State.UNKNOWN, State.CONFLICTING)


def findings_of(listing: Listing, by: Yardstick) -> Findings:
    """What does not add up in one listing by itself, in the order of the rules, each once.

    A fact that is not known, too old to count, or disputed by another source, never makes a finding.
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
    """The listing without facts that are too old to count, or disputed; the same one if there are none."""
    site, program = listing.site, listing.program
    of_site, of_program = _not_counting(site, by), _not_counting(program, by)
    if not of_site and not of_program:
        return listing
    return replace(
        listing,
        site=_without(site, of_site, _NOTHING_OF_SITE),
        program=_program_without(program, of_program),
    )


def _not_counting(record: Site | Program, by: Yardstick) -> frozenset[str]:
    known = set(by.freshness.facts())
    return frozenset(
        fact
        for fact in record.evidence
        if fact in known and state_of(record, fact, by.freshness, by.today) in _NOT_COUNTING
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
