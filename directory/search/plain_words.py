"""Plain words of English and Spanish, and names: they are not ours, but no misspellings either."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from directory.search.tokens import tokens

SPANISH = Path("es/LC_MESSAGES/messages.po")
QUOTED = re.compile(r'^(msgid|msgstr)?(?:\[\d\])?(?:_plural)?\s*"(.*)"$')
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\\n|https?://\S+")
SHORTEST_SPANISH = 3


@dataclass(frozen=True, slots=True)
class PlainWords:
    """`names` are those of places, drugs and plans; `surnames` may be people's words spelled wrong."""

    english: frozenset[str] = frozenset()
    spanish: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()

    def __contains__(self, word: object) -> bool:
        return word in self.english or word in self.spanish or word in self.names

    def is_only_spanish(self, word: str) -> bool:
        """True for a Spanish word that is no English one and no name."""
        return word in self.spanish and word not in self.english and word not in self.names

    def is_only_english(self, word: str) -> bool:
        """True for a plain English word that is no Spanish one."""
        return word in self.english and word not in self.spanish


def load_plain_words(folder: Path, translations: Path) -> PlainWords:
    """Read the lists of words; Spanish are those of our list, of our own pages, and of danger."""
    with (folder / "names.csv").open(encoding="utf-8", newline="") as file:
        names = frozenset(word for row in csv.DictReader(file) for word in tokens(row["word"]))
    return PlainWords(
        english=_words_in(folder / "english.txt"),
        spanish=_words_in(folder / "spanish.txt")
        | frozenset(catalog_words(translations / SPANISH))
        | frozenset(_of_danger(folder)),
        names=_words_in(folder / "places.txt") | names,
        surnames=_words_in(folder / "surnames.txt"),
    )


def catalog_words(catalog: Path) -> Iterator[str]:
    """Every word of the translations of a gettext catalog, folded; words of placeholders are none."""
    translated = False
    for line in catalog.read_text(encoding="utf-8").splitlines():
        if found := QUOTED.match(line):
            translated = translated if found[1] is None else found[1] == "msgstr"
            if translated:
                said = tokens(PLACEHOLDER.sub(" ", found[2]))
                yield from (word for word in said if len(word) >= SHORTEST_SPANISH)


def _of_danger(folder: Path) -> Iterator[str]:
    """Words of Spanish wording of danger and of calm; not of rows with '*', which hold misspellings."""
    for name in ("crisis.csv", "calm.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["lang"] == "es"]
        said = (tokens(row["phrase"]) for row in rows if "*" not in row["phrase"])
        yield from (word for words in said for word in words if len(word) >= SHORTEST_SPANISH)


def _words_in(path: Path) -> frozenset[str]:
    return frozenset(path.read_text(encoding="ascii").split())
