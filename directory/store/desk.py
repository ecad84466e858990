"""The writing side of the store: one transaction on the claims."""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from directory.catalog.evidence import Source
from directory.catalog.listing import Kind
from directory.catalog.records import (
    Change,
    Claim,
    LiveClaim,
    PastClaim,
    Place,
    Subject,
    Written,
)
from directory.store import addresses, past
from directory.store import tables as t
from directory.store.audits import SqlAudits
from directory.store.links import SqlLinks
from directory.store.partners import SqlPartners
from directory.store.past import read_editions
from directory.store.reports import SqlReports
from directory.store.versions import raise_versions

Rows = Sequence[Mapping[str, Any]]
Id = TypeVar("Id", int, str)
MARK_BITS = 62


class SqlDesk:
    """One transaction on the claims (the `Desk` of `catalog.records`)."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._sources: dict[str, int] = {}
        self._editions: dict[Source, int] = {}

    def claims(self, through: str, sources: Collection[str]) -> Iterator[LiveClaim]:
        """Live claims that came through a source's files, or quote one of `sources` (names)."""
        quoted = t.source.c.name.in_(list(sources))
        return self._live(lambda carrier: sa.or_(carrier.c.name == through, quoted))

    def about(self, kind: Kind, facts: Collection[str]) -> Iterator[LiveClaim]:
        """Live claims of these facts about subjects of a kind, whoever states them."""
        c = t.claim.c
        which = sa.and_(c.subject_kind == kind, c.fact.in_(list(facts)))
        return self._live(lambda _: which)

    def from_origins(self, origins: Collection[str]) -> Sequence[LiveClaim]:
        """Live claims of these rows of lists."""
        return [
            one
            for some in _in_hundreds(origins)
            for one in self._live(lambda _, some=some: t.claim.c.origin.in_(some))  # type: ignore[misc]
        ]

    @property
    def audits(self) -> SqlAudits:
        """Samples of programs, and what calls told."""
        return SqlAudits(self._connection)

    @property
    def partners(self) -> SqlPartners:
        """Sites that may show our finder, and how often they did."""
        return SqlPartners(self._connection)

    @property
    def reports(self) -> SqlReports:
        """Problems that visitors told us."""
        return SqlReports(self._connection)

    @property
    def links(self) -> SqlLinks:
        """Which row of which list is which of our records."""
        return SqlLinks(self._connection)

    def _live(
        self, which: Callable[[sa.FromClause], sa.ColumnElement[bool]]
    ) -> Iterator[LiveClaim]:
        """Live claims; `which` is given the source of the file that carried them."""
        c, carrier = t.claim.c, t.source.alias("carrier")
        query = (
            sa.select(c.id, c.subject_kind, c.subject_id, c.fact, c.value, c.row_ref)
            .add_columns(carrier.c.name, c.edition_id, c.origin)
            .join_from(t.claim, t.source, t.source.c.id == c.source_id)
            .join(carrier, carrier.c.id == c.through_id)
            .where(t.LIVE, which(carrier))
        )
        editions = read_editions(self._connection)
        for row in self._connection.execute(query):
            key, kind, subject_id, fact, value, place, name, edition, origin = row
            claim = Claim((kind, subject_id), fact, value, editions[edition], place, origin)
            yield LiveClaim(key, claim, name)

    def organizations(self) -> frozenset[str]:
        """The id of every organization."""
        return frozenset(self._connection.scalars(sa.select(t.organization.c.id)))

    def sites(self) -> Mapping[str, str]:
        """Every site id with its organization's."""
        rows = self._connection.execute(sa.select(t.site.c.id, t.site.c.organization_id))
        return {row.id: row.organization_id for row in rows}

    def programs(self) -> Mapping[str, Place]:
        """Every program id with its place."""
        c = t.program.c
        query = sa.select(c.id, t.site.c.organization_id, c.site_id, c.slug).join_from(
            t.program, t.site
        )
        return {key: Place(*place) for key, *place in self._connection.execute(query)}

    def addresses(self) -> Mapping[str, str]:
        """Every address that was ever given on our site, with its program's id."""
        return addresses.addresses(self._connection)

    def moves_in(self, number: int) -> Mapping[str, str | None]:
        """Programs that a change gave another address, with the one before; None if they moved since."""
        return addresses.moves_in(self._connection, number)

    def invented(self) -> frozenset[Subject]:
        """Subjects that an example source speaks of."""
        query = (
            sa.select(t.claim.c.subject_kind, t.claim.c.subject_id)
            .join_from(t.claim, t.edition)
            .where(t.LIVE, t.edition.c.method == "example")
            .distinct()
        )
        return frozenset((kind, key) for kind, key in self._connection.execute(query))

    def missing(self, through: str) -> frozenset[str]:
        """Programs flagged as no longer stated by a source."""
        query = sa.select(t.missing.c.program_id).join(t.source).where(t.source.c.name == through)
        return frozenset(self._connection.scalars(query))

    def written(self, number: int) -> Written | None:
        """A change by its number; None if there is none."""
        return past.changes(self._connection, t.change.c.id == number).get(number)

    def undone_by(self, number: int) -> int | None:
        """The latest change that took this one back, if any did."""
        query = sa.select(sa.func.max(t.change.c.id)).where(t.change.c.undoes_id == number)
        found: int | None = self._connection.scalar(query)
        return found

    def claims_in(self, number: int) -> Sequence[PastClaim]:
        """Every claim that a change stated or withdrew."""
        c = t.claim.c
        which = sa.or_(c.change_id == number, c.withdrawn_in_id == number)
        return past.claims(self._connection, which, read_editions(self._connection))

    def live_on(self, subjects: Collection[Subject]) -> Sequence[PastClaim]:
        """The live claims of these subjects, whoever states them."""
        editions = read_editions(self._connection)
        found = [
            one
            for some in _in_hundreds({key for _, key in subjects})
            for one in past.claims(
                self._connection, sa.and_(t.LIVE, t.claim.c.subject_id.in_(some)), editions
            )
        ]
        return [one for one in found if one.claim.subject in subjects]

    def flagged_in(self, number: int) -> frozenset[str]:
        """Programs that a change flagged as missing and that still are."""
        query = sa.select(t.missing.c.program_id).join(
            t.change,
            sa.and_(
                t.change.c.at == t.missing.c.since,
                t.change.c.through_id == t.missing.c.source_id,
            ),
        )
        return frozenset(self._connection.scalars(query.where(t.change.c.id == number)))

    def apply(self, change: Change) -> int:
        """Write a change and answer its number; it is kept when the desk closes without an error."""
        at = change.at.astimezone(UTC)
        number = self._number(change, at)
        self._add_places(change)
        touched = self._touched(change)
        self._withdraw(change.withdrawn, at, number)
        rows = [self._claim_row(one, change.through, at, number) for one in change.stated]
        rows += [self._claim_row(one.claim, one.through, at, number) for one in change.restored]
        self._insert(t.claim, rows)
        self._flag(change, at)
        addresses.move(self._connection, change.moved or {}, number)
        touched |= {("program", key) for key in change.moved or ()}
        raise_versions(self._connection, touched, frozenset(change.programs or ()))
        return number

    def _number(self, change: Change, at: datetime) -> int:
        row = {
            "at": at,
            "through_id": self._source_id(change.through),
            "what": change.what,
            "undoes_id": change.undoes,
            "mark": secrets.randbits(MARK_BITS),
        }
        return self._new_id(t.change, row)

    def _add_places(self, change: Change) -> None:
        self._insert(t.organization, [{"id": key} for key in change.organizations])
        sites = (change.sites or {}).items()
        self._insert(t.site, [{"id": key, "organization_id": parent} for key, parent in sites])
        programs = (change.programs or {}).items()
        rows = [
            {"id": key, "site_id": place.site_id, "slug": place.slug, "version": 1}
            for key, place in programs
        ]
        self._insert(t.program, rows)
        addresses.give(self._connection, change.programs or {})

    def _withdraw(self, ids: Iterable[int], at: datetime, number: int) -> None:
        old = t.claim.c.id == sa.bindparam("old")
        statement = sa.update(t.claim).where(old).values(withdrawn_at=at, withdrawn_in_id=number)
        if rows := [{"old": key} for key in ids]:
            self._connection.execute(statement, rows)

    def _claim_row(self, claim: Claim, through: str, at: datetime, number: int) -> dict[str, Any]:
        return {
            "subject_kind": claim.subject[0],
            "subject_id": claim.subject[1],
            "fact": claim.fact,
            "value": claim.value,
            "source_id": self._source_id(claim.source.name),
            "edition_id": self._edition_id(claim.source),
            "through_id": self._source_id(through),
            "row_ref": claim.row,
            "origin": claim.origin,
            "recorded_at": at,
            "change_id": number,
        }

    def _flag(self, change: Change, at: datetime) -> None:
        if not (change.missing or change.found):
            return
        source_id = self._source_id(change.through)
        rows = [{"program_id": key, "source_id": source_id, "since": at} for key in change.missing]
        self._insert(t.missing, rows)
        found = t.missing.c.program_id == sa.bindparam("found")
        if change.found:
            self._connection.execute(
                sa.delete(t.missing).where(found, t.missing.c.source_id == source_id),
                [{"found": key} for key in change.found],
            )

    def _touched(self, change: Change) -> frozenset[Subject]:
        withdrawn = set(change.withdrawn)
        touched = {claim.subject for claim in change.stated}
        touched |= {one.claim.subject for one in change.restored}
        c = t.claim.c
        for some in _in_hundreds(withdrawn):
            query = sa.select(c.subject_kind, c.subject_id).where(c.id.in_(some))
            touched |= {(kind, key) for kind, key in self._connection.execute(query)}
        return frozenset(touched)

    def _source_id(self, name: str) -> int:
        if name not in self._sources:
            query = sa.select(t.source.c.id).where(t.source.c.name == name)
            found = self._connection.scalar(query)
            self._sources[name] = found or self._new_id(t.source, {"name": name})
        return self._sources[name]

    def _edition_id(self, source: Source) -> int:
        if source not in self._editions:
            known = read_editions(self._connection)
            self._editions |= {edition: key for key, edition in known.items()}
        if source not in self._editions:
            row = {
                "source_id": self._source_id(source.name),
                "seen_on": source.seen_on,
                "method": source.method,
                "url": source.url,
                "edition": source.edition,
                "dated": source.dated,
                "confirmed_by": source.confirmed_by,
            }
            self._editions[source] = self._new_id(t.edition, row)
        return self._editions[source]

    def _new_id(self, table: sa.Table, row: Mapping[str, Any]) -> int:
        key = self._connection.execute(sa.insert(table).values(**row)).inserted_primary_key
        return int(key[0]) if key else 0

    def _insert(self, table: sa.Table, rows: Rows) -> None:
        if rows:
            self._connection.execute(sa.insert(table), rows)


def _in_hundreds(ids: Iterable[Id]) -> Iterator[list[Id]]:
    """Parts small enough for an IN list of any database."""
    waiting = sorted(ids)
    for first in range(0, len(waiting), 500):
        yield waiting[first : first + 500]
