"""What a program says of itself: all of it is still right, or one fact is another; and what it said before.

What is low risk is published at once, the rest waits for a curator (`data/self_report.csv`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson

from directory.catalog.conflict import live_rivals
from directory.catalog.evidence import OWN_WORD, Freshness
from directory.catalog.listing import Json, Kind, facts_of
from directory.catalog.program import Listing
from directory.catalog.proposal import Proposal, Teller
from directory.catalog.records import Desk, PastClaim, WritableRecords
from directory.curation.claims import canonical
from directory.curation.handling import Handlings
from directory.curation.own_word import (
    Told,
    claims_told,
    listed,
    record_of,
    source_of,
    telling,
)
from directory.curation.proposals import CURATOR, Asked, ListedOtherwise, propose
from directory.curation.publishing import keep
from directory.curation.undoing import undo
from directory.errors import UnknownChange

KINDS: tuple[Kind, ...] = ("program", "site", "organization")
OWN_ACTS = ("self_report", "confirm", "undo")
MOST_OF_DAY = 60
"""Acts of one program on one day, what it takes back among them: more than anybody means to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of what was told: facts shown at once, and wishes that wait."""

    change: int | None = None
    shown: tuple[str, ...] = ()
    waits: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnChange:
    """One thing that the program said before: each fact with its value in the listing format.

    `confirmed`: it said that all was still right. `undone`: it was taken back. `open`: it may be.
    """

    number: int
    at: datetime
    facts: tuple[tuple[Kind, str, Json], ...]
    confirmed: bool
    undone: bool
    may_be_undone: bool


def unsettled(listing: Listing, freshness: Freshness, today: date) -> frozenset[tuple[Kind, str]]:
    """Facts that nobody can confirm as they stand: sources disagree, or the level is our guess."""
    found = {
        (kind, key.partition(":")[0])
        for kind in KINDS
        for key in record_of(listing, kind).rivals
        if live_rivals(record_of(listing, kind), *_named(key, freshness, today))
    }
    if listing.program.level_of_care and listing.program.level_evidence != "stated":
        found.add(("program", "level_of_care"))
    return frozenset(found)


def _named(key: str, freshness: Freshness, today: date) -> tuple[str, Freshness, date, str | None]:
    fact, _, item = key.partition(":")
    return fact, freshness, today, item or None


def still_right(listing: Listing, freshness: Freshness, today: date) -> Sequence[Told]:
    """Every fact that is listed and settled, dated today where it carries a day of its own."""
    left_out = unsettled(listing, freshness, today)
    return [
        (kind, fact, dated(fact, value, today))
        for kind in KINDS
        for fact, value in facts_of(record_of(listing, kind)).items()
        if (kind, fact) not in left_out
    ]


def dated(fact: str, value: Json, today: date) -> Json:
    """The value as it is told today: openings and payers carry a day of their own."""
    if value is None:
        return None
    if fact == "openings":
        return [_told_today(one, "reported_on", today, one["accepting"]) for one in value]
    if fact == "payers":
        return [one | {"as_of": today.isoformat()} for one in value]
    return value


def _told_today(one: Json, key: str, today: date, accepting: str) -> Json:
    return one if accepting == "unknown" else one | {key: today.isoformat()}


def confirm(desk: Desk, listing: Listing, freshness: Freshness, at: datetime) -> Outcome:
    """All that is listed is still right: each fact becomes the program's own word of today."""
    told = still_right(listing, freshness, at.date())
    claims = claims_told(listing, told, source_of(listing, at.date()))
    change = keep(desk, telling(desk, claims, at, "confirm"))
    return Outcome(change, tuple(fact for _, fact, _ in told) if change else ())


def tell(
    desk: Desk,
    listing: Listing,
    asked: Sequence[Asked],
    handlings: Handlings,
    at: datetime,
    by: Teller,
) -> Outcome:
    """Other facts than are listed. What is listed so already is left out.

    Raises `ListedOtherwise`, and keeps nothing, if one of them changed since the page was made.
    """
    fresh = [one for one in asked if not _is_listed(listing, one, at.date())]
    for one in fresh:
        if _now(listing, one) != one.seen:
            raise ListedOtherwise(one.fact, one.seen, _now(listing, one))
    ways = [(one, handlings[one.kind, one.fact]) for one in fresh]
    told = [
        (one.kind, one.fact, dated(one.fact, one.value, at.date()))
        for one, way in ways
        if way == "at_once"
    ]
    claims = claims_told(listing, told, source_of(listing, at.date()))
    change = keep(desk, telling(desk, claims, at)) if claims else None
    waits = [propose(desk, listing, one, at, by) for one, way in ways if way == "waits"]
    return Outcome(change, tuple(fact for _, fact, _ in told), tuple(waits))


def _now(listing: Listing, one: Asked) -> str:
    return listed(listing, one.kind, one.fact)


def _is_listed(listing: Listing, one: Asked, today: date) -> bool:
    """True if it is listed so already, as of today where it carries a day."""
    return canonical(dated(one.fact, one.value, today)) == _now(listing, one)


def own_changes(records: WritableRecords, program: str) -> Sequence[OwnChange]:
    """What the program said of itself, the newest first."""
    by_change: dict[int, list[PastClaim]] = {}
    for one in records.history(program):
        if one.stated_in.through == OWN_WORD and one.stated_in.what in ("self_report", "confirm"):
            by_change.setdefault(one.stated_in.id, []).append(one)
    with records.desk(write=False) as desk:
        return [_own_change(desk, number, some) for number, some in sorted(by_change.items())[::-1]]


def has_told_enough(records: WritableRecords, program: str, today: date) -> bool:
    """True if no more is taken from this program today: changes, wishes, and what it took back of both."""
    with records.desk(write=False) as desk:
        wishes = desk.proposals.of(program)
    days = [one.told_at.date() for one in wishes]
    days += [one.settled_on for one in wishes if one.settled_on and one.state == "withdrawn"]
    written = {
        change.id: change.at.date()
        for one in records.history(program)
        for change in (one.stated_in, one.withdrawn_in)
        if change is not None and change.through == OWN_WORD and change.what in OWN_ACTS
    }
    return [*days, *written.values()].count(today) >= MOST_OF_DAY


def _own_change(desk: Desk, number: int, claims: Sequence[PastClaim]) -> OwnChange:
    written = claims[0].stated_in
    return OwnChange(
        number=number,
        at=written.at,
        facts=tuple(
            (one.claim.subject[0], one.claim.fact, orjson.loads(one.claim.value)) for one in claims
        ),
        confirmed=written.what == "confirm",
        undone=desk.undone_by(number) is not None
        and all(one.withdrawn_in is not None for one in claims),
        may_be_undone=_is_its_own(claims) and all(one.withdrawn_in is None for one in claims),
    )


def _is_its_own(claims: Iterable[PastClaim]) -> bool:
    """True for what no curator took over: that only a curator takes back."""
    return all(one.claim.source.confirmed_by != CURATOR for one in claims)


def take_back(records: WritableRecords, program: str, number: int, at: datetime) -> None:
    """Undo what the program said of itself, where it was published at once.

    Raises `UnknownChange` if it is none of its own, `CannotUndo` if a later change touched the same.
    """
    own = {one.number: one for one in own_changes(records, program)}
    found = own.get(number)
    if found is None or not (found.may_be_undone or found.undone):
        raise UnknownChange(number)
    undo(records, number, clock=lambda: at)
