"""How hard a page is to read: Flesch-Kincaid grade over its sentences, with a syllable heuristic.

    grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59   (Kincaid and others, 1975)

Sentences end at a full stop or with the block they stand in. Names that we cannot say otherwise
(laws, programs, who published a source) are left out; they are listed by the test.
"""

import re
from collections.abc import Iterable

from tests.support.page import Element, Reader

BLOCKS = frozenset(
    ("h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "td", "th", "legend", "label", "summary", "div", "b", "option")
)  # fmt: skip
_END = re.compile(r"[.!?]+(?:[\s”\"]|$)")
# Fewer words are a label, not a sentence: they would make any page look easy.
LEAST_WORDS = 4
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*", re.IGNORECASE)
_VOWELS = re.compile(r"[aeiouy]+")
# Endings whose vowel is silent, and pairs of vowels that are said as two.
_SILENT = re.compile(r"(?:[^laeiouy]|[aeiouy]l)e$|[^aeioutd]ed$|[^aeioucgsxzh]es$")
_TWO = re.compile(r"ia(?!l$)|io(?!us|n)|iu|ua(?!rd)|[^q]ui(?=ng)|ying|creat|being|[aeiou][a-z]ea$")


def syllables(word: str) -> int:
    """About how many syllables an English word has; at least one."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    groups = len(_VOWELS.findall(plain))
    silent = len(plain) > 2 and bool(_SILENT.search(plain))
    return max(1, groups - silent + len(_TWO.findall(plain)))


def grade(sentences: Iterable[str]) -> float:
    """The school grade at which these sentences can be read."""
    spoken = [words for one in sentences if (words := _WORD.findall(one))]
    count = sum(len(words) for words in spoken)
    beats = sum(syllables(word) for words in spoken for word in words)
    return 0.39 * count / len(spoken) + 11.8 * beats / count - 15.59


def sentences_of(text: str) -> list[str]:
    """Text cut at the ends of its sentences; labels of a few words are left out."""
    parts = (one.strip() for one in _END.split(text))
    return [part for part in parts if len(_WORD.findall(part)) >= LEAST_WORDS]


def sentences(read: Reader, leave_out: Iterable[str] = ()) -> list[str]:
    """The sentences of a page's main part, block by block, without the names left out."""
    names = sorted(leave_out, key=len, reverse=True)
    found = []
    for block in read.all(*BLOCKS):
        if not _within(block, "main") or _holds_block(block, read):
            continue
        text = " ".join(block.text.split())
        for name in names:
            text = text.replace(name, " ")
        found += sentences_of(text)
    return found


def _within(element: Element, tag: str) -> bool:
    above = element.parent
    while above is not None and above.tag != tag:
        above = above.parent
    return above is not None


def _holds_block(block: Element, read: Reader) -> bool:
    """True if its text is read in blocks of their own."""
    return any(one.parent is block for one in read.all(*BLOCKS)) or (
        block.tag == "div" and any(_above(one, block) for one in read.all(*BLOCKS))
    )


def _above(element: Element, block: Element) -> bool:
    above = element.parent
    while above is not None and above is not block:
        above = above.parent
    return above is not None
