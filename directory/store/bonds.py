"""Bonds with accounts at an identity provider, at rest (the `Bonds` of `catalog.identity`)."""

from collections.abc import Set

import sqlalchemy as sa

from directory.catalog.identity import Bond
from directory.store import staff_tables as t


class SqlBonds:
    """What one transaction sees and writes of bonds."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def put(self, bond: Bond) -> None:
        """Keep a bond instead of the one the account had."""
        self.remove(bond.staff)
        row = {
            "staff_id": bond.staff,
            "issuer": bond.issuer,
            "subject": bond.subject,
            "ends_at": bond.ends_at,
        }
        self._connection.execute(sa.insert(t.staff_bond).values(**row))

    def of(self, staff: int) -> Bond | None:
        """The bond of an account, or None."""
        return self._one(t.staff_bond.c.staff_id == staff)

    def by_subject(self, issuer: str, subject: str) -> Bond | None:
        """The bond of a subject, or None."""
        return self._one(t.staff_bond.c.issuer == issuer, t.staff_bond.c.subject == subject)

    def remove(self, staff: int) -> bool:
        """Take it away; False if there was none."""
        which = t.staff_bond.c.staff_id == staff
        return self._connection.execute(sa.delete(t.staff_bond).where(which)).rowcount == 1

    def bound(self) -> Set[int]:
        """The accounts whose subject is known."""
        c = t.staff_bond.c
        query = sa.select(c.staff_id).where(c.subject.is_not(None))
        return frozenset(self._connection.scalars(query))

    def _one(self, *which: sa.ColumnElement[bool]) -> Bond | None:
        row = self._connection.execute(sa.select(t.staff_bond).where(*which)).one_or_none()
        return None if row is None else Bond(row.staff_id, row.issuer, row.subject, row.ends_at)
