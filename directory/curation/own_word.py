"""What a program says of itself, as claims: whose word it is, and which earlier words it replaces.

Its newest word takes the place of its earlier ones, those on the phone included: it told us those,
too. What lists and pages say stays, and is believed less.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from directory.catalog.evidence import OWN_WORD, Source
from directory.catalog.listing import Json, Kind, Record, facts_of
from directory.catalog.program import Listing
from directory.catalog.records import Change, Claim, Desk, LiveClaim, Subject, What
from directory.curation.claims import canonical

NOTHING = "null"
"""The value of a fact that nobody states."""

Told = tuple[Kind, str, Json]
"""A fact of a kind of record, and its value in the listing format."""


def source_of(listing: Listing, on: date, confirmed_by: str | None = None) -> Source:
    """The program's own word on a day. Of an invented program it is invented, too."""
    if listing.example:
        return Source(OWN_WORD, on, "example", confirmed_by=confirmed_by or "program")
    return Source(OWN_WORD, on, "self_report", confirmed_by=confirmed_by)


def record_of(listing: Listing, kind: Kind) -> Record:
    """The organization, the site or the program of a listing."""
    if kind == "organization":
        return listing.organization
    return listing.site if kind == "site" else listing.program


def listed(listing: Listing, kind: Kind, fact: str) -> str:
    """What is listed of a fact, as canonical JSON; `NOTHING` if nothing is."""
    return canonical(facts_of(record_of(listing, kind)).get(fact))


def claims_told(listing: Listing, told: Iterable[Told], source: Source) -> tuple[Claim, ...]:
    """Each fact as a claim."""
    return tuple(
        Claim((kind, record_of(listing, kind).id), fact, canonical(value), source)
        for kind, fact, value in told
    )


def telling(
    desk: Desk, claims: Sequence[Claim], at: datetime, what: What = "self_report"
) -> Change:
    """The change that states these claims; what is stated already is left out."""
    wanted = {(claim.subject, claim.fact): claim for claim in claims}
    live = [one.kept for one in desk.live_on({claim.subject for claim in claims})]
    about = [one for one in live if (one.claim.subject, one.claim.fact) in wanted]
    known = {(one.claim.subject, one.claim.fact): one.claim for one in about if _own(one)}
    fresh = [claim for key, claim in wanted.items() if known.get(key) != claim]
    keys = {(claim.subject, claim.fact): claim for claim in fresh}
    gone = [one for one in about if (new := keys.get(_key(one))) and _replaces(new, one)]
    return Change(
        OWN_WORD, at, stated=tuple(fresh), withdrawn=tuple(one.id for one in gone), what=what
    )


def _key(one: LiveClaim) -> tuple[Subject, str]:
    return one.claim.subject, one.claim.fact


def _own(one: LiveClaim) -> bool:
    return one.claim.source.name == OWN_WORD and not one.claim.origin


def _replaces(new: Claim, one: LiveClaim) -> bool:
    """Its own earlier word, or what it told a caller no later than today."""
    source = one.claim.source
    return _own(one) or (source.method == "phone" and source.as_of <= new.source.as_of)
