"""A line of the description with the words somebody searched for; never markup, never for nothing."""

import pytest

from directory.matching.need import Need
from directory.search.highlighting import SHOWN, highlighted, marks_of
from directory.web.api.dump_outcome import marked
from tests.golden.hostile import hostile
from tests.support.builders import a_finder, a_listing

LONG = "We meet in a quiet house. " * 40
TEXT = LONG + "Evening groups teach skills for panic attacks and worries. " + LONG


@pytest.fixture(scope="module")
def finder(tmp_path_factory):
    return a_finder(
        tmp_path_factory.mktemp("home"),
        a_listing(id="told", description=TEXT),
        a_listing(id="markup", description="Groups <script>alert(1)</script> for panic & worry"),
        a_listing(id="silent"),
    )


def lines(finder, text):
    found = finder.find(Need(text=text, must=frozenset()))
    return {one.listing.program.id: one.highlight for one in found.matches}


def test_the_words_are_marked_where_they_stand_together(finder):
    line = lines(finder, "panic attack groups")["told"]
    assert [text for text, is_word in line if is_word] == ["groups", "panic", "attacks"]
    whole = "".join(text for text, _ in line)
    assert whole.startswith("…")
    assert whole.endswith("…")
    assert whole.strip("…") in TEXT
    assert len(whole) < SHOWN + 120


def test_without_the_words_there_is_no_line(finder):
    assert lines(finder, "piano")["told"] is None
    assert lines(finder, "panic")["silent"] is None
    assert set(lines(finder, "").values()) == {None}


def test_little_words_are_not_marked(finder):
    words = [text for text, is_word in lines(finder, "help for the panic")["told"] if is_word]
    assert words == ["panic"]


def test_a_misspelled_word_marks_the_right_one(finder):
    assert ("worries", True) in lines(finder, "worrries")["told"]


def test_nothing_in_it_is_markup(finder):
    line = marked(lines(finder, "panic script")["markup"])
    assert "<script>" not in line
    assert "&lt;<mark>script</mark>&gt;" in line
    assert line.count("<mark>") == line.count("</mark>") > 1


def test_no_text_and_no_word_is_an_error():
    phrases = ["panic", "script"]
    for text in hostile():
        line = highlighted(text, frozenset(phrases))
        assert line is None or "".join(piece for piece, _ in line).strip("…") in text
    assert marks_of(()) == frozenset()


def test_of_equal_lines_the_first_is_shown_every_time():
    text = f"Panic first. {LONG} Panic again. {LONG} Panic last."
    (line,) = {highlighted(text, frozenset(["panic"])) for _ in range(50)}
    assert line[0] == ("Panic", True)
    assert line[1][0].startswith(" first.")
