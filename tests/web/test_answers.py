"""What is remembered of answers: the same bytes, few, of one edition, never a refusal or a person's words."""

import json
import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from directory.web.answers import Answers, Edition
from tests.web.api.fakes import FakeFinder, FakeServices, web

ADDRESS = "/api/v1/match"
TODAY = Edition("gen-1", date(2026, 11, 24))
NEED = {"near": "91101", "payer": "medi-cal"}


@pytest.fixture
def finder():
    return FakeFinder()


@pytest.fixture
def app(finder):
    return web(finder)


@pytest.fixture
def asking(app):
    return lambda **need: app.test_client().post(ADDRESS, json=need)


def test_a_need_asked_again_gets_the_same_bytes_and_headers(finder, asking):
    first, again = asking(**NEED), asking(**NEED)
    assert (again.data, again.headers) == (first.data, first.headers)
    assert again.headers["Cache-Control"] == "no-store"
    assert len(finder.asked) == 1


def test_another_need_is_another_answer(finder, asking):
    asking(**NEED)
    asking(**NEED, lang="es")
    asking(**NEED, limit=5)
    assert len(finder.asked) == 3


def test_another_generation_is_asked_anew(finder, asking):
    asking(**NEED)
    finder.generation = "g8"
    asking(**NEED)
    assert len(finder.asked) == 2


def test_another_day_is_asked_anew(app, finder, asking, monkeypatch):
    asking(**NEED)
    now = datetime(2026, 11, 24, 12, tzinfo=UTC) + timedelta(days=1)
    monkeypatch.setattr(FakeServices, "clock", lambda _: now)
    asking(**NEED)
    assert len(finder.asked) == 2


def test_an_answer_made_while_generations_change_is_not_kept(finder, asking, monkeypatch):
    find = finder.find

    def swapped(need, **asked):
        finder.generation = "g8"
        return find(need, **asked)

    monkeypatch.setattr(finder, "find", swapped)
    asking(**NEED)
    finder.generation = "g7"
    asking(**NEED)
    assert len(finder.asked) == 2


@pytest.mark.parametrize("need", [{"near": "Passadena"}, {"near": "Pasadena"}, {"age": 1000}])
def test_a_refusal_is_not_kept(app, asking, need):
    assert asking(**need).status_code == asking(**need).status_code == 422
    assert app.extensions["directory"].answers.size == (0, 0)


def test_words_of_ones_own_are_not_kept(app, asking):
    asking(**NEED, text="my name")
    assert app.extensions["directory"].answers.size == (0, 0)


def test_a_body_that_is_not_said_to_be_json_is_refused_though_it_is_known(app, asking):
    client, sent = app.test_client(), json.dumps(NEED)
    client.post(ADDRESS, data=sent, content_type="application/json")
    assert client.post(ADDRESS, data=sent, content_type="text/plain").status_code == 415


def test_the_least_recently_asked_for_make_room():
    answers = Answers(most=2)
    answers.keep(TODAY, b"a", b"1")
    answers.keep(TODAY, b"b", b"2")
    answers.recall(TODAY, b"a")
    answers.keep(TODAY, b"c", b"3")
    assert [answers.recall(TODAY, asked) for asked in (b"a", b"b", b"c")] == [b"1", None, b"3"]


def test_bytes_are_bounded_too():
    answers = Answers(most_bytes=10)
    for asked in (b"a", b"b", b"c"):
        answers.keep(TODAY, asked, b"12345")
    assert answers.size == (2, 10)
    answers.keep(TODAY, b"d", b"longer than all of it")
    assert answers.size == (0, 0)


def test_keeping_one_twice_counts_it_once():
    answers = Answers()
    answers.keep(TODAY, b"a", b"123")
    answers.keep(TODAY, b"a", b"123")
    assert answers.size == (1, 3)


def test_another_edition_lets_go_of_everything():
    answers = Answers()
    answers.keep(TODAY, b"a", b"1")
    assert answers.recall(TODAY._replace(generation="gen-2"), b"a") is None
    assert answers.size == (0, 0)


def test_what_was_asked_is_nowhere_in_memory_in_plain():
    answers = Answers()
    answers.keep(TODAY, b'{"near": "91101"}', b"1")
    (digest,) = answers._kept
    assert len(digest) == 32
    assert Answers()._digest(TODAY, b'{"near": "91101"}') != digest
    assert "91101" not in repr(answers)


def test_threads_share_one_memory_within_its_bounds():
    answers = Answers(most=8, most_bytes=64)

    def ask(own):
        for at in range(500):
            asked = b"%d" % (at % 12)
            found = answers.recall(TODAY, asked)
            assert found in (None, asked * 4)
            answers.keep(
                TODAY._replace(generation=own) if at % 50 == 0 else TODAY, asked, asked * 4
            )

    threads = [threading.Thread(target=ask, args=(f"gen-{n}",)) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    kept, size = answers.size
    assert kept <= 8
    assert size <= 64
    assert size == sum(len(one) for one in answers._kept.values())
