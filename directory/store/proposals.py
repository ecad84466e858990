"""Changes that programs ask for, at rest (the `Proposals` of `catalog.proposal`)."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from directory.catalog.proposal import Proposal, Settled
from directory.store import tables as t

_COLUMNS = {"program": "program_id", "kind": "subject_kind", "subject": "subject_id"}
_COLUMNS |= {"by": "told_by", "change": "change_id", "number": "id"}


class SqlProposals:
    """What one transaction sees and writes of proposals."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, proposal: Proposal) -> int:
        """Keep one that waits, and answer its number."""
        row = {_COLUMNS.get(name, name): value for name, value in asdict(proposal).items()}
        del row["id"]
        key = self._connection.execute(sa.insert(t.proposal).values(**row)).inserted_primary_key
        return int(key[0]) if key else 0

    def get(self, number: int) -> Proposal | None:
        """One by its number, or None."""
        return next(iter(self._found(t.proposal.c.id == number)), None)

    def waiting(self) -> Sequence[Proposal]:
        """Those that nobody has decided, the oldest first."""
        return self._found(t.proposal.c.state == "waiting")

    def of(self, program: str) -> Sequence[Proposal]:
        """Everything that a program ever asked for, the newest first."""
        return self._found(t.proposal.c.program_id == program)[::-1]

    def settle(self, number: int, settled: Settled) -> bool:
        """Write what became of one that waits; False if none of this number waits."""
        which = (t.proposal.c.id == number, t.proposal.c.state == "waiting")
        row = {
            "state": settled.state,
            "settled_on": settled.on,
            "reason": settled.reason,
            "change_id": settled.change,
        }
        done = self._connection.execute(sa.update(t.proposal).where(*which).values(**row))
        return done.rowcount == 1

    def _found(self, which: sa.ColumnElement[bool]) -> list[Proposal]:
        rows = self._connection.execute(
            sa.select(t.proposal).where(which).order_by(t.proposal.c.id)
        )
        return [_proposal(row._mapping) for row in rows]


def _proposal(row: Any) -> Proposal:
    names = Proposal.__dataclass_fields__
    values = {name: row[_COLUMNS.get(name, name)] for name in names}
    return Proposal(**values)
