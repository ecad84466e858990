"""The words of schedules: each meaning once, each with its language and the reason it is there."""

from collections import Counter

from directory.catalog.schedule import DAYS
from directory.curation.phrases.tokens import folded
from tests.data.files import DATA, rows

WORDS = rows(DATA / "schedule_words.csv")
KINDS = {
    "about", "and", "aside", "begin", "between", "choose", "counted", "day", "day_adverb", "day_letter", "day_short", "days",
    "except", "filler", "label", "least", "meridiem", "mode", "month", "most", "none", "noon", "number", "number_noun", "of",
    "often", "opening", "optional", "or", "ordinal", "part", "per", "phase", "phase_noun", "program", "refuse", "season", "session_label", "several",
    "to", "track", "unit",
}  # fmt: skip


def test_every_word_has_a_kind_a_meaning_a_language_and_a_reason():
    assert all(row["word"] and row["meaning"] and row["reason"] for row in WORDS)
    assert {row["language"] for row in WORDS} == {"en", "es"}
    assert {row["kind"] for row in WORDS} == KINDS


def test_a_word_of_one_kind_stands_once():
    assert [
        key
        for key, times in Counter((folded(row["word"]), row["kind"]) for row in WORDS).items()
        if times > 1
    ] == []


def test_a_word_names_the_days_of_one_kind_only():
    kinds = Counter(folded(row["word"]) for row in WORDS if row["kind"].startswith("day"))
    assert [word for word, times in kinds.items() if times > 1] == []


def test_days_are_days_of_the_format():
    named = {
        day for row in WORDS if row["kind"].startswith("day") for day in row["meaning"].split()
    }
    assert named == set(DAYS)
