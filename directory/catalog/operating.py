"""What administrators look at: lists a store quotes, what they no longer name, tables, the last import."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Tables:
    """Which database, the revision of its tables, and the newest one that this release knows."""

    kind: str
    revision: str
    newest: str


@dataclass(frozen=True, slots=True)
class QuotedList:
    """One edition of a source as far as people are told something of it.

    `name` is "" for the pages of programs together; `sources` is how many pages or states it is.
    `rows` are rows of the list with a key of their own, 0 where it was copied by hand. `imported_at`
    is when something of it was last taken in.
    """

    name: str
    method: str
    edition: str | None
    dated: date | None
    read_first: date
    read_last: date
    sources: int
    rows: int
    programs: int
    facts: int
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class NoLongerNamed:
    """How many programs a list named once and does not name now, the first of them since when."""

    source: str
    programs: int
    since: datetime


@dataclass(frozen=True, slots=True)
class LastImport:
    """When a file was last taken in, and through which source."""

    at: datetime
    source: str


class Condition(Protocol):
    """What a store must offer to those who see to it."""

    def tables(self) -> Tables:
        """The database and its tables."""

    def lists(self) -> Sequence[QuotedList]:
        """Every list that is quoted, by name, its newest edition first."""

    def no_longer_named(self) -> Sequence[NoLongerNamed]:
        """Programs that dropped out of lists, by list."""

    def last_import(self) -> LastImport | None:
        """The newest import; None if nothing was ever taken in."""
