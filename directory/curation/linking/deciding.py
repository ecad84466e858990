"""What a person says of two rows, and taking it back: the row's claims move, and move back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import orjson

from directory.catalog.links import Answered, Link, LinkChange, Pair
from directory.catalog.listing import Kind
from directory.catalog.records import Change, Desk, LiveClaim, Place, Subject
from directory.curation.linking.known import read_known
from directory.curation.linking.naming import Ids, id_of
from directory.curation.linking.placing import Offer, Placed, Programs
from directory.curation.linking.rewriting import KEPT_BACK
from directory.curation.publishing import keep, keep_links
from directory.curation.slugs import Slugs
from directory.errors import CannotLink, UnknownPair

THROUGH = "Linking"


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a pair. `change` is the change of claims, None where none moved."""

    pair: int
    answer: str
    by: str
    moved: int
    site: str | None
    change: int | None

    def as_dict(self) -> dict[str, object]:
        """The report as JSON."""
        return {
            "pair": self.pair,
            "answer": self.answer,
            "by": self.by,
            "claims_moved": self.moved,
            "site": self.site,
            "change": self.change,
        }


def say_different(desk: Desk, number: int, by: str, at: datetime) -> Decided:
    """Remember that two rows are two sites; a street kept back only for this pair is shown again."""
    pair = _waiting(desk, number)
    keys = {pair.left_key, pair.right_key}
    kept_back = [
        one.id
        for one in desk.from_origins(keys)
        if one.claim.source.name == KEPT_BACK and one.claim.subject[1] in _sites_of(desk, keys)
    ]
    change = keep(desk, Change(THROUGH, at, withdrawn=tuple(kept_back), what="link"))
    keep_links(desk, LinkChange(at, answered=(Answered(number, "different", by, change),)))
    return Decided(number, "different", by, 0, None, change)


def say_same(desk: Desk, number: int, by: str, at: datetime) -> Decided:
    """Make two sites one: everything that lists say of the one moves to the other.

    The site that a curator wrote stays, else the left one. Raises `CannotLink` if both were.
    """
    pair = _waiting(desk, number)
    links = desk.links.live()
    left, right = _site_of(links, pair.left_key), _site_of(links, pair.right_key)
    stays, goes = (right, left) if _written_by_hand(desk, number, left, right) else (left, right)
    if stays == goes:
        keep_links(desk, LinkChange(at, answered=(Answered(number, "same", by),)))
        return Decided(number, "same", by, 0, stays, None)
    move = _Move(desk, links, goes, stays)
    change = keep(desk, move.change(at))
    added = [replace(one, pair=number, how="person") for one in move.added]
    answered = (Answered(number, "same", by, change),)
    ended = tuple(one.id for one in move.ended)
    keep_links(desk, LinkChange(at, (), tuple(added), ended, number, answered))
    return Decided(number, "same", by, len(move.stated), stays, change)


def take_back(desk: Desk, number: int, by: str, at: datetime) -> Decided:
    """Undo an answer, a rule's too: the rows are sites of their own again.

    A person's answer leaves the question open again. What a rule linked is remembered as different.
    """
    pair = desk.links.pair(number)
    if pair is None or pair.undone_at is not None:
        raise UnknownPair(number)
    if pair.answer is None:
        raise CannotLink(number, "nobody has decided it yet")
    again = replace(pair, answer=None, by=None, answered_at=None, found_at=at, change=None)
    if pair.rule != "person" and pair.by == "rule":
        again = replace(again, answer="different", by=by, answered_at=at)
    back = _Back(desk, pair)
    change = keep(desk, back.change(at))
    keep_links(
        desk,
        LinkChange(
            at,
            found=(again,),
            added=tuple(back.added),
            ended=tuple(one.id for one in desk.links.of_pair(number)),
            ended_by=number,
            undone=(number,),
        ),
    )
    return Decided(number, "taken back", by, len(back.stated), back.site, change)


def _waiting(desk: Desk, number: int) -> Pair:
    pair = desk.links.pair(number)
    if pair is None or pair.undone_at is not None:
        raise UnknownPair(number)
    if pair.answer is not None:
        raise CannotLink(number, f"{pair.by} said {pair.answer!r} already; undo it first")
    return pair


def _site_of(links: Iterable[Link], key: str) -> str:
    if key.startswith("site:"):
        return key.removeprefix("site:")
    return next(one.subject_id for one in links if one.kind == "site" and one.origin == key)


def _sites_of(desk: Desk, keys: Iterable[str]) -> set[str]:
    links = desk.links.live()
    return {_site_of(links, key) for key in keys}


def _written_by_hand(desk: Desk, number: int, left: str, right: str) -> bool:
    """True if only the right one is a curator's own; raises `CannotLink` if both are."""
    own = {
        one.claim.subject[1]
        for one in desk.live_on({("site", left), ("site", right)})
        if not one.claim.origin
    }
    if left != right and {left, right} <= own:
        raise CannotLink(number, f"{left} and {right} both come from listings; change the listing")
    return right in own and left not in own


class _Move:
    """All that rows say of one site, to another."""

    def __init__(self, desk: Desk, links: Sequence[Link], goes: str, stays: str) -> None:
        self.stated: list[LiveClaim] = []
        self.added: list[Link] = []
        self._new: dict[str, Place] = {}
        self._home = desk.sites()[stays], stays
        places = desk.programs()
        self._slugs = Slugs(place.slug for place in places.values())
        self._programs = Programs(read_known(desk, links).standing, Ids(places))
        self.withdrawn = rows_claims(desk, goes)
        origins = {one.claim.origin for one in self.withdrawn}
        self.ended = [one for one in links if one.origin in origins and one.kind != "organization"]
        linked = {one.origin: one for one in self.ended}
        # A certificate goes last: it belongs to whatever program its place has then.
        for origin in sorted(origins, key=lambda one: (one not in linked, one)):
            self._put([one for one in self.withdrawn if one.claim.origin == origin], origin, linked)

    def change(self, at: datetime) -> Change:
        """The move as one change of claims."""
        gone = tuple(one.id for one in self.withdrawn)
        restored = tuple(self.stated)
        return Change(
            THROUGH, at, programs=self._new, withdrawn=gone, restored=restored, what="link"
        )

    def _put(self, claims: Sequence[LiveClaim], origin: str, linked: Mapping[str, Link]) -> None:
        kind = claims[0].claim.subject[0]
        if kind == "site":
            placed = Placed((self._home[1],))
        else:
            placed = self._programs.place(self._home[1], origin, _offer(claims))
        for key in placed.ids:
            self.stated += _restated(claims, kind, key, placed.only)
        if placed.new:
            slug = self._slugs.new("", _name(claims), placed.ids[0])
            self._new[placed.ids[0]] = Place(*self._home, slug)
        if origin in linked and not placed.only:
            self.added.append(replace(linked[origin], subject_id=placed.ids[0], id=0))


class _Back:
    """The rows of an answer to where they were; the rows of a rule to a site of their own."""

    def __init__(self, desk: Desk, pair: Pair) -> None:
        self.added: list[Link] = []
        self._desk, self._sites, self._new = desk, dict[str, str](), dict[str, Place]()
        before, held = desk.links.ended_by(pair.id), desk.links.of_pair(pair.id)
        self._homes: dict[str, tuple[Kind, str]] = {}
        if before:
            self._homes = {one.origin: (one.kind, one.subject_id) for one in before}
            self.added = [replace(one, id=0) for one in before]
        else:
            self._split([one for one in held if one.kind == "site"], held)
        self.site = next((key for kind, key in self._homes.values() if kind == "site"), None)
        past = [one for one in desk.claims_in(pair.change or 0) if one.withdrawn_in]
        self._past = [
            one for one in past if one.withdrawn_in and one.withdrawn_in.id == pair.change
        ]
        rows = tuple(f"{key}:" for key in self._homes)
        now = {one.subject_id for one in held if one.kind == "site"}
        self._withdrawn = [
            one
            for site_id in sorted(now)
            for one in rows_claims(desk, site_id)
            if one.claim.origin in self._homes or one.claim.origin.startswith(rows)
        ]
        self.stated = list(self._restated())

    def change(self, at: datetime) -> Change:
        """The way back as one change of claims."""
        gone = tuple(one.id for one in self._withdrawn)
        return Change(
            THROUGH,
            at,
            sites=self._sites,
            programs=self._new,
            withdrawn=gone,
            restored=tuple(self.stated),
            what="link",
        )

    def _restated(self) -> Iterator[LiveClaim]:
        """The newest that each row says, at the row's own place; and what the move left out."""
        said: set[tuple[str, ...]] = set()
        for one in self._withdrawn:
            if one.claim.origin in self._homes and (place := _said(one)) not in said:
                said.add(place)
                yield _about(one, *self._homes[one.claim.origin])
        for past in self._past:
            if _said(past.kept) not in said:
                yield past.kept

    def _split(self, rows: Iterable[Link], held: Sequence[Link]) -> None:
        """New places for rows that never had their own."""
        places, sites = self._desk.programs(), self._desk.sites()
        ids, slugs = Ids({*places, *sites}), Slugs(place.slug for place in places.values())
        for row in rows:
            claims = self._desk.from_origins({row.origin})
            site_id = ids.new(id_of(_name(claims)), f"{row.subject_id}-2")
            self._sites[site_id] = sites[row.subject_id]
            self._home(row, site_id)
            for one in held:
                if one.kind == "program" and one.origin.startswith(f"{row.origin}:"):
                    name = _name(self._desk.from_origins({one.origin}))
                    key = ids.new(id_of(name), f"{site_id}-{one.subject_id}")
                    slug = slugs.new("", name, key)
                    self._new[key] = Place(self._sites[site_id], site_id, slug)
                    self._home(one, key)

    def _home(self, link: Link, key: str) -> None:
        self._homes[link.origin] = (link.kind, key)
        self.added.append(Link(link.kind, link.origin, key, "person"))


def rows_claims(desk: Desk, site_id: str) -> list[LiveClaim]:
    """What rows of lists say of a site and its programs; a street kept back is ours to say."""
    subjects: set[Subject] = {("site", site_id)}
    subjects |= {("program", key) for key, one in desk.programs().items() if one.site_id == site_id}
    claims = (past.kept for past in desk.live_on(subjects))
    return [one for one in claims if one.claim.origin and one.claim.source.name != KEPT_BACK]


def _said(one: LiveClaim) -> tuple[str, ...]:
    return one.claim.origin, one.claim.fact, one.claim.source.name


def _restated(
    claims: Iterable[LiveClaim], kind: Kind, key: str, only: frozenset[str]
) -> Iterator[LiveClaim]:
    said: set[tuple[str, ...]] = set()
    for one in claims:
        if (not only or one.claim.fact in only) and (place := _said(one)) not in said:
            said.add(place)
            yield _about(one, kind, key)


def _about(one: LiveClaim, kind: Kind, key: str) -> LiveClaim:
    return replace(one, claim=replace(one.claim, subject=(kind, key)))


def _name(claims: Iterable[LiveClaim]) -> str:
    return next(
        (str(orjson.loads(one.claim.value)) for one in claims if one.claim.fact == "name"), ""
    )


def _offer(claims: Iterable[LiveClaim]) -> Offer:
    facts = {one.claim.fact: orjson.loads(one.claim.value) for one in claims}
    level = facts.get("level_of_care", {}).get("level_of_care")
    return Offer(level, frozenset(facts.get("focus", ())), "licenses" in facts)
