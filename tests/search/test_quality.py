"""Words find what they should: figures by class may not fall below those that were accepted.

A fall that is meant is taken with `python -m tests.golden.accept`. `python -m bench.quality` prints
the same figures beside plain analyzers.
"""

import json
from collections import Counter

import pytest

from bench.quality import (
    Labels,
    Query,
    help_shown,
    load_queries,
    load_rare_names,
    ndcg,
    published,
    shipped_names,
    told_nothing_fits,
    wrong_corrections,
)
from tests.golden.accept import QUALITY, quality
from tests.support.builders import VOCABULARIES, a_listing

ACCEPTED = json.loads(QUALITY.read_text(encoding="utf-8"))
TOLERANCE = 0.02
GOAL = 0.85
CLASSES = {
    "lay_terms", "abbreviations", "drug_and_brand_names", "misspellings", "cities", "names",
    "payers", "spanish", "negatives", "crisis", "populations", "multiword",
}  # fmt: skip


PROMISED = {
    "lay_terms", "abbreviations", "drug_and_brand_names", "misspellings", "cities", "names",
    "payers", "spanish", "negatives", "crisis",
}  # fmt: skip
LEAST = 120


@pytest.fixture(scope="module")
def corpus(house):
    return published("shipped programs", house)


@pytest.fixture(scope="module")
def measured(corpus):
    return quality(corpus)


@pytest.mark.parametrize(("split", "group"), [(s, g) for s, own in ACCEPTED.items() for g in own])
def test_no_class_gets_worse(measured, split, group):
    assert measured[split][group] >= ACCEPTED[split][group] - TOLERANCE


def test_queries_nobody_tuned_for_find_what_they_mean(measured):
    assert measured["held_out"]["all"] >= GOAL


def test_no_name_that_is_spelled_right_is_corrected(corpus):
    rare = [name for names in load_rare_names().values() for name in names]
    assert wrong_corrections(corpus.index, [*rare, *shipped_names(corpus.listings)]) == []


@pytest.mark.parametrize("split", ["dev", "held_out"])
def test_words_of_danger_show_help_and_few_others_do(corpus, split):
    danger, alike, others = help_shown(corpus.index, load_queries(), split)
    assert danger.wrong == ()
    assert alike.wrong == ()
    assert others.share <= 0.02


@pytest.mark.parametrize("split", ["dev", "held_out"])
def test_most_of_what_nothing_fits_is_told_so(corpus, split):
    assert told_nothing_fits(corpus.index, load_queries(), split) >= 0.7


def test_there_are_queries_enough_of_every_kind_that_people_type():
    counts = Counter(query.group for query in load_queries())
    assert counts.total() >= LEAST
    assert counts.keys() >= PROMISED
    assert min(counts[group] for group in PROMISED) >= 10


def test_wording_of_danger_and_what_only_looks_like_it_are_many_in_both_languages():
    counts = Counter(
        (query.kind, query.lang) for query in load_queries() if query.group == "crisis"
    )
    assert counts["crisis", "en"] + counts["crisis", "es"] >= 100
    assert counts["calm", "en"] + counts["calm", "es"] >= 40
    assert min(counts["crisis", "es"], counts["calm", "es"]) >= 10


def test_every_class_has_a_half_that_is_held_out():
    counts = Counter((query.group, query.split) for query in load_queries())
    assert {group for group, _ in counts} == CLASSES
    for group in CLASSES:
        assert 0.7 < counts[group, "dev"] / counts[group, "held_out"] < 1.5, group


def test_no_query_stands_twice():
    texts = Counter(query.text for query in load_queries())
    assert [text for text, times in texts.items() if times > 1] == []


def test_labels_name_codes_and_programs_that_exist(corpus):
    ids = {one.program.id for one in corpus.listings}
    for query in load_queries():
        parts = query.label.split(" & ") if query.kind == "all" else [f"{query.kind}:{query.label}"]
        for kind, codes in (part.split(":") for part in parts):
            known = ids if kind == "program" else VOCABULARIES.get(kind)
            assert known is None or set(codes.split("|")) <= set(_codes(known)), query


def _codes(known):
    return known if isinstance(known, set) else known.codes()


def test_grades_come_from_codes_and_not_from_texts():
    listings = [
        a_listing(services=("buprenorphine",)),
        a_listing(services=("medicine_for_addiction",)),
        a_listing(description="We love suboxone, buprenorphine and all of it."),
    ]
    suboxone = Query("suboxone", "en", "any", "dev", "services", "buprenorphine")
    assert Labels(listings, VOCABULARIES).grades(suboxone) == [2, 1, 0]


def test_the_best_order_measures_one():
    grades = [0, 2, 1]
    assert ndcg([1, 2, 0], grades) == 1
    assert 0 < ndcg([2, 1, 0], grades) < 1
    assert ndcg([], grades) == 0
