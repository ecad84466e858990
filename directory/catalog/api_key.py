"""A key by which a partner's server asks more often. Its secret is shown once and kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

SCOPES = ("api", "hsds", "exports", "reports")


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key. `digest` is of its secret; `scopes` are some of `SCOPES`; `number` is 0 until kept.

    `last_used_on` is a day: no hour, no address, no count.
    """

    digest: str
    owner: str
    scopes: tuple[str, ...]
    per_minute: int
    made_on: date
    last_used_on: date | None = None
    revoked_on: date | None = None
    number: int = 0


class ApiKeys(Protocol):
    """What a store must offer for keys."""

    def add(self, key: ApiKey) -> int:
        """Keep a key and answer its number."""

    def all(self) -> Sequence[ApiKey]:
        """Every key, revoked ones too, the oldest first."""

    def change(self, number: int, owner: str, per_minute: int) -> bool:
        """Give a key another owner or rate; False if none that is not revoked has this number."""

    def revoke(self, number: int, on: date) -> bool:
        """End a key; False if none that is not revoked has this number."""

    def used(self, number: int, on: date) -> None:
        """Note the day a key was used."""
