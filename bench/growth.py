"""More rows at the same radius: our columns tiled, each program many times in its cell.

`python -m bench.growth` measures this alone, up to 1,000,000 rows; writes its section of `bench/RESULTS.md`.
"""

import argparse
import math
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from bench.corpus import Corpus, corpus_of
from bench.measure import WARM_UP, Times, alternate
from bench.memory import MB
from bench.peers.ours import Ours
from bench.queries import Query, draw
from bench.report import Grown, growth_section
from bench.sections import measured_by, put, takes_place
from directory.catalog.program import Listing
from directory.matching.index import Index, Suggestion, WordHits
from directory.matching.need import Need
from directory.matching.outcome import Record
from directory.matching.roster import CELL_DEGREES, Roster
from directory.matching.sessions import Lists
from directory.matching.statistics import Statistics

NATIONWIDE = 5
"""Queries that are timed for it, the last of the list: asked for nothing else."""

FAR = WARM_UP + NATIONWIDE


@dataclass(frozen=True, slots=True)
class Tiled:
    """The columns of a generation many times over; it has no pages and no words."""

    real: Index
    roster: Roster

    @property
    def name(self) -> str:
        return self.real.name

    @property
    def as_of(self) -> date:
        return self.real.as_of

    @property
    def statistics(self) -> Statistics:
        return self.real.statistics

    def listings(self, rows: object) -> list[Listing]:
        return []

    def records(self, rows: object) -> list[Record]:
        return []

    def row_of(self, slug_or_id: str) -> int | None:
        return None

    def words(self, text: str) -> WordHits:
        raise NotImplementedError

    def highlight(self, row: int, marks: frozenset[str]) -> None:
        return None

    def suggest(self, beginning: str, limit: int) -> tuple[Suggestion, ...]:
        return ()


def tiled(roster: Roster, times: int) -> Roster:
    """Each row so many times, moved a little inside its cell: the order of cells is kept."""
    size = roster.size
    rows = np.repeat(np.arange(size), times)
    tracks, first = Lists(roster.columns["track_from"]).open(rows)
    columns = {}
    for name, column in roster.columns.items():
        if name == "track_from":
            columns[name] = np.append(first, len(tracks))
        elif name.startswith("track_"):
            columns[name] = column[tracks]
        else:
            columns[name] = column if name.startswith(("course_", "pattern_")) else column[rows]
    rng = np.random.default_rng(1)
    for name, zero in (("lat", 90.0), ("lon", 180.0)):
        moved = columns[name] + rng.uniform(-0.01, 0.01, len(rows))
        low = np.floor((columns[name] + zero) / CELL_DEGREES) * CELL_DEGREES - zero
        columns[name] = np.clip(moved, low, low + CELL_DEGREES - 1e-9)
    return replace(roster, columns=columns)


class Tall(Ours):
    """Ours over more rows, with patterns of its own: each size judges every week itself."""

    def __init__(self, corpus: Corpus, times: int) -> None:
        super().__init__(corpus)
        index = self._index()
        self.rows = index.roster.size * times
        self.name = f"{self.rows:,} rows"
        served = Tiled(index, tiled(index.roster, times) if times > 1 else index.roster)
        self.columns_mb = sum(one.nbytes for one in served.roster.columns.values()) / MB
        self._finder = replace(self._finder, current=lambda: served)

    def nationwide(self, query: Query) -> None:
        """The match with no place: every row is judged."""
        need: Need = query.need("match", 0)
        self._finder.find(replace(need, near=None, within_miles=None), changes=self.changes)


def grow(corpus: Corpus, queries: list[Query], *, large: bool) -> list[Grown]:
    """The full match by the first queries, sizes in turn; nationwide by the last FAR, size by size."""
    size = len(corpus.rows)
    steps = [1, 10, *([math.ceil(1_000_000 / size)] if large else [])]
    grown = [Tall(corpus, times) for times in steps]
    near = alternate("match", grown, queries[:-FAR])
    wide = [Times(one.name) for one in grown]
    for one, own in zip(grown, wide, strict=True):
        own.ms += alternate("match", [_Nationwide(one)], queries[-FAR:])[0].ms
    return [
        Grown(one.rows, a, b, one.columns_mb) for one, a, b in zip(grown, near, wide, strict=True)
    ]


class _Nationwide:
    """`nationwide` as an engine that can be timed."""

    def __init__(self, grown: Tall) -> None:
        self.name = grown.name
        self._grown = grown

    def run(self, workload: str, query: Query) -> tuple[int, ...]:
        self._grown.nationwide(query)
        return ()

    def build(self, rows: object, folder: object) -> None:
        """Built already."""

    def close(self) -> None:
        """Nothing runs."""


def main() -> None:
    """Publish, tile, ask, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--programs", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=200)
    takes_place(parser)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        corpus = corpus_of(options.programs, Path(folder) / "home")
        growth = grow(corpus, draw(corpus, WARM_UP + options.queries + FAR), large=True)
        put(growth_section(growth, measured_by("bench.growth") + "\n"), options.into)


if __name__ == "__main__":
    main()
