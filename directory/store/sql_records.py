"""`Records` on SQL: listings assembled from live claims, and the desk they are written at."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from directory.catalog.listing import (
    Kind,
    assemble_organization,
    assemble_program,
    assemble_site,
)
from directory.catalog.program import Listing, Site
from directory.catalog.records import PastClaim
from directory.catalog.whereabouts import Journal
from directory.store import tables as t
from directory.store.api_keys import SqlApiKeys
from directory.store.condition import SqlCondition
from directory.store.connect import reading, writing
from directory.store.desk import SqlDesk
from directory.store.journal import read_journal
from directory.store.listed import (
    KINDS,
    LISTED,
    PLACES,
    Editions,
    claims_about,
    latest,
    listing_at,
    resolved,
)
from directory.store.past import changed_at, claims, read_editions
from directory.store.resolution import Resolved

ROWS_AT_A_TIME = 5_000

_HOMES = sa.select(t.program.c.id, t.program.c.site_id, t.site.c.organization_id).join_from(
    t.program, t.site
)


Row = Any  # SQLAlchemy 2.1 types a row by its columns; the selects say which they are


class SqlRecords:
    """The store (the `WritableRecords` of `catalog.records`)."""

    def __init__(
        self, engine: sa.Engine, within: sa.Connection | None = None, *, writes: bool = False
    ) -> None:
        self._engine = engine
        self._within = within
        self._writes = writes

    @contextmanager
    def still(self) -> Iterator["SqlRecords"]:
        """These records in one state, whatever is written meanwhile."""
        with reading(self._engine) as connection:
            yield SqlRecords(self._engine, connection)

    @contextmanager
    def together(self) -> Iterator["SqlRecords"]:
        """These records in one transaction: every desk that is opened on them writes in it."""
        if self._writes:
            yield self
            return
        with writing(self._engine) as connection:
            yield SqlRecords(self._engine, connection, writes=True)

    @property
    def api_keys(self) -> SqlApiKeys:
        """Keys of partners' servers."""
        return SqlApiKeys(self._engine)

    @property
    def condition(self) -> SqlCondition:
        """What administrators look at."""
        return SqlCondition(self._engine)

    def all(self) -> Iterator[Listing]:
        """Every listed program, ordered by program id: one consistent state."""
        with self._reading() as connection:
            editions = read_editions(connection)
            places = {row.id: row for row in connection.execute(PLACES)}
            changed = {kind: changed_at(connection, kind, sa.true()) for kind in KINDS}
            organizations = {
                key: assemble_organization(key, resolved.facts, resolved.rivals)
                for key, resolved in _subjects(connection, editions, "organization")
                if "name" in resolved.facts
            }
            sites = {
                key: assemble_site(key, resolved.facts, resolved.rivals)
                for key, resolved in _subjects(connection, editions, "site")
            }
            with closing(_subjects(connection, editions, "program")) as programs:
                for key, resolved in programs:
                    if (place := places.get(key)) is None:
                        continue
                    program = assemble_program(key, resolved.facts, resolved.items, resolved.rivals)
                    yield Listing(
                        organizations[place.organization_id],
                        sites.get(place.site_id) or Site(place.site_id),
                        program,
                        place.slug,
                        place.version,
                        changed_at=latest(changed, place),
                    )

    def get(self, program_id: str) -> Listing | None:
        """One program, or None."""
        return self._one(t.program.c.id == program_id)

    def by_slug(self, slug: str) -> Listing | None:
        """The program at an address of our site, or None."""
        return self._one(t.program.c.slug == slug)

    def count(self) -> int:
        """How many programs are listed."""
        with self._reading() as connection:
            query = sa.select(sa.func.count()).select_from(t.program).where(LISTED)
            return connection.scalar(query) or 0

    def versions(self) -> Mapping[str, int]:
        """Every program id with its version, which grows with each change of what is listed."""
        with self._reading() as connection:
            return {row.id: row.version for row in connection.execute(PLACES)}

    def history(self, program_id: str) -> list[PastClaim]:
        """Every claim of a program, its site and organization, ever; the newest first."""
        with self._reading() as connection:
            place = connection.execute(_HOMES.where(t.program.c.id == program_id)).one_or_none()
            if place is None:
                return []
            c = t.claim.c
            which = [
                sa.and_(c.subject_kind == kind, c.subject_id == key)
                for kind, key in zip(KINDS, place, strict=True)
            ]
            found = claims(connection, sa.or_(*which), read_editions(connection))
            return found[::-1]

    def journal(self, since: int = 0) -> Journal:
        """What became of the programs that changes after `since` touched, as far as anybody sees it."""
        with self._reading() as connection:
            return read_journal(connection, since)

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        if self._within is not None:
            yield self._within
            return
        with reading(self._engine) as connection:
            yield connection

    @contextmanager
    def desk(self, *, write: bool = True) -> Iterator[SqlDesk]:
        """Open a desk. Writers wait for one another; an error leaves everything as it was."""
        if self._within is not None and self._writes >= write:
            yield SqlDesk(self._within)
            return
        with (writing if write else reading)(self._engine) as connection:
            yield SqlDesk(connection)

    def _one(self, which: sa.ColumnElement[bool]) -> Listing | None:
        with self._reading() as connection:
            place = connection.execute(PLACES.where(which)).one_or_none()
            return None if place is None else listing_at(connection, place)


def _subjects(
    connection: sa.Connection, editions: Editions, kind: Kind
) -> Generator[tuple[str, Resolved], None, None]:
    """Every subject of a kind with its resolved facts, ordered by id, read in one pass.

    Close it if you do not read to the end: PostgreSQL holds a cursor open until then.
    """
    options = {"yield_per": ROWS_AT_A_TIME}
    with connection.execute(claims_about(kind), execution_options=options) as rows:
        for key, group in groupby(rows, key=lambda row: row[0]):
            yield key, resolved(list(group), editions)
