"""Accounts, organizations and one-time links at rest (`People`, `Invitations` of `catalog.staff`)."""

from collections.abc import Sequence
from typing import Any, cast

import sqlalchemy as sa

from directory.catalog.staff import Invitation, Purpose, Role, StaffMember, StaffOrganization
from directory.store import staff_tables as t
from directory.store.tables import organization as listed
from directory.store.tables import program as programs
from directory.store.tables import site

_MEMBERS = sa.select(
    t.staff, t.staff_organization.c.name.label("employer"), t.staff_organization.c.listed_as
).join_from(t.staff, t.staff_organization)


class SqlPeople:
    """What one transaction sees and writes of accounts."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, member: StaffMember) -> int:
        """Keep a new account and answer its number; its own number is not looked at."""
        return _number(self._connection.execute(sa.insert(t.staff).values(**_row(member))))

    def all(self) -> Sequence[StaffMember]:
        """Every account, by name."""
        query = _MEMBERS.order_by(t.staff.c.name, t.staff.c.id)
        return [_member(row) for row in self._connection.execute(query)]

    def get(self, number: int) -> StaffMember | None:
        """One account, or None."""
        return self._one(t.staff.c.id == number)

    def by_email(self, email: str) -> StaffMember | None:
        """The account with this mail address (small letters), or None."""
        return self._one(t.staff.c.email == email)

    def put(self, member: StaffMember) -> None:
        """Write everything of an account that is kept."""
        which = t.staff.c.id == member.number
        self._connection.execute(sa.update(t.staff).where(which).values(**_row(member)))

    def put_paper(self, number: int, codes: Sequence[str]) -> None:
        """Keep the digests of an account's codes for paper, instead of those before."""
        c = t.staff_paper_code.c
        self._connection.execute(sa.delete(t.staff_paper_code).where(c.staff_id == number))
        rows = [{"staff_id": number, "code": code} for code in codes]
        if rows:
            self._connection.execute(sa.insert(t.staff_paper_code), rows)

    def use_paper(self, number: int, code: str) -> bool:
        """Take one away; False if there is none."""
        c = t.staff_paper_code.c
        which = (c.staff_id == number, c.code == code)
        return self._connection.execute(sa.delete(t.staff_paper_code).where(*which)).rowcount == 1

    def count_paper(self, number: int) -> int:
        """How many are left."""
        own = t.staff_paper_code.c.staff_id == number
        query = sa.select(sa.func.count()).select_from(t.staff_paper_code).where(own)
        return self._connection.scalar(query) or 0

    def add_organization(self, name: str, listed_as: str | None) -> int:
        """Keep a new organization and answer its number."""
        row = {"name": name, "listed_as": listed_as}
        return _number(self._connection.execute(sa.insert(t.staff_organization).values(**row)))

    def put_organization(self, organization: StaffOrganization) -> None:
        """Write its name and where it is listed."""
        which = t.staff_organization.c.id == organization.number
        row = {"name": organization.name, "listed_as": organization.listed_as}
        self._connection.execute(sa.update(t.staff_organization).where(which).values(**row))

    def lists(self, organization: str) -> bool:
        """True if the listings have an organization of this id."""
        query = sa.select(listed.c.id).where(listed.c.id == organization)
        return self._connection.execute(query).first() is not None

    def listed_under(self, program: str) -> str | None:
        """The id of the organization that the listings have a program under, or None."""
        query = sa.select(site.c.organization_id).join(programs).where(programs.c.id == program)
        found: str | None = self._connection.scalar(query)
        return found

    def programs_of(self, organization: str) -> Sequence[str]:
        """The ids of the programs that the listings have under an organization, in order."""
        query = sa.select(programs.c.id).join(site).where(site.c.organization_id == organization)
        return list(self._connection.scalars(query.order_by(programs.c.id)))

    def organizations(self) -> Sequence[StaffOrganization]:
        """Every organization, by name."""
        c = t.staff_organization.c
        query = sa.select(c.id, c.name, c.listed_as).order_by(c.name)
        return [StaffOrganization(*row) for row in self._connection.execute(query)]

    def _one(self, which: sa.ColumnElement[bool]) -> StaffMember | None:
        row = self._connection.execute(_MEMBERS.where(which)).one_or_none()
        return None if row is None else _member(row)


def _number(done: sa.CursorResult[Any]) -> int:
    key = done.inserted_primary_key
    return int(key[0]) if key else 0


def _row(member: StaffMember) -> dict[str, object]:
    return {
        "email": member.email,
        "name": member.name,
        "role": member.role,
        "organization_id": member.organization.number,
        "password": member.password,
        "secret": member.secret,
        "disabled_at": member.disabled_at,
        "last_step": member.last_step,
    }


def _member(row: Any) -> StaffMember:
    return StaffMember(
        row.id,
        row.email,
        row.name,
        cast(Role, row.role),
        StaffOrganization(row.organization_id, row.employer, row.listed_as),
        row.password,
        row.secret,
        row.disabled_at,
        row.last_step,
    )


class SqlInvitations:
    """What one transaction sees and writes of one-time links."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, invitation: Invitation) -> None:
        """Keep a link; older ones of the same account open no more."""
        older = t.staff_invitation.c.staff_id == invitation.staff
        self._connection.execute(sa.delete(t.staff_invitation).where(older))
        row = {
            "token": invitation.token,
            "staff_id": invitation.staff,
            "purpose": invitation.purpose,
            "ends_at": invitation.ends_at,
        }
        self._connection.execute(sa.insert(t.staff_invitation).values(**row))

    def by_token(self, token: str) -> Invitation | None:
        """The one with this digest, or None."""
        query = sa.select(t.staff_invitation).where(t.staff_invitation.c.token == token)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        return Invitation(row.staff_id, row.token, cast(Purpose, row.purpose), row.ends_at)

    def use(self, token: str) -> bool:
        """Take it away; False if it was gone already."""
        which = t.staff_invitation.c.token == token
        return self._connection.execute(sa.delete(t.staff_invitation).where(which)).rowcount == 1

    def drop_all(self) -> int:
        """Take every link of every account away; answers how many."""
        return self._connection.execute(sa.delete(t.staff_invitation)).rowcount
