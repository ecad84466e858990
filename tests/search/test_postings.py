"""The arrays give the rows and scores that Whoosh gives."""

import random
from dataclasses import replace

import numpy as np
import pytest
from whoosh import index

from directory.search.compiled import compiled
from directory.search.text_index import WEIGHTS, hold_to_whoosh, queries, write_index
from tests.support.builders import VOCABULARIES, WORDS, a_listing, a_track, published

TEXTS = (
    "evening cbt",
    "family therapy in spanish",
    "casa treatment center pasadena",
    "trauma",
    "medi-cal dual diagnosis women",
    "program",
    "dbt for teens after school weekend",
    "91101",
    "nothing of this zzzz",
    "group group group",
)


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    rng = random.Random(5)
    services, languages = VOCABULARIES["services"].codes(), VOCABULARIES["languages"].codes()
    words = [
        "evening",
        "trauma",
        "family",
        "women",
        "program",
        "center",
        "casa",
        "lake",
        "oak",
        "recovery",
        "group",
        "school",
    ]
    listings = [
        a_listing(
            a_track(rng.choice(("mon", "sat sun", "")), label=rng.choice((None, "Evening"))),
            services=tuple(rng.sample(services, rng.randint(0, 9))),
            languages=dict.fromkeys(rng.sample(languages, 2), "staff"),
            payers={"medi-cal": "in"} if rng.random() < 0.5 else {},
            organization=" ".join(rng.choices(words, k=3)),
            description=" ".join(rng.choices(words, k=rng.randint(0, 60))),
            city=rng.choice(("Pasadena", "Glendale", "Casa Grande")),
        )
        for _ in range(400)
    ]
    return published(tmp_path_factory.mktemp("words"), listings).current()


@pytest.mark.parametrize("wrong", ["a row is missing", "a row too many"])
def test_arrays_that_find_other_rows_than_whoosh_are_refused(tmp_path, wrong):
    write_index(tmp_path / "text", [{"name": "casa del lago"}, {"name": "casa"}])
    with index.open_dir(tmp_path / "text", readonly=True).searcher() as searcher:
        arrays = compiled(searcher.reader(), WEIGHTS)
        if wrong == "a row is missing":
            offsets = np.append(arrays.offsets[:-1], arrays.offsets[-2])
            arrays = replace(arrays, offsets=offsets)
        else:
            arrays = replace(arrays, terms=[*arrays.terms[:-1], "name:unheard"])
        with pytest.raises(ArithmeticError, match="row 0: Whoosh"):
            hold_to_whoosh(searcher, arrays)


@pytest.mark.parametrize("text", TEXTS)
def test_rows_and_scores_are_whooshs_own(generation, text):
    for tree in queries(WORDS.read(text).phrases):
        ours = generation.text.postings.run(tree)
        whooshs = generation.text.whoosh_scores(tree)
        assert ((ours > 0) == (whooshs > 0)).all()
        assert np.abs(ours - whooshs).max() < 1e-5


def test_the_top_twenty_are_whooshs_top_twenty(generation):
    rows = generation.roster.size
    tree = next(queries(WORDS.read("family trauma").phrases))
    ours, whooshs = (
        np.lexsort((np.arange(rows), -np.round(scores, 5)))[:20]
        for scores in (generation.text.postings.run(tree), generation.text.whoosh_scores(tree))
    )
    assert ours.tolist() == whooshs.tolist()
