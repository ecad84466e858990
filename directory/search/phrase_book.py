"""People's phrases, and the concepts they name."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from directory.search.plain_words import PlainWords
from directory.search.tokens import LITTLE_WORDS, near_key, stem

LONGEST_PHRASE = 6
OTHERS_FOLLOW = frozenset({"or", "o"})
AGE_DIGITS = 3
ALONE = frozenset({"only", "just", "solo", "solamente"})
NO_PLAIN_WORDS = PlainWords()

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


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase and the words it was typed in; a synonym stands in other words."""

    phrase: Phrase
    typed: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """True if it names something, or stands for other words: then its spelling is meant."""
        return bool(self.phrase.concepts) or self.phrase.words != " ".join(self.typed)


class PhraseBook(Mapping[str, tuple[Concept, ...]]):
    """People's phrases and the concepts they name, as typed or nearly so.

    A phrase that is not in the book as it stands is looked up once more without its plurals, its
    hyphens, blanks and little words: 'childcare' finds 'child care', 'medi cal' finds 'Medi-Cal'.
    What follows one of the `negations` is not asked for. Words that say little hint at nothing.
    `plain` are words that are not ours, but no misspellings either.
    """

    def __init__(
        self,
        concepts: Mapping[str, tuple[Concept, ...]],
        synonyms: Mapping[str, str] | None = None,
        general: frozenset[str] = frozenset(),
        wider: Mapping[Concept, tuple[Concept, ...]] | None = None,
        plain: PlainWords = NO_PLAIN_WORDS,
        negations: frozenset[str] = frozenset(),
    ) -> None:
        self._concepts = dict(concepts)
        self._synonyms = dict(synonyms or {})
        self._general = general
        self._wider = dict(wider or {})
        self.plain = plain
        self._negations = negations
        self._near: dict[str, tuple[Concept, ...]] = {}
        self._hints: dict[str, tuple[Concept, ...]] = {}
        for phrase, named in self._concepts.items():
            _unite(self._near, near_key(phrase.split()), named)
            for word in filter(self._tells, re.split("[ -]", phrase)):
                _unite(self._hints, stem(word), named)

    def __getitem__(self, phrase: str) -> tuple[Concept, ...]:
        return self._concepts[phrase]

    def __iter__(self) -> Iterator[str]:
        return iter(self._concepts)

    def __len__(self) -> int:
        return len(self._concepts)

    def words(self) -> frozenset[str]:
        """Every single word that people's phrases are made of; those that say little only there."""
        phrases = (*self._concepts, *self._synonyms)
        return frozenset(part for phrase in phrases for part in re.split("[ -]", phrase))

    def is_plain(self, word: str) -> bool:
        """True for a word that is spelled right, though nothing of ours has it."""
        return word in LITTLE_WORDS or word in self._general or word in self.plain

    def parts(self, words: Sequence[str]) -> tuple[Part, ...]:
        """Take words apart, longest phrases first; what is left stands for itself."""
        found: list[Part] = []
        at = 0
        while at < len(words):
            phrase, length = self._longest(words, at)
            found.append(Part(phrase, tuple(words[at : at + length])))
            at += length
        return tuple(found)

    def phrases(self, parts: Iterable[Part]) -> tuple[Phrase, ...]:
        """The phrases that are asked for, each once: without little words and what is not wanted.

        What is not wanted is the next phrase after a negation that says anything, and one more
        after 'or': 'do not take Medi-Cal or cash'. 'Not only' denies nothing.
        """
        found: list[Phrase] = []
        denied = goes_on = False
        for phrase in (part.phrase for part in parts):
            if phrase.words in self._negations:
                denied = True
            elif phrase.words in LITTLE_WORDS:
                denied = denied or (goes_on and phrase.words in OTHERS_FOLLOW)
            elif not (denied and phrase.optional and phrase.words not in ALONE):
                if not denied:
                    found.append(phrase)
                denied, goes_on = False, denied
        return tuple(dict.fromkeys(found))

    def denies(self, words: Sequence[str]) -> bool:
        """True if what follows these words is not wanted."""
        telling = [word for word in words if word not in LITTLE_WORDS]
        return bool(telling) and telling[-1] in self._negations

    def phrase(self, words: str) -> Phrase:
        """These words as one phrase, whatever the book says of them."""
        return self._as_phrase(words, self.named(words.split()))

    def _longest(self, words: Sequence[str], at: int) -> tuple[Phrase, int]:
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            part = words[at : at + length]
            if other := self._synonyms.get(" ".join(part)):
                meant = self.phrase(other)
                vague = " ".join(part) in LITTLE_WORDS  # 'la' may be Los Angeles, or Spanish
                return replace(meant, optional=meant.optional or vague), length
            if named := self.named(part):
                return self._as_phrase(" ".join(part), named), length
        return self.phrase(words[at]), 1

    def _tells(self, word: str) -> bool:
        little = word in LITTLE_WORDS or word in self._general or word in self._negations
        return not (little or word.isdigit())

    def named(self, words: Sequence[str]) -> tuple[Concept, ...]:
        """The concepts that these words together name."""
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
        return Phrase(words, named, others, hinted, not named and self._says_little(words))

    def _says_little(self, word: str) -> bool:
        """True for a word of the list, and for an age or another small number."""
        return word in self._general or (word.isdigit() and len(word) <= AGE_DIGITS)


def _unite(into: dict[str, tuple[Concept, ...]], key: str, concepts: tuple[Concept, ...]) -> None:
    into[key] = tuple(dict.fromkeys((*into.get(key, ()), *concepts)))
