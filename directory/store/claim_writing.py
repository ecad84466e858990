"""How a change of claims is written: rows of places, claims, flags and addresses, in one transaction."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from directory.catalog.evidence import Source
from directory.catalog.records import Change, Claim, Subject
from directory.store import addresses
from directory.store import tables as t
from directory.store.columns import in_hundreds
from directory.store.nodes import tell
from directory.store.past import read_editions
from directory.store.versions import raise_versions

Rows = Sequence[Mapping[str, Any]]
MARK_BITS = 62


class ClaimWriting:
    """Writes changes; remembers the sources it has looked up, and reads the editions once.

    A file may state a source of its own for each program: to read them all for each is to never end.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._sources: dict[str, int] = {}
        self._editions: dict[Source, int] | None = None

    def apply(self, change: Change) -> int:
        """Write a change and answer its number."""
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
        tell(self._connection)
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
        for some in in_hundreds(withdrawn):
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
        if self._editions is None:
            known = read_editions(self._connection)
            self._editions = {edition: key for key, edition in known.items()}
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
