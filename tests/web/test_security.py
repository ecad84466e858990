import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import DictLoader
from werkzeug.test import TestResponse

from directory.errors import NoGeneration
from directory.web import security
from directory.web.need_fields import BadNeed
from directory.web.needs import from_form
from directory.web.sealing import StaleAddress
from tests.support.builders import VOCABULARIES
from tests.web.api.fakes import FakeFinder, web

CANARY = "heroin-canary-7f3"
PAGE = (
    "{{ status }}|{{ title }}|{{ lead }}|{{ home_url }}|"
    "{% for problem in problems %}{{ problem.field }}: {{ advice[problem.field] }}{% endfor %}"
)


class BrokenError(Exception):
    pass


def with_pages(base_url: str = "http://127.0.0.1:8000") -> Flask:
    app = web(base_url=base_url)
    app.jinja_loader = DictLoader({"errors/refusal.html": PAGE})  # type: ignore[assignment]

    @app.get("/")
    @app.get("/es/guide")
    @app.get("/results/<token>")
    @app.get("/es/results/<token>")
    def page(token: str = "") -> str:
        return "a page"

    @app.post("/find")
    def find() -> str:
        from flask import request

        return str(from_form(request.form, VOCABULARIES))

    @app.get("/broken/<word>")
    def broken(word: str) -> str:
        try:
            raise ValueError(word)
        except ValueError as error:
            raise BrokenError(f"{CANARY} {word}") from error

    @app.get("/stale")
    def stale() -> str:
        raise StaleAddress

    @app.get("/empty")
    def empty() -> str:
        raise NoGeneration("var")

    return app


@pytest.fixture
def client() -> FlaskClient:
    return with_pages().test_client()


ROUTES = [
    ("GET", "/", 200, "page"),
    ("GET", "/?near=91101", 200, "answer"),
    ("GET", "/es/guide", 200, "page"),
    ("GET", "/results/abc", 200, "answer"),
    ("GET", "/es/results/abc", 200, "answer"),
    ("POST", "/find", 200, "answer"),
    ("GET", "/nowhere", 404, "answer"),
    ("POST", "/", 405, "answer"),
    ("GET", "/broken/word", 500, "answer"),
    ("GET", "/stale", 410, "answer"),
    ("GET", "/empty", 503, "answer"),
    ("GET", "/api/v1/programs", 200, "read"),
    ("HEAD", "/api/v1/programs", 200, "read"),
    ("GET", "/api/v1/openapi.json", 200, "read"),
    ("POST", "/api/v1/programs", 415, "api"),
    ("POST", "/api/v1/facets", 405, "api"),
    ("GET", "/api/v1/programs?bogus=1", 422, "api"),
    ("POST", "/api/v1/match", 415, "api"),
    ("GET", "/api/v1/nowhere", 404, "api"),
    ("GET", "/api/v1/match", 405, "api"),
    ("GET", "/static/focus.csv?v=3f2a1b9c", 200, "static"),
    ("GET", "/static/focus.csv", 200, "file"),
    ("GET", "/static/none.3f2a1b9c.css", 404, "answer"),
    ("GET", "/embed", 404, "maker"),
    ("GET", "/es/embed", 404, "maker"),
    ("GET", "/widget/pk_nobody", 404, "frame"),
    ("GET", "/es/widget/pk_nobody/results/x", 404, "frame"),
    ("GET", "/widget/v9.9.9.js", 404, "answer"),
]


@pytest.mark.parametrize(("method", "path", "status", "kind"), ROUTES)
def test_every_route_has_its_headers(
    client: FlaskClient, method: str, path: str, status: int, kind: security.Kind
):
    response = client.open(path, method=method, buffered=True)
    assert response.status_code == status
    for name, value in {**security.EVERYWHERE, **security.BY_KIND[kind]}.items():
        assert response.headers.getlist(name) == [value], name
    assert "Set-Cookie" not in response.headers
    assert "Strict-Transport-Security" not in response.headers


def test_nothing_comes_from_elsewhere():
    for kind, headers in security.BY_KIND.items():
        sources = headers["Content-Security-Policy"]
        assert sources.startswith("default-src 'none'"), kind
        assert "http" not in sources
        assert "unsafe" not in sources
        assert "frame-ancestors 'none'" in sources


def test_https_is_kept_where_the_operator_has_it():
    response = with_pages("https://stepwise.example").test_client().get("/")
    assert response.headers["Strict-Transport-Security"] == security.HSTS


def test_a_method_not_allowed_names_those_that_are(client: FlaskClient):
    for path, allowed in (("/find", {"POST", "OPTIONS"}), ("/api/v1/match", {"POST", "OPTIONS"})):
        assert set(client.get(path).headers["Allow"].split(", ")) == allowed


def test_no_listings_says_when_to_come_back(client: FlaskClient):
    assert client.get("/empty").headers["Retry-After"] == "30"


def test_a_form_beyond_256_kb_is_refused(client: FlaskClient):
    response = client.post("/find", data={"q": "x" * 1_000_000})
    assert response.status_code == 413


def test_a_slash_too_many_is_redirected_not_refused(client: FlaskClient):
    client.application.add_url_rule("/folder/", view_func=lambda: "in", endpoint="folder")
    response = client.get("/folder")
    assert response.status_code == 308
    assert response.headers["Location"].endswith("/folder/")


class TestPages:
    def text(self, response: TestResponse) -> str:
        assert response.mimetype == "text/html"
        return response.get_data(as_text=True)

    def test_a_refusal_is_a_page_in_words(self, client: FlaskClient):
        page = self.text(client.get("/stale"))
        assert page.startswith("410|This page has closed")

    def test_a_wrong_answer_comes_with_advice(self, client: FlaskClient):
        client.application.add_url_rule("/bad", view_func=_bad, endpoint="bad")
        assert "within_miles: Type miles from 1 to 500" in self.text(client.get("/bad"))

    def test_home_is_in_the_language_of_the_address(self, client: FlaskClient):
        assert "|/es/|" in self.text(client.get("/es/nowhere"))
        assert "|/|" in self.text(client.get("/nowhere"))

    def test_help_is_there_when_even_the_error_page_breaks(self, client: FlaskClient):
        client.application.jinja_loader = DictLoader({})  # type: ignore[assignment]
        client.application.jinja_env.cache = None
        client.application.jinja_env.loader = DictLoader({})
        response = client.get("/nowhere")
        assert response.status_code == 404
        assert "tel:988" in self.text(response)


def _bad() -> str:
    from directory.errors import BadValue

    raise BadNeed((BadValue("within_miles", "far", "a number"),))


def test_a_fault_is_logged_without_what_was_asked(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.DEBUG):
        response = client.get(f"/broken/{CANARY}?q={CANARY}", headers={"Referer": CANARY})
    assert response.status_code == 500
    assert CANARY not in caplog.text
    assert CANARY not in response.get_data(as_text=True)
    for told in ("BrokenError", "ValueError", "at broken", "test_security.py"):
        assert told in caplog.text


def test_a_fault_of_the_api_is_logged_without_what_was_asked(caplog: pytest.LogCaptureFixture):
    finder = FakeFinder(fault=KeyError(CANARY))
    with caplog.at_level(logging.DEBUG):
        response = web(finder).test_client().post("/api/v1/match", json={"text": CANARY})
    assert response.status_code == 500
    assert response.mimetype == "application/problem+json"
    assert "KeyError at match.match" in caplog.text
    assert CANARY not in caplog.text + response.get_data(as_text=True)
