"""One act on many programs: chosen by filters, seen beforehand, done as one change with one undo.

A plan is what would be written, worked out by the same rules as a single edit. Its digest names the claims
that would come and go and the versions of the programs, so a plan that is worked out anew has the same
digest exactly if nothing it rests on has changed.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from directory.catalog.evidence import Source, State
from directory.catalog.listing import FACTS, Json, Kind, facts_of
from directory.catalog.program import Listing
from directory.catalog.records import Change, Claim, Desk, Records, Subject, What
from directory.catalog.whereabouts import Why
from directory.curation.claims import canonical
from directory.curation.lint.inspecting import findings_of
from directory.curation.lint.yardstick import Yardstick
from directory.curation.mending import FactKey, Stated, writing_for
from directory.curation.own_word import record_of
from directory.curation.publishing import keep
from directory.curation.standing import CURATION, decided_by, removal
from directory.errors import BadValue, Refusal, TellsOfAPerson

MOST = 200
"""So many programs at once: as many as are published within a second or two."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which programs: all that are named have to hold; "" asks nothing.

    `organization` is an id or a part of a name, `source` one who is quoted, `finding` a case of lint,
    `stale` a fact that is not fresh any more.
    """

    organization: str = ""
    city: str = ""
    state: str = ""
    source: str = ""
    finding: str = ""
    stale: str = ""

    @property
    def asks_nothing(self) -> bool:
        """True if every program would be meant."""
        return self == Wanted()


def choose(records: Records, by: Yardstick, wanted: Wanted) -> Sequence[Listing]:
    """The programs that are wanted, by id; none for a filter that asks nothing."""
    return [] if wanted.asks_nothing else [one for one in records.all() if fits(one, by, wanted)]


def fits(listing: Listing, by: Yardstick, wanted: Wanted) -> bool:
    """True if a listing is what every filter asks for."""
    return all(asks(listing, by) for asks in _filters(wanted))


def _filters(wanted: Wanted) -> Iterator[Callable[[Listing, Yardstick], bool]]:
    if name := wanted.organization.casefold():
        yield (
            lambda one, _: (
                name in (one.organization.id.casefold(),)
                or (name in one.organization.name.casefold())
            )
        )
    if city := wanted.city.casefold():
        yield lambda one, _: (one.site.address.city or "").casefold() == city
    if state := wanted.state.upper():
        yield lambda one, _: one.site.address.state == state
    if wanted.source:
        yield lambda one, _: wanted.source in sources_of(one)
    if wanted.finding:
        yield lambda one, by: any(f.case == wanted.finding for f in findings_of(one, by))
    if wanted.stale:
        yield lambda one, by: wanted.stale in stale_facts(one, by)


def sources_of(listing: Listing) -> frozenset[str]:
    """Who is quoted in a listing."""
    return frozenset(
        source.name for kind in FACTS for source in record_of(listing, kind).evidence.values()
    )


def stale_facts(listing: Listing, by: Yardstick) -> frozenset[str]:
    """The facts of a listing that are not fresh any more."""
    found = set()
    for kind in FACTS:
        record = record_of(listing, kind)
        for fact in facts_of(record):
            source = record.evidence.get(fact)
            if by.freshness.state(fact, source, by.today) is not State.CURRENT:
                found.add(fact)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a plan does to one program: of each fact what is listed and what would be."""

    listing: Listing
    facts: tuple[tuple[Kind, str, Json, Json], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written. `left_out` are programs of which a newer word stands, or whose other facts
    do not go with the new one.
    """

    change: Change
    effects: tuple[Effect, ...]
    left_out: tuple[Listing, ...] = ()
    digest: str = ""


@dataclass
class PlanChanged(Refusal):
    """What was looked at is not what would be done now; nothing was written."""

    plan: Plan

    def __str__(self) -> str:
        return "The listings changed since you looked. Nothing was written; look at it again."


def confirm(keys: Iterable[FactKey]) -> Callable[[Listing], Sequence[Stated]]:
    """To state again what is listed of these facts, where something is."""
    wanted = tuple(keys)

    def of(listing: Listing) -> Sequence[Stated]:
        listed = ((kind, fact, _listed(listing, kind, fact)) for kind, fact in wanted)
        return [Stated(*one) for one in listed if one[2] is not None]

    return of


def _listed(listing: Listing, kind: Kind, fact: str) -> Json:
    return facts_of(record_of(listing, kind)).get(fact)


@dataclass(slots=True)
class _Gathered:
    """Claims of many programs, each once: programs share sites and organizations."""

    stated: dict[tuple[Subject, str], Claim] = field(default_factory=dict)
    withdrawn: dict[int, None] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)
    left_out: list[Listing] = field(default_factory=list)


def plan_facts(
    records: Records,
    listings: Sequence[Listing],
    facts_for: Callable[[Listing], Sequence[Stated]],
    source_for: Callable[[Listing], Source],
    at: datetime,
) -> Plan:
    """What stating facts of these programs would write."""
    found = _Gathered()
    for listing in listings:
        try:
            facts = facts_for(listing)
            writing = writing_for(records, listing, facts, source_for(listing))
        except (BadValue, TellsOfAPerson):
            found.left_out.append(listing)
            continue
        if not (writing.stated or writing.withdrawn):
            continue
        found.stated.update({(one.subject, one.fact): one for one in writing.stated})
        found.withdrawn.update(dict.fromkeys(writing.withdrawn))
        told = ((one.kind, one.fact, _listed(listing, *one.key), one.value) for one in facts)
        found.effects.append(Effect(listing, tuple(told)))
    return _plan(found, at, "edit")


def plan_removal(listings: Sequence[Listing], why: Why, by: str, at: datetime) -> Plan:
    """What taking these programs off would write."""
    found, source = _Gathered(), decided_by(by, why, at)
    for listing in listings:
        claim = removal(listing.program.id, why, None, source)
        found.stated[claim.subject, claim.fact] = claim
        found.effects.append(Effect(listing, ()))
    return _plan(found, at, "remove")


def _plan(found: _Gathered, at: datetime, what: What) -> Plan:
    stated, withdrawn = tuple(found.stated.values()), tuple(found.withdrawn)
    change = Change(CURATION, at, stated=stated, withdrawn=withdrawn, what=what)
    effects, left_out = tuple(found.effects), tuple(found.left_out)
    return Plan(change, effects, left_out, _digest(change, effects))


def _digest(change: Change, effects: Sequence[Effect]) -> str:
    """SHA-256 of everything that would come and go, and of what it rests on."""
    plain = {
        "what": change.what,
        "stated": [[*one.subject, one.fact, one.value, str(one.source)] for one in change.stated],
        "withdrawn": list(change.withdrawn),
        "programs": [[one.listing.program.id, one.listing.version] for one in effects],
    }
    return hashlib.sha256(canonical(plain).encode()).hexdigest()


def carry_out(desk: Desk, plan: Plan, seen: Callable[[str], bool]) -> int | None:
    """Write a plan that was worked out in this very transaction, if it is the one that was `seen`.

    Raises `PlanChanged`.
    """
    if not seen(plan.digest):
        raise PlanChanged(plan)
    return keep(desk, plan.change)
