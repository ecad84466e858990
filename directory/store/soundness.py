"""Is the database sound? Every page, every key that names another table's row, and how many rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from directory.errors import StoreAway
from directory.store.connect import reading

REVISIONS = "alembic_version"
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Soundness:
    """What reading the whole database showed; it is sound if there are no `problems`.

    `revision` is that of its tables, "" without any; `counts` has the rows of each table.
    """

    revision: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(self.counts.values())


def soundness(engine: sa.Engine) -> Soundness:
    """Read everything, in one state, without changing anything."""
    try:
        with reading(engine) as connection:
            return sound_in(connection)
    except StoreAway as away:
        return Soundness(problems=(f"cannot be read: {away.why}",))
    except sa.exc.DBAPIError as error:
        return Soundness(problems=(f"cannot be read: {_said(error)}",))


def sound_in(connection: sa.Connection) -> Soundness:
    """The same in a transaction that is open."""
    problems = list(_damaged(connection))
    names = [name for name in sa.inspect(connection).get_table_names() if name != REVISIONS]
    counts = {name: _rows(connection, name) for name in sorted(names)}
    problems += _orphans(connection, names)
    return Soundness(revision_of(connection), counts, tuple(problems[:MOST_TOLD]))


def revision_of(connection: sa.Connection) -> str:
    """The revision of the tables; "" if there are none."""
    if not sa.inspect(connection).has_table(REVISIONS):
        return ""
    query = sa.select(sa.column("version_num", sa.String)).select_from(sa.table(REVISIONS))
    return connection.scalar(query) or ""


def _damaged(connection: sa.Connection) -> Iterator[str]:
    """Pages that do not fit together. PostgreSQL tells of them when a row is read."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_TOLD})")
        yield from (text for (text,) in found if text != "ok")


def _rows(connection: sa.Connection, name: str) -> int:
    """How many rows a table has; on PostgreSQL each is read whole, wherever it lies."""
    of: Any = sa.func.count()
    if connection.dialect.name == "postgresql":
        whole = sa.cast(sa.literal_column("one"), sa.Text)
        connection.scalar(sa.select(sa.func.sum(sa.func.length(whole))).select_from(_one(name)))
    return connection.scalar(sa.select(of).select_from(_one(name))) or 0


def _one(name: str) -> sa.FromClause:
    return sa.table(name).alias("one")


def _orphans(connection: sa.Connection, names: list[str]) -> Iterator[str]:
    """Rows that name a row of another table that is not there."""
    for name in sorted(names):
        for key in sa.inspect(connection).get_foreign_keys(name):
            own: list[sa.ColumnClause[Any]] = [
                sa.column(column) for column in key["constrained_columns"]
            ]
            child = sa.table(name, *own).alias("child")
            there: list[sa.ColumnClause[Any]] = [
                sa.column(column) for column in key["referred_columns"]
            ]
            parent = sa.table(key["referred_table"], *there).alias("parent")
            pairs = list(zip(child.c, parent.c, strict=True))
            missing = ~sa.exists().where(*(one == other for one, other in pairs))
            told = (one.is_not(None) for one, _ in pairs)
            query = sa.select(sa.func.count()).select_from(child).where(missing, *told)
            if lost := connection.scalar(query):
                columns = ", ".join(key["constrained_columns"])
                yield f"{name} ({columns}): {lost} rows name a {key['referred_table']} that is gone"


def _said(error: sa.exc.DBAPIError) -> str:
    """What the database said, in one line, without the statement."""
    return str(error.orig).strip().splitlines()[0]
