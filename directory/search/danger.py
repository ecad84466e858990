"""Whether a text speaks of danger: then help is shown before any program."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.search.tokens import tokens

PIECE = re.compile(r"\.\.\.|[()\[\]|]|[^\s()\[\]|]+")
CONTRACTED = re.compile(r"(?<= )(i|you|he|she|it|we|they)'(ll|d)(?= )")
SIGNS = {
    "...": r"(?:\S+ ){0,4}",
    "(": "(?:",
    ")": ")",
    "[": "(?:",
    "]": ")?",
    "|": "|",
}


@dataclass(frozen=True, slots=True)
class Danger:
    """Wording of danger, and calm wording that is taken out before it is looked for."""

    wording: re.Pattern[str]
    calm: re.Pattern[str]

    def is_in(self, words: Sequence[str]) -> bool:
        """True if words, as `tokens` gives them, speak of danger; the parts of a word with hyphens
        are words.
        """
        joined = CONTRACTED.sub(r"\1\2", f" {' '.join(words).replace('-', ' ')} ")
        if not self.wording.search(joined):
            return False
        return self.wording.search(self.calm.sub(" ", joined)) is not None


def danger(wording: Iterable[str], calm: Iterable[str]) -> Danger:
    """Danger as lists tell it. Raises re.error if brackets do not close."""
    return Danger(any_of(wording), any_of(calm))


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the phrases between blanks.

    '(a|b c)' is one of these, '[a|b c]' one of these or nothing, '...' up to four words, '*' ends a
    word as it likes.
    """
    return re.compile(f"(?<= )(?:{'|'.join(map(_written, phrases))})")


def _written(phrase: str) -> str:
    """A phrase as a regular expression; every word takes the blank behind it along."""
    return "".join(SIGNS.get(piece) or _word(piece) for piece in PIECE.findall(phrase))


def _word(piece: str) -> str:
    word = re.escape(" ".join(tokens(piece)).replace("-", " "))
    return word + (r"\S* " if piece.endswith("*") else " ")
