"""The data files as the tests read them."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data"
LISTINGS = DATA / "listings"
SOURCES = DATA / "sources"

Json = dict[str, Any]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def listing(name: str) -> Json:
    """A listing file: 'pasadena' or 'examples'."""
    found: Json = json.loads((LISTINGS / name / f"{name}.json").read_text(encoding="utf-8"))
    return found


def sites(whole: Json) -> Iterator[Json]:
    """Every site of a listing."""
    for organization in whole["organizations"]:
        yield from organization["sites"]


def programs(whole: Json) -> Iterator[Json]:
    """Every program of a listing."""
    for site in sites(whole):
        yield from site["programs"]


def program(whole: Json, program_id: str) -> Json:
    """One program by id."""
    return next(found for found in programs(whole) if found["id"] == program_id)


def codes_used(whole: Json, kind: str) -> set[str]:
    """The codes of one vocabulary that a listing uses."""
    facts: dict[str, list[Any]] = {
        "levels_of_care": [[found["level_of_care"]] for found in programs(whole)],
        "payers": [[p["payer"] for p in found.get("payers", [])] for found in programs(whole)],
    }
    lists = facts.get(kind) or [found.get(kind, []) for found in programs(whole)]
    return {code for codes in lists for code in codes}
