"""What is sent is what `openapi.json` describes: real answers have its keys, and no other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import jsonschema_rs
import pytest
from flask.testing import FlaskClient

from directory.catalog.evidence import Rival, Source
from directory.catalog.program import License, Price, Span
from directory.catalog.schedule import Choose, Openings, Session, Start
from directory.web.api.answer_schemas import ASK
from tests.support.builders import a_listing, a_track, miles_north, sessions
from tests.support.published_site import site_with
from tests.web.api.fakes import FOUND

LIST = Source("SAMHSA 2024", date(2026, 11, 20), "list", edition="2024", dated=date(2026, 8, 1))
EVENINGS = [{"day": day, "start": "18:30", "end": "22:00"} for day in ("mon", "wed", "thu")]
PLAIN: dict[str, object] = {"near": "91101"}
MUCH = {
    **PLAIN,
    "week": {"free": EVENINGS},
    "payer": "medi-cal",
    "services": ["cbt"],
    "mode": ["in_person", "virtual"],
    "start_by": "2026-12-20",
    "age": 34,
}
NEEDS: dict[str, dict[str, object]] = {
    "nothing asked": {},
    "without a week": PLAIN,
    "with a week": {**PLAIN, "week": {"busy": [{"day": "mon", "start": "08:00", "end": "16:00"}]}},
    "with rotating weeks": {**PLAIN, "week": {"rotates": [{"free": EVENINGS}, {"busy": EVENINGS}]}},
    "with much else": MUCH,
    "a payer that has to be taken": {**MUCH, "must": ["near", "schedule", "payer"]},
    "a week that has to fit": {
        **PLAIN,
        "within_miles": 10,
        "week": {"free": EVENINGS},
        "must": ["near", "schedule"],
    },
    "with words": {**PLAIN, "text": "evning cbt groups, detox", "must": ["text"]},
    "words of danger": {"text": "i want to kill myself"},
    "nobody near": {"near": "10001", "within_miles": 5},
}

WHOLE = a_listing(
    a_track(
        label="Evening",
        schedule_grade="days_and_times",
        sessions=sessions(
            "mon wed thu", "18:00", "21:00", contact_minutes=165, attendance="choose"
        ),
        choose=Choose(at_least=2, different_days=True),
        begins=Start("cohort", (date(2026, 12, 7),), 2),
        openings=Openings("yes", 3, date(2026, 11, 20)),
    ),
    a_track(sessions=(Session(count=3, part_of_day="evening", span_minutes=180),), season="Summer"),
    id="whole",
    description="Evening groups with CBT.",
    services=("cbt",),
    ages=(18, None),
    weeks=Span(8, 12),
    price=Price(15000, "session", sliding_scale=True),
    licenses=(License("DHCS", "190001AP", "Outpatient", date(2027, 5, 31)),),
    accreditations=("carf",),
    populations={"women": "welcomes"},
    languages={"es": "staff"},
    payers={"medi-cal": "in"},
    focus=("substance_use",),
)


def torn(listing, **tracks):
    """What another source says of the program's tracks."""
    rivals = {fact: (Rival(value, LIST),) for fact, value in tracks.items()}
    return replace(listing, program=replace(listing.program, rivals=rivals))


TORN = replace(
    WHOLE,
    site=replace(WHOLE.site, rivals={"phone": (Rival("626-555-0199", LIST),)}),
    findings=(FOUND,),
)
LISTINGS = (
    TORN,
    a_listing(a_track("mon tue", "9:00", "12:00"), id="mornings"),
    a_listing(a_track("mon", "18:00", "21:00"), id="evenings"),
    a_listing(a_track("mon wed", "19:30", "21:00"), id="farther", at=miles_north(12)),
    a_listing(a_track(mode="virtual"), id="silent"),
    a_listing(a_track("sat", season="Summer"), id="seasonal"),
    a_listing(a_track("mon", "18:30", "20:00", mode=None), id="on-site-or-not"),
    a_listing(a_track("sun"), id="old", source=replace(LIST, dated=date(2021, 12, 31))),
    torn(a_listing(a_track("fri"), id="torn"), tracks=[{"label": "Another"}]),
    a_listing(id="without-tracks", at=None, city=""),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return site_with(tmp_path_factory.mktemp("described"), *LISTINGS).test_client()


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    return client.get("/api/v1/openapi.json").get_json()  # type: ignore[no-any-return]


def described(document: dict[str, Any], path: str, method: str) -> jsonschema_rs.Validator:
    answer = document["paths"][path][method]["responses"]["200"]["content"]["application/json"]
    schema = {**answer["schema"], "components": document["components"]}
    return jsonschema_rs.validator_for(schema, validate_formats=True)


def objects(told: object) -> Iterator[dict[str, object]]:
    """Every object of an answer, but what a source says in terms of the listing format."""
    if isinstance(told, dict):
        yield told
        told = [one for name, one in told.items() if name != "value"]
    if isinstance(told, list):
        for one in told:
            yield from objects(one)


def held(validator: jsonschema_rs.Validator, answer: dict[str, object]) -> None:
    """It is as described, and would not be with one key more, wherever that stood."""
    validator.validate(answer)
    for one in objects(answer):
        one["not described"] = True
        assert not validator.is_valid(answer), one
        del one["not described"]


@pytest.mark.parametrize("asked", NEEDS)
def test_an_answer_has_the_keys_that_are_described(client, document, asked: str):
    answer = client.post("/api/v1/match", json=NEEDS[asked]).get_json()
    held(described(document, "/api/v1/match", "post"), answer)
    assert answer["data"] or asked == "nobody near"


@pytest.mark.parametrize("query", ["", "?near=91101&services=cbt", "?text=cbt+groups"])
def test_a_search_has_the_keys_that_are_described(client, document, query: str):
    answer = client.get(f"/api/v1/programs{query}").get_json()
    held(described(document, "/api/v1/programs", "get"), answer)
    assert answer["data"]


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda one: one.program.id)
def test_a_program_has_the_keys_that_are_described(client, document, listing):
    answer = client.get(f"/api/v1/programs/{listing.program.id}").get_json()
    held(described(document, "/api/v1/programs/{program_id}", "get"), answer)


def test_these_answers_show_what_can_be_told(client):
    """Or what is described of it would be held to nothing."""
    answers = [client.post("/api/v1/match", json=need).get_json() for need in NEEDS.values()]
    matches = [one for answer in answers for one in answer["data"]]
    weeks = [one["schedule"] for one in matches if one["schedule"]]
    changes = {key for answer in answers for one in answer["relax"] for key in one["to"]}
    understood = [answer["meta"]["understood"] for answer in answers]
    assert {one["verdict"] for one in weeks} == {"fits", "cannot_tell", "misses"}
    assert all(any(one[key] for one in weeks) for key in weeks[0])
    assert {word for one in weeks for word in one["ask"]} == set(ASK)
    assert all(any(one[key] for one in understood) for key in understood[0])
    assert {one["track"] is None for one in matches} == {True, False}
    assert any(one["highlight"] for one in matches)
    assert any(one["program"]["conflicts"] for one in matches)
    assert any(one["program"]["findings"] for one in matches)
    assert changes == {"within_miles", "must", "text", "free_minutes", "also_free"}
