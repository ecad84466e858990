"""What a text means before it is looked up: concepts, danger, care we do not list."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from directory.catalog.vocabulary import Term, Vocabularies
from directory.search.danger import Danger, any_of, danger
from directory.search.phrase_book import LONGEST_PHRASE, Concept, Part, Phrase, PhraseBook
from directory.search.plain_words import load_plain_words
from directory.search.tokens import tokens

BRACKETS = re.compile(r"\([^)]*\)")
MOST_WORDS = 24
LISTED = frozenset(
    {
        ("levels_of_care", "iop"),
        ("levels_of_care", "php"),
        ("levels_of_care", "outpatient"),
        ("services", "aftercare"),
    }
)
"""Who names one of these beside other care asks for what we list: 'iop after inpatient'."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text taken apart: what is asked for, and every part of it as it was typed."""

    phrases: tuple[Phrase, ...]
    parts: tuple[Part, ...]
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
    listed: re.Pattern[str]
    sayings: tuple[Saying, ...] = ()

    def speaks_of_danger(self, text: str) -> bool:
        """True if help comes first for who typed this."""
        return self.danger.is_in(tokens(text))

    def read(self, text: str) -> Reading:
        """Take a text apart, longest phrases first. Any text is allowed.

        Phrases come from the first 24 words, where the parts of a word with hyphens count as words.
        Danger and care we do not list are looked for in the whole: who is in distress writes long.
        """
        words = tokens(text)
        parts = self.concepts.parts(_cut(words))
        phrases = self.concepts.phrases(parts)
        return Reading(phrases, parts, self.danger.is_in(words), self._out_of_scope(words))

    def shows_help_first(self, reading: Reading, spelling: Mapping[str, str]) -> bool:
        """Whether help comes first once words are put right: 'suicidial' is no word of any list."""
        typed = (word for part in reading.parts for word in part.typed)
        return reading.help_first or self.danger.is_in([spelling.get(w, w) for w in typed])

    def _out_of_scope(self, words: Sequence[str]) -> str | None:
        """The first care named that we do not list, if no level that we list is named beside it."""
        if self.listed.search(f" {' '.join(words)} ".replace("-", " ")):
            return None
        found = (self._not_listed_at(words, at) for at in range(len(words)))
        return next((kind for kind in found if kind), None)

    def _not_listed_at(self, words: Sequence[str], at: int) -> str | None:
        """Care we do not list that is named from this word on, and not as part of something else."""
        for end in range(min(len(words), at + LONGEST_PHRASE), at, -1):
            kind = self.out_of_scope.get(" ".join(words[at:end]))
            if kind and not self._is_part_of_another(words, at, end):
                return kind
        return None

    def _is_part_of_another(self, words: Sequence[str], at: int, end: int) -> bool:
        """True of the 'detox' in 'no detox', and in 'home detox': that is a service we know."""
        if self.concepts.denies(words[max(0, at - LONGEST_PHRASE) : at]):
            return True
        around = (
            words[first:last]
            for first in range(max(0, end - LONGEST_PHRASE), at + 1)
            for last in range(end, min(len(words), first + LONGEST_PHRASE) + 1)
            if last - first > end - at
        )
        return any(
            kind != "levels_of_care" for part in around for kind, _ in self.concepts.named(part)
        )


def _cut(words: Sequence[str]) -> list[str]:
    counts = accumulate(1 + word.count("-") + word.count("'") for word in words)
    return [word for word, count in zip(words, counts, strict=True) if count <= MOST_WORDS]


def load_words(folder: Path, vocabularies: Vocabularies, translations: Path) -> Words:
    """Read the word lists and turn the vocabularies' labels and aliases around.

    Words of our own pages in Spanish, in `translations`, are spelled right.
    """
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
            load_plain_words(folder, translations),
            frozenset(row["word"] for row in _rows(folder / "negations.csv", "word")),
        ),
        danger=_danger(folder, named),
        sayings=tuple(_sayings(vocabularies)),
        out_of_scope={r["phrase"]: r["kind"] for r in _rows(folder / "out_of_scope.csv", "phrase")},
        listed=any_of(phrase for phrase, own in named.items() if not LISTED.isdisjoint(own)),
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
