"""What a program may say of itself at once, and what waits for a curator (`data/self_report.csv`)."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from directory.catalog.listing import Kind

Handling = Literal["at_once", "waits"]
Handlings = Mapping[tuple[Kind, str], Handling]
"""For each fact of each kind of record; and for ('program', 'removed')."""

HANDLING_FILE = "self_report.csv"


def load_handlings(path: Path) -> Handlings:
    """Read `of,fact,handling,reason` rows."""
    kinds: dict[str, Kind] = {"organization": "organization", "site": "site", "program": "program"}
    ways: dict[str, Handling] = {"at_once": "at_once", "waits": "waits"}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(kinds[row["of"]], row["fact"]): ways[row["handling"]] for row in rows}
