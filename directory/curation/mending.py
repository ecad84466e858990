"""A curator states facts of a listed program, as it was read at a revision.

A revision is the number of the newest change that touched the program, its site or its organization.
What somebody else wrote meanwhile of the same facts is told and never overwritten; other facts do not
matter. A curator sees the whole of a fact, so older lists add nothing to it. What is stated is what people
see: older words that would be believed before it, or would stand against it, are set aside in the same
change, and live again when that change is undone (docs/adr/034).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import orjson

from directory.catalog.clock import Clock
from directory.catalog.conflict import rank, supersedes
from directory.catalog.evidence import Source
from directory.catalog.listing import Json, Kind
from directory.catalog.program import Listing
from directory.catalog.records import (
    Change,
    Claim,
    LiveClaim,
    PastClaim,
    Records,
    Subject,
    WritableRecords,
)
from directory.curation.claims import canonical
from directory.curation.publishing import keep
from directory.curation.standing import CURATION
from directory.errors import BadValue, Refusal, UnknownProgram

FactKey = tuple[Kind, str]
"""Which fact of which record: ('site', 'phone')."""
NEVER_EMPTY: frozenset[FactKey] = frozenset({("program", "name"), ("organization", "name")})


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact with its value in the listing format; None: nobody knows it any more."""

    kind: Kind
    fact: str
    value: Json

    @property
    def key(self) -> FactKey:
        """Which fact it is."""
        return self.kind, self.fact


@dataclass
class FactsChanged(Refusal):
    """Somebody else changed these facts since they were read; nothing was written."""

    facts: tuple[FactKey, ...]
    revision: int

    def __str__(self) -> str:
        named = ", ".join(f"{fact} of the {kind}" for kind, fact in self.facts)
        return f"Changed meanwhile: {named}. Read them again (revision {self.revision})."


def revision_of(past: Iterable[PastClaim]) -> int:
    """The newest change of a history; 0 if there is none."""
    return max((number for one in past for number in _numbers(one)), default=0)


def touched_since(past: Iterable[PastClaim], revision: int) -> frozenset[FactKey]:
    """The facts that changes after a revision stated or took back."""
    return frozenset(
        (one.claim.subject[0], one.claim.fact) for one in past if max(_numbers(one)) > revision
    )


def _numbers(one: PastClaim) -> tuple[int, int]:
    return one.stated_in.id, one.withdrawn_in.id if one.withdrawn_in else 0


@dataclass(frozen=True, slots=True)
class Mending:
    """Mends records at the one door."""

    records: WritableRecords
    clock: Clock

    def mend(self, program: str, seen: int, facts: Sequence[Stated], source: Source) -> int | None:
        """State facts of a program; answers the change, None if all of it was so already.

        Raises `UnknownProgram` if it is not listed, `FactsChanged`, or `BadValue` where a newer word
        would be believed before this one.
        """
        with self.records.together() as own, own.desk() as desk:
            listing = own.get(program)
            if listing is None:
                raise UnknownProgram(program)
            past = own.history(program)
            clash = touched_since(past, seen) & {one.key for one in facts}
            if clash:
                raise FactsChanged(tuple(sorted(clash)), revision_of(past))
            writing = writing_for(own, listing, facts, source)
            return keep(desk, writing.change(self.clock))


def writing_for(
    records: Records, listing: Listing, facts: Sequence[Stated], source: Source
) -> "Writing":
    """What stating facts of a listing states and sets aside.

    Raises `BadValue` where a newer word would be believed before this one.
    """
    past = records.history(listing.program.id)
    live = [one.kept for one in past if one.withdrawn_in is None]
    writing = Writing(source)
    for one in (*facts, *_follows(facts, listing)):
        subject = _subject(listing, one.kind)
        about = (subject, one.fact)
        writing.state(one, subject, [c for c in live if _about(c) == about])
    return writing


def _about(one: LiveClaim) -> tuple[Subject, str]:
    return one.claim.subject, one.claim.fact


def _subject(listing: Listing, kind: Kind) -> Subject:
    ids = {
        "program": listing.program.id,
        "site": listing.site.id,
        "organization": listing.organization.id,
    }
    return kind, ids[kind]


def _follows(facts: Sequence[Stated], listing: Listing) -> Iterator[Stated]:
    """A point on the map is of the address it was found for: another address has none yet."""
    stated = {one.key: one.value for one in facts}
    address = stated.get(("site", "address"))
    if address is None or ("site", "location") in stated or listing.site.lat is None:
        return
    was = listing.site.address
    if any(address.get(part) != getattr(was, part) for part in ("street", "city", "zip")):
        yield Stated("site", "location", None)


@dataclass(slots=True)
class Writing:
    """What one change states and what it sets aside."""

    source: Source
    stated: list[Claim] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)

    def state(self, wanted: Stated, subject: Subject, live: Sequence[LiveClaim]) -> None:
        """State one fact beside what is said of it."""
        if wanted.value is None and wanted.key in NEVER_EMPTY:
            raise BadValue(wanted.fact, None, "a name")
        if wanted.value is None and not live:
            return  # nobody has said anything: there is nothing to take back
        claim = Claim(subject, wanted.fact, canonical(wanted.value), self.source)
        own = [one for one in live if _is_own(one, self.source)]
        if not any(one.claim == claim for one in own):
            self.withdrawn += [one.id for one in own]
            self.stated.append(claim)
        self.withdrawn += [
            one.id for one in live if one not in own and self._sets_aside(wanted, one)
        ]

    def _sets_aside(self, wanted: Stated, other: LiveClaim) -> bool:
        """True for an older word that would be believed before ours, or would stand against it."""
        said, source = orjson.loads(other.claim.value), other.claim.source
        before = rank(wanted.fact, said, source) > rank(wanted.fact, wanted.value, self.source)
        if _withholds(other):
            return False
        if before and source.as_of > self.source.as_of:
            newer = source.as_of.isoformat()
            raise BadValue("day", self.source.as_of.isoformat(), f"a day from {newer} on")
        stands = before or not supersedes(self.source, source)
        return stands and source.as_of <= self.source.as_of

    def change(self, clock: Clock) -> Change:
        """All of it."""
        stated, withdrawn = tuple(self.stated), tuple(self.withdrawn)
        return Change(CURATION, clock(), stated=stated, withdrawn=withdrawn, what="edit")


def _is_own(one: LiveClaim, source: Source) -> bool:
    return one.claim.source.name == source.name and not one.claim.origin


def _withholds(one: LiveClaim) -> bool:
    """A street that somebody withholds stays withheld, whatever a curator states."""
    said = orjson.loads(one.claim.value) if one.claim.fact == "address" else None
    return bool(said and said.get("withheld"))
