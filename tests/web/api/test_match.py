import json
import logging
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.catalog.schedule import DAYS
from directory.errors import NoGeneration
from directory.matching.week import FreeWeek
from directory.web import needs
from directory.web.api import answer_schemas, schemas
from tests.web.api.fakes import MATCH, OUTCOME, FakeFinder, web

CLIENT = web().test_client()
ADDRESS = "/api/v1/match"


@pytest.fixture
def finder() -> FakeFinder:
    return FakeFinder()


@pytest.fixture
def client(finder: FakeFinder) -> FlaskClient:
    return web(finder).test_client()


def test_the_answer_is_the_envelope_of_the_contract(client: FlaskClient):
    response = client.post(ADDRESS, json={"near": "91101", "limit": 1})
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    body = response.get_json()
    assert list(body) == ["data", "page", "facets", "relax", "meta"]
    assert answer_schemas.Answer().validate(body) == {}
    assert body["page"] == {
        "total": 3,
        "limit": 1,
        "next": needs.encode_cursor(1, "g7"),
        "prev": None,
    }
    assert body["facets"] == {"payer": {"medi-cal": {"yes": 1, "unknown": 2}}}
    assert body["relax"] == [{"need": "near", "to": {"within_miles": 15}, "more": 3}]
    assert body["meta"]["generation"] == "g7"
    assert body["meta"]["as_of"] == "2026-11-24"
    assert body["meta"]["place"] == {"name": "Pasadena, CA 91101", "precision": "zip"}
    assert body["meta"]["understood"]["concepts"] == [{"kind": "services", "code": "cbt"}]


def test_a_match_has_its_program_track_schedule_needs_and_receipt(client: FlaskClient):
    (match,) = client.post(ADDRESS, json={}).get_json()["data"]
    program = match["program"]
    assert (program["id"], program["slug"]) == ("acme-evening", "evening-iop-pasadena")
    assert program["organization"] == "Acme Recovery"
    assert (program["organization_id"], program["npi"], program["website"]) == ("acme", None, None)
    assert program["site"]["address"]["withheld"] is True
    assert program["example"] is False
    assert program["links"]["self"] == "/api/v1/programs/acme-evening"
    assert match["track"]["label"] == "Evening"
    assert match["score"] == 0.87
    assert match["first_group"]["date"] == "2026-12-07"
    assert match["first_group"]["certainty"] == "stated"
    schedule = match["schedule"]
    assert schedule["verdict"] == "misses"
    assert schedule["conflicts"] == [
        {"day": "tue", "start": "17:00", "end": "21:15", "minutes": 15}
    ]
    assert schedule["smallest_change"] == [{"day": "tue", "start": "17:00", "end": "17:15"}]
    assert schedule["sessions"] == [{"day": "sun", "start": "22:00", "end": "24:00"}]
    assert schedule["weekly_contact_minutes"] is None
    assert match["receipt"] == {"tier": 2, "weights": {"near": 1.0}, "parts": {"near": 0.87}}


def test_an_answer_comes_with_its_evidence(client: FlaskClient):
    known, unknown = client.post(ADDRESS, json={}).get_json()["data"][0]["needs"]
    assert known == {
        "need": "payer",
        "asked": "medi-cal",
        "answer": "yes",
        "detail": None,
        "evidence": {
            "source": "SAMHSA 2024",
            "url": None,
            "as_of": "2024-12-31",
            "seen_on": "2026-11-20",
            "method": "list",
            "confirmed_by": None,
            "state": "call_to_confirm",
        },
    }
    assert unknown["answer"] == "unknown"
    assert unknown["evidence"]["state"] == "unknown"
    assert unknown["evidence"]["source"] is None


def test_the_last_page_has_no_next(client: FlaskClient, finder: FakeFinder):
    body = client.post(ADDRESS, json={"cursor": needs.encode_cursor(2, "g7")}).get_json()
    assert body["page"]["next"] is None
    assert body["page"]["prev"] == needs.encode_cursor(0, "g7")
    assert finder.asked[0].offset == 2


@pytest.mark.parametrize("address", [ADDRESS, "/api/v1/programs"])
def test_a_cursor_of_another_generation_is_refused(client: FlaskClient, address: str):
    cursor = needs.encode_cursor(2, "an-older-generation")
    (wrong,) = problem(client.post(address, json={"cursor": cursor}))["errors"]  # type: ignore[misc]
    assert wrong["field"] == "cursor"
    assert "begin again without one" in wrong["expected"]


def test_an_answer_without_a_week_or_place_has_none():
    match = replace(MATCH, schedule=None, track=None, miles=None, travel_minutes=None)
    finder = FakeFinder(replace(OUTCOME, matches=(match,), place=None))
    body = web(finder).test_client().post(ADDRESS, json={}).get_json()
    assert body["data"][0]["schedule"] is None
    assert body["meta"]["place"] is None


def problem(response: object) -> dict[str, object]:
    assert response.mimetype == "application/problem+json"  # type: ignore[attr-defined]
    body = response.get_json()  # type: ignore[attr-defined]
    assert schemas.Problem().validate(body) == {}
    assert body["status"] == response.status_code  # type: ignore[attr-defined]
    return body  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "week",
    [
        {"free": []},
        {"busy": [{"day": day, "start": "00:00", "end": "24:00"} for day in DAYS]},
        {"free": [{"day": "mon", "start": "09:00", "end": "09:10"}]},
    ],
)
def test_a_week_without_a_free_hour_is_answered(client: FlaskClient, finder: FakeFinder, week):
    assert client.post(ADDRESS, json={"week": week}).status_code == 200
    assert finder.asked[-1].weeks == (FreeWeek(0),)


def test_values_not_allowed_are_422_each_with_what_is(client: FlaskClient):
    body = problem(client.post(ADDRESS, json={"radius": 5, "age": "٣٤", "payer": "medi_cal"}))
    assert body["status"] == 422
    assert body["type"] == "urn:stepwise:problem:bad-need"
    radius, payer, age = body["errors"]  # type: ignore[misc]
    assert "within_miles" in radius["allowed"]
    assert "medi-cal" in payer["allowed"]
    assert age == {
        "field": "age",
        "got": "٣٤",
        "expected": "a whole number from 0 to 120",
        "allowed": [],
    }


def test_an_unknown_place_is_422_with_suggestions(client: FlaskClient):
    body = problem(client.post(ADDRESS, json={"near": "Passadena"}))
    assert body["title"] == "We could not find “Passadena”"
    assert body["suggestions"][0] == {"name": "Pasadena, CA 91101", "zip": "91101"}  # type: ignore[index]


def test_an_ambiguous_place_is_422_with_the_choices(client: FlaskClient):
    body = problem(client.post(ADDRESS, json={"near": "Pasadena"}))
    assert body["type"] == "urn:stepwise:problem:ambiguous-place"
    assert [place["name"] for place in body["suggestions"]] == [  # type: ignore[attr-defined]
        "Pasadena, CA 91101",
        "Pasadena, TX",
    ]


def test_nothing_published_is_503(client: FlaskClient, finder: FakeFinder):
    finder.fault = NoGeneration("var")
    response = client.post(ADDRESS, json={})
    assert problem(response)["status"] == 503
    assert response.headers["Retry-After"] == "30"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_only_json_is_read(client: FlaskClient, kind: str | None):
    assert problem(client.post(ADDRESS, data=b"{}", content_type=kind))["status"] == 415


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"\xff", b"[" * 100_000, b'{"age": ' + b"1" * 5000 + b"}"]
)
def test_broken_json_is_400(client: FlaskClient, raw: bytes):
    assert problem(client.post(ADDRESS, data=raw, content_type="application/json"))["status"] == 400


@pytest.mark.parametrize("raw", [b"[]", b"null", b"3", b'"x"', b"NaN", b'{"a": "\\ud800"}'])
def test_json_that_is_no_need_is_422(client: FlaskClient, raw: bytes):
    assert problem(client.post(ADDRESS, data=raw, content_type="application/json"))["status"] == 422


def test_a_key_given_twice_is_refused(client: FlaskClient):
    raw = b'{"age": 3, "age": 4}'
    body = problem(client.post(ADDRESS, data=raw, content_type="application/json"))
    assert body["errors"][0]["field"] == "age"  # type: ignore[index]


def test_a_megabyte_is_413(client: FlaskClient):
    assert problem(client.post(ADDRESS, json={"text": "x" * 1_000_000}))["status"] == 413


def test_a_body_of_nonsense_is_answered_short(client: FlaskClient):
    response = client.post(ADDRESS, json={f"key{n}": n for n in range(10_000)})
    assert response.status_code == 422
    assert len(response.data) < 20_000


def test_no_need_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        client.post(ADDRESS, json={"text": "canary-7f3", "bogus-canary-7f3": 1})
        client.post(ADDRESS, json={"text": "canary-7f3"})
    assert "canary" not in caplog.text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
NEARLY = st.dictionaries(
    st.sampled_from(needs.KEYS),
    JSON
    | st.sampled_from(["91101", "iop", "medi-cal", "car", 5, ["iop"], ["payer"], "2026-12-10"])
    | st.fixed_dictionaries({"busy": st.lists(JSON)})
    | st.fixed_dictionaries(
        {"rotates": st.lists(st.dictionaries(st.sampled_from(["busy"]), JSON))}
    ),
)


@given(JSON | NEARLY)
@settings(max_examples=300, deadline=None)
def test_any_json_gets_an_answer_or_a_refusal(body: object):
    response = CLIENT.post(ADDRESS, data=json.dumps(body), content_type="application/json")
    assert response.status_code in (200, 422)
    if response.status_code == 422:
        assert problem(response)["errors"]
