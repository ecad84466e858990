"""Every address of the API is strict: what it does not know, it refuses, and says what it takes."""

import re
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.web.strict import Number, Whole
from tests.web.api.test_match import problem

HERE = "/api/v1/"
# It describes every address but itself.
DESCRIPTION: dict[str, object] = {f"{HERE}openapi.json": {"get": {}}}
VALUES = {
    "program_id": "example-apricot-street",
    "key": "group",
    "taxonomy_id": "payers",
    "organization_id": "example-apricot-street",
    "location_id": "example-apricot-street",
}


def addresses(app: Flask) -> list[tuple[str, str, dict[str, object]]]:
    """Method, address and parameters (by name, as they are read) of everything under /api/v1."""
    described = app.test_client().get(f"{HERE}openapi.json").json["paths"] | DESCRIPTION
    found = []
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(HERE):
            continue
        path = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", r"{\1}", rule.rule)
        for method in sorted(rule.methods & {"GET", "POST", "DELETE", "PUT", "PATCH"}):
            known = described[path][method.lower()].get("parameters", [])
            parameters = {one["name"]: one["schema"] for one in known if one["in"] == "query"}
            filled = re.sub(r"{(\w+)}", lambda name: VALUES[name[1]], path)
            found.append((method, filled, parameters))
    return found


@pytest.fixture(scope="module")
def all_addresses(app):
    found = addresses(app)
    assert len(found) > 15
    return found


def refused(client, method: str, address: str) -> list[dict[str, object]]:
    body = problem(client.open(address, method=method))
    assert body["status"] in (400, 422), address
    return body["errors"]  # type: ignore[return-value]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(name=st.from_regex(r"[a-z_]{1,12}", fullmatch=True), value=st.text(max_size=8))
def test_a_parameter_it_does_not_know_is_refused_with_those_it_knows(
    client, all_addresses, name: str, value: str
):
    for method, address, known in all_addresses:
        if name not in known:
            query = f"{name}={quote(value, errors='replace')}"
            (wrong,) = refused(client, method, f"{address}?{query}")
            assert wrong["field"] == name
            assert wrong["allowed"] == list(known), address


def test_a_parameter_given_twice_is_refused_by_name(client, all_addresses):
    for method, address, known in all_addresses:
        for name in known:
            (wrong,) = refused(client, method, f"{address}?{name}=1&{name}=1")
            assert wrong["field"] == name


@pytest.mark.parametrize("digits", ["١", "１", "৩", "1_0", "+1", "1e1", "0x1", " 1", "nan", "-1"])
def test_a_number_has_digits_of_ascii(client, all_addresses, digits: str):
    asked = 0
    for method, address, known in all_addresses:
        for name, schema in known.items():
            if schema.get("type") in ("integer", "number"):  # type: ignore[attr-defined]
                (wrong,) = refused(client, method, f"{address}?{name}={quote(digits)}")
                assert wrong["field"] == name
                asked += 1
    assert asked > 3


def test_a_word_that_is_not_among_a_few_comes_with_those_few(client, all_addresses):
    asked = 0
    for method, address, known in all_addresses:
        for name, schema in known.items():
            words = schema.get("enum") or schema.get("items", {}).get("enum")  # type: ignore[attr-defined]
            if words:
                (wrong,) = refused(client, method, f"{address}?{name}=bogus")
                assert (wrong["field"], wrong["allowed"]) == (name, words)
                asked += 1
    assert asked > 2


def test_numbers_are_read_by_the_strict_fields_only():
    from directory.web.api import queries

    for schema in (queries.PageQuery, queries.FacetsQuery, queries.ProgramsQuery):
        for field in schema().fields.values():
            if type(field).__name__ in ("Integer", "Float", "Decimal", "Number", "Whole"):
                assert isinstance(field, Whole | Number)


@pytest.mark.parametrize("cursor", ["x", "٣", "MS5nZW4", "", "MC5hbi1vbGRlci1vbmU"])
def test_a_cursor_that_is_none_of_this_generation_is_refused(client, all_addresses, cursor: str):
    for method, address, known in all_addresses:
        if "cursor" in known:
            (wrong,) = refused(client, method, f"{address}?cursor={quote(cursor)}")
            assert wrong["field"] == "cursor"


@pytest.mark.parametrize("name", ["payer", "age", "conditions", "populations", "week", "focus"])
def test_no_address_takes_what_tells_of_a_person(all_addresses, name: str):
    assert [address for _, address, known in all_addresses if name in known] == []


def test_what_is_typed_is_suggested_for_in_a_body_only(client):
    answer = client.get(f"{HERE}suggest?q=heroin")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    assert "heroin" not in answer.text
