"""Whoosh's scores from arrays: what its own matchers give, in array time.

A score is Whoosh's BM25F of a term's count, the field's length and the rarity of the term. The
first two are pairs (see `compiled`), scored once for each field when the arrays are opened; the
last is one number a term. The sums equal Whoosh's to 1e-5: a test holds it for whole queries, and
publishing refuses arrays that disagree with Whoosh's own matchers.
"""

from collections.abc import Mapping
from math import log

import numpy as np
from numpy.typing import NDArray
from whoosh import query, scoring
from whoosh.util.numeric import byte_to_length

from directory.search.compiled import BLOCK, LENGTH_BYTES, Compiled
from directory.search.moves import Ints

Scores = NDArray[np.float64]
Flags = NDArray[np.bool_]

WEIGHTING = scoring.BM25F()


class Postings:
    """Evaluates parsed queries (terms, and, or) on the compiled arrays."""

    def __init__(self, arrays: Compiled, boosts: Mapping[str, float]) -> None:
        self._arrays = arrays
        self._place = {term: place for place, term in enumerate(arrays.terms)}
        self._scores = {field: _scores(arrays, field, boost) for field, boost in boosts.items()}

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return self._arrays.documents

    def run(self, tree: query.Query) -> Scores:
        """The score of every row; 0 where the query does not match."""
        scores, hits = self._evaluate(tree)
        scores[~hits] = 0.0
        return scores

    def _evaluate(self, tree: query.Query) -> tuple[Scores, Flags]:
        rows = self._arrays.documents
        scores, hits = np.zeros(rows), np.zeros(rows, bool)
        if isinstance(tree, query.Or):
            for part in tree.subqueries:
                self._add(part, scores, hits)
        elif isinstance(tree, query.And):
            hits[:] = True
            for part in tree.subqueries:
                own_scores, own_hits = self._evaluate(part)
                scores += own_scores
                hits &= own_hits
        elif isinstance(tree, query.AndMaybe):
            scores, hits = self._evaluate(tree.a)
            scores += self.run(tree.b)
        elif isinstance(tree, query.Term):
            self._add(tree, scores, hits)
        elif tree is not query.NullQuery:
            raise TypeError(f"a query of {type(tree).__name__} is not compiled")
        return scores, hits

    def _add(self, tree: query.Query, scores: Scores, hits: Flags) -> None:
        """Add one alternative to the sums."""
        if isinstance(tree, query.Term):
            at, found = self.term(tree)
            scores[at] += found
            hits[at] = True
            return
        own_scores, own_hits = self._evaluate(tree)
        scores[own_hits] += own_scores[own_hits]
        hits |= own_hits

    def term(self, term: query.Term) -> tuple[Ints, Scores]:
        """The rows that hold a term, and its score in each."""
        place = self._place.get(f"{term.fieldname}:{term.text}")
        if place is None:
            return np.empty(0, np.int64), np.empty(0)
        arrays, blocks = self._arrays, self._arrays.blocks
        bounds = arrays.offsets[place * blocks : (place + 1) * blocks + 1]
        own = slice(bounds[0], bounds[-1])
        rows = arrays.rows[own].astype(np.int64)
        if blocks > 1:
            rows += np.repeat(np.arange(blocks) * BLOCK, np.diff(bounds))
        scores = self._scores[term.fieldname].take(arrays.pair[own])
        return rows, scores * (self._rarity(len(rows)) * term.boost)

    def _rarity(self, found: int) -> float:
        """Whoosh's idf of a term in so many documents (`WeightingModel.idf`)."""
        return log(self._arrays.documents / (found + 1)) + 1


def _scores(arrays: Compiled, field: str, boost: float) -> Scores:
    """The score of each pair in this field, for a term as rare as 1."""
    count, byte = np.divmod(arrays.pairs, LENGTH_BYTES)
    length = np.array([byte_to_length(one) for one in byte.tolist()], np.float64)
    mean = arrays.lengths[field] / (arrays.documents or 1) or 1
    scores: Scores = scoring.bm25(1.0, count * boost, length, mean, WEIGHTING.B, WEIGHTING.K1)
    return scores
