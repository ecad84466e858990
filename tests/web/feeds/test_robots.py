"""Crawlers are told what to leave alone, and every page says by which address it wants to be known."""

from urllib.robotparser import RobotFileParser

import pytest

from directory.web import feeds
from tests.support.outcomes import app_with, outcome
from tests.web.conftest import register


def register_all(app):
    register(app)
    feeds.register(app)


@pytest.fixture
def client():
    return app_with(outcome(), register_all).test_client()


@pytest.fixture
def rules(client):
    parser = RobotFileParser()
    answer = client.get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    parser.parse(answer.text.splitlines())
    return parser


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("path", [
    "/results", "/results/gAAAA", "/results?near=91101", "/find", "/change/gAAAA", "/share/gAAAA",
    "/compare?p=one", "/meetings/gAAAA", "/work-hours/gAAAA", "/self-check/gAAAA",
])  # fmt: skip
def test_nobody_is_asked_to_crawl_somebodys_answers(rules, prefix, path):
    assert not rules.can_fetch("anybot", prefix + path)


@pytest.mark.parametrize(
    "path", ["/staff/", "/staff/sign-in", "/widget/a-key/form", "/widget/v1.0.0.js"]
)
def test_nobody_is_asked_to_crawl_the_desk_or_the_frames_of_partners(rules, path):
    assert not rules.can_fetch("anybot", path)


@pytest.mark.parametrize("path", [
    "/", "/es/", "/guide", "/es/guide", "/programs/lamplight", "/about/data", "/self-check", "/embed", "/meetings",
    "/api/v1/programs", "/api/v1/changes", "/exports/",
])  # fmt: skip
def test_what_is_listed_and_told_may_be_crawled(rules, path):
    assert rules.can_fetch("anybot", path)


def test_a_sealed_week_behind_any_page_is_left_alone(client):
    """The parser of the standard library knows no wildcard; RFC 9309, 2.2.3 does."""
    assert "Disallow: /*?*for=" in client.get("/robots.txt").text.splitlines()


def canonical(client, path, **headers):
    page = client.get(path, **headers).text
    return page.partition('rel="canonical" href="')[2].partition('"')[0]


@pytest.mark.parametrize(("host", "known_by"), [
    ("127.0.0.1:9000", "http://127.0.0.1:9000"),
    ("localhost:9000", "http://localhost:9000"),
    ("[::1]:9000", "http://[::1]:9000"),
    ("evil.example", "http://127.0.0.1:8000"),
    ("127.0.0.1.evil.example", "http://127.0.0.1:8000"),
    ("localhost:9000@evil.example", "http://127.0.0.1:8000"),
])  # fmt: skip
def test_without_a_setting_only_this_machine_is_believed(host, known_by):
    from dataclasses import replace

    app = app_with(outcome(), register_all)
    app.extensions["directory"] = replace(app.extensions["directory"], base_url="")
    assert canonical(app.test_client(), "/guide", headers={"Host": host}) == f"{known_by}/guide"


def test_a_forged_host_does_not_change_a_page_whose_address_is_set(client):
    honest = client.get("/guide").text
    assert client.get("/guide", headers={"Host": "evil.example"}).text == honest
    assert "evil.example" not in client.get("/robots.txt", headers={"Host": "evil.example"}).text
