"""L12: no fact is older than the limit of its class (`data/freshness.csv`).

Openings are left to L11: they carry their own date.
"""

from collections.abc import Iterator, Mapping

from directory.catalog.evidence import Source, State
from directory.catalog.finding import Finding
from directory.catalog.program import Listing
from directory.catalog.records import Subject
from directory.curation.lint.yardstick import Rule, Yardstick

CASE = "fact_stale"


def look(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """Each fact of organization, site and program that counts as not known by its age."""
    evidence: dict[Subject, Mapping[str, Source]] = {
        ("organization", listing.organization.id): listing.organization.evidence,
        ("site", listing.site.id): listing.site.evidence,
        ("program", listing.program.id): listing.program.evidence,
    }
    known = set(by.freshness.facts()) - {"openings"}
    for subject, sources in evidence.items():
        for fact, source in sources.items():
            if fact in known and by.freshness.state(fact, source, by.today) is State.UNKNOWN:
                yield by.found(CASE, subject, fact, f"of {source.as_of}, {source.name}")


RULE = Rule("L12", (CASE,), look, of_age=True)
