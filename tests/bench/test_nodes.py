"""What the bench of nodes asks: five kinds, each answered, no need asked twice."""

import pytest

from bench import nodes
from bench.corpus import corpus_of
from bench.load import Load, median_of
from bench.nodes import ASKS_A_NEED, HEADS, KINDS, ONE, ROUNDS, TRIVIAL, TWO, rounds_of, section
from directory.app import create_app
from directory.config import Config


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return corpus_of(40, tmp_path_factory.mktemp("nodes") / "home")


def test_no_need_is_asked_twice_and_every_kind_is_answered(corpus, monkeypatch):
    monkeypatch.setattr(nodes, "NEEDS", 5)
    rounds = rounds_of(corpus)
    assert len(rounds) == ROUNDS + 1
    client = create_app(Config(home=corpus.house.config.home, secret=nodes.SECRET)).test_client()
    for kind in KINDS:
        asked = [one for each in rounds for one in each[kind]]
        if kind in ASKS_A_NEED:
            assert len({(one.path, one.body) for one in asked}) == len(asked) == 5 * len(rounds)
        one = asked[0]
        answer = client.open(
            one.path, method=one.method, data=one.body, content_type="application/json"
        )
        assert answer.status_code == 200, (kind, one.path)


def test_a_median_is_of_each_figure_and_every_refusal_counts():
    rounds = [Load(rate, 1, 2, 3, 100, refused) for rate, refused in ((10, 0), (30, 2), (20, 1))]
    assert median_of(rounds) == Load(20, 1, 2, 3, 100, 3)


def test_both_layouts_stand_beside_the_trivial_handler():
    one = Load(100, 1.0, 2.0, 3.0, 1234.0, 0)
    text = section({(place, kind): [one] for place in (ONE, TWO) for kind in (TRIVIAL, *KINDS)}, 7)
    assert text.count(f"| {' | '.join(HEADS)} |") == 2
    for kind in KINDS:
        assert text.count(f"| {kind} | 100 | 1.0 | 2.0 | 3.0 | 100% | 1,234 | 0 |") == 2
