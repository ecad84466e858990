import re

import pytest
from flask import Response
from flask.testing import FlaskClient

from tests.support.outcomes import Held
from tests.web.api.fakes import FakeFinder, web

READS = ["/api/v1/programs?limit=1", "/api/v1/programs/acme-evening", "/api/v1/openapi.json"]


@pytest.fixture
def finder() -> FakeFinder:
    return FakeFinder()


@pytest.fixture
def client(finder: FakeFinder) -> FlaskClient:
    app = web(finder)
    app.add_url_rule(
        "/api/v1/stream", view_func=lambda: Response(iter(["a", "b"])), endpoint="stream"
    )
    app.add_url_rule("/api/v1/mine", view_func=_mine, endpoint="mine")
    return app.test_client()


def _mine() -> Response:
    return Response("now", headers={"Cache-Control": "no-store"})


@pytest.mark.parametrize("path", [*READS, "/api/v1/stream"])
def test_what_is_read_has_a_strong_tag_and_is_not_sent_twice(client: FlaskClient, path: str):
    first = client.get(path)
    tag = first.headers["ETag"]
    assert re.fullmatch(r'"[^"]+"', tag)
    assert first.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    again = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Access-Control-Allow-Origin"):
        assert again.headers[name] == first.headers[name]
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", READS)
def test_asking_for_the_headers_only_gives_the_same_ones(client: FlaskClient, path: str):
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]
    tag = {"If-None-Match": whole.headers["ETag"]}
    assert client.head(path, headers=tag).status_code == 304


def test_another_generation_has_another_tag(client: FlaskClient, finder: FakeFinder):
    before = [client.get(path).headers["ETag"] for path in READS[:2]]
    finder.generation = "g8"
    after = [client.get(path).headers["ETag"] for path in READS[:2]]
    assert not set(before) & set(after)


def test_what_is_streamed_has_the_tag_of_the_generation_it_is_read_from():
    client = web(Republished()).test_client()
    while_it_changed, after, again = (client.get("/api/v1/programs.geojson") for _ in range(3))
    assert (while_it_changed.json["meta"]["generation"], after.json["meta"]["generation"]) == (
        "g7",
        "g8",
    )
    assert while_it_changed.headers["ETag"] != after.headers["ETag"] == again.headers["ETag"]


class Republished(FakeFinder):
    """Another generation stands as soon as the first one was read."""

    def records(self) -> tuple[str, list[Held]]:
        found = super().records()
        self.generation = "g8"
        return found


def test_other_questions_have_other_tags(client: FlaskClient):
    asked = (
        "/api/v1/programs?limit=1",
        "/api/v1/programs?limit=2",
        "/api/v1/stream?a",
        "/api/v1/stream?b",
    )
    assert len({client.get(path).headers["ETag"] for path in asked}) == len(asked)


def test_a_question_in_a_body_is_kept_by_nobody(client: FlaskClient):
    for answer in (client.post("/api/v1/match", json={}), client.post("/api/v1/suggest", json={})):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


def test_a_refusal_is_kept_by_nobody(client: FlaskClient):
    for path in ("/api/v1/programs?bogus=1", "/api/v1/programs/none", "/api/v1/nowhere"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_a_view_may_say_that_nobody_keeps_its_answer(client: FlaskClient):
    answer = client.get("/api/v1/mine")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
