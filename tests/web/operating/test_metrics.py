"""Figures count routes, not what was asked, and are read by who may read them."""

import re
from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from directory.app import create_app
from tests.conftest import frozen

CANARY = "heroin-canary-7f3"
TOKEN = "a-token-of-at-least-thirty-two-letters"


@pytest.fixture(scope="module")
def measured(house):
    """An app whose figures this machine may read."""
    return create_app(replace(house.config, metrics=True), frozen)


@pytest.fixture(scope="module")
def guarded(house):
    """An app whose figures need the token."""
    return create_app(replace(house.config, metrics=True, metrics_token=TOKEN), frozen)


def samples(text):
    return [one for family in text_string_to_metric_families(text) for one in family.samples]


def test_figures_count_routes_methods_and_classes_of_status_and_nothing_that_was_asked(measured):
    client = measured.test_client()
    for address in (
        f"/results?near=91101&text={CANARY}",
        f"/programs/{CANARY}",
        f"/{CANARY}?{CANARY}",
        "/",
    ):
        client.get(address)
    client.post("/api/v1/match", json={"near": CANARY})
    client.open("/", method=CANARY.upper())
    text = client.get("/metrics").text
    assert CANARY not in text.lower()
    found = samples(text)
    counted = {
        (one.labels["endpoint"], one.labels["method"], one.labels["status"]): one.value
        for one in found
        if one.name == "stepwise_requests_total"
    }
    assert counted["pages.shared_results", "GET", "2xx"] == 1
    assert counted["pages.program", "GET", "4xx"] == 1
    assert counted["none", "GET", "4xx"] == 1
    assert counted["match.match", "POST", "4xx"] == 1
    assert ("none", "other", "4xx") in counted
    assert sum(counted.values()) == 6
    routes = {rule.endpoint for rule in measured.url_map.iter_rules()} | {"none"}
    allowed = {"endpoint", "method", "status", "le", "what"}
    assert {name for one in found for name in one.labels} <= allowed
    assert {one.labels["endpoint"] for one in found if "endpoint" in one.labels} <= routes


def test_figures_tell_how_this_node_stands(measured, house):
    found = {one.name: one.value for one in samples(measured.test_client().get("/metrics").text)}
    assert found["stepwise_ready"] == 1
    assert found["stepwise_programs"] == house.finder.statistics().programs
    assert found["stepwise_facts_age_days"] == 0


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.9", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, 404),
        ("127.0.0.1", {"X-Real-IP": "127.0.0.1"}, 404),
    ],
)
def test_without_a_token_only_this_very_machine_reads_them(measured, address, headers, status):
    asked = {"environ_base": {"REMOTE_ADDR": address}, "headers": headers}
    assert measured.test_client().get("/metrics", **asked).status_code == status


@pytest.mark.parametrize(
    ("given", "status"),
    [(None, 404), ("", 404), (TOKEN, 404), (f"Bearer {TOKEN}x", 404), (f"Bearer {TOKEN}", 200)],
)
def test_with_a_token_whoever_has_it_reads_them_and_nobody_else(guarded, given, status):
    headers = {} if given is None else {"Authorization": given}
    answer = guarded.test_client().get("/metrics", headers=headers)
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"


def test_unless_the_operator_wants_them_there_are_none(client):
    assert client.get("/metrics").status_code == 404


def test_every_figure_is_told_in_the_guide(measured):
    from tests.conftest import ROOT

    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    names = re.findall(r"^# TYPE (\S+)", measured.test_client().get("/metrics").text, re.MULTILINE)
    assert [name for name in names if name not in told] == []
