"""Signing in: one answer for every reason why not, and the same work each time.

Whether the account is unknown, locked, disabled, without a password, or the password is wrong:
one look at the book, one comparison of a password, one refusal (ASVS 5.0 6.3.1, 6.3.8). Only of a
network that tried a hundred times nothing is compared any more, whatever the account.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from directory.accounts import sessions, trail
from directory.accounts.passwords import Passwords
from directory.accounts.sessions import SessionRules
from directory.accounts.throttle import Throttle
from directory.catalog.staff import StaffMember, StaffRecords
from directory.errors import Refusal


@dataclass
class NotSignedIn(Refusal):
    """The account, the password, or how often it was tried: the answer never says which."""

    def __str__(self) -> str:
        return "We could not sign you in."


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed, and the first bytes of where they are; `browser` is a word of ours."""

    email: str
    password: str
    network: bytes
    browser: str


@dataclass(frozen=True, slots=True)
class SigningIn:
    """The way in."""

    records: Callable[[], StaffRecords]
    passwords: Passwords
    throttle: Throttle
    rules: SessionRules

    def sign_in(self, asked: Asked, now: datetime) -> str:
        """The token of a new sign-in. Raises `NotSignedIn`, `TooBusy`."""
        account = asked.email.strip().lower()[:200]
        with self.records().book() as book:
            if self.throttle.floods(book, asked.network, now):
                raise NotSignedIn
            member = book.people.by_email(account)
            admitted = self.throttle.admits(book, account, asked.network, now)
        # Outside of the transaction: it takes a while, and others write meanwhile.
        fits = self.passwords.fits(asked.password, member.password if member else None)
        if member is None or not (admitted and fits) or member.disabled_at is not None:
            raise NotSignedIn
        return self._begin(member, account, asked, now)

    def knows_password(
        self, member: StaffMember, typed: str, network: bytes, now: datetime
    ) -> bool:
        """True if who is in already types their password again. Guesses are counted, as of a code.

        Raises `TooBusy`.
        """
        account = f"password again {member.number}"
        with self.records().book() as book:  # kept whatever comes of it
            floods = self.throttle.floods(book, network, now)
            admitted = not floods and self.throttle.admits(book, account, network, now)
        if not (admitted and self.passwords.fits(typed, member.password)):
            return False
        with self.records().book() as book:
            self.throttle.came_in(book, account, network)
        return True

    def _begin(self, member: StaffMember, account: str, asked: Asked, now: datetime) -> str:
        with self.records().book() as book:
            current = book.people.get(member.number)
            if current is None or (current.password, current.disabled_at) != (
                member.password,
                None,
            ):
                raise NotSignedIn
            self.throttle.came_in(book, account, asked.network)
            trail.record(book, now, member.number, "signed_in", "staff", member.number)
            return sessions.begin(book, self.rules, current, asked.browser, now)
