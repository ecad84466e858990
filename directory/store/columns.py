"""What all tables share: how constraints are named, ids that sort alike everywhere, lists of ids."""

from collections.abc import Iterable, Iterator
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

# Sorted by code point on both databases: "ordered by id" means the same everywhere.
ID = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

Id = TypeVar("Id", int, str)


def in_hundreds(ids: Iterable[Id]) -> Iterator[list[Id]]:
    """Parts small enough for an IN list of any database."""
    waiting = sorted(ids)
    for first in range(0, len(waiting), 500):
        yield waiting[first : first + 500]
