"""Whoosh's scores as arrays: for each term the rows it is in, and the score Whoosh gives it there.

Compiled once, at publish time, from Whoosh's own matchers; evaluating the parsed query is then a
few array additions with the same sums. The scores equal Whoosh's to 1e-5 (a test holds it).
"""

from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray
from whoosh import query
from whoosh.searching import Searcher

Scores = NDArray[np.float64]
Flags = NDArray[np.bool_]


def write_postings(folder: Path, searcher: Searcher) -> None:
    """Compile every term of the index: sorted terms, offsets, rows, scores."""
    folder.mkdir(parents=True)
    terms: list[str] = []
    rows: list[NDArray[np.int32]] = []
    scores: list[NDArray[np.float32]] = []
    for field, text in sorted(searcher.reader().all_terms()):
        own_rows, own_scores = _of_term(searcher, field, text)
        terms.append(f"{field}:{text.decode()}")
        rows.append(own_rows)
        scores.append(own_scores)
    offsets = np.cumsum([0, *(len(one) for one in rows)], dtype=np.int64)
    np.save(folder / "offsets.npy", offsets)
    np.save(folder / "rows.npy", np.concatenate([*rows, np.empty(0, np.int32)]))
    np.save(folder / "scores.npy", np.concatenate([*scores, np.empty(0, np.float32)]))
    (folder / "terms.json").write_bytes(orjson.dumps(terms))


def _of_term(
    searcher: Searcher, field: str, text: bytes
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    matcher = query.Term(field, text).matcher(searcher)
    rows: list[int] = []
    scores: list[float] = []
    while matcher.is_active():
        rows.append(matcher.id())
        scores.append(matcher.score())
        matcher.next()
    return np.array(rows, np.int32), np.array(scores, np.float32)


class Postings:
    """Evaluates parsed queries (terms, and, or) on the compiled arrays."""

    def __init__(self, folder: Path) -> None:
        terms: list[str] = orjson.loads((folder / "terms.json").read_bytes())
        self._place = {term: place for place, term in enumerate(terms)}
        self._offsets = np.load(folder / "offsets.npy")
        self._rows = np.load(folder / "rows.npy", mmap_mode="r").view(np.ndarray)
        self._scores = np.load(folder / "scores.npy", mmap_mode="r").view(np.ndarray)

    def run(self, tree: query.Query, rows: int) -> Scores:
        """The score of every row; 0 where the query does not match."""
        scores, hits = self._evaluate(tree, rows)
        scores[~hits] = 0.0
        return scores

    def _evaluate(self, tree: query.Query, rows: int) -> tuple[Scores, Flags]:
        scores, hits = np.zeros(rows), np.zeros(rows, bool)
        if isinstance(tree, query.Or):
            for part in tree.subqueries:
                self._add(part, scores, hits)
        elif isinstance(tree, query.And):
            hits[:] = True
            for part in tree.subqueries:
                own_scores, own_hits = self._evaluate(part, rows)
                scores += own_scores
                hits &= own_hits
        elif isinstance(tree, query.AndMaybe):
            scores, hits = self._evaluate(tree.a, rows)
            scores += self.run(tree.b, rows)
        elif isinstance(tree, query.Term):
            self._add(tree, scores, hits)
        elif tree is not query.NullQuery:
            raise TypeError(f"a query of {type(tree).__name__} is not compiled")
        return scores, hits

    def _add(self, tree: query.Query, scores: Scores, hits: Flags) -> None:
        """Add one alternative to the sums."""
        if isinstance(tree, query.Term):
            at, found = self._term(tree)
            scores[at] += found
            hits[at] = True
            return
        own_scores, own_hits = self._evaluate(tree, len(scores))
        scores[own_hits] += own_scores[own_hits]
        hits |= own_hits

    def _term(self, term: query.Term) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        place = self._place.get(f"{term.fieldname}:{term.text}")
        if place is None:
            return self._rows[:0], self._scores[:0]
        own = slice(self._offsets[place], self._offsets[place + 1])
        return self._rows[own], self._scores[own]
