"""Nodes over one PostgreSQL: they hear of changes, build in turn, and write down what they finish.

`LISTEN/NOTIFY` carries no facts, only the word that something is new; who missed it looks by itself.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa

from directory.catalog.nodes import Finished, Newest
from directory.errors import StoreAway
from directory.store import tables as t
from directory.store.ailing import ailing
from directory.store.connect import reading, writing

CHANNEL = "stepwise"
KEPT_ROWS = 100
LONGEST_BUILD_MINUTES = 30
# Any number, the same for every node; another than that of writers, who go on while one builds.
_BUILDERS = 0x57EA


def tell(connection: sa.Connection) -> None:
    """Tell every node, once this transaction is kept, that something is new."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_notify(CHANNEL, "")))


class SqlLine:
    """The `Line` of `catalog.nodes`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def newest(self) -> Newest:
        """The newest change that is kept."""
        c = t.change.c
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(c.id, c.mark).order_by(c.id.desc()).limit(1)).first()
        return (0, None) if row is None else (row.id, row.mark)

    def finished(self) -> Finished | None:
        """The newest one, or None."""
        c = t.generation.c
        query = sa.select(c.number, c.as_of, c.change, c.mark, c.format, c.digest)
        with reading(self._engine) as connection:
            row = connection.execute(query.order_by(c.number.desc()).limit(1)).first()
        return None if row is None else Finished(*row)

    def record(self, finished: Finished) -> None:
        """Write one down and tell every node; very old ones are forgotten. Raises `StoreAway`."""
        names = Finished.__dataclass_fields__
        row = {name: getattr(finished, name) for name in names}
        old = t.generation.c.number <= finished.number - KEPT_ROWS
        try:
            with writing(self._engine) as connection:
                connection.execute(sa.insert(t.generation).values(**row))
                connection.execute(sa.delete(t.generation).where(old))
                tell(connection)
        except sa.exc.IntegrityError as error:
            said = f"another node wrote generation {finished.number} meanwhile"
            raise StoreAway(said) from error

    def kept(self, most: int) -> Sequence[str]:
        """The digests of the newest ones."""
        c = t.generation.c
        query = sa.select(c.digest).order_by(c.number.desc()).limit(most)
        with reading(self._engine) as connection:
            return list(connection.scalars(query))

    @contextmanager
    def turn(self, *, wait: bool) -> Iterator[bool]:
        """The builder's turn. The server takes it back when we die or lose the connection."""
        with ailing(), self._alone() as connection:
            if wait:
                connection.exec_driver_sql(f"SET lock_timeout = '{LONGEST_BUILD_MINUTES}min'")
                connection.execute(sa.select(sa.func.pg_advisory_lock(_BUILDERS)))
                yield True
            else:
                mine = connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_BUILDERS)))
                yield bool(mine)

    @contextmanager
    def listening(self) -> Iterator[Callable[[float], None]]:
        """What waits until a node tells something, for so many seconds at most."""
        with ailing(), self._alone() as connection:
            driver = connection.connection.driver_connection
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")

            def wait(seconds: float) -> None:
                try:
                    for _ in driver.notifies(timeout=seconds, stop_after=1):  # type: ignore[union-attr]
                        pass
                except self._engine.dialect.loaded_dbapi.Error as error:
                    raise StoreAway(" ".join(str(error).split())[:200]) from error

            yield wait

    @contextmanager
    def _alone(self) -> Iterator[sa.Connection]:
        """A connection that is closed at the end, with all that it holds, not given to others."""
        with self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.invalidate()
