"""A line of a description with the words somebody searched for: Whoosh finds it, nothing is markup.

`text_index` holds the index of Whoosh; `compiled` and `postings` take its rounding and its scores.
"""

from collections.abc import Iterable, Iterator, Sequence

from whoosh import highlight

from directory.matching.outcome import Highlight
from directory.search.phrase_book import Phrase
from directory.search.text_index import analyzer
from directory.search.tokens import LITTLE_WORDS

LONGEST = 20_000
"""Letters of a description that are looked at."""

SHOWN, AROUND = 160, 50
"""Letters of a line, and of those before the first word and after the last one."""

ELSEWHERE = "…"


def marks_of(phrases: Iterable[Phrase]) -> frozenset[str]:
    """The analysed words to mark."""
    words = (word for one in phrases for word in one.words.split() if word not in LITTLE_WORDS)
    return frozenset(token.text for word in words for token in analyzer()(word))


def highlighted(text: str, marks: frozenset[str]) -> Highlight | None:
    """The line with the most of these words, in pieces; None if it has none of them."""
    text = text[:LONGEST]
    fragmenter = highlight.ContextFragmenter(maxchars=SHOWN, surround=AROUND)
    found: Highlight = highlight.highlight(
        text, marks, analyzer(), fragmenter, _pieces, top=1, scorer=_worth, minscore=(1,)
    )
    return found or None


def _worth(line: highlight.Fragment) -> tuple[float, int]:
    """Whoosh's own score, then the earlier line: left to itself Whoosh breaks ties by chance."""
    return highlight.BasicFragmentScorer()(line), -line.startchar


def _pieces(text: str, fragments: Sequence[highlight.Fragment]) -> Highlight:
    return tuple(piece for one in fragments for piece in _of(text, one) if piece[0])


def _of(text: str, line: highlight.Fragment) -> Iterator[tuple[str, bool]]:
    at = line.startchar
    yield (ELSEWHERE if at > 0 else ""), False
    for word in line.matches:
        yield text[at : word.startchar], False
        yield text[word.startchar : word.endchar], True
        at = word.endchar
    yield text[at : line.endchar], False
    ends = line.endchar >= len(text.rstrip(" .!?"))
    yield (text[line.endchar :] if ends else ELSEWHERE), False
