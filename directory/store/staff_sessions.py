"""Sign-ins and tries to sign in, at rest (`Sessions`, `Attempts` of `catalog.staff`)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from directory.catalog.staff import Attempt, Session, Tries
from directory.store import staff_tables as t


class SqlSessions:
    """What one transaction sees and writes of sign-ins."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, session: Session) -> int:
        """Keep a new one and answer its number."""
        row = {
            "staff_id": session.staff,
            "token": session.token,
            "started_at": session.started_at,
            "seen_at": session.seen_at,
            "ends_at": session.ends_at,
            "passed": session.passed,
            "browser": session.browser,
        }
        key = self._connection.execute(sa.insert(t.staff_session).values(**row))
        return int(key.inserted_primary_key[0]) if key.inserted_primary_key else 0

    def by_token(self, token: str) -> Session | None:
        """The one with this digest, or None."""
        found = self._where(t.staff_session.c.token == token)
        return found[0] if found else None

    def of(self, staff: int) -> Sequence[Session]:
        """Those of one account, the newest first."""
        return self._where(t.staff_session.c.staff_id == staff)

    def get(self, number: int) -> Session | None:
        """One by its number, or None."""
        found = self._where(t.staff_session.c.id == number)
        return found[0] if found else None

    def seen(self, session: Session, at: datetime) -> None:
        """Note that one was in use, if it is still as it was read."""
        self._put(session, {"seen_at": at})

    def renew(self, session: Session, token: str, passed: bool) -> bool:
        """Give one another digest; False if it was ended or renewed since it was read."""
        return self._put(session, {"token": token, "passed": passed})

    def _put(self, session: Session, row: Mapping[str, object]) -> bool:
        """Of the one with this number and this digest: by its number alone it might be another's."""
        c = t.staff_session.c
        which = (c.id == session.number, c.token == session.token)
        done = self._connection.execute(sa.update(t.staff_session).where(*which).values(**row))
        return done.rowcount == 1

    def end(self, number: int) -> None:
        """Delete one."""
        self._connection.execute(sa.delete(t.staff_session).where(t.staff_session.c.id == number))

    def end_all(self, staff: int, but: int = 0) -> int:
        """Delete those of an account, except one; answers how many."""
        c = t.staff_session.c
        which = (c.staff_id == staff, c.id != but)
        return self._connection.execute(sa.delete(t.staff_session).where(*which)).rowcount

    def forget(self, now: datetime, seen_before: datetime) -> None:
        """Delete what has run out."""
        c = t.staff_session.c
        gone = sa.or_(c.ends_at <= now, c.seen_at <= seen_before)
        self._connection.execute(sa.delete(t.staff_session).where(gone))

    def _where(self, which: sa.ColumnElement[bool]) -> list[Session]:
        query = sa.select(t.staff_session).where(which).order_by(t.staff_session.c.id.desc())
        return [_session(row) for row in self._connection.execute(query)]


def _session(row: Any) -> Session:
    return Session(
        row.id,
        row.staff_id,
        row.token,
        row.started_at,
        row.seen_at,
        row.ends_at,
        row.passed,
        row.browser,
    )


class SqlAttempts:
    """What one transaction sees and writes of tries to sign in."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, attempt: Attempt) -> None:
        """Keep one."""
        row = {"account": attempt.account, "network": attempt.network, "at": attempt.at}
        self._connection.execute(sa.insert(t.sign_in_attempt).values(**row))

    def count(self, account: str, network: str, since: datetime) -> Tries:
        """How many there were of this account, of this network, of both together."""
        c = t.sign_in_attempt.c
        own, near = c.account == account, c.network == network
        return Tries(
            self._count(c.at > since, own, near),
            self._count(c.at > since, own),
            self._count(c.at > since, near),
        )

    def clear(self, account: str, network: str) -> None:
        """Forget those of this account from this network: its owner came in."""
        c = t.sign_in_attempt.c
        which = (c.account == account, c.network == network)
        self._connection.execute(sa.delete(t.sign_in_attempt).where(*which))

    def forget(self, before: datetime) -> None:
        """Delete old ones."""
        old = t.sign_in_attempt.c.at < before
        self._connection.execute(sa.delete(t.sign_in_attempt).where(old))

    def _count(self, *which: sa.ColumnElement[bool]) -> int:
        query = sa.select(sa.func.count()).select_from(t.sign_in_attempt).where(*which)
        return self._connection.scalar(query) or 0
