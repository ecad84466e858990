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
        """The score of every row; 0 where the query does not match."""
        scores = np.zeros(self.documents)
        rows, found = self._found(tree)
        scores[rows] = found
        return scores

    def _found(self, tree: query.Query) -> Found:
        """The rows that match, each once, with their scores."""
        match tree:
            case query.Term():
                return self.term(tree)
            case query.Or(subqueries=parts):
                return self._together([self._found(part) for part in parts], 1)
            case query.And(subqueries=parts):
                return self._together([self._found(part) for part in parts], len(parts))
            case query.AndMaybe(a=asked, b=lifting):
                return self._lifted(self._found(asked), self._found(lifting))
        if tree is query.NullQuery:
            return NOTHING
        raise TypeError(f"a query of {type(tree).__name__} is not compiled")

    def _together(self, parts: list[Found], at_least: int) -> Found:
        """The rows that so many of the parts hold, with the sum of their scores."""
        held = [part for part in parts if len(part[0])]
        if len(held) < at_least or not held:
            return NOTHING
        if len(held) == 1:
            return held[0]
        sums, counts = np.zeros(self.documents), np.zeros(self.documents, np.uint16)
        for rows, scores in held:
            sums[rows] += scores
            counts[rows] += 1
        enough: Ints = np.flatnonzero(counts >= at_least)
        return enough, sums[enough]

    def _lifted(self, asked: Found, lifting: Found) -> Found:
        """The rows asked for; those that the other part holds too score higher."""
        rows, scores = asked
        more = np.zeros(self.documents)
        more[lifting[0]] = lifting[1]
        return rows, scores + more[rows]

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
