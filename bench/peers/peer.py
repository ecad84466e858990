"""What every engine is asked, and the part that those without arithmetic leave to Python."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from bench.corpus import Row
from bench.queries import Query

WORKLOADS = ("match", "match_words", "words", "near", "near_codes")
PAGE = 20


class AbsentError(Exception):
    """The engine is not installed; the message says what to install."""


class Peer(Protocol):
    """One engine. Numbers of rows come back: all that are hit, but for `words` the best 20."""

    name: str

    def __init__(self) -> None:
        """Look whether the engine is there; raises AbsentError."""

    def build(self, rows: Sequence[Row], folder: Path) -> None:
        """Index all rows in `folder` and open the index."""

    def run(self, workload: str, query: Query) -> Sequence[int]:
        """Answer one query."""

    def close(self) -> None:
        """Stop whatever runs."""


def attendable(row: Row, query: Query, miles: float) -> bool:
    """True if some track fits the free week, or the schedule is not fully published."""
    if row.masks is None:
        return True
    return any(
        not mask.bits & ~query.eroded[query.quarters(miles, mask.at_peak)] for mask in row.masks
    )


def near_enough(
    rows: Sequence[Row], hits: Iterable[int], query: Query, *, week: bool
) -> list[tuple[int, float]]:
    """The hits within the radius (and that fit the week), with their miles; in Python."""
    found = []
    for number in hits:
        miles = query.miles_to(rows[number].lat, rows[number].lon)
        if miles <= query.miles and (not week or attendable(rows[number], query, miles)):
            found.append((number, miles))
    return found


def ranked(rows: Sequence[Row], found: list[tuple[int, float]], query: Query) -> list[int]:
    """The best first, with facets counted, as ours has to."""
    wanted = set(query.services)
    Counter(code for number, _ in found for code in rows[number].services)
    Counter(code for number, _ in found for code in rows[number].payers)
    found.sort(key=lambda hit: (-len(rows[hit[0]].services & wanted), hit[1]))
    return [number for number, _ in found]
