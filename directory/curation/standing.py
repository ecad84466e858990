"""What a curator decides about a listing as a whole: take it off, list it again, give it another address.

Each is a change with a number: `history` shows it, `undo` takes it back. Nothing is deleted; who asks for
an address that was ever given is sent on, or told that the program is no longer listed.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import datetime

import orjson

from directory.catalog.clock import Clock
from directory.catalog.evidence import Method, Source
from directory.catalog.records import Change, Claim, Desk, LiveClaim, Place, WritableRecords
from directory.catalog.whereabouts import REMOVED, WHYS, Why
from directory.curation.claims import canonical
from directory.curation.publishing import keep
from directory.curation.slugs import Slugs, plain_slug, taken
from directory.errors import BadValue, CannotChangeListing, UnknownProgram

CURATION = "Curation"
"""The source of what curators decide about listings."""


@dataclass(frozen=True, slots=True)
class Stood:
    """What was decided, or would be. `change` is the number to undo it by; None in a dry run."""

    program: str
    slug: str
    what: str
    why: Why | None = None
    into: str | None = None
    was: str | None = None
    dry_run: bool = False
    change: int | None = None

    def as_dict(self) -> dict[str, object]:
        """The report as JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Deciding:
    """Decides at the one door. `by` is the role of who decides, never a name."""

    records: WritableRecords
    clock: Clock
    by: str = "curator"
    dry_run: bool = False

    def remove(self, program: str, why: str, into: str | None = None) -> Stood:
        """Take a program off; no import lists it again. `into` is the one that it stands for twice.

        Raises `UnknownProgram`, `BadValue`, or `CannotChangeListing` if it is off already.
        """
        reason = _why(why, program, into)
        with self.records.desk(write=not self.dry_run) as desk:
            place = _place(desk, program)
            if off := removals(desk, program):
                raise CannotChangeListing(program, f"it is taken off already ({_said(off)})")
            if into is not None and (into not in desk.programs() or removals(desk, into)):
                raise BadValue("--into", into, "the id of a listed program")
            at = self.clock()
            claim = removal(program, reason, into, decided_by(self.by, reason, at))
            number = self._keep(desk, Change(CURATION, at, stated=(claim,), what="remove"))
        return Stood(program, place.slug, "remove", reason, into, None, self.dry_run, number)

    def relist(self, program: str) -> Stood:
        """List a program again that somebody took off.

        Raises `UnknownProgram`, or `CannotChangeListing` if nobody did, or nobody names it any more.
        """
        with self.records.desk(write=not self.dry_run) as desk:
            place = _place(desk, program)
            off = removals(desk, program)
            if not off:
                raise CannotChangeListing(program, "nobody took it off")
            if not _named(desk, program):
                raise CannotChangeListing(
                    program, "nobody names it any more: undo what withdrew its name"
                )
            gone = tuple(one.id for one in off)
            number = self._keep(desk, Change(CURATION, self.clock(), withdrawn=gone, what="relist"))
        return Stood(program, place.slug, "relist", dry_run=self.dry_run, change=number)

    def readdress(self, program: str, slug: str | None = None) -> Stood:
        """Give a program the address that its names make today, or `slug`; the old one leads there for good.

        Raises `UnknownProgram`, `BadValue`, or `CannotChangeListing` if it has this address already.
        """
        with self.records.desk(write=not self.dry_run) as desk:
            place = _place(desk, program)
            new = (
                _asked(desk, program, slug)
                if slug
                else _from_names(self.records, desk, program, place)
            )
            if new == place.slug:
                raise CannotChangeListing(program, f"its address is {new} already")
            change = Change(CURATION, self.clock(), moved={program: new}, what="move")
            number = self._keep(desk, change)
        return Stood(program, new, "move", None, None, place.slug, self.dry_run, number)

    def _keep(self, desk: Desk, change: Change) -> int | None:
        return None if self.dry_run else keep(desk, change)


def decided_by(by: str, why: Why, at: datetime) -> Source:
    """Who says so: the program itself where it asked, else a role that looked into it."""
    method: Method = "self_report" if why == "asked" else "list"
    return Source(CURATION, at.date(), method, confirmed_by=by)


def removal(program: str, why: Why, into: str | None, source: Source) -> Claim:
    """The claim that takes a program off."""
    return Claim(("program", program), REMOVED, canonical({"why": why, "into": into}), source)


def removals(desk: Desk, program: str) -> Sequence[LiveClaim]:
    """What takes a program off now."""
    claims = desk.live_on({("program", program)})
    return [one.kept for one in claims if one.claim.fact == REMOVED]


def taken_off(desk: Desk, programs: Set[str]) -> Iterator[str]:
    """What an import is told of programs in its file that were taken off: they stay off."""
    off = [one.claim for one in desk.about("program", (REMOVED,))]
    found = sorted(
        f"{claim.subject[1]} ({orjson.loads(claim.value)['why']})"
        for claim in off
        if claim.subject[1] in programs
    )
    if found:
        yield (
            f"{len(found)} in this file were taken off here and stay so: {', '.join(found)}. "
            "To list one again: python -m directory relist PROGRAM_ID"
        )


def _why(why: str, program: str, into: str | None) -> Why:
    found = next((one for one in WHYS if one == why), None)
    if found is None:
        raise BadValue("--reason", why, "a reason", WHYS)
    if (found == "listed_twice") != (into is not None) or into == program:
        raise BadValue(
            "--into", into, "the id of the other program, for listed_twice and only for it"
        )
    return found


def _place(desk: Desk, program: str) -> Place:
    place = desk.programs().get(program)
    if place is None:
        raise UnknownProgram(program)
    return place


def _said(off: Sequence[LiveClaim]) -> str:
    return ", ".join(orjson.loads(one.claim.value)["why"] for one in off)


def _named(desk: Desk, program: str) -> bool:
    return any(one.claim.fact == "name" for one in desk.live_on({("program", program)}))


def _asked(desk: Desk, program: str, slug: str) -> str:
    """An address somebody chose, if it may be given to this program."""
    if plain_slug(slug) != slug:
        raise BadValue(
            "--to", slug, f"small letters, digits and hyphens, such as {plain_slug(slug)}"
        )
    if desk.addresses().get(slug, program) != program or slug in desk.programs().keys() - {program}:
        raise BadValue("--to", slug, "an address that no other program has or ever had")
    return slug


def _from_names(records: WritableRecords, desk: Desk, program: str, place: Place) -> str:
    """The address that today's names make; one that it has or had is taken again."""
    listing = records.get(program)
    if listing is None:
        raise CannotChangeListing(program, "it is not listed; say the address with --to")
    own = {slug for slug, owner in desk.addresses().items() if owner == program} | {program}
    slugs = Slugs(taken(desk) - own)
    return slugs.new(listing.organization.name, listing.program.name, program)
