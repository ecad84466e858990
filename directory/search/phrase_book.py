"""People's phrases, and the concepts they name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from directory.search.tokens import LITTLE_WORDS, near_key, stem

LONGEST_PHRASE = 6

Concept = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One part of a text: its words (folded), and the concepts they name.

    `wider` are the wider codes of the concepts: a program that states only those may fit too, and
    ranks below. `hinted` are the concepts that a word alone does not name, but people's phrases for
    them hold it ('pills'). An `optional` phrase ('program', 'clinic') rules nothing out; it may
    lift a name.
    """

    words: str
    concepts: tuple[Concept, ...] = ()
    wider: tuple[Concept, ...] = ()
    hinted: tuple[Concept, ...] = ()
    optional: bool = False


class PhraseBook(Mapping[str, tuple[Concept, ...]]):
    """People's phrases and the concepts they name, as typed or nearly so.

    A phrase that is not in the book as it stands is looked up once more without its plurals, its
    hyphens, blanks and little words: 'childcare' finds 'child care', 'medi cal' finds 'Medi-Cal'.
    `correct` are plain English words: not ours, but no misspellings either. `surnames` are no
    misspellings of other names.
    """

    def __init__(
        self,
        concepts: Mapping[str, tuple[Concept, ...]],
        synonyms: Mapping[str, str] | None = None,
        general: frozenset[str] = frozenset(),
        wider: Mapping[Concept, tuple[Concept, ...]] | None = None,
        correct: frozenset[str] = frozenset(),
        surnames: frozenset[str] = frozenset(),
    ) -> None:
        self._concepts = dict(concepts)
        self._synonyms = dict(synonyms or {})
        self._general = general
        self._wider = dict(wider or {})
        self.correct = correct
        self.surnames = surnames
        self._near: dict[str, tuple[Concept, ...]] = {}
        self._hints: dict[str, tuple[Concept, ...]] = {}
        for phrase, named in self._concepts.items():
            _unite(self._near, near_key(phrase.split()), named)
            for word in re.split("[ -]", phrase):
                _unite(self._hints, stem(word), named)

    def __getitem__(self, phrase: str) -> tuple[Concept, ...]:
        return self._concepts[phrase]

    def __iter__(self) -> Iterator[str]:
        return iter(self._concepts)

    def __len__(self) -> int:
        return len(self._concepts)

    def words(self) -> frozenset[str]:
        """Every single word that people's phrases are made of."""
        phrases = (*self._concepts, *self._synonyms, *self._general)
        return frozenset(part for phrase in phrases for part in re.split("[ -]", phrase))

    def phrases(self, words: Sequence[str]) -> tuple[Phrase, ...]:
        """Take words apart, longest phrases first, each once; what is left stands for itself."""
        found: list[Phrase] = []
        at = 0
        while at < len(words):
            phrase, length = self._longest(words, at)
            found.append(phrase)
            at += length
        return tuple(one for one in dict.fromkeys(found) if one.words not in LITTLE_WORDS)

    def phrase(self, words: str) -> Phrase:
        """These words as one phrase, whatever the book says of them."""
        return self._as_phrase(words, self._named(words.split()))

    def _longest(self, words: Sequence[str], at: int) -> tuple[Phrase, int]:
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            part = words[at : at + length]
            if other := self._synonyms.get(" ".join(part)):
                meant = self.phrase(other)
                vague = " ".join(part) in LITTLE_WORDS  # 'la' may be Los Angeles, or Spanish
                return replace(meant, optional=meant.optional or vague), length
            if named := self._named(part):
                return self._as_phrase(" ".join(part), named), length
        return self.phrase(words[at]), 1

    def _named(self, words: Sequence[str]) -> tuple[Concept, ...]:
        phrase = " ".join(words)
        if phrase in LITTLE_WORDS:
            return ()
        if named := self._concepts.get(phrase):
            return named
        key = near_key(words)
        if words[-1] in LITTLE_WORDS and key == near_key(words[:-1]):
            return ()  # the little word may begin what follows: 'terapia familiar en linea'
        return self._near.get(key, ())

    def _as_phrase(self, words: str, named: tuple[Concept, ...]) -> Phrase:
        wider = (wide for concept in named for wide in self._wider.get(concept, ()))
        others = tuple(dict.fromkeys(one for one in wider if one not in named))
        hinted = () if named else self._hints.get(stem(words), ())
        return Phrase(words, named, others, hinted, not named and words in self._general)


def _unite(into: dict[str, tuple[Concept, ...]], key: str, concepts: tuple[Concept, ...]) -> None:
    into[key] = tuple(dict.fromkeys((*into.get(key, ()), *concepts)))
