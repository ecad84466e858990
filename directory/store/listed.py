"""One program as it is listed: its place in the tree, and what its live claims resolve to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from directory.catalog.evidence import Source
from directory.catalog.listing import (
    Kind,
    assemble_organization,
    assemble_program,
    assemble_site,
)
from directory.catalog.program import Listing, Organization, Program
from directory.catalog.whereabouts import REMOVED
from directory.store import tables as t
from directory.store.past import changed_at, editions_among
from directory.store.resolution import Resolved, resolve

KINDS: tuple[Kind, ...] = ("program", "site", "organization")


def _stated(fact: str) -> sa.Exists:
    return sa.exists().where(
        t.LIVE,
        t.claim.c.subject_kind == "program",
        t.claim.c.subject_id == t.program.c.id,
        t.claim.c.fact == fact,
    )


# A program whose every import was undone, or that somebody took off, keeps its address on our site.
LISTED = sa.and_(_stated("name"), ~_stated(REMOVED))
PLACES = (
    sa.select(
        t.program.c.id,
        t.program.c.slug,
        t.program.c.version,
        t.program.c.site_id,
        t.site.c.organization_id,
    )
    .join_from(t.program, t.site)
    .where(LISTED)
)

Row = Any  # SQLAlchemy 2.1 types a row by its columns; the selects above say which they are
Editions = Mapping[int, Source]
Changed = Mapping[Kind, Mapping[str, datetime]]


def listing_at(connection: sa.Connection, place: Row) -> Listing:
    """The program of a row of `PLACES`."""
    organization = _resolved(connection, "organization", place.organization_id)
    site = _resolved(connection, "site", place.site_id)
    program = _resolved(connection, "program", place.id)
    return Listing(
        _organization(place, organization),
        assemble_site(place.site_id, site.facts, site.rivals),
        _program(place, program),
        place.slug,
        place.version,
        changed_at=latest(_changed_of(connection, place), place),
    )


def _changed_of(connection: sa.Connection, place: Row) -> Changed:
    c = t.claim.c
    return {
        kind: changed_at(connection, kind, c.subject_id == key)
        for kind, key in zip(KINDS, _ids(place), strict=True)
    }


def latest(changed: Changed, place: Row) -> datetime | None:
    """When anything of a program, its site or its organization was last said or withdrawn."""
    found = (changed[kind].get(key) for kind, key in zip(KINDS, _ids(place), strict=True))
    return max((at for at in found if at is not None), default=None)


def _ids(place: Row) -> tuple[str, str, str]:
    return place.id, place.site_id, place.organization_id


def _organization(place: Row, resolved: Resolved) -> Organization:
    return assemble_organization(place.organization_id, resolved.facts, resolved.rivals)


def _program(place: Row, resolved: Resolved) -> Program:
    return assemble_program(place.id, resolved.facts, resolved.items, resolved.rivals)


def claims_about(kind: Kind) -> sa.Select[Any]:
    """The live claims about every subject of a kind, subject by subject."""
    c = t.claim.c
    return (
        sa.select(c.subject_id, c.fact, c.value, c.edition_id)
        .where(t.LIVE, c.subject_kind == kind)
        .order_by(c.subject_id, c.origin, c.id)
    )


def _resolved(connection: sa.Connection, kind: Kind, key: str) -> Resolved:
    rows = connection.execute(claims_about(kind).where(t.claim.c.subject_id == key)).all()
    return resolved(rows, editions_among(connection, {row.edition_id for row in rows}))


def resolved(rows: Sequence[Row], editions: Editions) -> Resolved:
    """What the live claims of one subject resolve to."""
    return resolve((fact, value, editions[edition]) for _, fact, value, edition in rows)
