"""The version of a program: how often something changed of what is listed of it."""

import sqlalchemy as sa

from directory.catalog.listing import Kind
from directory.catalog.records import Subject
from directory.store import tables as t


def raise_versions(
    connection: sa.Connection, touched: frozenset[Subject], new: frozenset[str]
) -> None:
    """A program's version grows when a fact of it, its site or its organization changes."""
    query = sa.select(t.program.c.id, t.site.c.id, t.site.c.organization_id).join_from(
        t.program, t.site
    )
    kinds: tuple[Kind, ...] = ("program", "site", "organization")
    rows = [
        {"touched": ids[0]}
        for ids in connection.execute(query)
        if ids[0] not in new and not touched.isdisjoint(zip(kinds, ids, strict=True))
    ]
    own = t.program.c.id == sa.bindparam("touched")
    grow = sa.update(t.program).where(own).values(version=t.program.c.version + 1)
    if rows:
        connection.execute(grow, rows)
