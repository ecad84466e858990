from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from directory.web.gate.rates import Buckets, Disguise, Policy, network_of
from tests.web.api.fakes import POLICIES, web

TEN = Policy("api", 10, 60)
FAR = {"REMOTE_ADDR": "192.0.2.7"}
TODAY = date(2026, 11, 24)


def test_so_many_go_through_and_the_next_has_to_wait():
    buckets = Buckets()
    drawn = [buckets.draw(TEN, b"a", 0.0) for _ in range(11)]
    assert [one.left for one in drawn] == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]
    assert [one.wait for one in drawn] == [0] * 10 + [6]
    assert drawn[-1].full_in == 60


def test_who_waits_as_long_as_told_goes_through():
    buckets = Buckets()
    for _ in range(10):
        buckets.draw(TEN, b"a", 0.0)
    wait = buckets.draw(TEN, b"a", 0.0).wait
    assert buckets.draw(TEN, b"a", wait - 1.0).wait > 0
    assert buckets.draw(TEN, b"a", float(wait)).wait == 0


def test_what_was_not_used_adds_up_to_one_bucket_and_no_more():
    buckets = Buckets()
    buckets.draw(TEN, b"a", 0.0)
    assert buckets.draw(TEN, b"a", 1e9).left == 9


def test_a_clock_that_is_set_back_fills_nothing_and_breaks_nothing():
    buckets = Buckets()
    for _ in range(10):
        buckets.draw(TEN, b"a", 1000.0)
    assert buckets.draw(TEN, b"a", 0.0).wait > 0
    assert buckets.draw(TEN, b"a", 60.0).wait == 0


def test_one_network_does_not_use_up_what_another_may_ask():
    buckets = Buckets()
    for _ in range(20):
        buckets.draw(TEN, b"a", 0.0)
    assert buckets.draw(TEN, b"b", 0.0).left == 9
    assert buckets.draw(Policy("suggest", 10, 60), b"a", 0.0).left == 9


def test_a_million_networks_do_not_fill_the_memory():
    buckets = Buckets(most=100)
    for n in range(1000):
        buckets.draw(TEN, n.to_bytes(4), float(n))
    assert len(buckets) == 100


@given(st.lists(st.floats(0, 600), max_size=200))
def test_never_more_go_through_than_a_bucket_and_what_ran_in_meanwhile(moments: list[float]):
    buckets, moments = Buckets(), sorted(moments)
    let_in = [at for at in moments if buckets.draw(TEN, b"a", at).wait == 0]
    if let_in:
        assert len(let_in) <= TEN.quota + (let_in[-1] - let_in[0]) * TEN.quota / TEN.seconds + 1e-6


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("192.0.2.7", "192.0.2.250", True),
        ("192.0.2.7", "192.0.3.7", False),
        ("2001:db8:1:2::3", "2001:db8:1:ffff::9", True),
        ("2001:db8:1::3", "2001:db8:2::3", False),
        ("::ffff:192.0.2.7", "192.0.2.9", True),
        ("fe80::1%eth0", "fe80::2", True),
    ],
)
def test_addresses_count_by_their_network(one: str, other: str, alike: bool):
    assert (network_of(one) == network_of(other)) is alike


@pytest.mark.parametrize("here", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "", None])
def test_this_machine_is_nobody(here: str | None):
    assert network_of(here) is None


def test_what_is_no_address_is_one_visitor_and_not_nobody():
    assert network_of("unknown") == network_of("unknown") != network_of("192.0.2.7:5000")
    assert network_of("unknown") is not None


def test_a_network_is_another_word_tomorrow_and_never_itself():
    disguise, network = Disguise(), network_of("192.0.2.7") or b""
    today = disguise.of(network, TODAY)
    assert disguise.of(network, TODAY) == today
    assert disguise.of(network, TODAY + timedelta(days=1)) != today
    assert Disguise().of(network, TODAY) != today
    assert network not in today


def test_every_answer_says_how_much_is_left():
    client = web().test_client()
    first = client.get("/api/v1/programs", environ_base=FAR)
    assert first.headers["RateLimit-Policy"] == '"api";q=60;w=60'
    assert first.headers["RateLimit"] == '"api";r=59;t=1'
    second = client.get("/api/v1/nowhere", environ_base=FAR)
    assert (second.status_code, second.headers["RateLimit"]) == (404, '"api";r=58;t=2')
    typed = client.post("/api/v1/suggest", json={"q": "cb"}, environ_base=FAR)
    assert typed.headers["RateLimit"] == '"suggest";r=59;t=1'


def test_too_many_is_a_problem_that_says_when_to_come_back():
    app = web()
    client = app.test_client()
    for _ in range(60):
        assert client.get("/api/v1/programs/acme-evening", environ_base=FAR).status_code == 200
    refused = client.get("/api/v1/programs/acme-evening", environ_base=FAR)
    assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
    assert refused.headers["Retry-After"] == "1"
    assert refused.headers["RateLimit"] == '"api";r=0;t=60'
    (wrong,) = refused.get_json()["errors"]
    assert (wrong["field"], wrong["expected"]) == ("requests", "at most 60 requests a minute")
    elsewhere = {"REMOTE_ADDR": "198.51.100.1"}
    assert client.get("/api/v1/programs", environ_base=elsewhere).status_code == 200
    app.extensions["directory"].now += timedelta(seconds=1)
    assert client.get("/api/v1/programs/acme-evening", environ_base=FAR).status_code == 200


def test_a_network_is_found_nowhere_in_what_the_gate_keeps():
    app = web()
    app.test_client().get("/api/v1/programs", environ_base=FAR)
    held = repr([*app.extensions["gate"].buckets._held])
    assert "192.0.2" not in held
    assert repr(network_of("192.0.2.7"))[2:-1] not in held


def test_requests_of_this_machine_are_told_the_limit_and_not_counted():
    client = web().test_client()
    for _ in range(POLICIES["api"].quota + 5):
        answer = client.get("/api/v1/programs/acme-evening")
    assert (answer.status_code, answer.headers["RateLimit"]) == (200, '"api";r=60;t=0')


@pytest.mark.parametrize(
    "page", ["/", "/guide", "/api/", "/embed", "/widget/v1.js", "/static/none.css"]
)
def test_pages_and_partners_frames_are_not_counted(app: Flask, page: str):
    before = len(app.extensions["gate"].buckets)
    for _ in range(3):
        answer = app.test_client().get(page, environ_base=FAR)
        assert "RateLimit" not in answer.headers
        assert answer.status_code != 429
    assert len(app.extensions["gate"].buckets) == before


class TestBehindProxies:
    """The whole house, for `DIRECTORY_TRUSTED_PROXIES` is read where it is put together."""

    def asked(self, house: object, proxies: int, forwarded: str) -> Flask:
        from dataclasses import replace

        from directory.app import create_app
        from tests.conftest import frozen

        config = replace(house.config, trusted_proxies=proxies)  # type: ignore[attr-defined]
        app = create_app(config, frozen)
        app.test_client().get("/api/v1/openapi.json", headers={"X-Forwarded-For": forwarded})
        return app

    def test_nobodys_word_is_taken_unless_a_proxy_is_said_to_be_there(self, house: object):
        app = self.asked(house, 0, "192.0.2.7")
        assert len(app.extensions["gate"].buckets) == 0

    def test_the_address_that_the_nearest_trusted_proxy_saw_counts(self, house: object):
        app = self.asked(house, 1, "198.51.100.99, 192.0.2.7")
        for forged in ("203.0.113.5, 192.0.2.9", "127.0.0.1, 192.0.2.200"):
            answer = app.test_client().get(
                "/api/v1/openapi.json", headers={"X-Forwarded-For": forged}
            )
        assert answer.headers["RateLimit"].startswith('"api";r=597;')
        assert len(app.extensions["gate"].buckets) == 1
