"""Whoosh's scores from arrays: what its own matchers give, in array time.

A score is Whoosh's BM25F of a term's count, the field's length and the rarity of the term. The
first two are pairs (see `compiled`), scored once for each field when the arrays are opened; the
last is one number a term. The sums equal Whoosh's to 1e-5: a test holds it for whole queries, and a
whole build refuses to publish if a sample of terms disagrees with Whoosh's own matchers. Revised
arrays cannot be compared so (see docs/adr/013); a test holds them equal to a whole build's.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
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
SPARSE = 64
"""Rows are looked up one by one where they are so many times fewer than what was found."""

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
        match tree:
            case query.And(subqueries=[first, *others]) if not _are_terms(tree):
                scores = self.run(first)
                for other in others:
                    more = self.run(other)
                    both = np.logical_and(scores, more)
                    scores += more
                    scores *= both
                return scores
            case query.AndMaybe(a=asked, b=lifting):
                scores = self.run(asked)
                return scores + self.run(lifting) * (scores > 0)
        scores = np.zeros(self.documents)
        self._add(tree, scores)
        return scores

    def _add(self, tree: query.Query, scores: Scores) -> None:
        """Add what a query scores to the score of each row."""
        match tree:
            case query.Term():
                rows, found = self.term(tree)
                scores[rows] = found + scores.take(rows)
            case query.Or(subqueries=parts):
                for part in parts:
                    self._add(part, scores)
            case query.And(subqueries=parts) if _are_terms(tree):
                rows, found = self._in_all(parts)
                scores[rows] += found
            case query.And() | query.AndMaybe():
                scores += self.run(tree)
            case _ if tree is not query.NullQuery:
                raise TypeError(f"a query of {type(tree).__name__} is not compiled")

    def _in_all(self, terms: Sequence[query.Term]) -> Found:
        """The rows that hold every one of the terms; often few, so the rarest comes first."""
        (rows, scores), *others = sorted(map(self.term, terms), key=lambda found: len(found[0]))
        if not len(rows):
            return NOTHING
        for more in others:
            added = self._at(rows, more)
            both = np.flatnonzero(added > 0)
            rows, scores = rows[both], scores[both] + added[both]
        return rows, scores

    def _at(self, rows: Ints, found: Found) -> Scores:
        """What was found at these rows; 0 where nothing was."""
        own, scores = found
        if len(rows) * SPARSE < len(own):
            at = np.minimum(np.searchsorted(own, rows), len(own) - 1)
            return np.where(own.take(at) == rows, scores.take(at), 0.0)
        whole = np.zeros(self.documents)
        whole[own] = scores
        return whole.take(rows)

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
        scores = self._scores[term.fieldname] * (self._rarity(len(rows)) * term.boost)
        return rows, scores.take(arrays.pair[own])

    def _rarity(self, found: int) -> float:
        """Whoosh's idf of a term in so many documents (`WeightingModel.idf`)."""
        return log(self._arrays.documents / (found + 1)) + 1


def _are_terms(tree: query.Query) -> bool:
    return all(isinstance(part, query.Term) for part in tree.subqueries)


def _scores(arrays: Compiled, field: str, boost: float) -> Scores:
    """The score of each pair in this field, for a term as rare as 1."""
    count, byte = np.divmod(arrays.pairs, LENGTH_BYTES)
    length = np.array([byte_to_length(one) for one in byte.tolist()], np.float64)
    mean = arrays.lengths[field] / (arrays.documents or 1) or 1
    scores: Scores = scoring.bm25(1.0, count * boost, length, mean, WEIGHTING.B, WEIGHTING.K1)
    return scores
