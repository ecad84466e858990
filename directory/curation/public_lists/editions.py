"""How old a public list is. No list says it; whoever imports may, and else we take it as old."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from directory.curation.reading import Told
from directory.errors import BadValue

TABLES = Path(__file__).parents[3] / "data" / "lists"


@dataclass(frozen=True, slots=True)
class PublicList:
    """A list that somebody publishes: the importer that reads it, its name, where it stands."""

    importer: str
    name: str
    url: str


def dated_source(
    listed: PublicList, file: Path, told: Told, table: Path = TABLES / "editions.csv"
) -> tuple[dict[str, Any], list[str]]:
    """The source of a file as the listing format writes it, and what the report should say.

    The day is the one told, or that of the edition told, or of an edition that the file's name
    holds. Otherwise it is the careful day of `data/lists/editions.csv`, so that no old list ever
    looks fresh. Raises `BadValue` for a day after the one it was seen on.
    """
    known = _editions(table, listed.importer)
    edition = told.edition or _in_name(file, known)
    dated = told.dated or known.get(edition or "") or known[""]
    if dated > told.seen_on:
        raise BadValue("--dated", dated.isoformat(), f"a day not after {told.seen_on} (--seen-on)")
    notes = [] if told.dated or (told.edition and told.edition in known) else [
        _note(edition, dated, known)
    ]  # fmt: skip
    source = {
        "name": listed.name,
        "url": listed.url,
        "seen_on": told.seen_on.isoformat(),
        "method": "list",
        "edition": edition,
        "dated": dated.isoformat(),
    }
    return source, notes


def known_editions(table: Path = TABLES / "editions.csv") -> Mapping[str, Sequence[str]]:
    """The editions of each list that we know, by importer; of a list without any the tuple is empty."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [(row["importer"], row["edition"]) for row in csv.DictReader(file)]
    importers = dict.fromkeys(name for name, _ in rows)
    return {
        one: [edition for name, edition in rows if name == one and edition] for one in importers
    }


def _editions(table: Path, importer: str) -> dict[str, date]:
    with table.open(encoding="utf-8", newline="") as file:
        return {
            row["edition"]: date.fromisoformat(row["dated"])
            for row in csv.DictReader(file)
            if row["importer"] == importer
        }


def _in_name(file: Path, known: Mapping[str, date]) -> str | None:
    """The one edition whose name stands in the file's name."""
    found = [one for one in known if one and re.search(rf"(?<!\d){one}(?!\d)", file.stem)]
    return found[0] if len(found) == 1 else None


def _note(edition: str | None, dated: date, known: Mapping[str, date]) -> str:
    if edition in known and edition:
        return f"Edition {edition} by the name of the file, facts of {dated}. --edition says it surely."
    names = ", ".join(filter(None, known)) or "none yet"
    return (
        f"Edition {edition or 'not named'}, so its facts are taken as old as {dated}. "
        f"Pass --edition (known: {names}) or --dated YYYY-MM-DD."
    )
