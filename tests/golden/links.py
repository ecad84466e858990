"""Pairs of public rows judged by hand (`links.csv`): the same site, different, or ask a person.

`read_pairs` answers them as the linking rules see rows; `figures` counts what the rules make of them.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from directory.catalog.program import Address
from directory.curation.linking.door import Door, Seen, door
from directory.curation.linking.gathering import gather
from directory.curation.linking.words import LinkWords, load_link_words

FILE = Path(__file__).with_name("links.csv")
WORDS = FILE.parents[2] / "data" / "linking"

Label = Literal["same", "different", "ask"]


@dataclass(frozen=True)
class Labelled:
    """Two keys and what a person who read both rows says of them."""

    left: str
    right: str
    label: Label
    reason: str


@dataclass(frozen=True)
class Figures:
    """What became of the labelled pairs."""

    linked_wrongly: tuple[Labelled, ...]
    linked: tuple[Labelled, ...]
    queued: tuple[Labelled, ...]
    lost: tuple[Labelled, ...]

    @property
    def precision(self) -> float:
        """Of the pairs linked without asking, how many are one site."""
        right = len(self.linked)
        return right / (right + len(self.linked_wrongly))

    @property
    def recall(self) -> float:
        """Of the true pairs, how many were linked or put to a person."""
        found = len(self.linked) + len(self.queued)
        return found / (found + len(self.lost))


def read_pairs(path: Path = FILE) -> tuple[list[Labelled], list[Seen]]:
    """The labelled pairs, and every row they speak of, once."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    seen = {one.key: one for row in rows for one in (_seen(row, "left"), _seen(row, "right"))}
    pairs = [
        Labelled(row["left_key"], row["right_key"], row["label"], row["reason"]) for row in rows
    ]
    return pairs, list(seen.values())


def doors(rows: Iterable[Seen], words: LinkWords | None = None) -> list[Door]:
    """The rows, made comparable."""
    words = words or load_link_words(WORDS)
    return [door(one, words) for one in rows]


def figures(pairs: Iterable[Labelled], rows: Iterable[Seen]) -> Figures:
    """Link all rows at once, as an import does, and look where each labelled pair ended."""
    gathered = gather(doors(rows), {})
    group = {one.key: place for place, g in enumerate(gathered.groups) for one in g.doors}
    asked = {frozenset((group[pair.left.key], group[pair.right.key])) for pair in gathered.doubts}
    wrong, linked, queued, lost = [], [], [], []
    for pair in pairs:
        together = group[pair.left] == group[pair.right]
        if together:
            (linked if pair.label == "same" else wrong).append(pair)
        elif pair.label == "same":
            in_queue = frozenset((group[pair.left], group[pair.right])) in asked
            (queued if in_queue else lost).append(pair)
    return Figures(tuple(wrong), tuple(linked), tuple(queued), tuple(lost))


def _seen(row: dict[str, str], side: str) -> Seen:
    own = {key.removeprefix(f"{side}_"): value or None for key, value in row.items()}
    return Seen(
        key=row[f"{side}_key"],
        names=tuple(row[f"{side}_names"].split("|")),
        phone=own["phone"],
        address=Address(
            city=own["city"],
            state=own["state"],
            zip=own["zip"],
            street=own["street"],
            unit=own["unit"],
            withheld=bool(own["withheld"]),
        ),
    )
