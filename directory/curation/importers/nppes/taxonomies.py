"""What a taxonomy code speaks of: a place where people are treated, another company, or a person."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[4] / "data" / "lists" / "nppes_taxonomies.csv"


@dataclass(frozen=True, slots=True)
class Taxonomies:
    """Kinds by code, and by the section that its first two digits name. None of them means IOP."""

    kinds: Mapping[str, str]

    def kind(self, code: str) -> str | None:
        """'place', 'other' or 'person'; None for a code of no section we know."""
        return self.kinds.get(code) or self.kinds.get(code[:2])

    def is_place(self, codes: Iterable[str]) -> bool:
        """True if one of the codes speaks of a place where people are treated."""
        return any(self.kind(code) == "place" for code in codes)


def load_taxonomies(path: Path = DATA) -> Taxonomies:
    """Read `code,kind,label,source` rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return Taxonomies({row["code"]: row["kind"] for row in csv.DictReader(file)})
