"""Addresses at rest: each belongs to one program for good, and one of them is its present one."""

from collections.abc import Mapping

import sqlalchemy as sa

from directory.catalog.records import Place
from directory.store import tables as t


def addresses(connection: sa.Connection) -> dict[str, str]:
    """Every address that was ever given, with its program's id."""
    c = t.address.c
    return {row.slug: row.program_id for row in connection.execute(sa.select(c.slug, c.program_id))}


def moves_in(connection: sa.Connection, number: int) -> dict[str, str | None]:
    """Programs that a change gave another address, with the one before; None if they moved since."""
    c = t.move.c
    query = sa.select(c.program_id, c.was, c.becomes, t.program.c.slug).join_from(t.move, t.program)
    rows = connection.execute(query.where(c.change_id == number))
    return {row.program_id: row.was if row.becomes == row.slug else None for row in rows}


def give(connection: sa.Connection, programs: Mapping[str, Place]) -> None:
    """Keep the first address of new programs."""
    rows = [{"slug": place.slug, "program_id": key} for key, place in programs.items()]
    if rows:
        connection.execute(sa.insert(t.address), rows)


def move(connection: sa.Connection, moved: Mapping[str, str], number: int) -> None:
    """Give programs another address: a new one, or one of those they had."""
    known = addresses(connection) if moved else {}
    for program, slug in moved.items():
        own = t.program.c.id == program
        was = connection.scalar(sa.select(t.program.c.slug).where(own))
        if known.get(slug) != program:
            connection.execute(sa.insert(t.address).values(slug=slug, program_id=program))
        connection.execute(sa.update(t.program).where(own).values(slug=slug))
        row = {"change_id": number, "program_id": program, "was": was, "becomes": slug}
        connection.execute(sa.insert(t.move).values(**row))
