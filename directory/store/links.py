"""Links and pairs at rest (the `Links` of `catalog.links`)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from directory.catalog.links import Link, LinkChange, Pair
from directory.store import tables as t

_PAIR_COLUMNS = [column for column in t.pair.c if column.name != "id"]

_WAITING = sa.and_(t.pair.c.undone_at.is_(None), t.pair.c.answer.is_(None))


class SqlLinks:
    """What one transaction sees and writes of links."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def live(self) -> Sequence[Link]:
        """Every link that holds."""
        return self._links(t.HOLDS)

    def of_pair(self, number: int) -> Sequence[Link]:
        """Links that hold because of a pair."""
        return self._links(sa.and_(t.link.c.pair_id == number, t.HOLDS))

    def ended_by(self, number: int) -> Sequence[Link]:
        """Links that a pair ended."""
        return self._links(t.link.c.ended_by_id == number)

    def pairs(self, *, waiting: bool = False) -> Sequence[Pair]:
        """Every pair that was not taken back, the oldest first; those to decide only if `waiting`."""
        return self._pairs(_WAITING if waiting else t.pair.c.undone_at.is_(None))

    def waiting(self, most: int, skip: int = 0) -> Sequence[Pair]:
        """Pairs that a person has to decide, the oldest first."""
        return self._pairs(_WAITING, most, skip)

    def count_waiting(self) -> int:
        """How many there are of them."""
        query = sa.select(sa.func.count()).select_from(t.pair).where(_WAITING)
        return self._connection.scalar(query) or 0

    def answered(self, most: int) -> Sequence[Pair]:
        """Pairs that a person answered, the newest answer first."""
        c = t.pair.c
        which = sa.and_(c.undone_at.is_(None), c.answer.is_not(None), c.answered_by != "rule")
        query = sa.select(*_PAIR_COLUMNS, c.id).where(which)
        rows: Sequence[Any] = self._connection.execute(
            query.order_by(c.answered_at.desc(), c.id.desc()).limit(most)
        ).all()
        return [Pair(*row) for row in rows]

    def pair(self, number: int) -> Pair | None:
        """A pair by its number; None if there is none."""
        return next(iter(self._pairs(t.pair.c.id == number)), None)

    def apply(self, change: LinkChange) -> Sequence[int]:
        """Write a change; answers the numbers of the pairs found."""
        at = change.at.astimezone(UTC)
        numbers = self._find(change.found)
        self._end(change, at)
        rows = [_link_row(one, numbers, at) for one in change.added]
        if rows:
            self._connection.execute(sa.insert(t.link), rows)
        for said in change.answered:
            values = {"answer": said.answer, "answered_by": said.by, "change_id": said.change}
            self._set(said.pair, answered_at=at, **values)
        for number in change.undone:
            self._set(number, undone_at=at)
        return numbers

    def _find(self, pairs: Sequence[Pair]) -> Sequence[int]:
        if not pairs:
            return []
        insert = sa.insert(t.pair).returning(t.pair.c.id, sort_by_parameter_order=True)
        return list(self._connection.scalars(insert, [_pair_row(one) for one in pairs]))

    def _end(self, change: LinkChange, at: datetime) -> None:
        rows = [{"old": key} for key in change.ended]
        end = sa.update(t.link).where(t.link.c.id == sa.bindparam("old"))
        if rows:
            self._connection.execute(end.values(ended_at=at, ended_by_id=change.ended_by), rows)

    def _set(self, number: int, **values: object) -> None:
        self._connection.execute(sa.update(t.pair).where(t.pair.c.id == number).values(**values))

    def _links(self, which: sa.ColumnElement[bool]) -> Sequence[Link]:
        c = t.link.c
        query = sa.select(c.kind, c.origin, c.subject_id, c.how, c.pair_id, c.id)
        rows: Sequence[Any] = self._connection.execute(query.where(which).order_by(c.id)).all()
        return [Link(*row) for row in rows]

    def _pairs(
        self, which: sa.ColumnElement[bool], most: int | None = None, skip: int = 0
    ) -> Sequence[Pair]:
        query = sa.select(*_PAIR_COLUMNS, t.pair.c.id).where(which).order_by(t.pair.c.id)
        rows: Sequence[Any] = self._connection.execute(query.limit(most).offset(skip)).all()
        return [Pair(*row) for row in rows]


def _pair_row(pair: Pair) -> dict[str, Any]:
    return {
        "left_key": pair.left_key,
        "right_key": pair.right_key,
        "left_seen": dict(pair.left),
        "right_seen": dict(pair.right),
        "rule": pair.rule,
        "reason": pair.reason,
        "found_at": pair.found_at.astimezone(UTC),
        "answer": pair.answer,
        "answered_by": pair.by,
        "answered_at": pair.answered_at and pair.answered_at.astimezone(UTC),
    }


def _link_row(link: Link, numbers: Sequence[int], at: datetime) -> dict[str, Any]:
    pair = numbers[-link.pair - 1] if link.pair is not None and link.pair < 0 else link.pair
    return {
        "kind": link.kind,
        "origin": link.origin,
        "subject_id": link.subject_id,
        "how": link.how,
        "pair_id": pair,
        "since": at,
    }
