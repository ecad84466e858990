"""How right our listings are, as telephone calls found them: counts, shares and intervals."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

Result = Literal["correct", "wrong", "not_reached", "not_known"]
RESULTS: tuple[Result, ...] = ("correct", "wrong", "not_reached", "not_known")

Z_95 = 1.959963984540054
"""The standard normal deviate of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `of` that were asked. Nothing asked has no share."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, between 0 and 1."""
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % score interval, which stays within 0 and 1 for few calls, too."""
        if not self.of:
            return None
        n, p, z = self.of, self.right / self.of, Z_95
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A random sample of programs to call: from how many, with which seed, around which place."""

    number: int
    seed: int
    drawn_on: date
    population: int
    programs: tuple[str, ...]
    near: str | None = None
    within_miles: float | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What one call told of one fact. `caller` is a label, never a name; nothing of a patient."""

    program: str
    fact: str
    result: Result
    called_on: date
    caller: str


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The figures of one audit; `facts` has the share of right answers for each fact.

    `exact` and `functional` are shares of the programs that could be judged; `not_reached` were
    called in vain, `waiting` were drawn and not called yet.
    """

    audit: int
    population: int
    drawn: int
    not_reached: int
    waiting: int
    exact: Share
    functional: Share
    facts: Mapping[str, Share]
    first: date
    last: date
    near: str | None = None
    within_miles: float | None = None


class Audits(Protocol):
    """What a store must offer for audits."""

    def draw(self, drawn: Drawn) -> int:
        """Keep a sample and answer its number."""

    def drawn(self, number: int) -> Drawn | None:
        """A sample by its number; None if there is none."""

    def all(self, most: int) -> Sequence[Drawn]:
        """The newest samples, the newest first."""

    def newest(self) -> Drawn | None:
        """The newest sample that somebody has called; None if there is none."""

    def heard(self, number: int) -> Sequence[Heard]:
        """All that was told, by program and fact."""

    def hear(self, number: int, heard: Sequence[Heard]) -> None:
        """Keep answers; what was told of the same fact of a program before is replaced."""


def load_accuracy(plain: Mapping[str, Any] | None) -> Accuracy | None:
    """What `dataclasses.asdict` and JSON made of it, read back."""
    if plain is None:
        return None
    shares = {name: Share(**plain[name]) for name in ("exact", "functional")}
    facts = {fact: Share(**share) for fact, share in plain["facts"].items()}
    days = {name: date.fromisoformat(plain[name]) for name in ("first", "last")}
    return Accuracy(**{**plain, **shares, **days, "facts": facts})
