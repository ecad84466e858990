"""What a caller asks (`data/audit.csv`), and what our listing says of it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from directory.catalog.listing import Json, Record, facts_of
from directory.catalog.program import Listing
from directory.curation.claims import canonical

Part = Literal["contact", "care", "detail"]


@dataclass(frozen=True, slots=True)
class Question:
    """One fact to ask about. `part`: contact information, whether there is such care, or details."""

    fact: str
    part: Part
    text: str


def load_questions(path: Path) -> tuple[Question, ...]:
    """The script, in the order in which it is asked."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(Question(row["fact"], _part(row["part"]), row["question"]) for row in rows)


def _part(text: str) -> Part:
    parts: dict[str, Part] = {"contact": "contact", "care": "care", "detail": "detail"}
    return parts[text]


def home_of(listing: Listing, fact: str) -> Record:
    """The record that a fact stands in: the site for phone and address, else the program."""
    return listing.site if fact in ("phone", "address") else listing.program


def listed(listing: Listing, fact: str) -> Json:
    """The value we list, in the listing format; None if we list none: nothing to check."""
    return facts_of(home_of(listing, fact)).get(fact)


def listed_text(value: Json) -> str:
    """The same on one line of a sheet."""
    return value if isinstance(value, str) else canonical(value)


def asked_of(
    listing: Listing, questions: tuple[Question, ...]
) -> Iterator[tuple[Question, str, str]]:
    """Each question about something we list: what we list, and the words to say."""
    for question in questions:
        value = listed(listing, question.fact)
        if value is not None:
            text = listed_text(value)
            yield question, text, question.text.replace("{listed}", text)
