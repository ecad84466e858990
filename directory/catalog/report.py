"""A problem that somebody reported about a listing: what kind, a few words, the day. Never who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

PROBLEMS = ("phone", "address", "hours", "payer", "closed", "not_there", "other")


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `what` is one of `PROBLEMS`; `number` is 0 until a store gives one."""

    program: str
    what: str
    text: str
    told_on: date
    closed_on: date | None = None
    number: int = 0


class Reports(Protocol):
    """What a store must offer for reports."""

    def add(self, report: Report) -> int:
        """Keep a report and answer its number."""

    def all(self) -> Sequence[Report]:
        """Every report that is kept, the oldest first."""

    def is_told(self, report: Report, since: date) -> bool:
        """True if the same was told since a day, of the same program, and is open."""

    def count_on(self, day: date, program: str | None = None) -> int:
        """How many of a day are kept, of a program or of all."""

    def waiting(self, most: int, skip: int = 0) -> Sequence[Report]:
        """Open reports, the oldest first."""

    def count_waiting(self) -> int:
        """How many are open."""

    def get(self, number: int) -> Report | None:
        """One by its number, or None."""

    def close(self, number: int, on: date) -> bool:
        """Close an open report; False if there is none of this number."""

    def forget(self, before: date) -> int:
        """Delete what was told before a day, open or closed; answers how many."""
