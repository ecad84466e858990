"""What every engine is asked, and the part that those without arithmetic leave to Python."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from bench.corpus import Row
from bench.queries import Query

WORKLOADS = ("match", "match_words", "words", "near", "near_payer")
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


class Facets:
    """How many of some rows say yes to each service and payer, and no to each payer."""

    def __init__(self, rows: Sequence[Row]) -> None:
        said = [
            [f"s{code}" for code in row.services]
            + [f"p{code}" for code in row.payers]
            + [f"n{code}" for code in row.refused]
            for row in rows
        ]
        places = {code: place for place, code in enumerate(sorted({c for s in said for c in s}))}
        self._says = np.zeros((len(rows), len(places)), np.uint8)
        for number, codes in enumerate(said):
            self._says[number, [places[code] for code in codes]] = 1

    def counts(self, numbers: Sequence[int]) -> np.ndarray:
        """Counts by code; what is neither yes nor no is not said."""
        return self._says[list(numbers)].sum(axis=0)


def ranked(
    rows: Sequence[Row], facets: Facets, found: list[tuple[int, float]], query: Query
) -> list[int]:
    """The best first: by wanted services stated, then by distance; facets counted, as ours has to."""
    wanted, pays = set(query.services), query.payer
    facets.counts([number for number, _ in found])
    found.sort(
        key=lambda hit: (
            -len(rows[hit[0]].services & wanted) - (pays in rows[hit[0]].payers),
            hit[1],
        )
    )
    return [number for number, _ in found]
