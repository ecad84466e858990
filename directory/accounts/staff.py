"""Accounts: invited by a link that opens once, changed and disabled by administrators.

We send no mail: whoever makes a link hands it over. A link sets a password and is then gone.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from directory.accounts import trail
from directory.accounts.keeping import token_digest
from directory.accounts.passwords import Judge, Passwords
from directory.accounts.sessions import new_token
from directory.catalog.staff import (
    ROLES,
    Invitation,
    Purpose,
    Role,
    StaffBook,
    StaffMember,
    StaffOrganization,
)
from directory.errors import BadValue, Refusal

LINK_LASTS = timedelta(hours=48)
LONGEST_NAME, LONGEST_EMAIL = 80, 200
_EMAIL = re.compile(r"[^@\s<>\"'&]+@[^@\s<>\"'&]+\.[^@\s<>\"'&.]+")


@dataclass
class StaleLink(Refusal):
    """A one-time link that was used, replaced, or is too old; or none of ours."""

    def __str__(self) -> str:
        return "This link opens no more. Ask whoever gave it to you for a new one."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A new account as somebody typed it."""

    email: str
    name: str
    role: str
    organization: StaffOrganization


def add(book: StaffBook, now: datetime, actor: int, wanted: Wanted) -> StaffMember:
    """Keep a new account without a password. Raises `BadValue`."""
    email = read_email(wanted.email)
    name, role = read_name("name", wanted.name), read_role(wanted.role)
    if book.people.by_email(email) is not None:
        raise BadValue("email", email, "a mail address that no account has yet")
    number = book.people.add(StaffMember(0, email, name, role, wanted.organization))
    place = wanted.organization.number
    trail.record(book, now, actor, "account_added", "staff", number, role=role, organization=place)
    return StaffMember(number, email, name, role, wanted.organization)


def add_organization(
    book: StaffBook, now: datetime, actor: int, name: str, listed_as: str | None = None
) -> StaffOrganization:
    """Keep a new organization. Raises `BadValue`."""
    name = read_name("organization", name)
    if any(one.name.casefold() == name.casefold() for one in book.people.organizations()):
        raise BadValue("organization", name, "a name that no organization has yet")
    number = book.people.add_organization(name, listed_as)
    trail.record(book, now, actor, "organization_added", "organization", number)
    return StaffOrganization(number, name, listed_as)


def link(book: StaffBook, now: datetime, actor: int, member: StaffMember) -> str:
    """The token of a new one-time link; older links of the account open no more."""
    purpose: Purpose = "reset" if member.password else "join"
    token = new_token()
    book.invitations.add(Invitation(member.number, token_digest(token), purpose, now + LINK_LASTS))
    trail.record(book, now, actor, "link_made", "staff", member.number, purpose=purpose)
    return token


def invited(book: StaffBook, now: datetime, token: str) -> StaffMember:
    """Whose link this is. Raises `StaleLink`."""
    found = book.invitations.by_token(token_digest(token))
    member = book.people.get(found.staff) if found and now < found.ends_at else None
    if member is None or member.disabled_at is not None:
        raise StaleLink
    return member


def join(book: StaffBook, now: datetime, token: str, kept: str) -> StaffMember:
    """Use a link up: set the password (as it is kept), end every sign-in. Raises `StaleLink`."""
    member = invited(book, now, token)
    if not book.invitations.use(token_digest(token)):
        raise StaleLink
    book.people.put(replace(member, password=kept))
    book.sessions.end_all(member.number)
    trail.record(book, now, member.number, "password_set", "staff", member.number)
    return member


def judged(passwords: Passwords, judge: Judge, member: StaffMember, password: str) -> str:
    """A new password as it is kept. Raises `WeakPassword`. Slow: call it outside a transaction."""
    judge(password, (member.email, member.name, member.organization.name))
    return passwords.kept(password)


def set_password(book: StaffBook, now: datetime, number: int, kept: str, session: int) -> None:
    """Change one's own password; every other sign-in of the account ends."""
    member = book.people.get(number)
    if member is not None:
        book.people.put(replace(member, password=kept))
        book.sessions.end_all(number, but=session)
        trail.record(book, now, number, "password_changed", "staff", number)


def read_email(text: str) -> str:
    """A mail address in small letters. Raises `BadValue`."""
    email = unicodedata.normalize("NFC", text.strip()).lower()
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise BadValue("email", text[:80], "a mail address like jo@example.org")
    return email


def read_name(field: str, text: str) -> str:
    """A name of a person or an organization. Raises `BadValue`."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadValue(field, text[:LONGEST_NAME], f"a name of at most {LONGEST_NAME} letters")
    return name


def read_role(text: str) -> Role:
    """One of our roles. Raises `BadValue`."""
    if text not in ROLES:
        raise BadValue("role", text[:40], "a role", ROLES)
    return text
