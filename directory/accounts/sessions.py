"""Sign-ins that the server keeps: they can be listed and ended, and run out by themselves.

The browser holds 256 random bits, the store their digest. A new one is made at sign-in and again
at the second factor, so one that somebody planted opens nothing (ASVS 5.0 7.2.x, 7.3.x, 7.4.x).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from directory.accounts.keeping import token_digest
from directory.catalog.staff import Session, StaffBook, StaffMember
from directory.errors import Refusal

# `seen_at` is written at most this often: reading a page is not a write.
NOTED_EVERY = timedelta(minutes=1)


@dataclass
class SignInEnded(Refusal):
    """A sign-in that was ended or renewed while what it asked for was on its way."""

    def __str__(self) -> str:
        return "This sign-in has ended. Sign in again."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account and the sign-in it was recognized by."""

    member: StaffMember
    session: Session


@dataclass(frozen=True, slots=True)
class SessionRules:
    """How long a sign-in lasts: without use, and at most."""

    idle: timedelta
    at_most: timedelta

    def has_ended(self, session: Session, now: datetime) -> bool:
        """True if it ran out."""
        return now >= session.ends_at or now >= session.seen_at + self.idle


def new_token() -> str:
    """256 random bits, as letters a cookie may hold."""
    return secrets.token_urlsafe(32)


def begin(
    book: StaffBook,
    rules: SessionRules,
    member: StaffMember,
    browser: str,
    now: datetime,
    *,
    passed: bool = False,
) -> str:
    """Start a sign-in; answers what the browser has to hold. Clears away what has run out.

    `passed` says that a second factor was shown already, where they signed in.
    """
    book.sessions.forget(now, now - rules.idle)
    token = new_token()
    ends_at = now + rules.at_most
    digest = token_digest(token)
    book.sessions.add(Session(0, member.number, digest, now, now, ends_at, passed, browser))
    return token


def recognize(book: StaffBook, rules: SessionRules, token: str, now: datetime) -> SignedIn | None:
    """Who holds this token; None if nobody does any more, or the account is disabled."""
    session = book.sessions.by_token(token_digest(token))
    if session is None or rules.has_ended(session, now):
        return None
    member = book.people.get(session.staff)
    if member is None or member.disabled_at is not None:
        return None
    return SignedIn(member, session)


def is_due(session: Session, now: datetime) -> bool:
    """True if it is time to note that the sign-in is in use."""
    return now - session.seen_at >= NOTED_EVERY


def note(book: StaffBook, session: Session, now: datetime) -> None:
    """Note that a sign-in is in use; one that was ended or renewed meanwhile stays so."""
    book.sessions.seen(session, now)


def still_holds(book: StaffBook, session: Session) -> None:
    """See that a sign-in was not ended or renewed since it was recognized. Raises `SignInEnded`."""
    if book.sessions.by_token(session.token) is None:
        raise SignInEnded


def renew(book: StaffBook, session: Session, *, passed: bool) -> str:
    """Give a sign-in a new token; the old one opens nothing from now on. Raises `SignInEnded`.

    Call it before anything else is written: between recognizing a sign-in and this, others may have
    ended it.
    """
    token = new_token()
    if not book.sessions.renew(session, token_digest(token), passed):
        raise SignInEnded
    return token
