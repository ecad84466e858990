"""The terms each source gives its facts under (`data/lists/terms.csv`): none of our own making."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from directory.catalog.evidence import Source

WHOLE = (
    "No single license covers this collection. Each fact names its source, and the terms of that "
    "source apply to it. Where a source states none, none are stated here."
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What one source allows and asks. `license` is an SPDX name or 'public-domain'; "" is not stated."""

    title: str
    license: str
    license_url: str
    attribution: str
    conditions: str
    changed: str
    stated_at: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class TermsTable:
    """Terms by the name of a list, else by the way facts were learned."""

    by_name: Mapping[str, Terms]
    by_method: Mapping[str, Terms]

    def of(self, source: Source) -> Terms:
        """The terms of a source."""
        return self.by_name.get(source.name) or self.by_method[source.method]


def load_terms(path: Path) -> TermsTable:
    """Read the table; a row without a name speaks for every other source of its method."""
    by_name: dict[str, Terms] = {}
    by_method: dict[str, Terms] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, method = row.pop("name"), row.pop("method")
            (by_name if name else by_method)[name or method] = Terms(**row)
    return TermsTable(by_name, by_method)
