"""How much a fact matters (`data/worklist.csv`), and how much more where our visitors are.

importance = weight of the fact x how late it is x how near the program is to the middle of the region.
Late: its age divided by the days until it no longer counts, 0 while it is current, at most 2. Near: 3 up
to 10 miles, 2 up to 25, else 1; these are the radii that matches are asked with most. A call renews all
facts of a program at once, so the importance of a program is the sum over its facts (docs/curating.md).
"""

import csv
from collections.abc import Mapping
from pathlib import Path

from directory.catalog.evidence import Limit

NEAR, AROUND = 10.0, 25.0
MOST_LATE = 2.0

Weights = Mapping[str, int]


def load_weights(path: Path) -> Weights:
    """Read `fact,weight,reason` rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["fact"]: int(row["weight"]) for row in csv.DictReader(file)}


def lateness(age_days: int, limit: Limit) -> float:
    """0 for a fact that is current; 1 on the day it stops counting; at most 2."""
    if age_days <= limit.current_days:
        return 0.0
    return min(MOST_LATE, age_days / limit.confirm_days)


def nearness(miles: float | None) -> int:
    """How often people who ask here could go there; a program without a place counts once."""
    if miles is None or miles > AROUND:
        return 1
    return 3 if miles <= NEAR else 2
