"""What a text means before it is looked up: concepts, danger, care we do not list."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from directory.catalog.vocabulary import Vocabularies, folded

WORD = re.compile(r"[\w]+(?:[-'][\w]+)*")
LONGEST_PHRASE = 6
MOST_WORDS = 24

Concept = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One part of a text: the words as typed (folded), and the concepts they name."""

    words: str
    concepts: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text taken apart."""

    phrases: tuple[Phrase, ...]
    help_first: bool
    out_of_scope: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """People's words: phrase -> concepts, synonyms, danger, and care we do not list."""

    concepts: Mapping[str, tuple[Concept, ...]]
    synonyms: Mapping[str, str]
    crisis: frozenset[str]
    out_of_scope: Mapping[str, str]

    def read(self, text: str) -> Reading:
        """Take a text apart, longest phrases first. Any text is allowed; it is cut at 24 words."""
        words = tokens(text)[:MOST_WORDS]
        phrases: list[Phrase] = []
        at = 0
        while at < len(words):
            phrase, length = self._longest(words, at)
            phrases.append(phrase)
            at += length
        joined = f" {' '.join(words)} "
        danger = any(f" {phrase} " in joined for phrase in self.crisis)
        scope = next((k for p, k in self.out_of_scope.items() if f" {p} " in joined), None)
        return Reading(tuple(p for p in phrases if p.words not in LITTLE_WORDS), danger, scope)

    def _longest(self, words: list[str], at: int) -> tuple[Phrase, int]:
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            if phrase in self.concepts:
                return Phrase(phrase, self.concepts[phrase]), length
            if phrase in self.synonyms:
                other = self.synonyms[phrase]
                return Phrase(other, self.concepts.get(other, ())), length
        return Phrase(words[at]), 1


LITTLE_WORDS = frozenset(
    "a an and are at be by can do for from get have help how i in into is it looking me my near need of"
    " on or please someone that the there to want we where which with who you your"
    " con de del el en la las los mi necesito o para por que quiero un una y".split()
)


def tokens(text: str) -> list[str]:
    """The words of a text: folded, without signs. Wildcards and field names are words like others."""
    return WORD.findall(folded(text))


def load_words(folder: Path, vocabularies: Vocabularies) -> Words:
    """Read the word lists and turn the vocabularies' labels and aliases around."""
    concepts: dict[str, list[Concept]] = {}
    for kind, vocabulary in vocabularies.items():
        for term in vocabulary:
            for phrase in (term.label, *term.aliases):
                named = concepts.setdefault(" ".join(tokens(phrase)), [])
                if (kind, term.id) not in named:
                    named.append((kind, term.id))
    return Words(
        concepts={phrase: tuple(named) for phrase, named in concepts.items() if phrase},
        synonyms={row["from"]: row["to"] for row in _rows(folder / "synonyms.csv", "from")},
        crisis=frozenset(row["phrase"] for row in _rows(folder / "crisis.csv", "phrase")),
        out_of_scope={r["phrase"]: r["kind"] for r in _rows(folder / "out_of_scope.csv", "phrase")},
    )


def _rows(path: Path, phrase: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row | {phrase: " ".join(tokens(row[phrase]))} for row in csv.DictReader(file)]
