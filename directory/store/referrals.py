"""Referrals at rest (the `Referrals` of `catalog.referral`)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from directory.catalog.referral import Case, CoarseNeeds, KindOfCase, Ticket
from directory.store import referral_tables as t

_CASE, _TICKET, _KIND = t.referral_case.c, t.referral_ticket.c, t.referral_kind.c


class SqlReferrals:
    """What one transaction sees and writes of referrals."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add_case(self, case: Case) -> int:
        """Keep a case and answer its number; no number is given twice."""
        needs = case.needs
        row = {
            "code": case.code,
            "organization_id": case.organization,
            "level": needs.level,
            "age": needs.age,
            "payer": needs.payer,
            "language": needs.language,
            "opened_week": case.opened_week,
        }
        return self._add(t.referral_case, row)

    def case(self, number: int) -> Case | None:
        """One case, or None."""
        found = self._cases(_CASE.id == number)
        return found[0] if found else None

    def cases(self, organization: int) -> Sequence[Case]:
        """Those of an organization, the newest first."""
        return self._cases(_CASE.organization_id == organization)

    def is_taken(self, code: str) -> bool:
        """True if a case that is kept has this code."""
        return bool(self._cases(_CASE.code == code))

    def drop_case(self, number: int) -> None:
        """Delete a case and all its tickets."""
        self._delete(t.referral_ticket, _TICKET.case_id == number)
        self._delete(t.referral_case, _CASE.id == number)

    def add_ticket(self, ticket: Ticket) -> int:
        """Keep a ticket and answer its number; no number is given twice."""
        return self._add(t.referral_ticket, _row(ticket))

    def ticket(self, number: int) -> Ticket | None:
        """One ticket, or None."""
        found = self._tickets(_TICKET.id == number)
        return found[0] if found else None

    def tickets(self, cases: Collection[int]) -> Sequence[Ticket]:
        """Those of these cases, in the order they were added."""
        return self._tickets(_TICKET.case_id.in_(sorted(cases)))

    def put_ticket(self, ticket: Ticket) -> None:
        """Write everything of a ticket that is kept."""
        which = _TICKET.id == ticket.number
        self._connection.execute(sa.update(t.referral_ticket).where(which).values(**_row(ticket)))

    def drop_ticket(self, number: int) -> None:
        """Delete a ticket."""
        self._delete(t.referral_ticket, _TICKET.id == number)

    def run_out(self, today: date) -> Sequence[Ticket]:
        """Open tickets whose time is up: `expires_on` has passed."""
        return self._tickets(_TICKET.expires_on < today)

    def closed_before(self, monday: date) -> Sequence[Ticket]:
        """Tickets that were closed before this week."""
        return self._tickets(_TICKET.closed_week < monday)

    def empty_cases(self) -> Sequence[int]:
        """Numbers of cases that have no ticket."""
        has_one = sa.exists().where(_TICKET.case_id == _CASE.id)
        return list(self._connection.scalars(sa.select(_CASE.id).where(~has_one)))

    def add_kind(self, kind: KindOfCase) -> int:
        """Keep a kind of case and answer its number."""
        names = ("level", "focus", "payer", "language", "week", "mode")
        row = {name: getattr(kind, name) for name in names}
        return self._add(t.referral_kind, {"organization_id": kind.organization, **row})

    def kind(self, number: int) -> KindOfCase | None:
        """One kind of case, or None."""
        found = self._kinds(_KIND.id == number)
        return found[0] if found else None

    def kinds(self, organization: int) -> Sequence[KindOfCase]:
        """Those of an organization, in the order they were added."""
        return self._kinds(_KIND.organization_id == organization)

    def drop_kind(self, number: int) -> None:
        """Delete a kind of case."""
        self._delete(t.referral_kind, _KIND.id == number)

    def _cases(self, which: sa.ColumnElement[bool]) -> list[Case]:
        query = sa.select(t.referral_case).where(which).order_by(_CASE.id.desc())
        return [_case(row) for row in self._connection.execute(query)]

    def _tickets(self, which: sa.ColumnElement[bool]) -> list[Ticket]:
        query = sa.select(t.referral_ticket).where(which).order_by(_TICKET.id)
        return [_ticket(row) for row in self._connection.execute(query)]

    def _kinds(self, which: sa.ColumnElement[bool]) -> list[KindOfCase]:
        query = sa.select(t.referral_kind).where(which).order_by(_KIND.id)
        return [
            KindOfCase(
                *(row.organization_id, row.level, row.focus, row.payer),
                *(row.language, row.week, row.mode, row.id),
            )
            for row in self._connection.execute(query)
        ]

    def _add(self, table: sa.Table, row: Mapping[str, Any]) -> int:
        made = self._connection.execute(sa.insert(table).values(**row)).inserted_primary_key
        return int(made[0]) if made else 0

    def _delete(self, table: sa.Table, which: sa.ColumnElement[bool]) -> None:
        self._connection.execute(sa.delete(table).where(which))


_SAME = (
    *("opened_week", "fit", "status", "turn", "reason", "asked", "note", "week"),
    *("due_on", "expires_on", "closed_week"),
)


def _row(ticket: Ticket) -> dict[str, Any]:
    same = {name: getattr(ticket, name) for name in _SAME}
    return {"case_id": ticket.case, "program_id": ticket.program, **same}


def _ticket(row: Any) -> Ticket:
    same = {name: getattr(row, name) for name in _SAME}
    return Ticket(case=row.case_id, program=row.program_id, number=row.id, **same)


def _case(row: Any) -> Case:
    needs = CoarseNeeds(row.level, row.age, row.payer, row.language)
    return Case(row.code, row.organization_id, needs, row.opened_week, row.id)
