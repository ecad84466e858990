import pytest
from werkzeug.test import TestResponse

from tests.web.api.fakes import web

CLIENT = web().test_client()
ORIGIN = {"Origin": "https://clinic.example"}


def preflight(path: str, method: str, headers: str = "") -> TestResponse:
    asked = {**ORIGIN, "Access-Control-Request-Method": method}
    if headers:
        asked["Access-Control-Request-Headers"] = headers
    return CLIENT.options(path, headers=asked)


@pytest.mark.parametrize(
    "path", ["/api/v1/programs", "/api/v1/programs/acme-evening", "/api/v1/openapi.json"]
)
def test_any_page_may_read_what_is_public_and_never_with_credentials(path: str):
    for origin in ({}, ORIGIN):
        headers = CLIENT.get(path, headers=origin).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in headers
        for name in ("ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After"):
            assert name in headers["Access-Control-Expose-Headers"]


def test_any_page_may_ask_for_a_match_and_read_why_it_was_refused():
    for body, status in (({}, 200), ({"bogus": 1}, 422)):
        answer = CLIENT.post("/api/v1/match", json=body, headers=ORIGIN)
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (status, "*")


def test_a_browser_is_told_what_it_may_send():
    answer = preflight("/api/v1/match", "POST", "Content-Type")
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "POST"
    assert "content-type" in answer.headers["Access-Control-Allow-Headers"]
    assert "authorization" not in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Max-Age"] == "86400"
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    ("path", "method", "headers", "field", "allowed"),
    [
        ("/api/v1/match", "DELETE", "", "Access-Control-Request-Method", ["POST"]),
        ("/api/v1/match", "GET", "", "Access-Control-Request-Method", ["POST"]),
        ("/api/v1/facets", "PUT", "", "Access-Control-Request-Method", ["GET", "HEAD"]),
        ("/api/v1/reports", "POST", "content-type", "Access-Control-Request-Method", []),
    ],
)  # fmt: skip
def test_a_browser_is_refused_what_it_may_not_send(
    path: str, method: str, headers: str, field: str, allowed: list[str]
):
    answer = preflight(path, method, headers)
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert "Access-Control-Allow-Origin" not in answer.headers
    (wrong,) = answer.get_json()["errors"]
    assert (wrong["field"], wrong["got"], wrong["allowed"]) == (field, method, allowed)


def test_a_secret_key_is_not_sent_by_a_page_of_another_site():
    answer = preflight("/api/v1/match", "POST", "content-type, authorization")
    assert answer.status_code == 403
    assert answer.get_json()["errors"][0]["got"] == "authorization"


def test_where_there_is_nothing_a_browser_is_told_so():
    assert preflight("/api/v1/nowhere", "GET").status_code == 404


def test_what_is_no_preflight_is_answered_with_allow():
    answer = CLIENT.options("/api/v1/match")
    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
