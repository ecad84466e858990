"""Items that curators set aside, at rest (the `SetAsides` of `catalog.set_aside`)."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from directory.catalog.set_aside import SetAside
from directory.store.set_aside_table import set_aside

_C = set_aside.c


class SqlSetAsides:
    """What one transaction sees and writes of them."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def put(self, item: SetAside) -> None:
        """Keep one, instead of an earlier one of the same mark."""
        self.drop(item.mark)
        row = {
            "mark": item.mark,
            "queue": item.queue,
            "program_id": item.program,
            "fact": item.fact,
            "why": item.why,
            "set_on": item.on,
            "until": item.until,
        }
        self._connection.execute(sa.insert(set_aside).values(**row))

    def drop(self, mark: str) -> bool:
        """Forget one; False if there is none."""
        return self._connection.execute(sa.delete(set_aside).where(_C.mark == mark)).rowcount == 1

    def marks(self, today: date) -> frozenset[str]:
        """The marks of those that stay away today."""
        return frozenset(self._connection.scalars(sa.select(_C.mark).where(_C.until > today)))

    def newest(self, queue: str, today: date, most: int) -> Sequence[SetAside]:
        """Those of a queue that stay away today, the newest first."""
        query = sa.select(set_aside).where(_C.queue == queue, _C.until > today)
        rows = self._connection.execute(query.order_by(_C.set_on.desc(), _C.mark).limit(most))
        return [
            SetAside(one.mark, one.queue, one.program_id, one.fact, one.why, one.set_on, one.until)
            for one in rows
        ]

    def forget(self, today: date) -> int:
        """Delete those whose time is over; answers how many."""
        return self._connection.execute(sa.delete(set_aside).where(_C.until <= today)).rowcount
