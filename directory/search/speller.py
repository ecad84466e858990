"""Spelling, only where a word is unknown: against the words of the listings themselves."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from directory.search.phrase_book import Concept, Phrase, PhraseBook
from directory.search.tokens import tokens
from directory.search.understanding import Reading

SHORTEST = 4
"""Words shorter than this are never corrected: too many are abbreviations."""
LONGEST = 40
TWO_SLIPS_FROM = 7
"""Letters from which two slips may be put right, and only in people's words: names and cities are
too many and too near each other ('Ridgeline' is not Ridgeland)."""

ANOTHER_NAME = 5
"""Up to so many letters, one wrong letter makes another name ('Uribe' is not 'urine')."""

BY_EAR = tuple(
    pair.split("=")
    for pair in (
        "ght=t sch=sh tch=ch ph=f ck=k ew=u ou=u oo=u ee=i ea=i ie=i ei=i ai=a ay=a y=i z=s ce=se"
        " ci=si qu=k x=ks c=k wr=r kn=n"
    ).split()
)
"""What is written in several ways and said in one, in the order of replacement."""

Spelling = tuple[tuple[str, str], ...]
"""(typed, used) for each word that was put right."""


class Speller:
    """Knows every unstemmed word of the listings, of people's phrases, and plain English."""

    def __init__(
        self, counts: Mapping[str, int], concepts: Mapping[str, tuple[Concept, ...]]
    ) -> None:
        self._counts = dict(counts)
        self._book = concepts if isinstance(concepts, PhraseBook) else PhraseBook(concepts)
        self._plain = self._book.plain
        self._said = self._book.words()
        self._words = sorted({*counts, *self._said} - {""})

    def spelled(self, word: str, *, spanish: bool = False) -> str:
        """The word itself if it is known, too short or like nothing; else the nearest known one.

        A word that sounds the same comes first ('insite', 'insight'), but not in Spanish. Else one
        slip is allowed; two from 7 letters, if the first is right and the word is one of people's
        phrases. Up to 5 letters a wrong letter is no slip but another name; one too many, too few
        or swapped is. A name of the listings is taken only for a word with its first letter that is
        no surname. Nothing is put right across languages. Ties go to the same first letter, then to
        the more frequent in the listings.
        """
        if self._needs_no_help(word):
            return word
        heard = () if spanish else self._heard.get(by_ear(word), ())
        nearest = self._meant(word, heard, spanish=spanish)
        nearest = nearest or self._meant(word, self._slipped(word), spanish=spanish)
        ranked = (self._rank(word, other) for other in nearest)
        return min(ranked, default=(0, False, 0, word))[3]

    def put_right(self, reading: Reading) -> tuple[tuple[Phrase, ...], Spelling]:
        """The phrases of a text once its unknown words are spelled, and what was put right.

        Words are spelled as they were typed, and looked up again together: one slip inside
        'cognative behavioral therapy' still names the therapy.
        """
        unknown = [w for part in reading.parts if not part.is_known for w in part.typed]
        spanish = any(map(self._tells_spanish, (w for part in reading.parts for w in part.typed)))
        better = ((word, self.spelled(word, spanish=spanish)) for word in unknown)
        spelling = {typed: used for typed, used in better if used != typed}
        if not spelling:
            return reading.phrases, ()
        parts = self._book.parts(_used(reading, spelling))
        return self._book.phrases(parts), tuple(spelling.items())

    def _tells_spanish(self, word: str) -> bool:
        return len(word) >= SHORTEST and self._plain.is_only_spanish(word)

    def _needs_no_help(self, word: str) -> bool:
        if not SHORTEST <= len(word) <= LONGEST or any(sign.isdigit() for sign in word):
            return True
        parts = word.replace("'", "-").split("-")
        return self._knows(word) or all(self._is_right(part) for part in parts)

    def _is_right(self, part: str) -> bool:
        return self._knows(part) or self._book.is_plain(part)

    def _knows(self, word: str) -> bool:
        at = bisect_left(self._words, word)
        return at < len(self._words) and self._words[at] == word

    def _rank(self, word: str, other: str) -> tuple[int, bool, int, str]:
        slips = OSA.distance(word, other)
        return slips, other[0] != word[0], -self._counts.get(other, 0), other

    def _meant(self, word: str, others: Iterable[str], *, spanish: bool) -> list[str]:
        """Of these words those that can be meant: one of people's, or a name this is not beside."""
        own_name = word in self._plain.surnames
        return [
            other
            for other in others
            if (other in self._said or (other[0] == word[0] and not own_name))
            and self._is_of_the_language(other, spanish=spanish)
        ]

    def _is_of_the_language(self, other: str, *, spanish: bool) -> bool:
        """A word of the other language is meant only if it names something, alone."""
        if spanish:
            return not self._plain.is_only_english(other)
        named = other in self._counts or other in self._book
        return named or not self._plain.is_only_spanish(other)

    def _slipped(self, word: str) -> list[str]:
        slips = 1 if len(word) < TWO_SLIPS_FROM else 2
        like = self._like(word, slips)
        found = extract(word, like, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return [
            other
            for other, distance, _ in found
            if _is_slip(word, other) and (distance < 2 or self._may_slip_twice(word, other))
        ]

    def _may_slip_twice(self, word: str, other: str) -> bool:
        return word[0] == other[0] and other in self._said

    def _like(self, word: str, slips: int) -> list[str]:
        """The words that may be within so many slips: near in length and in the letters they hold.

        A slip changes at most two letters of the set. What is left is a few in a hundred, so that
        no deletion index has to be built or kept.
        """
        lengths, letters = self._shapes
        near = np.abs(lengths - len(word)) <= slips
        near &= np.bitwise_count(letters ^ _letters(word)) <= 2 * slips
        return [self._words[at] for at in np.flatnonzero(near)]

    @cached_property
    def _heard(self) -> dict[str, list[str]]:
        """The words by how they sound; made at the first unknown word."""
        found: dict[str, list[str]] = {}
        for word in self._words:
            if len(word) >= SHORTEST:
                found.setdefault(by_ear(word), []).append(word)
        return found

    @cached_property
    def _shapes(self) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
        """Length and set of letters of every word; made at the first unknown word."""
        lengths = np.fromiter(map(len, self._words), np.int32, len(self._words))
        letters = np.fromiter(map(_letters, self._words), np.uint64, len(self._words))
        return lengths, letters


def by_ear(word: str) -> str:
    """A word as it sounds, roughly: equal for what English spells in several ways."""
    for written, said in BY_EAR:
        word = word.replace(written, said)
    once = "".join(letter for at, letter in enumerate(word) if word[at - 1 : at] != letter)
    return once.removesuffix("e")


def _used(reading: Reading, spelling: Mapping[str, str]) -> list[str]:
    """The words of a text with these put right; what names something stands as it was typed."""
    return [
        word if part.is_known else spelling.get(word, word)
        for part in reading.parts
        for word in part.typed
    ]


def _is_slip(word: str, other: str) -> bool:
    if word[:-1] == other and word[-1] in "ao":  # 'Junípero' is no juniper, 'Angela' no angel
        return False
    return len(word) > ANOTHER_NAME or len(word) != len(other) or sorted(word) == sorted(other)


def _letters(word: str) -> np.uint64:
    """The letters a word holds, as bits. Letters that share a bit only let more words through."""
    bits = 0
    for letter in set(word):
        bits |= 1 << (ord(letter) & 63)
    return np.uint64(bits)


def word_counts(documents: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """How many documents hold each unstemmed word; concepts are not words."""
    counts: dict[str, int] = {}
    for document in documents:
        text = " ".join(value for name, value in document.items() if name != "concept")
        for word in set(tokens(text)):
            counts[word] = counts.get(word, 0) + 1
    return counts
