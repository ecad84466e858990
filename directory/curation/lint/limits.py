"""The published limits (`data/lint.csv`), one row a case: how serious, how much, and who says so."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.catalog.finding import Severity


@dataclass(frozen=True, slots=True)
class Limit:
    """One row: `limit` as written, `expected` in a curator's words, `sentence` for the public."""

    case: str
    rule: str
    severity: Severity
    limit: str
    expected: str
    source: str
    sentence: str
    question: str

    @property
    def number(self) -> int:
        """The limit as a whole number."""
        return int(self.limit)

    @property
    def minutes(self) -> int:
        """The limit, a time of day such as 19:00, in minutes after midnight."""
        hours, minutes = self.limit.split(":")
        return int(hours) * 60 + int(minutes)

    @property
    def words(self) -> frozenset[str]:
        """The limit as a set of words, separated by '|'."""
        return frozenset(self.limit.split("|"))


class Limits:
    """The table, by case."""

    def __init__(self, rows: Iterable[Limit]) -> None:
        self._rows: Mapping[str, Limit] = {row.case: row for row in rows}

    def __getitem__(self, case: str) -> Limit:
        return self._rows[case]

    def cases(self) -> tuple[str, ...]:
        """Every case, in the order of the table."""
        return tuple(self._rows)


def load_limits(path: Path) -> Limits:
    """Read `case,rule,severity,limit,expected,source,sentence,question` rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return Limits(_limit(row) for row in csv.DictReader(file))


def _limit(row: Mapping[str, Any]) -> Limit:
    return Limit(**row)
