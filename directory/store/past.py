"""What the store remembers: editions, the changes that were written, claims with their whole life."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from directory.catalog.evidence import Source
from directory.catalog.listing import Kind
from directory.catalog.records import Claim, LiveClaim, PastClaim, Written
from directory.store import tables as t
from directory.store.columns import in_hundreds

SOURCE_COLUMNS = (
    t.source.c.name,
    t.edition.c.seen_on,
    t.edition.c.method,
    t.edition.c.url,
    t.edition.c.edition,
    t.edition.c.dated,
    t.edition.c.confirmed_by,
)

Which = sa.ColumnElement[bool]


_EDITIONS = sa.select(t.edition.c.id, *SOURCE_COLUMNS).join_from(t.edition, t.source)


def read_editions(connection: sa.Connection) -> dict[int, Source]:
    """Every edition of every source, by its key."""
    return {key: Source(*columns) for key, *columns in connection.execute(_EDITIONS)}


def editions_among(connection: sa.Connection, keys: Iterable[int]) -> dict[int, Source]:
    """The editions of these keys: a store may hold one or more for each program."""
    return {
        key: Source(*columns)
        for some in in_hundreds(keys)
        for key, *columns in connection.execute(_EDITIONS.where(t.edition.c.id.in_(some)))
    }


def changes(connection: sa.Connection, which: Which) -> dict[int, Written]:
    """Changes by their number."""
    c = t.change.c
    query = sa.select(c.id, c.at, t.source.c.name, c.what, c.undoes_id).join_from(
        t.change, t.source
    )
    rows: Sequence[Any] = connection.execute(query.where(which)).all()
    return {key: Written(key, at, through, what, undoes) for key, at, through, what, undoes in rows}


def claims(
    connection: sa.Connection, which: Which, editions: Mapping[int, Source]
) -> list[PastClaim]:
    """Claims, live and withdrawn, in the order in which they were written."""
    c = t.claim.c
    query = (
        sa.select(c.id, c.subject_kind, c.subject_id, c.fact, c.value, c.row_ref)
        .add_columns(t.source.c.name, c.edition_id, c.change_id, c.withdrawn_in_id, c.origin)
        .join_from(t.claim, t.source, t.source.c.id == c.through_id)
        .where(which)
        .order_by(c.id)
    )
    rows: Sequence[Any] = connection.execute(query).all()
    numbers = {row.change_id for row in rows} | {row.withdrawn_in_id for row in rows}
    known = changes(connection, t.change.c.id.in_(sorted(numbers - {None})))
    return [_past(row, editions, known) for row in rows]


def changed_at(connection: sa.Connection, kind: Kind, which: Which) -> dict[str, datetime]:
    """When a claim of each subject of a kind was last stated or withdrawn."""
    c = t.claim.c
    latest = sa.func.max(sa.func.coalesce(c.withdrawn_at, c.recorded_at)).label("at")
    query = sa.select(c.subject_id, latest).where(c.subject_kind == kind, which)
    rows = connection.execute(query.group_by(c.subject_id))
    return {row.subject_id: row.at for row in rows}


def _past(row: Any, editions: Mapping[int, Source], known: Mapping[int, Written]) -> PastClaim:
    subject = (row.subject_kind, row.subject_id)
    claim = Claim(subject, row.fact, row.value, editions[row.edition_id], row.row_ref, row.origin)
    kept = LiveClaim(row.id, claim, row.name)
    return PastClaim(kept, known[row.change_id], known.get(row.withdrawn_in_id))
