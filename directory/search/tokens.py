"""The words of a text as they are compared: folded, without signs, and what near ones have in common."""

import re
from collections.abc import Sequence

from directory.catalog.vocabulary import folded

WORD = re.compile(r"[\w]+(?:[-'][\w]+)*")
INITIALS = re.compile(r"\b(?:\w\.){2,}(?=\W|$)")
APOSTROPHES = str.maketrans("‘’ʼ`´", "'''''")
MOST_LETTERS = 2_000
"""A text is cut here before anything reads it: no one types more on purpose."""

LITTLE_WORDS = frozenset(
    (
        "a also an and any are at be by can could do does for from get have help how i im in into "
        "is it looking m me my myself near need of on or our please s so some someone that the "
        "their there to us want was we where which who with would you your "
        "al busco con de del e el en es hay la las lo los mas me mi mis necesito o para por que "
        "quiero se su tengo un una unas unos y "
    ).split()
)


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
