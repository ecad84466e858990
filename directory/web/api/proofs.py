"""Who says so, as the plain data of the API: the evidence of each fact, and what others say instead."""

from collections.abc import Iterable
from datetime import date

from directory.catalog.conflict import Record, live_rivals, state_of
from directory.catalog.evidence import Freshness, Rival, Source, State
from directory.catalog.program import Listing

Json = dict[str, object]


def evidence(source: Source | None, state: State) -> Json:
    """Where a fact comes from; all null but the state if nobody told us."""
    return {
        "source": source and source.name,
        "url": source and source.url,
        "as_of": source and source.as_of.isoformat(),
        "seen_on": source and source.seen_on.isoformat(),
        "method": source and source.method,
        "confirmed_by": source and source.confirmed_by,
        "state": str(state),
    }


def records_of(listing: Listing) -> tuple[Record, ...]:
    """The records of a listing; where two state one fact, the last one is shown."""
    return listing.organization, listing.site, listing.program


def evidence_of(records: Iterable[Record], freshness: Freshness, today: date) -> Json:
    """Fact -> evidence, for every fact of these records with a source."""
    known = set(freshness.facts())
    found: Json = {}
    for record in records:
        for key, source in record.evidence.items():
            fact, _, item = key.partition(":")
            state = State.UNKNOWN
            if fact in known:
                state = state_of(record, fact, freshness, today, item or None)
            found[key] = evidence(source, state)
    return found


def conflicts_of(records: Iterable[Record], freshness: Freshness, today: date) -> Json:
    """Fact (or fact:item) -> what other sources say instead, with their evidence."""
    found: Json = {}
    for record in records:
        for key in record.rivals:
            fact, _, item = key.partition(":")
            rivals = live_rivals(record, fact, freshness, today, item or None)
            if rivals:
                found[key] = [_rival(one, State.CONFLICTING) for one in rivals]
    return found


def _rival(rival: Rival, state: State) -> Json:
    return {"value": rival.value, "evidence": evidence(rival.source, state)}
