"""Ids that ship: a row of a public list keeps the id under which it was first listed."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GivenIds:
    """The list's own key of a row -> the id of its site, and of who runs it."""

    sites: Mapping[str, str]
    organizations: Mapping[str, str]


NONE_GIVEN = GivenIds({}, {})


def load_given_ids(path: Path) -> GivenIds:
    """Read `listings/ids.csv`: only rows that the rules of naming would call otherwise."""
    given: dict[str, dict[str, str]] = {"site": {}, "organization": {}}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            given[row["kind"]][row["row"]] = row["id"]
    return GivenIds(given["site"], given["organization"])
