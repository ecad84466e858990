"""How well words find programs: ours beside plain analyzers, on labelled queries.

`python -m bench.quality` prints a section for `bench/RESULTS.md`; `--programs N` adds a run over N
programs of the synthetic country. Labels come from the codes a program states and never from the
text that is ranked. The held-out half of the queries was written before the word lists were read.
"""

import argparse
import csv
import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from directory.app import House, build_house
from directory.catalog.program import Listing
from directory.catalog.vocabulary import Vocabularies, folded
from directory.cli import COMMANDS
from directory.config import Config
from directory.matching.index import Index
from directory.search.document import CODE_FACTS, document

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
PAGE = 10
SPLITS = ("dev", "held_out")
NOT_RANKED = frozenset({"negatives", "crisis"})

Search = Callable[[str], Sequence[int]]
"""Rows for a text, best first; empty if nothing is found."""


@dataclass(frozen=True, slots=True)
class Query:
    """One labelled query. `label` is 'code|code' (any) or 'kind:code & kind:code' (all)."""

    text: str
    lang: str
    group: str
    split: str
    kind: str
    label: str


def load_queries(path: Path = GOLDEN / "queries.csv") -> list[Query]:
    """The labelled queries, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Query(r["query"], r["lang"], r["class"], r["split"], r["label_kind"], r["label"])
            for r in csv.DictReader(file)
        ]


def load_rare_names(path: Path = GOLDEN / "rare_names.csv") -> dict[str, list[str]]:
    """Correctly spelled names that no listing holds, by split."""
    with path.open(encoding="utf-8", newline="") as file:
        found: dict[str, list[str]] = defaultdict(list)
        for row in csv.DictReader(file):
            found[row["split"]].append(row["name"])
        return dict(found)


# labels


class Labels:
    """Grades programs by the codes they state: 2 states it, 1 states a wider or narrower code."""

    def __init__(self, listings: Sequence[Listing], vocabularies: Vocabularies) -> None:
        self._listings = listings
        self._vocabularies = vocabularies
        self._stated = [_stated(one) for one in listings]

    def grades(self, query: Query) -> list[int]:
        """The grade of each program, in the order of the listings."""
        if query.kind != "all":
            return [self._any(row, query.kind, query.label) for row in range(len(self._listings))]
        parts = [part.strip().split(":", 1) for part in query.label.split("&")]
        return [
            min(self._any(row, kind, label) for kind, label in parts)
            for row in range(len(self._listings))
        ]

    def _any(self, row: int, kind: str, label: str) -> int:
        return max((self._one(row, kind, code) for code in label.split("|")), default=0)

    def _one(self, row: int, kind: str, code: str) -> int:
        listing, stated = self._listings[row], self._stated[row]
        if kind == "city":
            return 2 * (folded(listing.site.address.city or "") == folded(code))
        if kind == "program":
            return 2 * (listing.program.id == code)
        if kind not in self._vocabularies:
            return 0
        if (kind, code) in stated:
            return 2
        vocabulary = self._vocabularies[kind]
        family = {*vocabulary.widened(code), *vocabulary.narrowed(code)}
        return int(any((kind, other) in stated for other in family))


def _stated(listing: Listing) -> frozenset[tuple[str, str]]:
    program = listing.program
    codes = {(kind, code) for kind, fact in CODE_FACTS.items() for code in getattr(program, fact)}
    codes -= {("populations", c) for c, stance in program.populations.items() if stance == "excludes"}
    codes |= {("payers", one.payer) for one in program.payers if one.network != "out"}
    if program.level_of_care:
        codes.add(("levels_of_care", program.level_of_care))
    return frozenset(codes)


# measures


def gain(grades: Iterable[int]) -> float:
    """Discounted cumulative gain of a page."""
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def ndcg(found: Sequence[int], grades: Sequence[int]) -> float:
    """nDCG@10: 1 is the best order there is."""
    best = gain(sorted(grades, reverse=True)[:PAGE])
    return gain(grades[row] for row in found[:PAGE]) / best


def reciprocal_rank(found: Sequence[int], grades: Sequence[int]) -> float:
    """1 for the first place, a half for the second, 0 if not on the page."""
    places = (place for place, row in enumerate(found[:PAGE], 1) if grades[row])
    return 1 / next(places, math.inf)


@dataclass(frozen=True, slots=True)
class Figures:
    """One class of one split. `ndcg` and `zero` are over queries that some program answers."""

    queries: int
    ndcg: float
    zero: float
    mrr: float


def ranked_figures(
    search: Search, queries: Sequence[Query], labels: Labels
) -> dict[tuple[str, str], Figures]:
    """Figures by (split, class), and by (split, 'all')."""
    seen: dict[tuple[str, str], list[tuple[float, float, float]]] = defaultdict(list)
    for query in queries:
        grades = [] if query.group in NOT_RANKED else labels.grades(query)
        if not any(grades):
            continue
        found = search(query.text)
        one = ndcg(found, grades), float(not found), reciprocal_rank(found, grades)
        seen[query.split, query.group].append(one)
        seen[query.split, "all"].append(one)
    return {
        key: Figures(len(rows), *(statistics.mean(column) for column in zip(*rows, strict=True)))
        for key, rows in seen.items()
    }


def share_empty(search: Search, queries: Sequence[Query], split: str) -> float:
    """Negatives that find nothing."""
    of = [query for query in queries if query.group == "negatives" and query.split == split]
    return statistics.mean(not search(query.text) for query in of)


# ours


def by_words(index: Index) -> Search:
    """Our words alone: no place, no need, the order of the scores."""

    def search(text: str) -> list[int]:
        scores = index.words(text).scores
        order = np.argsort(-scores, kind="stable")[: max(PAGE, 20)]
        return [int(row) for row in order if scores[row] > 0]

    return search


def told_nothing_fits(index: Index, queries: Sequence[Query], split: str) -> float:
    """Negatives that find nothing, or are told that we do not list such care."""
    of = [query for query in queries if query.group == "negatives" and query.split == split]
    hits = [index.words(query.text) for query in of]
    return statistics.mean(
        bool(not one.scores.any() or one.understood.out_of_scope) for one in hits
    )


def help_shown(index: Index, queries: Sequence[Query], split: str) -> tuple[float, float]:
    """Shares of queries where help comes first: of those in danger, and of those that are not."""
    shown: dict[str, list[bool]] = {"crisis": [], "calm": []}
    for query in queries:
        if query.split == split:
            kind = "crisis" if query.kind == "crisis" else "calm"
            shown[kind].append(index.words(query.text).understood.help_first)
    return statistics.mean(shown["crisis"]), statistics.mean(shown["calm"])


def wrong_corrections(index: Index, words: Iterable[str]) -> list[tuple[str, str]]:
    """Correctly spelled words that were changed."""
    return [pair for word in words for pair in index.words(word).understood.spelling]


def shipped_names(listings: Sequence[Listing]) -> list[str]:
    """Every distinct word of the names and cities of these listings."""
    texts = (
        f"{one.organization.name} {one.site.name} {one.program.name} {one.site.address.city}"
        for one in listings
    )
    return sorted({word for text in texts for word in folded(text).split()})


# corpora


@dataclass(frozen=True, slots=True)
class Corpus:
    """Published programs in the order of the roster."""

    name: str
    index: Index
    listings: Sequence[Listing]
    vocabularies: Vocabularies

    def documents(self) -> list[Mapping[str, str]]:
        """The texts that every engine gets; our codes are left out."""
        found = [document(one, self.vocabularies) for one in self.listings]
        return [{k: v for k, v in one.items() if k != "concept"} for one in found]


def frozen() -> datetime:
    """The moment of every figure."""
    return NOW


def shipped(home: Path) -> Corpus:
    """The programs that ship, published into this folder."""
    house = build_house(Config(home=home, secret="bench-" * 8), frozen)
    setup = next(run for name, run, *_ in COMMANDS if name == "setup")
    setup(house, argparse.Namespace())
    return _corpus("shipped programs", house, house.records().all())


def _corpus(name: str, house: House, listings: Iterable[Listing]) -> Corpus:
    index = house.generations.current()
    rows = {index.row_of(one.program.id): one for one in listings}
    return Corpus(name, index, [rows[row] for row in sorted(rows)], house.vocabularies)
