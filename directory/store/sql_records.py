"""`Records` on SQL: listings assembled from live claims, and the desk they are written at."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from directory.catalog.evidence import Source
from directory.catalog.listing import (
    Kind,
    assemble_organization,
    assemble_program,
    assemble_site,
)
from directory.catalog.program import Listing, Organization, Program, Site
from directory.catalog.records import PastClaim
from directory.catalog.whereabouts import REMOVED, Journal
from directory.store import tables as t
from directory.store.api_keys import SqlApiKeys
from directory.store.connect import reading, writing
from directory.store.desk import SqlDesk
from directory.store.journal import read_journal
from directory.store.past import changed_at, claims, read_editions
from directory.store.resolution import Resolved, resolve

ROWS_AT_A_TIME = 5_000
KINDS: tuple[Kind, ...] = ("program", "site", "organization")

_HOMES = sa.select(t.program.c.id, t.program.c.site_id, t.site.c.organization_id).join_from(
    t.program, t.site
)


def _stated(fact: str) -> sa.Exists:
    return sa.exists().where(
        t.LIVE,
        t.claim.c.subject_kind == "program",
        t.claim.c.subject_id == t.program.c.id,
        t.claim.c.fact == fact,
    )


# A program whose every import was undone, or that somebody took off, keeps its address on our site.
_LISTED = sa.and_(_stated("name"), ~_stated(REMOVED))
_PLACES = (
    sa.select(
        t.program.c.id,
        t.program.c.slug,
        t.program.c.version,
        t.program.c.site_id,
        t.site.c.organization_id,
    )
    .join_from(t.program, t.site)
    .where(_LISTED)
)

Row = Any  # SQLAlchemy 2.1 types a row by its columns; the selects above say which they are
Editions = Mapping[int, Source]
Changed = Mapping[Kind, Mapping[str, datetime]]


class SqlRecords:
    """The store (the `WritableRecords` of `catalog.records`)."""

    def __init__(self, engine: sa.Engine, still: sa.Connection | None = None) -> None:
        self._engine = engine
        self._still = still

    @contextmanager
    def still(self) -> Iterator["SqlRecords"]:
        """These records in one state, whatever is written meanwhile."""
        with reading(self._engine) as connection:
            yield SqlRecords(self._engine, connection)

    @property
    def api_keys(self) -> SqlApiKeys:
        """Keys of partners' servers."""
        return SqlApiKeys(self._engine)

    def all(self) -> Iterator[Listing]:
        """Every listed program, ordered by program id: one consistent state."""
        with self._reading() as connection:
            editions = read_editions(connection)
            places = {row.id: row for row in connection.execute(_PLACES)}
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
            for key, resolved in _subjects(connection, editions, "program"):
                if (place := places.get(key)) is None:
                    continue
                site = sites.get(place.site_id) or Site(place.site_id)
                organization = organizations[place.organization_id]
                program = assemble_program(key, resolved.facts, resolved.items, resolved.rivals)
                yield Listing(
                    organization,
                    site,
                    program,
                    place.slug,
                    place.version,
                    changed_at=_latest(changed, place),
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
            query = sa.select(sa.func.count()).select_from(t.program).where(_LISTED)
            return connection.scalar(query) or 0

    def versions(self) -> Mapping[str, int]:
        """Every program id with its version, which grows with each change of what is listed."""
        with self._reading() as connection:
            return {row.id: row.version for row in connection.execute(_PLACES)}

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
        if self._still is not None:
            yield self._still
            return
        with reading(self._engine) as connection:
            yield connection

    @contextmanager
    def desk(self, *, write: bool = True) -> Iterator[SqlDesk]:
        """Open a desk. Writers wait for one another; an error leaves everything as it was."""
        with (writing if write else reading)(self._engine) as connection:
            yield SqlDesk(connection)

    def _one(self, which: sa.ColumnElement[bool]) -> Listing | None:
        with self._reading() as connection:
            place = connection.execute(_PLACES.where(which)).one_or_none()
            return None if place is None else _listing(connection, place)


def _listing(connection: sa.Connection, place: Row) -> Listing:
    organization = _resolved(connection, "organization", place.organization_id)
    site = _resolved(connection, "site", place.site_id)
    program = _resolved(connection, "program", place.id)
    return Listing(
        _organization(place, organization),
        assemble_site(place.site_id, site.facts, site.rivals),
        _program(place, program),
        place.slug,
        place.version,
        changed_at=_latest(_changed_of(connection, place), place),
    )


def _changed_of(connection: sa.Connection, place: Row) -> Changed:
    c = t.claim.c
    return {
        kind: changed_at(connection, kind, c.subject_id == key)
        for kind, key in zip(KINDS, _ids(place), strict=True)
    }


def _latest(changed: Changed, place: Row) -> datetime | None:
    """When anything of a program, its site or its organization was last said or withdrawn."""
    found = (changed[kind].get(key) for kind, key in zip(KINDS, _ids(place), strict=True))
    return max((at for at in found if at is not None), default=None)


def _ids(place: Row) -> tuple[str, str, str]:
    return place.id, place.site_id, place.organization_id


def _organization(place: Row, resolved: Resolved) -> Organization:
    return assemble_organization(place.organization_id, resolved.facts, resolved.rivals)


def _program(place: Row, resolved: Resolved) -> Program:
    return assemble_program(place.id, resolved.facts, resolved.items, resolved.rivals)


def _claims(kind: Kind) -> sa.Select[Any]:
    c = t.claim.c
    return (
        sa.select(c.subject_id, c.fact, c.value, c.edition_id)
        .where(t.LIVE, c.subject_kind == kind)
        .order_by(c.subject_id, c.origin, c.id)
    )


def _resolved(connection: sa.Connection, kind: Kind, key: str) -> Resolved:
    rows = connection.execute(_claims(kind).where(t.claim.c.subject_id == key)).all()
    return _resolve(rows, read_editions(connection))


def _resolve(rows: Sequence[Row], editions: Editions) -> Resolved:
    return resolve((fact, value, editions[edition]) for _, fact, value, edition in rows)


def _subjects(
    connection: sa.Connection, editions: Editions, kind: Kind
) -> Iterator[tuple[str, Resolved]]:
    """Every subject of a kind with its resolved facts, ordered by id, read in one pass."""
    options = {"yield_per": ROWS_AT_A_TIME}
    rows = connection.execute(_claims(kind), execution_options=options)
    for key, group in groupby(rows, key=lambda row: row[0]):
        yield key, _resolve(list(group), editions)
