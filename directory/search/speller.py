"""Spelling, only where a word is unknown: against the words of the listings themselves."""

from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.search.understanding import Concept, Phrase, tokens

SHORTEST = 4
"""Words shorter than this are never corrected: too many are abbreviations."""


class Speller:
    """Knows every unstemmed word of the listings and of people's words."""

    def __init__(
        self, counts: Mapping[str, int], concepts: Mapping[str, tuple[Concept, ...]]
    ) -> None:
        self._counts = dict(counts)
        self._concepts = concepts
        known = {word for phrase in concepts for word in phrase.split()}
        self._words = sorted({*counts, *known})
        self._known = frozenset(self._words)

    def spelled(self, word: str) -> str:
        """The word itself if it is known, too short or like nothing; else the nearest known one.

        One slip is allowed up to 5 letters, two beyond; ties go to the same first letter, then
        to the more frequent word.
        """
        if word in self._known or len(word) < SHORTEST or len(word) > 40 or word.isdigit():
            return word
        slips = 1 if len(word) <= 5 else 2
        found = process.extract(
            word, self._words, scorer=OSA.distance, score_cutoff=slips, limit=10
        )
        if not found:
            return word
        return min(found, key=lambda one: self._rank(word, one[0], one[1]))[0]

    def _rank(self, word: str, other: str, distance: float) -> tuple[float, bool, int, str]:
        return distance, other[0] != word[0], -self._counts.get(other, 0), other

    def phrase(self, word: str) -> Phrase:
        """A word with the concepts it names."""
        return Phrase(word, self._concepts.get(word, ()))

    def starting_with(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Known words that begin so, the frequent ones first."""
        found = [word for word in self._words if word.startswith(prefix)]
        return tuple(sorted(found, key=lambda word: -self._counts.get(word, 0))[:limit])


def word_counts(documents: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """How many documents hold each unstemmed word; concepts are not words."""
    counts: dict[str, int] = {}
    for document in documents:
        text = " ".join(value for name, value in document.items() if name != "concept")
        for word in set(tokens(text)):
            counts[word] = counts.get(word, 0) + 1
    return counts
