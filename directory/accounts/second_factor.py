"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and codes on paper for bad days.

Each code opens once (ASVS 5.0 6.5.1): a code's half minute is remembered, a paper code is deleted.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import pyotp

from directory.accounts import trail
from directory.accounts.keeping import Keeper
from directory.accounts.roles import needs_second_factor
from directory.accounts.sessions import SignedIn
from directory.accounts.throttle import Throttle
from directory.catalog.staff import StaffBook, StaffMember
from directory.errors import Refusal

ISSUER = "Stepwise"
STEP_SECONDS, STEPS_ASIDE = 30, 1  # clocks of phones are a little off
PAPER_CODES, _PAPER_LETTERS, _PAPER_LENGTH = 10, "abcdefghjkmnpqrstvwxyz23456789", 10

Stage = Literal["code", "setup", "in"]


@dataclass
class WrongCode(Refusal):
    """A code that is not the right one, was used, or comes after too many tries: never which."""

    def __str__(self) -> str:
        return "This code does not open."


def stage_of(found: SignedIn) -> Stage:
    """What this sign-in still has to do: show a code, set up a second factor, or nothing."""
    if found.session.passed:
        return "in"
    if found.member.secret is not None:
        return "code"
    return "setup" if needs_second_factor(found.member) else "in"


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """Sets it up, and judges codes."""

    keeper: Keeper
    throttle: Throttle

    def offer(self, member: StaffMember) -> tuple[str, str]:
        """A new secret, and the same sealed for this account: nothing is kept until a code proves it."""
        secret = pyotp.random_base32()
        return secret, self.keeper.seal(f"{member.number} {secret}")

    def offered(self, member: StaffMember, sealed: str) -> str | None:
        """The secret that was offered to this account; None if it was not."""
        number, _, secret = (self.keeper.open(sealed) or "").partition(" ")
        return secret if number == str(member.number) and secret else None

    def set_up(
        self, book: StaffBook, now: datetime, found: SignedIn, secret: str, code: str
    ) -> list[str]:
        """Keep a secret that a code proves; answers the codes for paper. Raises `WrongCode`.

        Every other sign-in of the account ends: they were made without it.
        """
        member = book.people.get(found.member.number)
        step = step_of(secret, code, now)
        if member is None or step is None:
            raise WrongCode
        book.people.put(replace(member, secret=self.keeper.seal(secret), last_step=step))
        book.sessions.end_all(member.number, but=found.session.number)
        trail.record(book, now, member.number, "second_factor_set", "staff", member.number)
        return self.new_paper(book, now, member)

    def new_paper(self, book: StaffBook, now: datetime, member: StaffMember) -> list[str]:
        """New codes for paper; the old ones open no more. Only digests are kept."""
        codes = [
            "".join(secrets.choice(_PAPER_LETTERS) for _ in range(_PAPER_LENGTH))
            for _ in range(PAPER_CODES)
        ]
        book.people.put_paper(member.number, [self._papers(member, code)[0] for code in codes])
        trail.record(book, now, member.number, "recovery_codes_made", "staff", member.number)
        return [f"{code[:5]}-{code[5:]}" for code in codes]

    def admits(self, book: StaffBook, now: datetime, number: int, network: bytes) -> bool:
        """Count a try before it is judged; False if there were too many already."""
        return not self.throttle.floods(book, network, now) and self.throttle.admits(
            book, _account(number), network, now
        )

    def show(
        self, book: StaffBook, now: datetime, found: SignedIn, code: str, network: bytes
    ) -> None:
        """Take a code, of the app or from paper, and use it up. Raises `WrongCode`."""
        member = book.people.get(found.member.number)
        if member is None or member.secret is None:
            raise WrongCode
        typed = "".join(code.lower().split()).replace("-", "")
        secret = self.keeper.open(member.secret)
        step = step_of(secret, typed, now) if secret else None
        if step is not None and step > member.last_step:
            book.people.put(replace(member, last_step=step))
            trail.record(book, now, member.number, "second_factor_passed", "staff", member.number)
        elif any(book.people.use_paper(member.number, one) for one in self._papers(member, typed)):
            trail.record(book, now, member.number, "recovery_code_used", "staff", member.number)
        else:
            raise WrongCode
        self.throttle.came_in(book, _account(member.number), network)

    def _papers(self, member: StaffMember, code: str) -> Sequence[str]:
        """What is kept of a code, by each secret; a new one by the newest."""
        return self.keeper.digests("paper", f"{member.number} {code}")


def remove(book: StaffBook, now: datetime, actor: int, number: int) -> None:
    """Take the second factor away, with its codes for paper; every sign-in of the account ends."""
    member = book.people.get(number)
    if member is None:
        return
    book.people.put(replace(member, secret=None, last_step=0))
    book.people.put_paper(number, [])
    book.sessions.end_all(number)
    trail.record(book, now, actor, "second_factor_removed", "staff", number)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute since 1970 whose code this is, near now; None if it is none."""
    current = int(now.timestamp()) // STEP_SECONDS
    codes = pyotp.TOTP(secret)
    found = None
    for step in range(current - STEPS_ASIDE, current + STEPS_ASIDE + 1):
        right = codes.generate_otp(step)
        if hmac.compare_digest(right.encode(), "".join(code.split()).encode()):
            found = step
    return found


def address_of(secret: str, member: StaffMember) -> str:
    """What an authenticator app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=member.email, issuer_name=ISSUER)


def _account(number: int) -> str:
    return f"second factor {number}"
