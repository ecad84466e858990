"""How well words find programs: ours beside plain analyzers, on labelled queries.

`python -m bench.quality` writes a section of `bench/RESULTS.md`; `--programs N` adds a run over N
programs of the synthetic country. Labels come from the codes a program states and never from the
text that is ranked. The held-out half of the queries was written before the word lists were read.
"""

import argparse
import csv
import math
import re
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.corpus import journal_of
from bench.quality_peers import PEERS
from bench.sections import measured_by, put, takes_place
from directory.catalog.program import Listing
from directory.catalog.vocabulary import Vocabularies, folded
from directory.cli import COMMANDS
from directory.config import Config
from directory.curation.synthetic.country import invent
from directory.house import House, build_house
from directory.matching.index import Index
from directory.search.document import CODE_FACTS, document, stated_by, widened
from tests.golden.hostile import HOW_MANY, hostile

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
SEED = 20261124
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
    shut = (code for code, stance in program.populations.items() if stance == "excludes")
    codes -= {("populations", code) for code in shut}
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


SPELLED_WRONG = frozenset({"misspellings", "crisis"})
"""Classes with words that are meant to be put right: what is changed there is judged by what is found."""


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


@dataclass(frozen=True, slots=True)
class HelpShown:
    """Texts for which help came first, and those for which it should have and did not, or the other
    way round."""

    shown: int
    of: int
    wrong: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part for which help came first."""
        return self.shown / self.of

    def __str__(self) -> str:
        return f"{self.shown} of {self.of} ({self.share:.0%})"


def help_shown(
    index: Index, queries: Sequence[Query], split: str
) -> tuple[HelpShown, HelpShown, HelpShown]:
    """Where help comes first: of those in danger, of calm texts that look like it, of all others."""
    danger = [one for one in queries if one.split == split and one.kind == "crisis"]
    alike = [one for one in queries if one.split == split and one.kind == "calm"]
    others = [one for one in queries if one.split == split and one.kind not in {"crisis", "calm"}]
    return (
        _help_shown(index, danger, wanted=True),
        _help_shown(index, alike, wanted=False),
        _help_shown(index, others, wanted=False),
    )


def _help_shown(index: Index, queries: Sequence[Query], *, wanted: bool) -> HelpShown:
    firsts = [index.words(query.text).understood.help_first for query in queries]
    wrong = (query.text for query, first in zip(queries, firsts, strict=True) if first != wanted)
    return HelpShown(sum(firsts), len(firsts), tuple(wrong))


def changed(index: Index, queries: Sequence[Query]) -> dict[tuple[str, str], int]:
    """By (split, class), and by (split, 'all'), the queries of which a word was changed to what is not meant.

    A city or program with a slip in its name is meant where the label has the word that was used.
    """
    found: dict[tuple[str, str], int] = defaultdict(int)
    for query in queries:
        if query.group not in SPELLED_WRONG:
            meant = re.findall(r"\w+", folded(query.label))
            wrong = any(used not in meant for _, used in wrong_corrections(index, [query.text]))
            found[query.split, query.group] += wrong
            found[query.split, "all"] += wrong
    return dict(found)


def wrong_corrections(index: Index, words: Iterable[str]) -> list[tuple[str, str]]:
    """Correctly spelled words that were changed."""
    pairs = (pair for word in words for pair in index.words(word).understood.spelling)
    return [(typed, used) for typed, used in pairs if typed != used]


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
        """The texts that every engine gets, people's words for the codes among them."""
        return [
            {**document(one, self.vocabularies), "concept": self._people_say(one)}
            for one in self.listings
        ]

    def _people_say(self, listing: Listing) -> str:
        """People's words for the codes of a program: ours turns queries around instead."""
        codes = widened(stated_by(listing.program), self.vocabularies)
        return " . ".join(" ".join(self.vocabularies[kind][code].aliases) for kind, code in codes)


def frozen() -> datetime:
    """The moment of every figure."""
    return NOW


def shipped(home: Path) -> Corpus:
    """The programs that ship, published into this folder."""
    house = build_house(Config(home=home, secret="bench-" * 8), frozen)
    setup = next(run for name, run, *_ in COMMANDS if name == "setup")
    setup(house, argparse.Namespace())
    return published("shipped programs", house)


def synthetic(home: Path, programs: int) -> Corpus:
    """So many programs of the synthetic country, published into this folder."""
    house = build_house(Config(home=home, secret="bench-" * 8), frozen)
    listings = list(invent(programs, SEED, data=house.config.data, today=NOW.date()))
    house.press.write(listings, NOW.date(), journal_of(listings))
    return published("synthetic programs", house, listings)


def published(name: str, house: House, listings: Iterable[Listing] | None = None) -> Corpus:
    """The published generation with its listings (by default those of the store)."""
    listings = house.records().all() if listings is None else listings
    index = house.generations.current()
    rows = {index.row_of(one.program.id): one for one in listings}
    return Corpus(name, index, [rows[row] for row in sorted(rows)], house.vocabularies)


# the section of the report


def section(corpus: Corpus, queries: Sequence[Query]) -> Iterator[str]:
    """Markdown: figures by class and split, then the peers, then corrections and danger."""
    labels = Labels(corpus.listings, corpus.vocabularies)
    ours = by_words(corpus.index)
    yield f"### {len(corpus.listings)} {corpus.name}"
    yield ""
    yield from _by_class(ranked_figures(ours, queries, labels), changed(corpus.index, queries))
    yield ""
    yield from _beside_peers(corpus, queries, labels)
    yield ""
    yield from _told(corpus, queries)


def _by_class(
    figures: Mapping[tuple[str, str], Figures], wrong: Mapping[tuple[str, str], int]
) -> Iterator[str]:
    heads = ("queries", "nDCG@10", "zero", "MRR", "wrong corrections")
    yield f"| class | dev: {' | '.join(heads)} | held out: {' | '.join(heads)} |"
    yield "|---" * (1 + 2 * len(heads)) + "|"
    for group in dict.fromkeys([*(group for _, group in figures if group != "all"), "all"]):
        cells = (_cells(figures.get((one, group)), wrong.get((one, group))) for one in SPLITS)
        yield f"| {group} | {' | '.join(cells)} |"


def _cells(one: Figures | None, wrong: int | None) -> str:
    spelled = "-" if wrong is None else str(wrong)
    if one is None:
        return f"0 | - | - | - | {spelled}"
    return f"{one.queries} | {one.ndcg:.3f} | {one.zero:.0%} | {one.mrr:.2f} | {spelled}"


def _beside_peers(corpus: Corpus, queries: Sequence[Query], labels: Labels) -> Iterator[str]:
    found: dict[str, Mapping[tuple[str, str], Figures]] = {}
    rows, absent = [], []
    for name, opened in (("ours", _ours(corpus.index)), *PEERS):
        with opened(corpus.documents()) as search:
            if search is None:
                absent.append(f"Skipped: {name} is not installed.")
            else:
                found[name] = ranked_figures(search, queries, labels)
                rows.append(_row(name, found[name], share_empty(search, queries, "held_out")))
    yield "| engine | nDCG@10 dev | held out | zero held out | MRR of names | negatives empty |"
    yield "|---|---|---|---|---|---|"
    yield from rows
    for line in absent:
        yield f"\n{line}"
    yield "\nHeld out, by class: nDCG@10, and the share that finds nothing.\n"
    yield f"| class | {' | '.join(found)} |"
    yield "|---" * (1 + len(found)) + "|"
    for group in sorted({group for split, group in found["ours"] if split == "held_out"} - {"all"}):
        each = (figures["held_out", group] for figures in found.values())
        yield f"| {group} | {' | '.join(f'{one.ndcg:.3f}, {one.zero:.0%}' for one in each)} |"


def _ours(index: Index) -> Callable[[object], AbstractContextManager[Search]]:
    return lambda _: nullcontext(by_words(index))


def _row(name: str, figures: Mapping[tuple[str, str], Figures], empty: float) -> str:
    dev, held = figures["dev", "all"], figures["held_out", "all"]
    names = f"{figures[key].mrr:.2f}" if (key := ("held_out", "names")) in figures else "-"
    return (
        f"| {name} | {dev.ndcg:.3f} | {held.ndcg:.3f} | {held.zero:.0%} | {names} | {empty:.0%} |"
    )


def _told(corpus: Corpus, queries: Sequence[Query]) -> Iterator[str]:
    for split in SPLITS:
        danger, alike, others = help_shown(corpus.index, queries, split)
        nothing = told_nothing_fits(corpus.index, queries, split)
        rare = load_rare_names()[split]
        wrong = wrong_corrections(corpus.index, rare)
        yield (
            f"- {split}: negatives that find nothing or are told so {nothing:.0%}; help first for"
            f" {danger} of crisis wording, {alike} of calm texts that look like it and {others} of"
            f" the rest; wrong corrections of {len(rare)} rare names: {len(wrong)} {wrong or ''}"
        ).rstrip()
    own = shipped_names(corpus.listings)
    wrong = wrong_corrections(corpus.index, own)
    yield f"- wrong corrections of {len(own)} words of names and cities in the listings: {len(wrong)}"
    slowest, middle = times_of(corpus.index, [query.text for query in queries])
    yield f"- one query read, spelled and scored: median {middle:.2f} ms, slowest {slowest:.1f} ms"
    slowest, middle = times_of(corpus.index, hostile())
    yield f"- one of {HOW_MANY} hostile texts: median {middle:.2f} ms, slowest {slowest:.1f} ms"


def times_of(index: Index, texts: Iterable[str]) -> tuple[float, float]:
    """Slowest and median milliseconds of a text, after one that loads what is loaded late."""
    index.words("pasadenna")
    times = []
    for text in texts:
        begun = time.perf_counter()
        index.words(text)
        times.append(1000 * (time.perf_counter() - begun))
    return max(times), statistics.median(times)


def main() -> None:
    """Write the section: the shipped programs, and the synthetic country."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--programs", type=int, default=5000, help="of the synthetic country; 0 for none"
    )
    takes_place(parser)
    options = parser.parse_args()
    queries = load_queries()
    with tempfile.TemporaryDirectory() as home:
        parts = ["\n".join(section(shipped(Path(home)), queries))]
    if options.programs:
        with tempfile.TemporaryDirectory() as home:
            parts.append("\n".join(section(synthetic(Path(home), options.programs), queries)))
    head = (
        f"## Quality of words\n\n{measured_by('bench.quality')} {len(queries)} labelled queries "
        f"({GOLDEN.name}/queries.csv); 2 = states the code,\n"
        "1 = states a wider or narrower one. Every engine gets the same texts, with people's words\n"
        "for the codes in them; peers ask for all words and then for any."
    )
    put("\n\n".join((head, *parts)), options.into)


if __name__ == "__main__":
    main()
