"""Words of danger bring help to the top, though the search cannot be made."""

import pytest

from tests.support.page import Visitor
from tests.web.conftest import FORM

HELP = "You do not have to wait for a program"
DANGER = "I want to die"


@pytest.fixture
def visitor(app):
    """Someone who visits the shipped house."""
    return Visitor(app)


@pytest.mark.parametrize(
    "slip",
    [{"place": "Pasadenaa"}, {"place": "Springfield"}, {"age": "abc"}, {"colour": "red"}],
)
def test_help_comes_first_where_the_place_is_unclear_or_the_form_has_a_slip(visitor, slip):
    page = visitor.post("/find", {**FORM, "q": DANGER, **slip}, status=422)
    assert page.text.startswith(HELP)
    assert page.form("/find")["q"] == [DANGER]


def test_words_of_danger_in_the_field_for_a_place_are_read_too(visitor):
    for address in ("/find", "/meetings"):
        sent = {**FORM, "place": DANGER} if address == "/find" else {"place": DANGER}
        assert visitor.post(address, sent, status=422).text.startswith(HELP)


def test_other_languages_and_answers_to_change_keep_the_help(visitor):
    page = visitor.post("/find", {**FORM, "q": DANGER, "age": "abc"}, status=422)
    spanish = visitor.get(page.link("Español"))
    assert spanish.text.startswith("No tiene que esperar a un programa")


def test_ordinary_words_bring_no_alarm(visitor):
    page = visitor.post("/find", {**FORM, "q": "panic", "place": "Pasadenaa"}, status=422)
    assert HELP not in page.text
    assert HELP not in visitor.get("/").text
