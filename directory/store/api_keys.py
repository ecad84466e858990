"""Keys of partners' servers at rest (the `ApiKeys` of `catalog.api_key`)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from directory.catalog.api_key import ApiKey
from directory.store import tables as t
from directory.store.connect import reading, writing


class SqlKeyBook:
    """What one transaction sees and writes of keys."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, key: ApiKey) -> int:
        """Keep a key and answer its number."""
        row = {
            "digest": key.digest,
            "owner": key.owner,
            "scopes": " ".join(key.scopes),
            "per_minute": key.per_minute,
            "made_on": key.made_on,
        }
        number = self._connection.execute(sa.insert(t.api_key).values(**row)).inserted_primary_key
        return int(number[0]) if number else 0

    def all(self) -> Sequence[ApiKey]:
        """Every key, revoked ones too, the oldest first."""
        return [_key(row) for row in self._connection.execute(_EVERY)]

    def change(self, number: int, owner: str, per_minute: int) -> bool:
        """Give a key another owner or rate; False if none that is not revoked has this number."""
        return self._set(_held(number), owner=owner, per_minute=per_minute)

    def revoke(self, number: int, on: date) -> bool:
        """End a key; False if none that is not revoked has this number."""
        return self._set(_held(number), revoked_on=on)

    def used(self, number: int, on: date) -> None:
        """Note the day a key was used."""
        self._set(t.api_key.c.id == number, last_used_on=on)

    def _set(self, which: sa.ColumnElement[bool], **values: object) -> bool:
        update = sa.update(t.api_key).where(which).values(**values)
        return self._connection.execute(update).rowcount == 1


class SqlApiKeys:
    """The same; each call is one transaction."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, key: ApiKey) -> int:
        """Keep a key and answer its number."""
        with writing(self._engine) as connection:
            return SqlKeyBook(connection).add(key)

    def all(self) -> Sequence[ApiKey]:
        """Every key, revoked ones too, the oldest first."""
        with reading(self._engine) as connection:
            return SqlKeyBook(connection).all()

    def change(self, number: int, owner: str, per_minute: int) -> bool:
        """Give a key another owner or rate; False if none that is not revoked has this number."""
        with writing(self._engine) as connection:
            return SqlKeyBook(connection).change(number, owner, per_minute)

    def revoke(self, number: int, on: date) -> bool:
        """End a key; False if none that is not revoked has this number."""
        with writing(self._engine) as connection:
            return SqlKeyBook(connection).revoke(number, on)

    def used(self, number: int, on: date) -> None:
        """Note the day a key was used."""
        with writing(self._engine) as connection:
            SqlKeyBook(connection).used(number, on)


_EVERY = sa.select(t.api_key).order_by(t.api_key.c.id)


def _held(number: int) -> sa.ColumnElement[bool]:
    return sa.and_(t.api_key.c.id == number, t.api_key.c.revoked_on.is_(None))


def _key(row: Any) -> ApiKey:
    return ApiKey(
        row.digest,
        row.owner,
        tuple(row.scopes.split()),
        row.per_minute,
        row.made_on,
        row.last_used_on,
        row.revoked_on,
        row.id,
    )
