"""What the guide claims, who says so, and when somebody last checked (`data/guide/cards.csv`)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directory.errors import UnreadableFile

COLUMNS = ("id", "pages", "claim", "source", "url", "last_reviewed")


@dataclass(frozen=True, slots=True)
class Card:
    """One fact of the guide. `claim` is for reviewers; the words people read stand in the page.

    `url` is an https address, or a page of ours that names the sources.
    """

    id: str
    pages: tuple[str, ...]
    claim: str
    source: str
    url: str
    last_reviewed: date


Cards = Mapping[str, Card]


def load_cards(path: Path) -> Cards:
    """Every card by its id. Raises `UnreadableFile` for a row without source, address or date."""
    with path.open(encoding="utf-8", newline="") as file:
        cards = [_card(path, row) for row in csv.DictReader(file)]
    return {card.id: card for card in cards}


def _card(path: Path, row: Mapping[str, str]) -> Card:
    cells = [(row.get(column) or "").strip() for column in COLUMNS]
    if not all(cells):
        raise UnreadableFile(path.name, f"row {cells}", f"a value in each of {', '.join(COLUMNS)}")
    try:
        reviewed = date.fromisoformat(cells[-1])
    except ValueError:
        raise UnreadableFile(path.name, f"row {cells}", "last_reviewed as 2026-11-25") from None
    card_id, pages, claim, source, url, _ = cells
    return Card(card_id, tuple(pages.split("|")), claim, source, url, reviewed)
