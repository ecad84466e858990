"""What a text means before it is looked up: concepts, danger, care we do not list."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path

from directory.catalog.vocabulary import Term, Vocabularies, folded

WORD = re.compile(r"[\w]+(?:[-'][\w]+)*")
INITIALS = re.compile(r"\b(?:\w\.){2,}(?=\W|$)")
BRACKETS = re.compile(r"\([^)]*\)")
APOSTROPHES = str.maketrans("‘’ʼ`´", "'''''")
LONGEST_PHRASE = 6
MOST_WORDS = 24
MOST_LETTERS = 2_000
"""A text is cut here before anything reads it: no one types more on purpose."""

Concept = tuple[str, str]

LITTLE_WORDS = frozenset(
    (
        "a also an and any are at be by can could do does for from get have help how i im in into "
        "is it looking m me my myself near need of on or our please s so some someone that the "
        "their there to us want was we where which who with would you your "
        "al busco con de del e el en es hay la las lo los mas me mi mis necesito o para por que "
        "quiero se su tengo un una unas unos y "
    ).split()
)


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
class Reading:
    """A text taken apart."""

    phrases: tuple[Phrase, ...]
    help_first: bool
    out_of_scope: str | None


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


@dataclass(frozen=True, slots=True)
class Saying:
    """One way to say a concept: folded for looking up, as written, and the labels people read."""

    words: str
    written: str
    label: str
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """People's words: phrase -> concepts, synonyms, danger, and care we do not list."""

    concepts: PhraseBook
    crisis: re.Pattern[str]
    out_of_scope: Mapping[str, str]
    calm: frozenset[str] = field(default_factory=frozenset)
    sayings: tuple[Saying, ...] = ()

    def speaks_of_danger(self, text: str) -> bool:
        """True if help comes first for who typed this."""
        return self.read(text).help_first

    def read(self, text: str) -> Reading:
        """Take a text apart, longest phrases first. Any text is allowed; it is cut at 24 words.

        The parts of a word with hyphens count as words.
        """
        words = _cut(tokens(text))
        joined = f" {' '.join(words)} "
        danger = self.crisis.search(_without(joined, self.calm)) is not None
        scope = next((k for p, k in self.out_of_scope.items() if f" {p} " in joined), None)
        return Reading(self.concepts.phrases(words), danger, scope)


def _cut(words: Sequence[str]) -> list[str]:
    counts = accumulate(1 + word.count("-") + word.count("'") for word in words)
    return [word for word, count in zip(words, counts, strict=True) if count <= MOST_WORDS]


def _without(joined: str, phrases: Iterable[str]) -> str:
    for phrase in phrases:
        joined = joined.replace(f" {phrase} ", " ")
    return joined


def tokens(text: str) -> list[str]:
    """The words of a text, folded and without signs. Wildcards and field names are words too."""
    plain = folded(text[:MOST_LETTERS].translate(APOSTROPHES))
    return [_without_apostrophe(word) for word in WORD.findall(without_dots(plain))]


def without_dots(text: str) -> str:
    """Initials as one word: 'L.A. Care' is typed as 'LA care'."""
    return INITIALS.sub(lambda found: found.group().replace(".", ""), text)


def _without_apostrophe(word: str) -> str:
    """'women's' is typed as 'womens', 'can't' as 'cant'."""
    return word.replace("'", "") if word.endswith(("'s", "s'", "n't", "'m", "'re", "'ve")) else word


def stem(word: str) -> str:
    """A word without its plural or '-ing', English or Spanish: only for comparing phrases."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 6 and word.endswith("ing"):
        word = word[:-3]
        word = word[:-1] if word[-1] == word[-2] and word[-1] not in "sl" else word
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def near_key(words: Sequence[str]) -> str:
    """What phrases that differ in plurals, hyphens, blanks or little words have in common."""
    parts = [part for word in words for part in word.split("-") if part]
    telling = [part for part in parts if part not in LITTLE_WORDS]
    return "".join(stem(part) for part in (telling if len(telling) > 1 else parts))


def load_words(folder: Path, vocabularies: Vocabularies) -> Words:
    """Read the word lists and turn the vocabularies' labels and aliases around."""
    named: dict[str, dict[Concept, None]] = {}
    wider: dict[Concept, tuple[Concept, ...]] = {}
    for kind, vocabulary in vocabularies.items():
        for term in vocabulary:
            for phrase in _phrases(term):
                named.setdefault(phrase, {})[kind, term.id] = None
            if kind != "populations":  # 'women' is no answer to 'pregnant'
                wider[kind, term.id] = tuple((kind, c) for c in vocabulary.widened(term.id)[1:])
    return Words(
        concepts=PhraseBook(
            {phrase: tuple(concepts) for phrase, concepts in named.items()},
            {row["from"]: row["to"] for row in _rows(folder / "synonyms.csv", "from")},
            frozenset(row["word"] for row in _rows(folder / "general.csv", "word")),
            wider,
            frozenset(_lines(folder / "english.txt")) | frozenset(_lines(folder / "places.txt")),
            frozenset(_lines(folder / "surnames.txt")),
        ),
        crisis=_any_of(row["as_written"] for row in _rows(folder / "crisis.csv", "phrase")),
        calm=frozenset(row["phrase"] for row in _rows(folder / "calm.csv", "phrase")),
        sayings=tuple(_sayings(vocabularies)),
        out_of_scope={r["phrase"]: r["kind"] for r in _rows(folder / "out_of_scope.csv", "phrase")},
    )


def _sayings(vocabularies: Vocabularies) -> Iterator[Saying]:
    for vocabulary in vocabularies.values():
        for term in vocabulary:
            for written in dict.fromkeys(term.called):
                yield Saying(" ".join(tokens(written)), written, term.label, term.labels)


def _phrases(term: Term) -> Iterator[str]:
    """A term's labels, with and without their brackets, and its aliases."""
    labels = (term.label, *(label for _, label in term.labels))
    plain = (BRACKETS.sub(" ", label) for label in labels)
    for text in (*labels, *plain, *term.aliases):
        if phrase := " ".join(tokens(text)):
            yield phrase


def _rows(path: Path, phrase: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            row | {phrase: " ".join(tokens(row[phrase])), "as_written": row[phrase]}
            for row in csv.DictReader(file)
        ]


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the phrases between blanks; '...' is up to four words, '*' ends a word."""
    gap = r"(?: \S+){0,4} "
    written = "|".join(gap.join(map(_words_of, phrase.split("..."))) for phrase in phrases)
    return re.compile(f" (?:{written}) ")


def _words_of(part: str) -> str:
    words = re.escape(" ".join(tokens(part)))
    return words + r"\S*" if part.rstrip().endswith("*") else words


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="ascii").split()
