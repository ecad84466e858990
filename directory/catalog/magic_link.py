"""Links that do one thing without a password: what is kept of one, and what a store must offer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Errand = Literal["ticket", "listing"]


@dataclass(frozen=True, slots=True)
class MagicLink:
    """One link: what it is for, the number or id of the one thing it opens, until when.

    `number` is 0 until a store gives one.
    """

    errand: Errand
    subject: str
    ends_at: datetime
    number: int = 0


class MagicLinks(Protocol):
    """What a store must offer for links: those that are kept are open."""

    def add(self, link: MagicLink) -> int:
        """Keep a link and answer its number; no number is given twice."""

    def get(self, number: int) -> MagicLink | None:
        """An open link, or None."""

    def of(self, errand: Errand, subject: str) -> MagicLink | None:
        """The open link to a thing, or None."""

    def close_all(self, errand: Errand, subject: str) -> int:
        """Take every link to a thing away; answers how many."""

    def drop_all(self) -> int:
        """Take every link to anything away; answers how many."""

    def forget(self, now: datetime) -> None:
        """Delete what has run out."""
