"""The published statistics to draw from: shares of codes, shapes of schedules, words."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from directory.catalog.vocabulary import Vocabularies, Vocabulary

LISTS = ("su_facilities_2024", "mh_facilities_2024")
"""The federal lists for substance use and for mental health, by the column that counts them."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """Keys with weights, ready to be drawn from."""

    keys: tuple[str, ...]
    upto: tuple[float, ...]

    def draw(self, rng: Random) -> str:
        """One key, with the chance that its weight gives it."""
        return rng.choices(self.keys, cum_weights=self.upto)[0]

    def number(self, rng: Random) -> int:
        """One key that is a whole number."""
        return int(self.draw(rng))


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that is drawn from.

    `codes` has, for each kind of code and each federal list, the share of facilities that state
    it; `shares` single chances between 0 and 1; `words` the parts of names and descriptions.
    """

    shapes: Mapping[str, Weighted]
    shares: Mapping[str, float]
    codes: Mapping[str, Sequence[tuple[str, float, float]]]
    words: Mapping[str, tuple[str, ...]]

    def happens(self, rng: Random, share: str) -> bool:
        """True with the chance of this share."""
        return rng.random() < self.shares[share]

    def drawn_codes(self, rng: Random, kind: str, lists: tuple[bool, bool]) -> list[str]:
        """Codes of one kind as a facility on these lists (substance use, mental health) has them."""
        use, mind = lists
        return [
            code
            for code, of_use, of_mind in self.codes[kind]
            if rng.random() < max(of_use * use, of_mind * mind)
        ]


def load_statistics(data: Path, vocabularies: Vocabularies) -> Statistics:
    """Read `data/synthetic` and the federal table of facility counts by code."""
    own = data / "synthetic"
    shares = {row["share"]: int(row["percent"]) / 100 for row in _rows(own / "shares.csv")}
    counted = {
        row["service_code"]: (int(row[LISTS[0]]), int(row[LISTS[1]]))
        for row in _rows(data / "sources" / "samhsa_service_codes.csv")
    }
    uncounted = shares["code_without_count"]
    return Statistics(
        shapes=_shapes(own / "shapes.csv"),
        shares=shares,
        codes={
            kind: tuple(_code_shares(vocabulary, counted, uncounted))
            for kind, vocabulary in vocabularies.items()
        },
        words=_words(own),
    )


def _code_shares(
    vocabulary: Vocabulary, counted: Mapping[str, tuple[int, int]], uncounted: float
) -> Iterator[tuple[str, float, float]]:
    """The share on each list: of several federal codes for one of ours, the most frequent."""
    of_use, of_mind = (max(pair[at] for pair in counted.values()) for at in (0, 1))
    for term in vocabulary:
        pairs = [counted[code] for code in term.samhsa_codes if code in counted]
        if pairs:
            use, mind = (max(pair[at] for pair in pairs) for at in (0, 1))
            yield term.id, use / of_use, mind / of_mind
        elif vocabulary.kind == "languages":
            yield term.id, uncounted / 20, uncounted / 20
        else:
            yield term.id, uncounted, uncounted


def _shapes(path: Path) -> Mapping[str, Weighted]:
    shapes: dict[str, list[tuple[str, float]]] = {}
    for row in _rows(path):
        shapes.setdefault(row["shape"], []).append((row["key"], float(row["weight"])))
    return {
        shape: Weighted(tuple(k for k, _ in rows), tuple(accumulate(w for _, w in rows)))
        for shape, rows in shapes.items()
    }


def _words(folder: Path) -> Mapping[str, tuple[str, ...]]:
    words = {row["part"]: tuple(row["words"].split("|")) for row in _rows(folder / "names.csv")}
    words["details"] = tuple(row["detail"] for row in _rows(folder / "details.csv"))
    for row in _rows(folder / "sentences.csv"):
        words[row["part"]] = (*words.get(row["part"], ()), row["text"])
    return words


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
