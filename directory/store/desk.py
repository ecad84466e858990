"""The writing side of the store: one transaction on the claims."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from directory.catalog.evidence import Source
from directory.catalog.listing import Kind
from directory.catalog.records import Change, Claim, LiveClaim, Place, Subject
from directory.store import tables as t

Rows = Sequence[Mapping[str, Any]]

SOURCE_COLUMNS = (
    t.source.c.name,
    t.edition.c.seen_on,
    t.edition.c.method,
    t.edition.c.url,
    t.edition.c.edition,
    t.edition.c.dated,
)


class SqlDesk:
    """One transaction on the claims (the `Desk` of `catalog.records`)."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._sources: dict[str, int] = {}
        self._editions: dict[Source, int] = {}

    def claims(self, through: str, sources: Collection[str]) -> Iterator[LiveClaim]:
        """Live claims that came through a source's files, or quote one of `sources` (names)."""
        c, carrier = t.claim.c, t.source.alias("carrier")
        query = (
            sa.select(c.id, c.subject_kind, c.subject_id, c.fact, c.value, c.row_ref)
            .add_columns(carrier.c.name, c.edition_id)
            .join_from(t.claim, t.source, t.source.c.id == c.source_id)
            .join(carrier, carrier.c.id == c.through_id)
            .where(t.LIVE, sa.or_(carrier.c.name == through, t.source.c.name.in_(list(sources))))
        )
        editions = read_editions(self._connection)
        for row in self._connection.execute(query):
            key, kind, subject_id, fact, value, place, name, edition = row
            claim = Claim((kind, subject_id), fact, value, editions[edition], place)
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

    def apply(self, change: Change) -> None:
        """Write a change; it is kept when the desk closes without an error."""
        at = change.at.astimezone(UTC)
        self._add_places(change)
        touched = self._touched(change)
        self._withdraw(change.withdrawn, at)
        self._insert(t.claim, [self._claim_row(one, change, at) for one in change.stated])
        self._flag(change, at)
        self._raise_versions(touched, frozenset(change.programs or ()))

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

    def _withdraw(self, ids: Iterable[int], at: datetime) -> None:
        statement = (
            sa.update(t.claim).where(t.claim.c.id == sa.bindparam("old")).values(withdrawn_at=at)
        )
        if rows := [{"old": key} for key in ids]:
            self._connection.execute(statement, rows)

    def _claim_row(self, claim: Claim, change: Change, at: datetime) -> dict[str, Any]:
        return {
            "subject_kind": claim.subject[0],
            "subject_id": claim.subject[1],
            "fact": claim.fact,
            "value": claim.value,
            "source_id": self._source_id(claim.source.name),
            "edition_id": self._edition_id(claim.source),
            "through_id": self._source_id(change.through),
            "row_ref": claim.row,
            "recorded_at": at,
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
        c = t.claim.c
        for some in _in_hundreds(withdrawn):
            query = sa.select(c.subject_kind, c.subject_id).where(c.id.in_(some))
            touched |= {(kind, key) for kind, key in self._connection.execute(query)}
        return frozenset(touched)

    def _raise_versions(self, touched: frozenset[Subject], new: frozenset[str]) -> None:
        """A program's version grows when a fact of it, its site or its organization changes."""
        query = sa.select(t.program.c.id, t.site.c.id, t.site.c.organization_id).join_from(
            t.program, t.site
        )
        kinds: tuple[Kind, ...] = ("program", "site", "organization")
        rows = [
            {"touched": ids[0]}
            for ids in self._connection.execute(query)
            if ids[0] not in new and not touched.isdisjoint(zip(kinds, ids, strict=True))
        ]
        own = t.program.c.id == sa.bindparam("touched")
        grow = sa.update(t.program).where(own).values(version=t.program.c.version + 1)
        if rows:
            self._connection.execute(grow, rows)

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
            }
            self._editions[source] = self._new_id(t.edition, row)
        return self._editions[source]

    def _new_id(self, table: sa.Table, row: Mapping[str, Any]) -> int:
        key = self._connection.execute(sa.insert(table).values(**row)).inserted_primary_key
        return int(key[0]) if key else 0

    def _insert(self, table: sa.Table, rows: Rows) -> None:
        if rows:
            self._connection.execute(sa.insert(table), rows)


def read_editions(connection: sa.Connection) -> dict[int, Source]:
    """Every edition of every source, by its key."""
    query = sa.select(t.edition.c.id, *SOURCE_COLUMNS).join_from(t.edition, t.source)
    return {key: Source(*columns) for key, *columns in connection.execute(query)}


def _in_hundreds(ids: Iterable[int]) -> Iterator[list[int]]:
    """Parts small enough for an IN list of any database."""
    waiting = sorted(ids)
    for first in range(0, len(waiting), 500):
        yield waiting[first : first + 500]
