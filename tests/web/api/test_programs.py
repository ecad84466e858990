import re
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from directory.catalog.whereabouts import Gone, Whereabouts
from directory.web import needs
from directory.web.api import answer_schemas, program_schemas
from tests.support.outcomes import whereabouts_of
from tests.web.api.fakes import LISTING, FakeFinder, web
from tests.web.api.test_match import problem


@pytest.fixture
def finder() -> FakeFinder:
    return FakeFinder()


@pytest.fixture
def client(finder: FakeFinder) -> FlaskClient:
    return web(finder).test_client()


def test_programs_are_found_by_what_says_nothing_of_a_person(
    client: FlaskClient, finder: FakeFinder
):
    query = "near=91101&within_miles=7.5&level_of_care=iop,php&services=cbt&mode=virtual&limit=1"
    response = client.get(f"/api/v1/programs?{query}")
    assert response.status_code == 200
    assert answer_schemas.Answer().validate(response.get_json()) == {}
    (need,) = finder.asked
    assert (need.near, need.within_miles, need.limit) == ("91101", 7.5, 1)
    assert need.level_of_care == ("iop", "php")


def test_the_next_page_is_linked(client: FlaskClient):
    response = client.get("/api/v1/programs?near=91101&limit=1")
    cursor = response.get_json()["page"]["next"]
    target, _, relation = response.headers["Link"].partition("; ")
    assert relation == 'rel="next"'
    following = parse_qs(urlsplit(target.strip("<>")).query)
    assert following == {"near": ["91101"], "limit": ["1"], "cursor": [cursor]}
    assert client.get(target.strip("<>")).status_code == 200


def test_the_last_page_links_back_only(client: FlaskClient):
    cursor = needs.encode_cursor(2, "g7")
    link = client.get(f"/api/v1/programs?cursor={cursor}").headers["Link"]
    assert 'rel="prev"' in link
    assert 'rel="next"' not in link


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("bogus=1", "bogus"),
        ("payer=medi-cal", "payer"),
        ("focus=mental_health", "focus"),
        ("limit=1&limit=2", "limit"),
        ("near=a&near=a", "near"),
        ("limit=١", "limit"),
        ("limit=1_0", "limit"),
        ("limit=+1", "limit"),
        ("limit=", "limit"),
        ("limit=101", "limit"),
        ("within_miles=nan", "within_miles"),
        ("within_miles=1e3", "within_miles"),
        ("within_miles=٣", "within_miles"),
        ("within_miles=501", "within_miles"),
        ("mode=bus", "mode"),
        ("level_of_care=iop,rehab", "level_of_care"),
        ("level_of_care=iop,", "level_of_care"),
        ("level_of_care=", "level_of_care"),
        ("mode=", "mode"),
        ("cursor=x", "cursor"),
        ("text=" + "x" * 501, "text"),
        ("near=Passadena", "near"),
    ],
)
def test_a_parameter_out_of_line_is_refused_by_name(client: FlaskClient, query: str, field: str):
    body = problem(client.get(f"/api/v1/programs?{query}"))
    assert body["status"] == 422
    assert {wrong["field"] for wrong in body["errors"]} == {field}  # type: ignore[attr-defined]


def test_an_unknown_parameter_comes_with_those_allowed(client: FlaskClient):
    (wrong,) = problem(client.get("/api/v1/programs?radius=5"))["errors"]  # type: ignore[misc]
    assert "within_miles" in wrong["allowed"]
    assert wrong["got"] == "5"


@pytest.mark.parametrize("name", ["acme-evening", "evening-iop-pasadena"])
def test_one_program_comes_with_the_evidence_of_each_fact(client: FlaskClient, name: str):
    response = client.get(f"/api/v1/programs/{name}")
    body = response.get_json()
    assert program_schemas.ProgramAnswer().validate(body) == {}
    program = body["data"]
    assert program["payers"] == [{"payer": "medi-cal", "network": "in", "as_of": "2026-11-01"}]
    (session,) = program["tracks"][0]["sessions"]
    assert (session["day"], session["start"], session["end"]) == ("mon", "18:00", "21:00")
    evidence = program["evidence"]
    assert set(evidence) == {
        "name", "tracks", "payers", "services:cbt", "level_of_care", "phone", "address"
    }  # fmt: skip
    assert evidence["name"]["state"] == "current"
    assert evidence["payers"]["state"] == "call_to_confirm"
    assert evidence["payers"]["as_of"] == "2024-12-31"
    assert body["meta"] == {"generation": "g7", "as_of": "2026-11-24"}


def test_what_does_not_add_up_comes_with_the_program(client: FlaskClient, finder: FakeFinder):
    (plain,) = client.get("/api/v1/programs/acme-evening").get_json()["data"]["findings"]
    assert (plain["rule"], plain["case"], plain["fact"]) == ("L1", "hours_young", "tracks")
    assert plain["got"] == "3 hours"
    assert plain["question"] == "How many hours a week would I be in groups?"
    (match,) = client.get("/api/v1/programs?near=91101&limit=1").get_json()["data"]
    assert match["program"]["findings"] == [plain]


def test_a_withheld_street_stays_withheld(client: FlaskClient):
    for address in ("/api/v1/programs/acme-evening", "/api/v1/programs"):
        text = client.get(address).get_data(as_text=True)
        assert '"withheld":true' in text
        assert "Hidden Lane" not in text
        assert "-118.13" not in text


def test_an_unchanged_program_is_not_sent_again(client: FlaskClient):
    first = client.get("/api/v1/programs/acme-evening")
    tag = first.headers["ETag"]
    again = client.get("/api/v1/programs/acme-evening", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""


def test_a_program_that_is_told_otherwise_is_sent_again(client: FlaskClient, finder: FakeFinder):
    tag = client.get("/api/v1/programs/acme-evening").headers["ETag"]
    finder.as_of = date(2027, 11, 24)
    answer = client.get("/api/v1/programs/acme-evening", headers={"If-None-Match": tag})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "address",
    ["programs/acme-evening", "programs/acme-evening/tracks", "organizations",
     "organizations/acme", "locations", "locations/acme-lake"],
)  # fmt: skip
def test_facts_are_as_old_as_on_the_day_that_the_answer_names(
    client: FlaskClient, finder: FakeFinder, address: str
):
    def states() -> list[str]:
        return re.findall(r'"state":"(\w+)"', client.get(f"/api/v1/{address}").text)

    published = states()
    client.application.extensions["directory"].now = datetime(2029, 11, 24, tzinfo=UTC)
    assert states() == published
    finder.as_of = date(2029, 11, 24)
    assert states() != published


def test_an_unknown_program_is_404(client: FlaskClient):
    assert problem(client.get("/api/v1/programs/none"))["status"] == 404


def test_one_program_takes_no_parameters(client: FlaskClient):
    assert problem(client.get("/api/v1/programs/acme-evening?v=1"))["status"] == 422


def moved(finder: FakeFinder, **there: Whereabouts) -> None:
    finder.moved = {name.replace("_", "-"): one for name, one in there.items()}


def test_an_old_slug_leads_machines_to_the_program_for_good(
    client: FlaskClient, finder: FakeFinder
):
    moved(finder, old_address=whereabouts_of(LISTING))
    answer = client.get("/api/v1/programs/old-address")
    assert (answer.status_code, answer.location) == (301, "/api/v1/programs/acme-evening")


def test_a_removed_program_is_a_problem_that_says_since_when_and_why(
    client: FlaskClient, finder: FakeFinder
):
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    gone = Whereabouts("old", "old-address", 4, at, gone=Gone("closed", None, "91101"))
    moved(finder, old=gone)
    said = problem(client.get("/api/v1/programs/old"))
    assert (said["status"], said["type"]) == (410, "urn:stepwise:problem:no-longer-listed")
    assert {key: said[key] for key in ("program", "slug", "since", "reason", "near")} == {
        "program": "old", "slug": "old-address", "since": "2026-11-20", "reason": "closed", "near": "91101",
    }  # fmt: skip
