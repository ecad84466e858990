"""The store as administrators see it (the `Condition` of `catalog.operating`). Only reads."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic.script import ScriptDirectory

from directory.catalog.operating import LastImport, NoLongerNamed, QuotedList, Tables
from directory.store import tables as t
from directory.store.connect import migrations, reading
from directory.store.soundness import revision_of

# The pages of programs stand together: there is one of each.
_NAME = sa.case((t.edition.c.method == "published", ""), else_=t.source.c.name).label("name")
_PROGRAM = sa.case((t.claim.c.subject_kind == "program", t.claim.c.subject_id))
_ROW = sa.func.nullif(t.claim.c.origin, "")


def _many(column: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return sa.func.count(sa.distinct(column))


class SqlCondition:
    """Each call is one look at the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def tables(self) -> Tables:
        """The database and its tables."""
        newest = ScriptDirectory.from_config(migrations()).get_current_head() or ""
        with reading(self._engine) as connection:
            return Tables(connection.dialect.name, revision_of(connection), newest)

    def lists(self) -> Sequence[QuotedList]:
        """Every list that is quoted, by name, its newest edition first."""
        e, c = t.edition.c, t.claim.c
        query = (
            sa.select(_NAME, e.method, e.edition)
            .add_columns(sa.func.max(e.dated), sa.func.min(e.seen_on), sa.func.max(e.seen_on))
            .add_columns(_many(e.id), _many(_ROW), _many(_PROGRAM), sa.func.count())
            .add_columns(sa.func.max(c.recorded_at))
            .select_from(t.claim)
            .join(t.edition, e.id == c.edition_id)
            .join(t.source, t.source.c.id == e.source_id)
            .where(t.LIVE)
            .group_by(_NAME, e.method, e.edition)
        )
        with reading(self._engine) as connection:
            rows: Sequence[Any] = connection.execute(query).all()
        found = [QuotedList(*row) for row in rows]
        newest_first = sorted(
            found, key=lambda one: (one.dated is None, one.read_last), reverse=True
        )
        return sorted(newest_first, key=lambda one: one.name)

    def no_longer_named(self) -> Sequence[NoLongerNamed]:
        """Programs that dropped out of lists, by list."""
        m, name = t.missing.c, t.source.c.name
        query = (
            sa.select(name, sa.func.count(), sa.func.min(m.since))
            .join_from(t.missing, t.source)
            .group_by(name)
            .order_by(name)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return [NoLongerNamed(source, programs, since) for source, programs, since in rows]

    def last_import(self) -> LastImport | None:
        """The newest import; None if nothing was ever taken in."""
        c = t.change.c
        query = (
            sa.select(c.at, t.source.c.name)
            .join_from(t.change, t.source)
            .where(c.what == "import")
            .order_by(c.id.desc())
            .limit(1)
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else LastImport(row.at, row.name)
