"""A site that may show our finder in a frame: its key, its exact origins, and what it chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

Scheme = Literal["auto", "light", "dark"]
What = Literal["shown", "asked"]
"""What is counted for a key: frames that were shown, and matches that were asked for in them."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a frame looks like and asks for; None leaves it open.

    `accent` is a colour on light ground and `accent_dark` on dark ground ('#7a2d5b'); `radius` are
    pixels. `place` and `within` (miles) are then not asked of visitors. `needs` are codes by key of
    the match dialect; of focus and payer a visitor may pick others. `examples` False leaves the
    invented programs out.
    """

    lang: str | None = None
    scheme: Scheme | None = None
    accent: str | None = None
    accent_dark: str | None = None
    radius: int | None = None
    place: str | None = None
    within: int | None = None
    focus: tuple[str, ...] | None = None
    payer: str | None = None
    services: tuple[str, ...] | None = None
    populations: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    count: int | None = None
    examples: bool | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner. `key` names it in public and is no secret: only pages of `origins` can show its frame.

    A key that is not `active` was revoked; a `paused` one is closed by whoever has it, for a while.
    `organization` is the number of the staff organization whose people see to it; `number` is 0 until
    kept. `version` grows with each change.
    """

    key: str
    name: str
    origins: tuple[str, ...]
    choices: Choices = Choices()
    active: bool = True
    version: int = 1
    paused: bool = False
    organization: int | None = None
    number: int = 0

    @property
    def is_open(self) -> bool:
        """True if pages of its origins show its frame."""
        return self.active and not self.paused


@dataclass(frozen=True, slots=True)
class DayCount:
    """How often a partner's frame was shown, and matched, on one day. Nobody is told apart."""

    key: str
    day: date
    shown: int
    asked: int


class Partners(Protocol):
    """What a store must offer for partners."""

    def all(self) -> Sequence[Partner]:
        """Every partner, the oldest first."""

    def numbered(self, number: int) -> Partner | None:
        """The partner of this number, or None."""

    def add(self, partner: Partner, on: date) -> int:
        """Keep a new partner and answer its number."""

    def change(self, partner: Partner, version: int) -> bool:
        """Replace the partner of this key; False if it is not at this version any more."""

    def count(self, day: date, counted: Mapping[tuple[str, What], int]) -> None:
        """Add to the totals of a day; keys that are not kept are left out."""

    def counts(self, key: str, since: date) -> Sequence[DayCount]:
        """The totals of a partner by day, from a day on, in order."""

    def forget_counts(self, before: date) -> int:
        """Delete the totals of the days before; answers how many."""
