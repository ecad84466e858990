"""The tables of `data/linking`: which words of a street or a name tell one door from another."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from directory.catalog.vocabulary import folded

SMALL = ("joins words", "kind of company")
_MARKS = re.compile(r"['’.]")
_WORD = re.compile(r"#|[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class LinkWords:
    """`streets`: written -> (meant, use). `names`: written -> meant, nothing where it says nothing.

    `small` are those that two spellings of one name may leave out: "inc", "the".
    """

    streets: Mapping[str, tuple[str, str]]
    names: Mapping[str, tuple[str, ...]]
    small: frozenset[str]


def load_link_words(folder: Path) -> LinkWords:
    """Read `street_words.csv` and `name_words.csv`."""
    streets = {row["written"]: (row["meant"], row["use"]) for row in _rows(folder, "street_words")}
    rows = _rows(folder, "name_words")
    names = {row["written"]: tuple(row["meant"].split()) for row in rows}
    small = frozenset(row["written"] for row in rows if row["why"] in SMALL)
    return LinkWords(streets, names, small)


def plain_words(text: str | None) -> list[str]:
    """The words of a text in lower case, without accents; 'O'Neill' and 'L.A.' are one word each."""
    return _WORD.findall(_MARKS.sub("", folded(text or "")))


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
