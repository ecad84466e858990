"""Changes that a program asks for and a curator decides: identity, phone, license, level of care, removal.

A curator decides on what they saw: if the fact is listed otherwise by now, nothing is written and both
values are shown. What is accepted is the program's word, confirmed by a curator.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from directory.catalog.evidence import Source
from directory.catalog.listing import FACTS, Json, Kind
from directory.catalog.program import Listing
from directory.catalog.proposal import REASONS, Proposal, Reason, Settled, State, Teller
from directory.catalog.records import Change, Claim, Desk
from directory.catalog.whereabouts import REMOVED, WHYS
from directory.curation.claims import canonical
from directory.curation.own_word import NOTHING, listed, record_of, source_of, telling
from directory.curation.publishing import keep, keep_proposal, settle_proposal
from directory.errors import BadValue, CannotChangeListing, Refusal

CURATOR = "curator"
PLACE_FACTS = ("street", "city", "state", "zip")


@dataclass
class NotWaiting(Refusal):
    """A proposal that was never made, or that is settled already."""

    number: int
    state: State | None

    def __str__(self) -> str:
        was = f"it is {self.state} already" if self.state else "there is none of this number"
        return f"Proposal {self.number}: {was}."


@dataclass
class ListedOtherwise(Refusal):
    """Somebody changed the fact since it was looked at. `now` is what is listed, as canonical JSON."""

    fact: str
    seen: str
    now: str

    def __str__(self) -> str:
        return f"{self.fact} changed meanwhile: it was {self.seen}, now it is {self.now}. Look at both."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal, the program it is about (None if it is not listed any more), and what is listed now."""

    proposal: Proposal
    listing: Listing | None
    now: str

    @property
    def clashes(self) -> bool:
        """True if the fact has changed since the program asked."""
        return self.now != self.proposal.was


@dataclass(frozen=True, slots=True)
class Asked:
    """What a program wants listed: `seen` is the value its page showed, as canonical JSON."""

    kind: Kind
    fact: str
    value: Json
    seen: str


def propose(desk: Desk, listing: Listing, asked: Asked, at: datetime, by: Teller) -> Proposal:
    """Keep a change that waits for a curator; the same one is kept once.

    Another wish of the program for the same fact takes the place of the one that waits. Raises
    `ListedOtherwise` if the fact changed since the page was made, `BadValue` for a fact of none of ours.
    """
    now = _now(listing, asked.kind, asked.fact)
    if now != asked.seen:
        raise ListedOtherwise(asked.fact, asked.seen, now)
    subject, value = record_of(listing, asked.kind).id, canonical(asked.value)
    for one in desk.proposals.waiting():
        if (one.kind, one.subject, one.fact) != (asked.kind, subject, asked.fact):
            continue
        if (one.program, one.value) == (listing.program.id, value):
            return one
        if one.program == listing.program.id:
            settle_proposal(desk, one.number, Settled("replaced", at.date()))
    new = Proposal(
        program=listing.program.id,
        kind=asked.kind,
        subject=subject,
        fact=asked.fact,
        value=value,
        was=now,
        revision=listing.version,
        told_at=at,
        by=by,
    )
    number = keep_proposal(desk, new)
    return desk.proposals.get(number) or new


def waiting(desk: Desk) -> Sequence[Waiting]:
    """Every proposal that nobody has decided, the oldest first, beside what is listed now."""
    return [_beside(desk, one) for one in desk.proposals.waiting()]


def one_waiting(desk: Desk, number: int) -> Waiting:
    """One of them. Raises `NotWaiting`."""
    return _beside(desk, _waiting(desk, number))


def accept(desk: Desk, number: int, seen: str, at: datetime) -> int | None:
    """Take it over; answers the number of the change. `seen` is what was listed when it was looked at.

    Raises `NotWaiting`, `CannotChangeListing` if the program is off the list, or `ListedOtherwise`:
    then nothing is written.
    """
    found = one_waiting(desk, number)
    proposal, listing = found.proposal, found.listing
    if listing is None:
        raise CannotChangeListing(proposal.program, "it is not listed any more")
    if found.now != seen:
        raise ListedOtherwise(proposal.fact, seen, found.now)
    change = keep(desk, _taking_over(desk, proposal, listing, at))
    settle_proposal(desk, number, Settled("accepted", at.date(), change=change))
    return change


def reject(desk: Desk, number: int, reason: str, at: datetime) -> None:
    """Leave it out, and say why. Raises `NotWaiting`, `BadValue`."""
    _waiting(desk, number)
    settle_proposal(desk, number, Settled("rejected", at.date(), read_reason(reason)))


def withdraw(desk: Desk, number: int, program: str, at: datetime) -> None:
    """The program takes back what it asked for. Raises `NotWaiting`."""
    found = desk.proposals.get(number)
    if found is None or found.program != program:
        raise NotWaiting(number, None)
    _waiting(desk, number)
    settle_proposal(desk, number, Settled("withdrawn", at.date()))


def read_reason(text: str) -> Reason:
    """One of the reasons. Raises `BadValue`."""
    if text not in REASONS:
        raise BadValue("reason", text[:40], "a reason", REASONS)
    return text


def _waiting(desk: Desk, number: int) -> Proposal:
    found = desk.proposals.get(number)
    if found is None or found.state != "waiting":
        raise NotWaiting(number, found.state if found else None)
    return found


def _beside(desk: Desk, proposal: Proposal) -> Waiting:
    listing = desk.listing(proposal.program)
    now = _now(listing, proposal.kind, proposal.fact) if listing else NOTHING
    return Waiting(proposal, listing, now)


def _now(listing: Listing, kind: Kind, fact: str) -> str:
    if (kind, fact) == ("program", REMOVED):
        return NOTHING
    if fact not in FACTS[kind]:
        raise BadValue("fact", fact[:40], f"a fact of a {kind}", FACTS[kind])
    return listed(listing, kind, fact)


def _taking_over(desk: Desk, proposal: Proposal, listing: Listing, at: datetime) -> Change:
    source = source_of(listing, at.date(), CURATOR)
    own = Claim((proposal.kind, proposal.subject), proposal.fact, proposal.value, source)
    if proposal.fact == REMOVED:
        return telling(desk, [own], at, "remove")
    return telling(desk, [own, *_moved(proposal, own.source)], at)


def _moved(proposal: Proposal, source: Source) -> Sequence[Claim]:
    """Of another address the old point on the map is wrong: nobody has said where the new one is."""
    if proposal.fact != "address":
        return ()
    was, becomes = (orjson.loads(text) or {} for text in (proposal.was, proposal.value))
    if all(was.get(part) == becomes.get(part) for part in PLACE_FACTS):
        return ()
    return (Claim((proposal.kind, proposal.subject), "location", NOTHING, source),)


def removal_value(why: str) -> Json:
    """What a program says that wants to be taken off. Raises `BadValue`."""
    reasons = tuple(one for one in WHYS if one != "listed_twice")
    if why not in reasons:
        raise BadValue("why", why[:40], "why it should be taken off", reasons)
    return {"why": why, "into": None}
