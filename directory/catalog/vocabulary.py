"""The words of the field: codes with labels, people's words for them, and where they come from."""

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

KINDS = (
    "levels_of_care",
    "focus",
    "conditions",
    "services",
    "populations",
    "languages",
    "payers",
    "accreditations",
)
LABEL = "label_"
"""The columns `label_<language>` hold labels of other languages."""


@dataclass(frozen=True, slots=True)
class Term:
    """One code of one vocabulary.

    `parent` is the wider code (a plan's class, a therapy's family); `samhsa_codes` are the
    service codes that state it in the federal directory; `labels` are those of other languages.
    `aliases` are people's words, `aliases_in` the same by language.
    """

    kind: str
    id: str
    label: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    samhsa_codes: tuple[str, ...] = ()
    source: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    aliases_in: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def called(self) -> tuple[str, ...]:
        """Every way it is called: its labels, then people's words."""
        return (self.label, *(label for _, label in self.labels), *self.aliases)

    def label_in(self, language: str) -> str:
        """The label people read in a language; the English one where it has none."""
        return dict(self.labels).get(language, self.label)


class Vocabulary:
    """The codes of one kind, in the order of the file."""

    def __init__(self, kind: str, terms: tuple[Term, ...]) -> None:
        self.kind = kind
        self._terms = {term.id: term for term in terms}
        self._places = {term.id: place for place, term in enumerate(terms)}
        self._codes = tuple(self._terms)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, code: object) -> bool:
        return code in self._terms

    def __getitem__(self, code: str) -> Term:
        return self._terms[code]

    def codes(self) -> tuple[str, ...]:
        """Every code, in the order of the file."""
        return self._codes

    def place(self, code: str) -> int:
        """The position of a code: its bit in a column."""
        return self._places[code]

    def label(self, code: str, language: str = "en") -> str:
        """The label people read; the code itself where we have none."""
        return self._terms[code].label_in(language) if code in self._terms else code

    def widened(self, code: str) -> tuple[str, ...]:
        """The code and its wider codes, nearest first."""
        chain = [code]
        while (parent := self._terms[chain[-1]].parent) and parent not in chain:
            chain.append(parent)
        return tuple(chain)

    def narrowed(self, code: str) -> tuple[str, ...]:
        """The code and every code below it."""
        return self._narrowed[code]

    @cached_property
    def _narrowed(self) -> Mapping[str, tuple[str, ...]]:
        chains = {code: self.widened(code) for code in self._terms}
        return {
            code: tuple(below for below, chain in chains.items() if code in chain)
            for code in self._terms
        }


Vocabularies = Mapping[str, Vocabulary]


def folded(text: str) -> str:
    """Lower case without accents, blanks collapsed: how people's words are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def load_vocabularies(folder: Path) -> Vocabularies:
    """Read `<kind>.csv` for every kind; lists inside a cell are separated by '|'."""
    return {kind: _load(kind, folder / f"{kind}.csv") for kind in KINDS}


def _load(kind: str, path: Path) -> Vocabulary:
    with path.open(encoding="utf-8", newline="") as file:
        return Vocabulary(kind, tuple(_term(kind, row) for row in csv.DictReader(file)))


def _term(kind: str, row: Mapping[str, str]) -> Term:
    spoken = {"en": _cell(row["aliases"]), "es": _cell(row["aliases_es"])}
    return Term(
        kind=kind,
        id=row["id"],
        label=row["label"],
        parent=row["parent"] or None,
        aliases=tuple(word for words in spoken.values() for word in words),
        samhsa_codes=_cell(row["samhsa_codes"]),
        source=row["source"],
        labels=tuple(
            (name.removeprefix(LABEL), text)
            for name, text in row.items()
            if name.startswith(LABEL) and text
        ),
        aliases_in=tuple(spoken.items()),
    )


def _cell(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())
