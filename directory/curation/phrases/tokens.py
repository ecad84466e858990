"""A text as tokens: words that `data/schedule_words.csv` knows, numbers, clock times and marks.

Every token keeps where it stands, so that what was not understood can be shown word for word.
One pass with bounded patterns: the time grows with the length of the text and no faster.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Kinds = Mapping[str, str]
"""What a word can be: 'unit' -> 'week', 'phase_noun' -> 'phase'."""

WORDS_FILE = "schedule_words.csv"
"""In `data/`."""
LONGEST_PHRASE = 6
LONGEST_NUMBER = 4

_TOKEN = re.compile(
    r"""
    (?P<opaque> https?://\S{1,300} | [\w.+-]{1,64}@[\w.-]{1,190}
      | \$\s?[0-9][0-9,.]*(?:\s?[-–—]\s?\$?[0-9][0-9,.]*)? | [0-9]+(?:\.[0-9]+)?\s?%
      | (?:\+?1[-.\s])?\(?\b[0-9]{3}\)?[-.\s]\s?[0-9]{3}[-.\s][0-9]{4}\b
      | [0-9]{1,4}[/-][0-9]{1,2}[/-][0-9]{2,4}\b | \#\s?[0-9]+ | [0-9]+\+ )
  | (?P<always> \b24\s?[/-]\s?7\b )
  | (?P<ordinal> [0-9]+(?:st|nd|rd|th)\b )
  | (?P<fraction> (?:[0-9]{1,2}\s)?[13]/[24](?![0-9/]) )
  | (?P<clock> [0-9]{1,2}[:h][0-9]{2}(?![0-9]) )
  | (?P<number> [0-9]+(?:\.[0-9]+)? )
  | (?P<meridiem> [ap]\s?\.\s?m\b\.? | [ap]m\b )
  | (?P<word> n/a\b | (?:[^\W\d_][\u0300-\u036f]*)+ (?:['’](?:[^\W\d_][\u0300-\u036f]*)+)? (?:\(s\)|\.)? )
  | (?P<ellipsis> \.{2,} | … )
  | (?P<line> \n )
  | (?P<mark> \S )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKS: Mapping[str, Kinds] = {
    **{dash: {"dash": "-", "to": "to"} for dash in "-–—‐‑‒―−"},
    "~": {"about": "about"}, "≈": {"about": "about"}, "&": {"and": "and"}, "+": {"and": "and"},
    ",": {"comma": ","}, "/": {"slash": "/"}, ":": {"colon": ":"}, "(": {"bracket": "("},
    ")": {"bracket": ")"}, "[": {"bracket": "("}, "]": {"bracket": ")"}, "{": {"bracket": "("},
    "}": {"bracket": ")"}, ".": {"stop": "."}, ";": {"stop": ";"}, "!": {"stop": "!"},
    "|": {"bar": "|"}, "•": {"stop": "•"}, "·": {"stop": "·"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text from `start` to `end`, and what it can be."""

    text: str
    start: int
    end: int
    kinds: Kinds = field(default_factory=dict)

    def __contains__(self, kind: object) -> bool:
        return kind in self.kinds

    def __getitem__(self, kind: str) -> str:
        return self.kinds[kind]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of schedules, folded."""

    kinds: Mapping[str, Kinds]
    longest: int = LONGEST_PHRASE


def load_words(path: Path) -> Words:
    """The words of `data/schedule_words.csv`; one word may be of several kinds."""
    found: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(folded(row["word"]), {})[row["kind"]] = row["meaning"]
    return Words(found)


def folded(text: str) -> str:
    """Without capitals, accents and the marks inside a phrase: 'After-School' is 'after school'."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("-", " "))
    return (
        "".join(mark for mark in plain if not unicodedata.combining(mark))
        .removesuffix("(s)")
        .rstrip(".")
    )


def tokens_of(text: str, words: Words) -> list[Token]:
    """The tokens in order; the longest phrase that the words know becomes one token."""
    single = list(_single(text, words))
    found: list[Token] = []
    place = 0
    while place < len(single):
        token, place = _phrase(text, single, place, words)
        found.append(token)
    return found


def _single(text: str, words: Words) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        name = str(match.lastgroup)
        if name == "word" and match[0].endswith(".") and not _is_short(match[0], words):
            yield Token(text[start : end - 1], start, end - 1, _kinds("word", match[0], words))
            yield Token(".", end - 1, end, _MARKS["."])
        else:
            yield Token(match[0], start, end, _kinds(name, match[0], words))


def _is_short(word: str, words: Words) -> bool:
    """A short form that is written with a point, as 'Mon.' is."""
    known = words.kinds.get(folded(word), {})
    return (
        bool({"day_short", "day_letter", "unit", "about", "month"} & set(known)) and len(word) < 7
    )


def _kinds(name: str, text: str, words: Words) -> Kinds:
    known = words.kinds.get(folded(text), {})
    if name == "mark":
        return _MARKS.get(text, known)
    if name == "number":
        return {"number": text} if len(text) <= LONGEST_NUMBER else {"opaque": text}
    if name == "word":
        return known
    own = {
        "meridiem": {"meridiem": text[0].lower() + "m"},
        "always": {"opening": "opening"},
        "ordinal": {"refuse": "ordinal"},
        "fraction": {"number": str(_fraction(text))} if name == "fraction" else {},
    }
    return own.get(name, {name: text})


def _fraction(text: str) -> float:
    *whole, part = text.split()
    above, below = part.split("/")
    return int(whole[0] if whole else 0) + int(above) / int(below)


def _phrase(text: str, single: Sequence[Token], place: int, words: Words) -> tuple[Token, int]:
    """The longest known phrase from this token on, or the token itself."""
    best = single[place], place + 1
    said = folded(single[place].text)
    after = place
    for _ in range(words.longest - 1):
        after += 1
        if _is_hyphen(single, after):
            after += 1
        if after >= len(single) or not _may_join(single[after]):
            break
        said = f"{said} {folded(single[after].text)}"
        if said in words.kinds:
            whole = text[single[place].start : single[after].end]
            known = words.kinds[said]
            best = Token(whole, single[place].start, single[after].end, known), after + 1
    return best


def _is_hyphen(single: Sequence[Token], place: int) -> bool:
    """A dash without blanks: 'in-person'."""
    if not 0 < place < len(single) - 1 or "dash" not in single[place]:
        return False
    before, dash, after = single[place - 1 : place + 2]
    return before.end == dash.start and dash.end == after.start


def _may_join(token: Token) -> bool:
    return token.text[0].isalpha() or token.text[0].isdigit()
