"""The bench runs: ours and plain Whoosh answer alike, and a report comes out."""

from pathlib import Path

import pytest

from bench.__main__ import _named, main
from bench.corpus import NOW, Corpus, corpus_of
from bench.goals import goals
from bench.growth import FAR, NATIONWIDE, Tall, grow
from bench.measure import TURN, WARM_UP, alternate
from bench.peers import PEERS
from bench.peers.ours import Ours, OursChanging
from bench.peers.packed import packed, places_of, words_of
from bench.peers.peer import WORKLOADS
from bench.queries import Query, draw
from bench.report import Results, growth_section
from directory.matching.week import DAY, FreeWeek, span_bits


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus_of(100, tmp_path_factory.mktemp("bench"))


def test_a_small_run_writes_what_it_measured(tmp_path: Path) -> None:
    into = tmp_path / "RESULTS.md"
    sizes = ["--programs", "100", "--queries", "6", "--checked", "3", "--no-growth"]
    results = main([*sizes, "--peers", "Whoosh + geopy", "--into", str(into)])
    assert set(results.times) == set(WORKLOADS)
    assert all(one.holds for one in results.checks)
    assert results.scores is not None
    assert results.scores[1] < 1e-5
    assert "| Figure | Goal | Measured | Met |" in into.read_text(encoding="utf-8")


def test_engines_are_chosen_by_how_their_names_begin() -> None:
    chosen = [peer.name for peer in PEERS if _named(peer, ["whoosh", "SQLite"])]
    assert chosen == ["Whoosh + geopy", "Whoosh + geopy, boxed", "SQLite FTS5 + R*Tree"]


def test_the_same_seed_draws_the_same_queries(corpus: Corpus) -> None:
    assert draw(corpus, 20) == draw(corpus, 20)
    assert draw(corpus, 20) != draw(corpus, 20, seed=6)


def test_no_week_is_drawn_twice(corpus: Corpus) -> None:
    weeks = [query.week for query in draw(corpus, 300)]
    assert len(set(weeks)) == len(weeks)


class Listening:
    """An engine that notes what it is asked."""

    name = "listening"

    def __init__(self) -> None:
        self.asked: list[int] = []

    def run(self, workload: str, query: Query) -> tuple[int, ...]:
        self.asked.append(query.number)
        return ()

    def build(self, rows: object, folder: object) -> None:
        """Nothing to build."""

    def close(self) -> None:
        """Nothing runs."""


def test_nothing_is_asked_before_it_is_timed(corpus: Corpus) -> None:
    engine = Listening()
    (times,) = alternate("match", [engine], draw(corpus, WARM_UP + TURN + 3))
    timed = [*range(WARM_UP, WARM_UP + TURN + 3)]
    turns = [WARM_UP - 1, *timed[:TURN], timed[TURN - 1], *timed[TURN:]]
    assert engine.asked == [*range(WARM_UP), *turns]
    assert len(times.ms) == len(timed)


def test_engines_of_ours_share_no_memory_of_a_week(corpus: Corpus) -> None:
    tables = [one(corpus)._index().roster.table for one in (Ours, OursChanging)]
    tables += [Tall(corpus, times)._finder.current().roster.table for times in (1, 2)]
    assert len({id(table) for table in tables}) == 4


def test_a_session_fits_the_shrunk_week_when_it_fits_with_travel(corpus: Corpus) -> None:
    query = draw(corpus, 1)[0]
    for start in range(0, 7 * DAY, 5):
        for quarters in (0, 1, 4, 11):
            session = span_bits(start, 12)
            travelled = span_bits(start - quarters, 12 + 2 * quarters)
            fits = not travelled & ~query.week.bits
            assert fits == (not session & ~query.eroded[quarters])


def test_more_rows_are_the_same_programs_again(corpus: Corpus) -> None:
    grown = Tall(corpus, 3)
    ours = Ours(corpus)
    query = next(q for q in draw(corpus, 30) if ours.hits("near", q))
    small = corpus.house.finder.find(query.need("near", 0))
    large = grown._find("near", query, 0)
    assert grown.rows == 300
    assert large.looked_at >= 2 * small.looked_at  # type: ignore[union-attr]


def test_growth_is_told_with_its_columns_and_judged(corpus: Corpus) -> None:
    small, large = grow(corpus, draw(corpus, WARM_UP + 2 + FAR), large=False)
    assert (small.rows, large.rows) == (100, 1000)
    assert large.columns_mb > small.columns_mb > 0
    assert [len(one.ms) for one in (large.near, large.wide)] == [2, NATIONWIDE]
    judged = [name for name, *_ in goals(Results(100, 12, NOW, growth=[small, large]))]
    assert "match p50 from 100 to 1,000" in judged
    assert growth_section([small, large]).count("\n| 1") == 2


def test_codes_and_weeks_are_packed_without_loss() -> None:
    places = places_of(f"code{n:02d}" for n in range(70))
    low, high = packed(("code00", "code63", "code64"), places, 2)
    assert (low & (2**64 - 1), high) == (1 | 1 << 63, 1)
    bits = FreeWeek.from_busy(()).bits
    assert sum((word & (2**64 - 1)).bit_count() for word in words_of(bits)) == 672
