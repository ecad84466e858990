"""Partners and their counts at rest (the `Partners` of `catalog.partner`)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from directory.catalog.partner import Choices, DayCount, Partner, What
from directory.store import tables as t


class SqlPartners:
    """What one transaction sees and writes of partners."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def all(self) -> Sequence[Partner]:
        """Every partner, the oldest first."""
        query = sa.select(t.partner).order_by(t.partner.c.number)
        return [_partner(row) for row in self._connection.execute(query)]

    def numbered(self, number: int) -> Partner | None:
        """The partner of this number, or None."""
        query = sa.select(t.partner).where(t.partner.c.number == number)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _partner(row)

    def add(self, partner: Partner, on: date) -> int:
        """Keep a new partner and answer its number."""
        newest = self._connection.scalar(sa.select(sa.func.max(t.partner.c.number))) or 0
        row = {**_row(partner), "key": partner.key, "number": newest + 1, "added_on": on}
        self._connection.execute(sa.insert(t.partner).values(**row))
        return newest + 1

    def change(self, partner: Partner, version: int) -> bool:
        """Replace the partner of this key; False if it is not at this version any more."""
        which = (t.partner.c.key == partner.key, t.partner.c.version == version)
        update = sa.update(t.partner).where(*which).values(**_row(partner))
        return self._connection.execute(update).rowcount == 1

    def count(self, day: date, counted: Mapping[tuple[str, What], int]) -> None:
        """Add to the totals of a day; keys that are not kept are left out."""
        kept = set(self._connection.scalars(sa.select(t.partner.c.key)))
        for key in sorted({key for key, _ in counted} & kept):
            self._add(key, day, counted.get((key, "shown"), 0), counted.get((key, "asked"), 0))

    def _add(self, key: str, day: date, shown: int, asked: int) -> None:
        c = t.partner_count.c
        more = {"shown": c.shown + shown, "asked": c.asked + asked}
        update = sa.update(t.partner_count).where(c.partner_key == key, c.day == day)
        if not self._connection.execute(update.values(**more)).rowcount:
            row = {"partner_key": key, "day": day, "shown": shown, "asked": asked}
            self._connection.execute(sa.insert(t.partner_count).values(**row))

    def counts(self, key: str, since: date) -> Sequence[DayCount]:
        """The totals of a partner by day, from a day on, in order."""
        c = t.partner_count.c
        query = sa.select(c.partner_key, c.day, c.shown, c.asked)
        query = query.where(c.partner_key == key, c.day >= since).order_by(c.day)
        return [DayCount(*row) for row in self._connection.execute(query)]

    def forget_counts(self, before: date) -> int:
        """Delete the totals of the days before; answers how many."""
        old = t.partner_count.c.day < before
        return self._connection.execute(sa.delete(t.partner_count).where(old)).rowcount


def _row(partner: Partner) -> dict[str, Any]:
    chosen = {name: value for name, value in asdict(partner.choices).items() if value is not None}
    return {
        "name": partner.name,
        "origins": json.dumps(partner.origins),
        "choices": json.dumps(chosen, sort_keys=True, ensure_ascii=False),
        "active": partner.active,
        "version": partner.version,
        "paused": partner.paused,
        "organization_id": partner.organization,
    }


def _partner(row: Any) -> Partner:
    return Partner(
        row.key,
        row.name,
        tuple(json.loads(row.origins)),
        _choices(row.choices),
        row.active,
        row.version,
        row.paused,
        row.organization_id,
        row.number,
    )


def _choices(text: str) -> Choices:
    chosen: dict[str, Any] = json.loads(text)
    lists = {name: tuple(value) for name, value in chosen.items() if isinstance(value, list)}
    return Choices(**{**chosen, **lists})
