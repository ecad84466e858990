"""Ours finds what one SQL statement finds, for needs that are drawn."""

import pytest

from bench.corpus import corpus_of
from bench.oracle import Oracle, compare, section
from bench.queries import draw
from tests.support import postgres


def test_drawn_needs_find_the_same_programs_as_plain_sql(tmp_path):
    if postgres.tools() is None:
        pytest.skip(postgres.NOT_HERE)
    corpus, oracle = corpus_of(200, tmp_path / "home"), Oracle()
    try:
        oracle.fill(corpus)
        compared = compare(corpus, oracle, draw(corpus, 60, seed=9))
    finally:
        oracle.close()
    assert [one.differing for one in compared] == [0, 0, 0], section(200, compared)
    assert all(one.ours == one.theirs > 0 for one in compared)
