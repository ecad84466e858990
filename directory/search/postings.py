"""Whoosh's scores from arrays: what its own matchers give, in array time.

A score is Whoosh's BM25F of a term's count, the field's length and the rarity of the term. The
first two are pairs (see `compiled`), scored once for each field when the arrays are opened; the
last is one number a term. The sums equal Whoosh's to 1e-5: a test holds it for whole queries, and
publishing refuses arrays that disagree with Whoosh's own matchers.
"""

from bisect import bisect_left
from collections.abc import Mapping
from math import log

import numpy as np
from numpy.typing import NDArray
from whoosh import query, scoring
from whoosh.util.numeric import byte_to_length

from directory.search.compiled import BLOCK, LENGTH_BYTES, Compiled
from directory.search.moves import Ints

Scores = NDArray[np.float64]
Found = tuple[Ints, Scores]

WEIGHTING = scoring.BM25F()
NOTHING: Found = np.empty(0, np.int64), np.empty(0)


class Postings:
    """Evaluates parsed queries (terms, and, or) on the compiled arrays."""

    def __init__(self, arrays: Compiled, boosts: Mapping[str, float]) -> None:
        self._arrays = arrays
        self._scores = {field: _scores(arrays, field, boost) for field, boost in boosts.items()}

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return self._arrays.documents

    def run(self, tree: query.Query) -> Scores:
        """The score of every row; 0 where the query does not match, more than 0 where it does."""
        scores = np.zeros(self.documents)
        self._add(tree, scores)
        return scores

    def _add(self, tree: query.Query, scores: Scores) -> None:
        """Add what a query scores to the score of each row."""
        match tree:
            case query.Or(subqueries=parts):
                for part in parts:
                    self._add(part, scores)
            case query.And() | query.AndMaybe() | query.Term():
                rows, found = self._found(tree)
                scores[rows] += found
            case _ if tree is not query.NullQuery:
                raise TypeError(f"a query of {type(tree).__name__} is not compiled")

    def _found(self, tree: query.Query) -> Found:
        """The rows that match, each once, with their scores."""
        match tree:
            case query.Term():
                return self.term(tree)
            case query.And(subqueries=[first, *others]):
                found = self._found(first)
                for other in others:
                    found = self._lifted(found, other, must=True)
                return found
            case query.AndMaybe(a=asked, b=lifting):
                return self._lifted(self._found(asked), lifting, must=False)
        scores = self.run(tree)
        rows: Ints = np.flatnonzero(scores)
        return rows, scores[rows]

    def _lifted(self, asked: Found, lifting: query.Query, *, must: bool) -> Found:
        """The rows asked for, higher where the other query matches, too; where it must, only those."""
        rows, scores = asked
        if must and not len(rows):
            return NOTHING
        more = self.run(lifting)[rows]
        if must:
            both = np.flatnonzero(more)
            rows, scores, more = rows[both], scores[both], more[both]
        return rows, scores + more

    def term(self, term: query.Term) -> Found:
        """The rows that hold a term, and its score in each."""
        arrays, blocks = self._arrays, self._arrays.blocks
        name = f"{term.fieldname}:{term.text}"
        place = bisect_left(arrays.terms, name)  # sorted: a dictionary would double their memory
        if place == len(arrays.terms) or arrays.terms[place] != name:
            return NOTHING
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
