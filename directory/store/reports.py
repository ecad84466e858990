"""Reported problems at rest (the `Reports` of `catalog.report`)."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from directory.catalog.report import Report
from directory.store import tables as t

_OPEN = t.report.c.closed_on.is_(None)


class SqlReports:
    """What one transaction sees and writes of reports."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, report: Report) -> int:
        """Keep a report and answer its number."""
        row = {
            "program_id": report.program,
            "what": report.what,
            "said": report.text,
            "told_on": report.told_on,
        }
        key = self._connection.execute(sa.insert(t.report).values(**row)).inserted_primary_key
        return int(key[0]) if key else 0

    def all(self) -> Sequence[Report]:
        """Every report that is kept, the oldest first."""
        return self._reports(sa.true())

    def is_told(self, report: Report, since: date) -> bool:
        """True if the same was told since a day, of the same program, and is open."""
        c = t.report.c
        same = (c.program_id == report.program, c.what == report.what, c.said == report.text)
        return self._count(_OPEN, c.told_on >= since, *same) > 0

    def count_on(self, day: date, program: str | None = None) -> int:
        """How many of a day are kept, of a program or of all."""
        c = t.report.c
        which = sa.true() if program is None else c.program_id == program
        return self._count(c.told_on == day, which)

    def waiting(self, most: int, skip: int = 0) -> Sequence[Report]:
        """Open reports, the oldest first."""
        return self._reports(_OPEN, most, skip)

    def count_waiting(self) -> int:
        """How many are open."""
        return self._count(_OPEN)

    def get(self, number: int) -> Report | None:
        """One by its number, or None."""
        return next(iter(self._reports(t.report.c.id == number)), None)

    def _count(self, *which: sa.ColumnElement[bool]) -> int:
        query = sa.select(sa.func.count()).select_from(t.report).where(*which)
        return self._connection.scalar(query) or 0

    def _reports(
        self, which: sa.ColumnElement[bool], most: int | None = None, skip: int = 0
    ) -> Sequence[Report]:
        c = t.report.c
        query = sa.select(c.program_id, c.what, c.said, c.told_on, c.closed_on, c.id).where(which)
        rows = self._connection.execute(query.order_by(c.id).limit(most).offset(skip))
        return [Report(*row) for row in rows]

    def close(self, number: int, on: date) -> bool:
        """Close an open report; False if there is none of this number."""
        c = t.report.c
        which = (c.id == number, c.closed_on.is_(None))
        done = self._connection.execute(sa.update(t.report).where(*which).values(closed_on=on))
        return done.rowcount == 1

    def forget(self, before: date) -> int:
        """Delete what was told before a day, open or closed; answers how many."""
        old = t.report.c.told_on < before
        return self._connection.execute(sa.delete(t.report).where(old)).rowcount
