"""What a text means before it is looked up: concepts, danger, care we do not list."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from directory.catalog.vocabulary import Term, Vocabularies
from directory.search.danger import Danger, danger
from directory.search.phrase_book import Concept, Phrase, PhraseBook
from directory.search.tokens import tokens

BRACKETS = re.compile(r"\([^)]*\)")
MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class Reading:
    """A text taken apart."""

    phrases: tuple[Phrase, ...]
    help_first: bool
    out_of_scope: str | None


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
    danger: Danger
    out_of_scope: Mapping[str, str]
    sayings: tuple[Saying, ...] = ()

    def speaks_of_danger(self, text: str) -> bool:
        """True if help comes first for who typed this."""
        return self.read(text).help_first

    def read(self, text: str) -> Reading:
        """Take a text apart, longest phrases first. Any text is allowed.

        Phrases come from the first 24 words, where the parts of a word with hyphens count as words.
        Danger and care we do not list are looked for in the whole: who is in distress writes long.
        """
        words = tokens(text)
        joined = f" {' '.join(words)} "
        scope = next((k for p, k in self.out_of_scope.items() if f" {p} " in joined), None)
        return Reading(self.concepts.phrases(_cut(words)), self.danger.is_in(words), scope)


def _cut(words: Sequence[str]) -> list[str]:
    counts = accumulate(1 + word.count("-") + word.count("'") for word in words)
    return [word for word, count in zip(words, counts, strict=True) if count <= MOST_WORDS]


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
        danger=_danger(folder, named),
        sayings=tuple(_sayings(vocabularies)),
        out_of_scope={r["phrase"]: r["kind"] for r in _rows(folder / "out_of_scope.csv", "phrase")},
    )


def _danger(folder: Path, named: Mapping[str, Iterable[Concept]]) -> Danger:
    """The wording of danger, and every phrase that names a concept of it."""
    rows = _rows(folder / "crisis_concepts.csv", "kind")
    concepts = {(row["as_written"], row["code"]) for row in rows}
    naming = [phrase for phrase, own in named.items() if not concepts.isdisjoint(own)]
    wording, calm = (
        [row["as_written"] for row in _rows(folder / file, "phrase")]
        for file in ("crisis.csv", "calm.csv")
    )
    return danger([*wording, *naming], calm)


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


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="ascii").split()
