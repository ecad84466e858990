"""Where a fact came from, and how old it may get before we say so."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

Method = Literal["published", "phone", "self_report", "list", "example"]

# Who is believed when two sources speak of one fact: a person who checked, then the program
# itself, then its page, then a bulk list. Examples never meet real sources.
STRENGTH: Mapping[str, int] = {
    "phone": 4,
    "self_report": 3,
    "published": 2,
    "list": 1,
    "example": 0,
}

OWN_WORD = "The program itself"
"""The source of what a program says of itself on our pages, where it sees the whole of each fact."""

BY_CURATOR: Mapping[Method, str] = {
    "phone": "Call by a curator",
    "self_report": "Letter to a curator",
    "published": "Website, read by a curator",
    "list": "Public list, read by a curator",
    "example": "Example, changed by a curator",
}
"""The source of what a curator states, by how they know it."""

WHOLE_WORDS = frozenset({OWN_WORD, *BY_CURATOR.values()})
"""Who saw the whole of a fact: what they leave out of a list, older sources do not add."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place that states facts: a list, a page, a call.

    `dated` is the day the statement was made, where the source says so (a page date, the end of
    a survey year); `seen_on` is the day we read it. Age counts from `dated`, else `seen_on`.
    `confirmed_by` is the role of who confirmed it ('program', 'curator'), never a person's name.
    """

    name: str
    seen_on: date
    method: Method
    url: str | None = None
    edition: str | None = None
    dated: date | None = None
    confirmed_by: str | None = None

    @property
    def as_of(self) -> date:
        """The day the facts are as old as."""
        return self.dated or self.seen_on


@dataclass(frozen=True, slots=True)
class Rival:
    """What another source says of a fact, where nothing settles which is right.

    `value` is a value of the listing format; of one item of a list, a list with that item only.
    """

    value: Any
    source: Source


class State(StrEnum):
    """How far a fact may be trusted today; conflicting if two sources that count disagree."""

    CURRENT = "current"
    CALL_TO_CONFIRM = "call_to_confirm"
    UNKNOWN = "unknown"
    CONFLICTING = "conflicting"


@dataclass(frozen=True, slots=True)
class Limit:
    """Days that a class of facts stays current, and days until it counts as unknown."""

    current_days: int
    confirm_days: int


class Freshness:
    """The published table of limits (`data/freshness.csv`) and the state it gives."""

    def __init__(self, limits: Mapping[str, Limit]) -> None:
        self._limits = dict(limits)

    def state(self, fact: str, source: Source | None, today: date) -> State:
        """The state of `fact` (a listing key such as 'payers' or 'phone') on `today`.

        A fact without a source is unknown. A date in the future counts as today.
        """
        if source is None:
            return State.UNKNOWN
        return self.state_at_age(fact, (today - source.as_of).days)

    def state_at_age(self, fact: str, age_days: int) -> State:
        """The state of a fact that is `age_days` old."""
        limit = self._limits.get(fact) or self._limits[fact.partition(":")[0]]
        if age_days <= limit.current_days:
            return State.CURRENT
        return State.CALL_TO_CONFIRM if age_days <= limit.confirm_days else State.UNKNOWN

    def limit(self, fact: str) -> Limit:
        """The two limits of a fact, in days."""
        return self._limits[fact.partition(":")[0]]

    def facts(self) -> tuple[str, ...]:
        """Every fact that has a limit, in the order of the table."""
        return tuple(self._limits)


def load_freshness(path: Path) -> Freshness:
    """Read `fact,current_days,confirm_days,reason` rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return Freshness(
            {
                row["fact"]: Limit(int(row["current_days"]), int(row["confirm_days"]))
                for row in csv.DictReader(file)
            }
        )
