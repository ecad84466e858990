"""Links that do one thing, at rest (the `MagicLinks` of `catalog.magic_link`)."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from directory.catalog.magic_link import Errand, MagicLink
from directory.store import staff_tables as t


class SqlMagicLinks:
    """What one transaction sees and writes of links."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, link: MagicLink) -> int:
        """Keep a link and answer its number; no number is given twice."""
        row = {"errand": link.errand, "subject": link.subject, "ends_at": link.ends_at}
        made = self._connection.execute(sa.insert(t.magic_link).values(**row)).inserted_primary_key
        return int(made[0]) if made else 0

    def get(self, number: int) -> MagicLink | None:
        """An open link, or None."""
        return self._one(t.magic_link.c.id == number)

    def of(self, errand: Errand, subject: str) -> MagicLink | None:
        """The open link to a thing, or None."""
        return self._one(*_to(errand, subject))

    def close_all(self, errand: Errand, subject: str) -> int:
        """Take every link to a thing away; answers how many."""
        return self._delete(*_to(errand, subject))

    def drop_all(self) -> int:
        """Take every link to anything away; answers how many."""
        return self._delete()

    def forget(self, now: datetime) -> None:
        """Delete what has run out."""
        self._delete(t.magic_link.c.ends_at <= now)

    def _one(self, *which: sa.ColumnElement[bool]) -> MagicLink | None:
        query = sa.select(t.magic_link).where(*which).order_by(t.magic_link.c.id.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _link(row)

    def _delete(self, *which: sa.ColumnElement[bool]) -> int:
        return self._connection.execute(sa.delete(t.magic_link).where(*which)).rowcount


def _to(errand: Errand, subject: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return t.magic_link.c.errand == errand, t.magic_link.c.subject == subject


def _link(row: Any) -> MagicLink:
    return MagicLink(row.errand, row.subject, row.ends_at, row.id)
