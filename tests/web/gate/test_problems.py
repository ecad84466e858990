import pytest
from flask.testing import FlaskClient

from directory.web.api import schemas
from tests.web.api.fakes import FakeFinder, web

CLIENT = web().test_client()
BROKEN = web(FakeFinder(fault=KeyError("x"))).test_client()
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("client", "method", "path", "status", "field", "sent"),
    [
        (CLIENT, "GET", "/api/v1/nowhere", 404, "path", {}),
        (CLIENT, "GET", "/api/v2", 404, "path", {}),
        (CLIENT, "GET", "/hsds/v3/nowhere", 404, "path", {}),
        (CLIENT, "GET", "/exports/nowhere", 404, "path", {}),
        (CLIENT, "GET", "/api/v1/match", 405, "method", {}),
        (CLIENT, "BREW", "/api/v1/match", 405, "method", {}),
        (CLIENT, "GET", "/api/v1/programs", 406, "Accept", {"headers": {"Accept": "text/html"}}),
        (CLIENT, "POST", "/api/v1/match", 400, "body", {"data": "{", "headers": JSON}),
        (CLIENT, "POST", "/api/v1/match", 413, "body", {"data": "x" * 300_000, "headers": JSON}),
        (CLIENT, "POST", "/api/v1/match", 415, "Content-Type", {"data": "x"}),
        (CLIENT, "POST", "/api/v1/match", 422, "bogus", {"json": {"bogus": 1}}),
        (CLIENT, "GET", "/api/v1/programs?bogus=1", 422, "bogus", {}),
        (BROKEN, "POST", "/api/v1/match", 500, None, {"json": {}}),
    ],
)
def test_every_refusal_is_a_problem_that_names_what_came_and_what_is_expected(
    client: FlaskClient,
    method: str,
    path: str,
    status: int,
    field: str | None,
    sent: dict[str, object],
):
    answer = client.open(path, method=method, **sent)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    body = answer.get_json()
    assert schemas.Problem().validate(body) == {}
    assert body["status"] == status
    assert [wrong["field"] for wrong in body["errors"]] == ([field] if field else [])
    assert all(wrong["expected"] and "got" in wrong for wrong in body["errors"])
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_method_that_is_not_allowed_comes_with_those_that_are():
    answer = CLIENT.delete("/api/v1/programs")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert set(answer.get_json()["errors"][0]["allowed"]) == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize("path", ["/api/v1/programs", "/api/v1/match", "/api/v1/openapi.json"])
def test_who_asks_which_methods_there_are_is_told_whatever_they_take(path: str):
    answer = CLIENT.options(path, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.data) == (200, b"")
    assert "OPTIONS" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "wanted",
    [
        "*/*",
        "application/json",
        "application/*",
        "text/html, application/json;q=0.1",
        "text/html,*/*;q=0.8",
    ],
)
def test_who_takes_json_among_others_gets_it(wanted: str):
    assert CLIENT.get("/api/v1/programs", headers={"Accept": wanted}).status_code == 200


@pytest.mark.parametrize("wanted", ["text/html", "application/json;q=0", "image/*"])
def test_who_takes_no_json_is_told_what_we_have(wanted: str):
    answer = CLIENT.get("/api/v1/programs", headers={"Accept": wanted})
    assert answer.status_code == 406
    assert answer.get_json()["errors"] == [
        {"field": "Accept", "got": wanted, "expected": "application/json", "allowed": []}
    ]


def test_a_page_stays_a_page():
    assert CLIENT.get("/nowhere").mimetype == "text/html"
