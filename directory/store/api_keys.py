"""Keys of partners' servers at rest (the `ApiKeys` of `catalog.api_key`)."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from directory.catalog.api_key import ApiKey
from directory.store import tables as t
from directory.store.connect import reading, writing


class SqlApiKeys:
    """Each call is one transaction."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, key: ApiKey) -> int:
        """Keep a key and answer its number."""
        row = {
            "digest": key.digest,
            "owner": key.owner,
            "scopes": " ".join(key.scopes),
            "per_minute": key.per_minute,
            "made_on": key.made_on,
        }
        with writing(self._engine) as connection:
            number = connection.execute(sa.insert(t.api_key).values(**row)).inserted_primary_key
        return int(number[0]) if number else 0

    def all(self) -> Sequence[ApiKey]:
        """Every key, revoked ones too, the oldest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(t.api_key).order_by(t.api_key.c.id)).all()
        return [
            ApiKey(
                row.digest,
                row.owner,
                tuple(row.scopes.split()),
                row.per_minute,
                row.made_on,
                row.last_used_on,
                row.revoked_on,
                row.id,
            )
            for row in rows
        ]

    def revoke(self, number: int, on: date) -> bool:
        """End a key; False if none that is not revoked has this number."""
        c = t.api_key.c
        which = (c.id == number, c.revoked_on.is_(None))
        with writing(self._engine) as connection:
            done = connection.execute(sa.update(t.api_key).where(*which).values(revoked_on=on))
        return done.rowcount == 1

    def used(self, number: int, on: date) -> None:
        """Note the day a key was used."""
        which = t.api_key.c.id == number
        with writing(self._engine) as connection:
            connection.execute(sa.update(t.api_key).where(which).values(last_used_on=on))
