"""The service codes of the federal directory: which there are, what people call them, what they mean.

Codes are kept as they come: a newer edition may hold ones that the table does not know.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from directory.catalog.vocabulary import Vocabularies, folded
from directory.curation.public_lists.editions import TABLES

CODES = TABLES.parent / "sources" / "samhsa_service_codes.csv"
LABELS = TABLES / "samhsa_labels.csv"


class ServiceCodes:
    """Every code of the table with its category, survey and labels."""

    def __init__(self, table: Path = CODES, labels: Path = LABELS) -> None:
        rows = _rows(table)
        self.known = frozenset(row["service_code"] for row in rows)
        self.categories = frozenset(row["category_code"] for row in rows)
        self.only = {
            "substance": _of_one_survey(rows, "in_su_directory", "in_mh_directory"),
            "mental": _of_one_survey(rows, "in_mh_directory", "in_su_directory"),
        }
        self._labels: dict[tuple[str, str], str] = {}
        for column in ("name_2017", "service_name"):
            for row in rows:
                self._name(row["category_code"], row[column], row["service_code"])
        for row in _rows(labels):
            self._name(row["category_code"], row["label"], row["service_code"])

    def of_label(self, category: str, label: str) -> str | None:
        """The code that a label means in a category ('SET', 'Intensive outpatient treatment')."""
        plain = _plain(label)
        found = self._labels.get((category, plain)) or self._labels.get(("", plain))
        return found or None

    def survey_of(self, codes: Iterable[str]) -> str | None:
        """The survey whose own codes are in the majority; None where neither's are."""
        said = frozenset(codes)
        substance, mental = (len(said & self.only[name]) for name in ("substance", "mental"))
        if substance == mental:
            return None
        return "substance" if substance > mental else "mental"

    def _name(self, category: str, label: str, code: str) -> None:
        """Later names win; a label that means two codes in two categories means none alone."""
        plain = _plain(label)
        if not plain:
            return
        self._labels[category, plain] = code
        alone = self._labels.setdefault(("", plain), code)
        if alone != code:
            self._labels["", plain] = ""


@cache
def service_codes() -> ServiceCodes:
    """The table that ships."""
    return ServiceCodes()


class Meanings:
    """Federal code -> our codes, by the `samhsa_codes` of the vocabularies."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._tables: Mapping[str, dict[str, list[str]]] = {kind: {} for kind in vocabularies}
        for kind, vocabulary in vocabularies.items():
            for term in vocabulary:
                for code in term.samhsa_codes:
                    self._tables[kind].setdefault(code, []).append(term.id)

    def of(self, kind: str, codes: frozenset[str]) -> list[str]:
        """Our codes of one vocabulary that the federal codes state, sorted."""
        table = self._tables[kind]
        return sorted({ours for code in table.keys() & codes for ours in table[code]})


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _of_one_survey(rows: list[dict[str, str]], own: str, other: str) -> frozenset[str]:
    return frozenset(r["service_code"] for r in rows if r[own] == "Y" and r[other] != "Y")


def _plain(label: str) -> str:
    return "".join(letter for letter in folded(label) if letter.isalnum())
