import re

import jsonschema_rs
import pytest
import schemathesis
from flask.testing import FlaskClient

from directory.matching.counting import FACETS
from tests.web.api.fakes import web

APP = web()
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", APP)


@pytest.fixture
def document() -> dict[str, object]:
    client: FlaskClient = APP.test_client()
    return client.get("/api/v1/openapi.json").get_json()  # type: ignore[no-any-return]


def test_the_description_lists_the_routes(document: dict[str, object]):
    assert document["openapi"] == "3.1.0"
    assert {path: set(methods) - {"parameters"} for path, methods in document["paths"].items()} == {  # type: ignore[attr-defined]
        "/api/v1/changes": {"get"},
        "/api/v1/facets": {"get"},
        "/api/v1/locations": {"get"},
        "/api/v1/locations/{location_id}": {"get"},
        "/api/v1/match": {"post"},
        "/api/v1/organizations": {"get"},
        "/api/v1/organizations/{organization_id}": {"get"},
        "/api/v1/programs": {"get", "post"},
        "/api/v1/programs.geojson": {"get"},
        "/api/v1/programs/{program_id}": {"get"},
        "/api/v1/reports": {"post"},
        "/api/v1/programs/{program_id}.ics": {"get"},
        "/api/v1/programs/{program_id}.vcf": {"get"},
        "/api/v1/programs/{program_id}/tracks": {"get"},
        "/api/v1/programs/{program_id}/tracks/{key}.ics": {"get"},
        "/api/v1/suggest": {"post"},
        "/api/v1/taxonomies": {"get"},
        "/api/v1/taxonomies/{taxonomy_id}": {"get"},
    }


def test_the_description_is_valid():
    SCHEMA.validate()


def test_refusals_are_described_as_problems(document: dict[str, object]):
    for response in document["components"]["responses"].values():  # type: ignore[index]
        assert list(response["content"]) == ["application/problem+json"]


def test_what_an_answer_offers_and_its_address_cannot_ask_is_told_with_where_to_ask_it(document):
    listed = document["paths"]["/api/v1/programs"]["get"]
    takes = {one["name"] for one in listed["parameters"]}
    unasked = {"must", *FACETS} - takes
    assert unasked == {"must", "payer", "focus", "populations"}
    assert {f"`{name}`" for name in unasked} < set(re.findall("`[^`]+`", listed["description"]))
    assert "`POST /api/v1/programs`" in listed["description"]
    change = document["components"]["schemas"]["Change"]["properties"]["must"]
    assert "body" in change["description"]


def test_a_need_allows_no_other_key(document: dict[str, object]):
    need = document["components"]["schemas"]["Need"]  # type: ignore[index]
    assert need["additionalProperties"] is False
    assert "week" in need["properties"]


def test_every_example_is_what_the_description_says(document: dict[str, object]):
    examples = []
    for methods in document["paths"].values():  # type: ignore[attr-defined]
        for operation in methods.values():
            if isinstance(operation, dict):
                answers = [one for code, one in operation["responses"].items() if code[0] == "2"]
                told = [*answers, operation.get("requestBody", {})]
                examples += [one for some in told for one in some.get("content", {}).values()]
    assert len(examples) > 18
    for one in examples:
        schema = {**one["schema"], "components": document["components"]}
        jsonschema_rs.validator_for(schema).validate(one["example"])


def test_every_address_says_what_it_answers_and_takes(document: dict[str, object]):
    for path, methods in document["paths"].items():  # type: ignore[attr-defined]
        for method in set(methods) - {"parameters"}:
            operation = methods[method]
            assert operation["summary"].strip(), path
            assert "422" in operation["responses"], path
            if "{" in path:
                assert "404" in operation["responses"], path
