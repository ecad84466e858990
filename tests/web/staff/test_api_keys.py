"""Administrators make keys for servers, change and end them; a secret is shown once."""

import re

import pytest

from directory.accounts.api_keys import digest_of

KEYS = "/staff/api-keys"


@pytest.fixture
def ada(people):
    return people.add("administrator", "Ada")


@pytest.fixture
def desk(ada, browser_of):
    return browser_of(ada)


def kept(people):
    with people.services.book(write=False) as book:
        return book.api_keys.all()


def fields(**other):
    return {"name": "County line", "rate": "6000", "scope": ["api", "hsds"], **other}


def test_a_key_is_made_and_its_secret_shown_once(desk, people, ada):
    assert "No key yet." in desk.get(KEYS).text
    answer = desk.send(KEYS, fields())
    (secret,) = re.findall(r"sk_[\w-]{43}", answer.text)
    (key,) = kept(people)
    assert (key.digest, key.owner, key.scopes, key.per_minute) == (
        digest_of(secret),
        "County line",
        ("api", "hsds"),
        6000,
    )
    for address in (KEYS, f"/staff/api-keys/{key.number}", "/staff/trail"):
        page = desk.get(address)
        assert secret not in page.html
        assert key.digest not in page.html
    assert "County line" in desk.get(KEYS).text
    assert "Never used" in desk.get(KEYS).text
    with people.services.book(write=False) as book:
        line = list(book.trail.read())[-1]
    assert (line.actor, line.act, line.details) == (
        ada.number,
        "api_key_made",
        '{"per_minute":6000,"scopes":"api.hsds"}',
    )


def test_what_does_not_fit_comes_back_with_the_form(desk, people):
    wrong = (
        ({"name": ""}, "Type the name of an office"),
        ({"name": "jo@county.example"}, "no mail address"),
        ({"rate": "0"}, "Type a number from 1 to 100000"),
        ({"rate": "many"}, "Type a number from 1"),
        ({"rate": "9" * 30}, "Type a number from 1"),
        ({"scope": []}, "Tick at least one thing"),
        ({"scope": ["staff"]}, "Tick at least one thing"),
    )
    for given, told in wrong:
        assert told in desk.post(KEYS, fields(**given), 422).text, given
    assert kept(people) == []


def test_name_and_rate_change_and_an_ended_key_stays_ended(desk, people):
    desk.send(KEYS, fields())
    address = "/staff/api-keys/1"
    page = desk.post(
        address, {"name": "County desk", "rate": "90", "scope": "reports", "digest": "x"}
    )
    assert "The change is kept." in page.text
    (key,) = kept(people)
    assert (key.owner, key.per_minute, key.scopes) == ("County desk", 90, ("api", "hsds"))
    assert "Type a number" in desk.post(address, {"name": "County desk", "rate": ""}, 422).text
    assert desk.get(address).is_folded(f"{address}/revoke")
    assert "Within seconds it opens nothing." in desk.post(f"{address}/revoke").text
    assert "This key has ended for good." in desk.get(address).text
    assert desk.send(address, {"name": "Again", "rate": "1"}).status_code == 409
    assert desk.send(f"{address}/revoke").status_code == 409
    assert kept(people)[0].owner == "County desk"


def test_names_are_shown_as_they_are_never_as_markup(desk, people):
    evil = '"><script>alert(1)</script>{{ "x" * 9 }}'
    desk.send(KEYS, fields(name=evil))
    for address in (KEYS, "/staff/api-keys/1"):
        page = desk.get(address)
        assert "<script>alert" not in page.html
        assert "xxxxxxxxx" not in page.text
