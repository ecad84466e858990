"""Claims of rows on the move: all that rows say of one site to another, and back again."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import orjson

from directory.catalog.links import Link, Pair
from directory.catalog.listing import Kind
from directory.catalog.records import Change, Desk, LiveClaim, Place, Subject
from directory.curation.linking.door import directory_of
from directory.curation.linking.following import THROUGH
from directory.curation.linking.known import read_known
from directory.curation.linking.naming import Ids, id_of
from directory.curation.linking.placing import Offer, Placed, Programs
from directory.curation.linking.rewriting import KEPT_BACK
from directory.curation.slugs import Slugs, taken


class Move:
    """All that rows say of one site, to another."""

    def __init__(self, desk: Desk, links: Sequence[Link], goes: str, stays: str) -> None:
        self.stated: list[LiveClaim] = []
        self.added: list[Link] = []
        self._new: dict[str, Place] = {}
        self._home = desk.sites()[stays], stays
        places = desk.programs()
        self._slugs = Slugs(taken(desk))
        self._programs = Programs(read_known(desk, links).standing, Ids(places))
        self.withdrawn = rows_claims(desk, goes)
        origins = {one.claim.origin for one in self.withdrawn}
        self.ended = [one for one in links if one.origin in origins and one.kind != "organization"]
        linked = {one.origin: one for one in self.ended}
        # A certificate goes last: it belongs to whatever program its place has then.
        for origin in sorted(origins, key=lambda one: (one not in linked, one)):
            self._put([one for one in self.withdrawn if one.claim.origin == origin], origin, linked)
        lists = {directory_of(origin) for origin in origins}
        self.stated += _names_of_lists(desk, desk.sites()[goes], self._home[0], lists)

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


class Back:
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
        self.withdrawn = [
            one
            for site_id in sorted(now)
            for one in rows_claims(desk, site_id)
            if one.claim.origin in self._homes or one.claim.origin.startswith(rows)
        ]
        self.stated = list(self._restated())
        self.withdrawn += self._borrowed(pair)

    def change(self, at: datetime) -> Change:
        """The way back as one change of claims."""
        gone = tuple(one.id for one in self.withdrawn)
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
        for one in self.withdrawn:
            if one.claim.origin in self._homes and (place := _said(one)) not in said:
                said.add(place)
                yield _about(one, *self._homes[one.claim.origin])
        for past in self._past:
            if _said(past.kept) not in said:
                yield past.kept

    def _borrowed(self, pair: Pair) -> list[LiveClaim]:
        """What the answer had lists say of an organization that is not theirs."""
        stated = [
            one.kept
            for one in self._desk.claims_in(pair.change or 0)
            if one.stated_in.id == pair.change and one.claim.subject[0] == "organization"
        ]
        keys = {(one.claim.subject, *_said(one)) for one in stated}
        live = self._desk.live_on({one.claim.subject for one in stated})
        return [one.kept for one in live if (one.claim.subject, *_said(one.kept)) in keys]

    def _split(self, rows: Iterable[Link], held: Sequence[Link]) -> None:
        """New places for rows that never had their own."""
        places, sites = self._desk.programs(), self._desk.sites()
        ids, slugs = Ids({*places, *sites}), Slugs(taken(self._desk))
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


def _names_of_lists(
    desk: Desk, goes: str, stays: str, lists: Container[str]
) -> Iterator[LiveClaim]:
    """What lists say of the one organization, for the other, as far as they do not speak of it."""
    if goes == stays:
        return
    known = {_said(one.kept) for one in desk.live_on({("organization", stays)})}
    for one in desk.live_on({("organization", goes)}):
        if one.claim.origin in lists and _said(one.kept) not in known:
            yield _about(one.kept, "organization", stays)


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
