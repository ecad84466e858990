"""Cards that were drawn for the same answers are shown again, with the links of who asks now."""

import json
import re
from dataclasses import replace

import pytest

from directory.matching.outcome import ScheduleAnswer
from directory.web.needs import State
from directory.web.pages import drawn_cards
from tests.support.outcomes import MON, NOW, app_with, listing, match, outcome, sessions, track
from tests.support.page import Visitor
from tests.web.conftest import FORM, register

LAMPLIGHT = listing("Lamplight Evening Program", track(*sessions(MON)))
QUIET_OAK = listing("Quiet Oak", track(*sessions(MON)))
SOME = outcome(
    match(LAMPLIGHT, ScheduleAnswer("fits")), match(QUIET_OAK, ScheduleAnswer("misses", 15))
)
LINK = re.compile(r'href="[^"]*/programs/[^"?]+\?for=([^"]+)"')


@pytest.fixture
def drawn(monkeypatch):
    """How often cards were drawn."""
    times, draw = [], drawn_cards._draw
    monkeypatch.setattr(drawn_cards, "_draw", lambda *given: times.append(1) or draw(*given))
    return times


@pytest.fixture
def app():
    return app_with(SOME, register)


@pytest.fixture
def visitor(app):
    return Visitor(app)


def ask(visitor, prefix="", **fields):
    return visitor.post(f"{prefix}/find", {**FORM, **fields})


def test_the_same_answers_are_drawn_once(visitor, drawn):
    first, again = ask(visitor), ask(visitor)
    assert len(drawn) == 1
    assert LINK.sub("", first.html).count("Lamplight Evening Program") > 1
    assert first.text == again.text


def test_every_link_carries_the_address_of_who_asks(visitor, monkeypatch):
    seals = iter("ab")
    monkeypatch.setattr("directory.web.pages.results.seal", lambda _: next(seals))
    first, again = ask(visitor), ask(visitor)
    assert set(LINK.findall(first.html)) == {"a"}
    assert set(LINK.findall(again.html)) == {"b"}
    assert drawn_cards.SEALED not in first.html + again.html


def test_what_cards_depend_on_is_drawn_anew(visitor, drawn):
    ask(visitor)
    ask(visitor, place="90012")
    ask(visitor, prefix="/es")
    clashes = re.search(r'href="([^"]+)#clash"', ask(visitor).html)
    assert "Quiet Oak" in visitor.get(clashes[1]).text
    assert len(drawn) == 4


def test_another_generation_and_another_day_are_drawn_anew(app, visitor, drawn, monkeypatch):
    ask(visitor)
    services = app.extensions["directory"]
    monkeypatch.setattr(services.finder, "generation", "next", raising=False)
    ask(visitor)
    tomorrow = replace(services, clock=lambda: NOW.replace(year=NOW.year + 1))
    monkeypatch.setitem(app.extensions, "directory", tomorrow)
    ask(visitor)
    assert len(drawn) == 3


def test_cards_of_an_edition_that_ended_meanwhile_are_not_kept(app, visitor, monkeypatch):
    services = app.extensions["directory"]
    find = services.finder.find

    def swapped(need, **asked):
        services.finder.generation = "next"
        return find(need, **asked)

    monkeypatch.setattr(services.finder, "find", swapped)
    ask(visitor)
    assert services.answers.size == (0, 0)


def test_words_of_ones_own_and_kept_boxes_leave_nothing(app, visitor):
    ask(visitor, q="my name")
    assert app.extensions["directory"].answers.size == (0, 0)
    address = visitor.raw("/find", method="POST", data=FORM).location
    assert "checked" in visitor.get(f"{address}?p={LAMPLIGHT.slug}").html
    assert app.extensions["directory"].answers.size == (0, 0)


def test_no_body_of_the_api_is_taken_for_cards(app, visitor):
    with app.test_request_context("/"):
        asked = drawn_cards._asked(State({"near": "91101"}, {}))
    with pytest.raises(json.JSONDecodeError):
        json.loads(asked)
