"""The audit trail of staff acts: numbered entries, each sealed with the one before it."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

START = "0" * 64
"""What the first entry is chained to."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did to what: numbers, codes and choices, never words about a person.

    `actor` is the number of an account, 0 for the command line; `at` is UTC, ISO 8601 with
    microseconds.
    """

    at: str
    actor: int
    act: str
    kind: str
    subject: str
    details: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail as it is kept; `details` is JSON with its keys in order."""

    number: int
    at: str
    actor: int
    act: str
    kind: str
    subject: str
    details: str
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry: how many there are, and its digest."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


def entry_after(head: Head, act: Act) -> Entry:
    """The next line: its digest covers the digest before it and everything in the line."""
    details = json.dumps(act.details, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    plain = Entry(head.number + 1, act.at, act.actor, act.act, act.kind, act.subject, details, "")
    return Entry(*_fields(plain), digest_of(plain, head.digest))


def digest_of(entry: Entry, before: str) -> str:
    """SHA-256 over the digest before and the content, written in one way only."""
    content = json.dumps([before, *_fields(entry)], separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(content.encode("ascii")).hexdigest()


def _fields(entry: Entry) -> tuple[int, str, int, str, str, str, str]:
    return (
        entry.number,
        entry.at,
        entry.actor,
        entry.act,
        entry.kind,
        entry.subject,
        entry.details,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines somebody wants to see; what is empty does not matter."""

    actor: int | None = None
    act: str = ""
    since: str = ""
    until: str = ""


class Trail(Protocol):
    """What a store must offer for the trail: it only ever grows."""

    def append(self, act: Act) -> Head:
        """Add a line and answer the new head."""

    def head(self) -> Head:
        """The head as the store remembers it, apart from the lines."""

    def read(self) -> Iterator[Entry]:
        """Every line, the oldest first."""

    def find(self, wanted: Wanted, most: int, before: int = 0) -> Sequence[Entry]:
        """The newest lines that are wanted, older than line `before` if it is given."""
