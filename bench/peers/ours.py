"""Ours through its public doors: the finder, and the words of a generation."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.corpus import Corpus, Row
from bench.peers.peer import PAGE
from bench.queries import Query
from directory.house import build_house
from directory.matching.outcome import Outcome

ALL = 1_000_000


class Ours:
    """Judging, ranking and facets, as every engine here does; no page.

    Each opens the generation anew: what another one remembers of a week does not help it.
    """

    name = "ours"
    page = 0
    changes = False

    def __init__(self, corpus: Corpus) -> None:
        house = build_house(corpus.house.config, corpus.house.clock)
        self._finder = house.finder
        self._numbers = {row.program: row.number for row in corpus.rows}
        self._index = house.generations.current
        self._index()

    def build(self, rows: Sequence[Row], folder: Path) -> None:
        """Published already."""

    def run(self, workload: str, query: Query) -> Sequence[int]:
        """Answer; the numbers of the best 20 for words, else nothing but the time it takes."""
        if workload == "words" and not self.page:
            return self.best(query)
        self._find(workload, query, self.page)
        return ()

    def best(self, query: Query) -> list[int]:
        """The best 20 roster rows by words alone."""
        scores = self._index().words(query.text).scores
        rows = np.flatnonzero(scores > 0)
        found = scores[rows]
        if len(rows) > PAGE:
            best = np.argpartition(found, len(found) - PAGE)[-PAGE:]
            rows, found = rows[best], found[best]
        order: list[int] = rows[np.argsort(-found, kind="stable")].tolist()
        return order

    def scores(self, query: Query) -> dict[int, float]:
        """The score of every program that has the words."""
        index = self._index()
        scores = index.words(query.text).scores
        rows = np.flatnonzero(scores).tolist()
        ids = (one.program.id for one in index.listings(rows))
        return {self._numbers[i]: float(scores[r]) for i, r in zip(ids, rows, strict=True)}

    def hits(self, workload: str, query: Query) -> set[int]:
        """Every program of the answer."""
        found = self._find(workload, query, ALL)
        return {self._numbers[one.listing.program.id] for one in found.matches}

    def close(self) -> None:
        """Nothing runs."""

    def _find(self, workload: str, query: Query, limit: int) -> Outcome:
        found = self._finder.find(query.need(workload, limit), changes=self.changes)
        if not isinstance(found, Outcome):
            raise TypeError(f"no place: {query.place.zip}")
        return found


class OursChanging(Ours):
    """The same, and what each change of the need would bring."""

    name = "ours, changes counted"
    changes = True


class OursExplained(OursChanging):
    """The whole answer: the first 20 programs explained, too, with evidence and travel."""

    name = "ours, page explained"
    page = PAGE
