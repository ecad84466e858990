"""A thousand strings that no one types in good faith: none is an error, none is a query language."""

import pytest

from directory.matching.need import Need
from directory.matching.outcome import Outcome
from tests.golden.hostile import HOW_MANY, hostile
from tests.support.builders import PASADENA, a_finder, a_listing, a_track


@pytest.fixture(scope="module")
def finder(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    listings = [
        a_listing(a_track("mon wed"), services=("cbt",), description="Therapy in the evening."),
        a_listing(organization="L.A. Casa Niño", languages={"es": "group"}, at=PASADENA),
    ]
    return a_finder(home, *listings)


def test_there_are_a_thousand():
    assert len(hostile()) == HOW_MANY


@pytest.mark.parametrize("batch", range(10))
def test_no_text_is_an_error(finder, batch):
    for text in hostile()[batch::10]:
        found = finder.find(Need(text=text))
        assert isinstance(found, Outcome), text[:80]
        assert 0 <= found.total <= 2


@pytest.mark.parametrize("batch", range(10))
def test_no_text_makes_scores_that_are_no_numbers(finder, batch):
    index = finder.current()
    for text in hostile()[batch::10]:
        hits = index.words(text)
        assert (hits.scores >= 0).all(), text[:80]
        assert len(hits.understood.spelling) < 30


@pytest.mark.parametrize("sign", ["*", "?", "c*", "name:*", "[a TO z]", "~", "concept:*"])
def test_signs_do_not_widen_a_search(finder, sign):
    assert finder.find(Need(text=f"{sign} xqzw", must=frozenset({"text"}))).total == 0


def test_what_was_typed_is_not_spelled_into_something_long(finder):
    spelling = finder.current().words("thrapy " * 1_000).understood.spelling
    assert set(spelling) == {("thrapy", "therapy")}
