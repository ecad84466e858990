"""What all tables share: how constraints are named, and columns that read alike everywhere, ids in parts."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Text that is sorted or compared: by code point on both databases, whatever language a server speaks.
SORTED = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
ID = SORTED


class Moment(sa.TypeDecorator[datetime]):
    """A moment in UTC. SQLite gives it back without its zone, PostgreSQL in the zone of the server."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """As it is kept."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """As it was."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


MOMENT = Moment()

Id = TypeVar("Id", int, str)


def in_hundreds(ids: Iterable[Id]) -> Iterator[list[Id]]:
    """Parts small enough for an IN list of any database."""
    waiting = sorted(ids)
    for first in range(0, len(waiting), 500):
        yield waiting[first : first + 500]
