"""Signing in by the operator's identity provider: the account is ours, the proof is theirs.

Who comes back has to be the browser that left, within ten minutes, with an answer that the provider
proves; then an account has to stand bound to that subject. Roles, sessions and the trail are ours.
Nothing is stored on the way: what belongs to a trip is made from the browser's cookie by keyed digests,
and the cookie is replaced whatever comes of it (ASVS 5.0 10.1.2, 10.2.1, 10.5.1 to 10.5.5).
"""

import hmac
import logging
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from directory.accounts import sessions, trail
from directory.accounts.keeping import Keeper
from directory.accounts.sessions import SessionRules
from directory.accounts.signing_in import NotSignedIn
from directory.accounts.throttle import Throttle
from directory.catalog.identity import Bond
from directory.catalog.staff import StaffBook, StaffMember, StaffRecords
from directory.errors import Refusal

TRIP_LASTS = timedelta(minutes=10)
_STATE = re.compile(r"([0-9]{1,12})-([a-z]{2})-([0-9a-f]{64})", re.ASCII)

logger = logging.getLogger(__name__)


@dataclass
class NotProved(Refusal):
    """An answer of the provider that proves nothing; `why` is a word for the log, never for the page."""

    why: str

    def __str__(self) -> str:
        return f"The identity provider's answer proves nothing ({self.why})."


@dataclass
class ProviderAway(Refusal):
    """The identity provider did not answer, or not as one."""

    why: str

    def __str__(self) -> str:
        return f"The identity provider did not answer ({self.why})."


@dataclass(frozen=True, slots=True)
class Trip:
    """What goes with a browser to the provider, and has to come back with it."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser brings back in the address, and who it is as far as we count tries."""

    state: str
    code: str
    issuer: str
    network: bytes
    browser: str


@dataclass(frozen=True, slots=True)
class Proved:
    """What the provider proved of who came. `email` only if verified there; never a role."""

    subject: str
    email: str | None
    second_factor: bool


class Provider(Protocol):
    """The identity provider, whatever its protocol."""

    @property
    def issuer(self) -> str:
        """Its name, as it stands in what it proves."""

    def address(self, trip: Trip, now: datetime) -> str:
        """Where the browser has to go. Raises `ProviderAway`, `TooBusy`."""

    def proved(self, trip: Trip, answer: Answer, now: datetime) -> Proved:
        """Who came. Raises `NotProved`, `ProviderAway`, `TooBusy`."""


@dataclass(frozen=True, slots=True)
class SigningInElsewhere:
    """The way in over an identity provider."""

    records: Callable[[], StaffRecords]
    provider: Provider
    keeper: Keeper
    throttle: Throttle
    rules: SessionRules

    def leave(self, cookie: str, language: str, now: datetime) -> str:
        """Where a browser that holds `cookie` has to go. Raises `ProviderAway`, `TooBusy`."""
        trip = self._trip(cookie, f"{int(now.timestamp())}-{language}")
        return self.provider.address(trip, now)

    def come_back(self, cookie: str, answer: Answer, now: datetime) -> str:
        """The token of a new sign-in. Raises `NotSignedIn`, `ProviderAway`, `TooBusy`."""
        try:
            trip = self._trip_of(cookie, answer.state, now)
            with self.records().book() as book:
                admitted = self._admits(book, answer, now)
            if not admitted:
                raise NotProved("too many tries")
            proved = self.provider.proved(trip, answer, now)
            with self.records().book() as book:
                return self._begin(book, proved, answer, now)
        except NotProved as refused:
            logger.warning("Sign-in by the identity provider refused: %s", refused.why)
            raise NotSignedIn from None

    def left_with(self, cookie: str, state: str) -> bool:
        """True if the browser that holds `cookie` left with this state."""
        found = _STATE.fullmatch(state)
        if found is None or not cookie:
            return False
        return hmac.compare_digest(self._trip(cookie, f"{found[1]}-{found[2]}").state, state)

    def _trip(self, cookie: str, start: str) -> Trip:
        state, nonce, verifier = (
            self.keeper.digest(f"trip {part}", f"{cookie}\0{start}")
            for part in ("state", "nonce", "verifier")
        )
        return Trip(f"{start}-{state}", nonce, verifier)

    def _trip_of(self, cookie: str, state: str, now: datetime) -> Trip:
        if not self.left_with(cookie, state):
            raise NotProved("state")
        start = state.rpartition("-")[0]
        if now.timestamp() - int(start.partition("-")[0]) > TRIP_LASTS.total_seconds():
            raise NotProved("state is too old")
        return self._trip(cookie, start)

    def _admits(self, book: StaffBook, answer: Answer, now: datetime) -> bool:
        """Each trip is a try of its network; whose account it is shows only later."""
        return not self.throttle.floods(book, answer.network, now) and self.throttle.admits(
            book, answer.state, answer.network, now
        )

    def _begin(self, book: StaffBook, proved: Proved, answer: Answer, now: datetime) -> str:
        member = self._member(book, proved, now)
        self.throttle.came_in(book, answer.state, answer.network)
        factor = "there" if proved.second_factor else "here"
        trail.record(
            book, now, member.number, "signed_in", "staff", member.number,
            by="provider", second_factor=factor,
        )  # fmt: skip
        return sessions.begin(
            book, self.rules, member, answer.browser, now, passed=proved.second_factor
        )

    def _member(self, book: StaffBook, proved: Proved, now: datetime) -> StaffMember:
        bond = book.bonds.by_subject(self.provider.issuer, proved.subject)
        member = book.people.get(bond.staff) if bond else self._first(book, proved, now)
        if member is None:
            raise NotProved("no account is bound to this subject")
        if member.disabled_at is not None:
            raise NotProved("the account is closed")
        return member

    def _first(self, book: StaffBook, proved: Proved, now: datetime) -> StaffMember | None:
        """The account that an administrator opened for this mail address; it is bound from now on."""
        member = book.people.by_email(proved.email) if proved.email else None
        bond = book.bonds.of(member.number) if member else None
        if member is None or bond is None or not bond.waits(self.provider.issuer, now):
            return None
        book.bonds.put(Bond(member.number, self.provider.issuer, proved.subject))
        trail.record(book, now, member.number, "provider_bound", "staff", member.number)
        return member


def language_of(state: str, offered: Collection[str], default: str) -> str:
    """The language somebody left in: told by the state, whether or not it holds."""
    found = _STATE.fullmatch(state)
    return found[2] if found and found[2] in offered else default
