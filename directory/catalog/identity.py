"""Accounts at the operator's identity provider: what is kept of one, and what a store must offer."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Bond:
    """That an account of ours may be opened by a subject of an issuer.

    Either the subject is known, or it is awaited until `ends_at`: the first one that comes with the
    account's mail address, verified, is bound.
    """

    staff: int
    issuer: str
    subject: str | None = None
    ends_at: datetime | None = None

    def waits(self, issuer: str, now: datetime) -> bool:
        """True if a subject of this issuer may still be bound."""
        return self.issuer == issuer and self.ends_at is not None and now < self.ends_at


class Bonds(Protocol):
    """What a store must offer for bonds: at most one of an account, one of a subject."""

    def put(self, bond: Bond) -> None:
        """Keep a bond instead of the one the account had."""

    def of(self, staff: int) -> Bond | None:
        """The bond of an account, or None."""

    def by_subject(self, issuer: str, subject: str) -> Bond | None:
        """The bond of a subject, or None."""

    def remove(self, staff: int) -> bool:
        """Take it away; False if there was none."""

    def bound(self) -> Set[int]:
        """The accounts whose subject is known."""
