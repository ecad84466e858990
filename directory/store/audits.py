"""Call audits at rest (the `Audits` of `catalog.accuracy`)."""

from collections.abc import Sequence

import sqlalchemy as sa

from directory.catalog.accuracy import Drawn, Heard
from directory.store import tables as t


class SqlAudits:
    """What one transaction sees and writes of audits."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def draw(self, drawn: Drawn) -> int:
        """Keep a sample and answer its number."""
        row = {
            "seed": drawn.seed,
            "drawn_on": drawn.drawn_on,
            "population": drawn.population,
            "near": drawn.near,
            "within_miles": drawn.within_miles,
        }
        key = self._connection.execute(sa.insert(t.audit).values(**row)).inserted_primary_key
        number = int(key[0]) if key else 0
        rows = [{"audit_id": number, "program_id": one} for one in drawn.programs]
        self._connection.execute(sa.insert(t.audit_program), rows)
        return number

    def drawn(self, number: int) -> Drawn | None:
        """A sample by its number; None if there is none."""
        query = sa.select(t.audit).where(t.audit.c.id == number)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        c = t.audit_program.c
        programs = self._connection.scalars(
            sa.select(c.program_id).where(c.audit_id == number).order_by(c.program_id)
        )
        return Drawn(
            number,
            row.seed,
            row.drawn_on,
            row.population,
            tuple(programs),
            row.near,
            row.within_miles,
        )

    def all(self, most: int) -> Sequence[Drawn]:
        """The newest samples, the newest first."""
        query = sa.select(t.audit.c.id).order_by(t.audit.c.id.desc()).limit(most)
        found = (self.drawn(number) for number in self._connection.scalars(query).all())
        return [one for one in found if one is not None]

    def newest(self) -> Drawn | None:
        """The newest sample that somebody has called; None if there is none."""
        number = self._connection.scalar(sa.select(sa.func.max(t.audit_answer.c.audit_id)))
        return None if number is None else self.drawn(number)

    def heard(self, number: int) -> Sequence[Heard]:
        """All that was told, by program and fact."""
        c = t.audit_answer.c
        query = sa.select(c.program_id, c.fact, c.result, c.called_on, c.caller)
        query = query.where(c.audit_id == number).order_by(c.program_id, c.fact)
        return [Heard(*row) for row in self._connection.execute(query)]

    def hear(self, number: int, heard: Sequence[Heard]) -> None:
        """Keep answers; what was told of the same fact of a program before is replaced."""
        c = t.audit_answer.c
        rows = [
            {
                "audit_id": number,
                "program_id": one.program,
                "fact": one.fact,
                "result": one.result,
                "called_on": one.called_on,
                "caller": one.caller,
            }
            for one in heard
        ]
        for one in heard:
            same = (c.audit_id == number, c.program_id == one.program, c.fact == one.fact)
            self._connection.execute(sa.delete(t.audit_answer).where(*same))
        if rows:
            self._connection.execute(sa.insert(t.audit_answer), rows)
