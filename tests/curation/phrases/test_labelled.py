"""Of real phrases, and of phrases written before the reader, nearly all are read or refused; none is invented."""

import csv

import pytest

from bench.phrases import (
    LABELLED,
    SPLITS,
    flags_missing,
    judge,
    load_phrases,
    outcome,
    share_right,
)
from directory.curation.phrases import Reading, read
from directory.curation.phrases.flags import MEANINGS
from tests.support.beside import beside, only_with

GIVEN = beside("data", "schedule_phrases.csv")
GOAL = 0.95


@pytest.fixture(scope="module")
def judged(words):
    return judge(load_phrases(), words)


@pytest.mark.parametrize("split", SPLITS)
def test_phrases_are_read_exactly_or_refused(judged, split):
    wrong = [
        one.phrase.text for one in judged if one.phrase.split == split and one.outcome == "wrong"
    ]
    assert share_right(judged, split) >= GOAL, wrong


def test_no_day_time_or_count_is_invented(judged):
    assert [(one.phrase.text, one.invented) for one in judged if one.invented] == []


def test_most_phrases_are_read_and_not_only_refused(judged):
    for split in SPLITS:
        of = [one.outcome for one in judged if one.phrase.split == split]
        assert of.count("exact") / len(of) >= 0.9


def test_what_is_assumed_carries_the_flag_that_the_label_asks_for(judged):
    assert flags_missing(judged) == []


def test_the_set_is_large_enough_and_holds_both_languages_and_texts_without_a_schedule():
    phrases = load_phrases()
    assert len(phrases) == len({one.text for one in phrases}) >= 400
    assert sum(one.split == "held_out" for one in phrases) >= 150
    assert sum(one.lang == "es" for one in phrases) >= 50
    assert sum(not one.tracks for one in phrases) >= 50
    assert {flag for one in phrases for flag in one.flags} <= set(MEANINGS)


@only_with(GIVEN, "the phrases that programs publish, as given")
def test_every_phrase_that_was_given_is_labelled():
    with GIVEN.open(encoding="utf-8", newline="") as file:
        given = {row["phrase"] for row in csv.DictReader(file)}
    assert given <= {one.text for one in load_phrases(LABELLED)}


# the judge itself


def of(text):
    return next(one for one in load_phrases() if one.text == text)


def test_an_empty_reading_is_no_refusal_unless_it_says_so(words):
    phrase = of("Monday–Friday, 9 a.m.–4 p.m.")
    assert outcome(phrase, Reading()) == "wrong"
    assert outcome(phrase, read(phrase.text, words)) == "exact"


def test_one_day_too_many_is_wrong(words):
    phrase = of("Monday–Friday, 9 a.m.–4 p.m.")
    more = read("Monday–Saturday, 9 a.m.–4 p.m.", words)
    (one,) = judge([phrase], words)
    assert outcome(phrase, more) == "wrong"
    assert one.invented == ()
