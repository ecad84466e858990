"""The audit trail at rest (the `Trail` of `catalog.trail`). Nothing here changes or deletes a line."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from directory.catalog.trail import START, Act, Entry, Head, Wanted, entry_after
from directory.store import staff_tables as t

ROWS_AT_A_TIME = 1_000


class SqlTrail:
    """What one transaction sees and writes of the trail; writers stand in line, so it never forks."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def append(self, act: Act) -> Head:
        """Add a line and answer the new head."""
        before = self.head()
        entry = entry_after(before, act)
        row = {name: getattr(entry, name) for name in t.staff_act.c.keys()}  # noqa: SIM118
        self._connection.execute(sa.insert(t.staff_act).values(**row))
        head = {"number": entry.number, "digest": entry.digest}
        if before.number:
            self._connection.execute(sa.update(t.staff_act_head).values(**head))
        else:
            self._connection.execute(sa.insert(t.staff_act_head).values(id=1, **head))
        return Head(entry.number, entry.digest)

    def head(self) -> Head:
        """The head as the store remembers it, apart from the lines."""
        c = t.staff_act_head.c
        row = self._connection.execute(sa.select(c.number, c.digest)).one_or_none()
        return Head(0, START) if row is None else Head(row.number, row.digest)

    def read(self) -> Iterator[Entry]:
        """Every line, the oldest first."""
        number = t.staff_act.c.number
        query = sa.select(t.staff_act).order_by(number).limit(ROWS_AT_A_TIME)
        rows = self._connection.execute(query).all()
        while rows:  # by pages, not by a cursor: who reads may stop at the first wrong line
            yield from map(_entry, rows)
            rows = self._connection.execute(query.where(number > rows[-1].number)).all()

    def find(self, wanted: Wanted, most: int, before: int = 0) -> Sequence[Entry]:
        """The newest lines that are wanted, older than line `before` if it is given."""
        c = t.staff_act.c
        which = [
            *([c.actor == wanted.actor] if wanted.actor is not None else []),
            *([c.act == wanted.act] if wanted.act else []),
            *([c.at >= wanted.since] if wanted.since else []),
            *([c.at < wanted.until] if wanted.until else []),
            *([c.number < before] if before else []),
        ]
        query = sa.select(t.staff_act).where(*which).order_by(c.number.desc()).limit(most)
        return [_entry(row) for row in self._connection.execute(query)]


def _entry(row: Any) -> Entry:
    return Entry(
        row.number, row.at, row.actor, row.act, row.kind, row.subject, row.details, row.digest
    )
