"""Every address for machines, over the whole map: none gets past the gate."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule as Route
from werkzeug.test import TestResponse

from directory.web.gate.links import RELATIONS
from directory.web.machines import READ, RULES, rule_of

# Values with which an address answers; any other is filled with what fits and finds nothing.
NOTHING = {"UUIDConverter": "00000000-0000-0000-0000-000000000000", "IntegerConverter": 0}


@pytest.fixture(scope="module")
def program(app: Flask) -> str:
    """A program that is listed."""
    found = app.test_client().get("/api/v1/programs?limit=1").get_json()["data"]
    return str(found[0]["program"]["id"])


def machine_routes(app: Flask) -> list[Route]:
    return [route for route in app.url_map.iter_rules() if rule_of(route.rule) is not None]


def address(app: Flask, route: Route, program: str) -> str:
    values = {
        name: NOTHING.get(type(converter).__name__, program if "program" in name else "none")
        for name, converter in route._converters.items()
    }
    for name, converter in route._converters.items():
        if type(converter).__name__ == "AnyConverter":
            values[name] = sorted(converter.items)[0]
    return app.url_map.bind("localhost").build(route.endpoint, values)


def answers(app: Flask, program: str) -> list[tuple[str, str, TestResponse]]:
    client = app.test_client(use_cookies=False)
    return [
        (method, route.rule, client.open(address(app, route, program), method=method, **sent))
        for route in machine_routes(app)
        for method in sorted(route.methods & {"GET", "HEAD", "POST"})  # type: ignore[operator]
        for sent in ([{"json": {}}] if method == "POST" else [{}])
    ]


def test_every_address_for_machines_is_in_the_table_and_every_row_is_of_use(app: Flask):
    """Rows for rooms that are not built yet are of use once they are."""
    asked = {rule_of(route.rule) for route in machine_routes(app)}
    assert {rule.start for rule in RULES if rule.start.startswith("/api/")} <= {
        rule.start for rule in asked if rule
    }
    starts = [rule.start for rule in RULES]
    assert len(set(starts)) == len(starts)


def test_every_answer_to_a_machine_has_what_the_table_says(app: Flask, program: str):
    missing = []
    for method, path, answer in answers(app, program):
        rule, headers = rule_of(path), answer.headers
        assert rule is not None
        shared = "Access-Control-Allow-Origin" in headers
        held = {
            "a tag, or kept by nobody": ("ETag" in headers)
            != ("no-store" in headers["Cache-Control"]),
            "a strong tag": re.fullmatch(r'"[^"]+"', headers.get("ETag", '"x"')) is not None,
            "only what is read is kept": method in READ or headers["Cache-Control"] == "no-store",
            "shared as the table says": shared == (method in rule.shared),
            "no credentials": "Access-Control-Allow-Credentials" not in headers,
            "the rate": headers.get("RateLimit-Policy", "").startswith(f'"{rule.rate}";q='),
            "what is left": re.fullmatch(r'"[a-z]+";r=\d+;t=\d+', headers.get("RateLimit", ""))
            is not None,
            "no cookie": "Set-Cookie" not in headers,
            "a refusal is a problem": answer.status_code < 400
            or answer.mimetype == "application/problem+json"
            or method == "HEAD",
        }
        missing += [f"{method} {path}: {what}" for what, is_so in held.items() if not is_so]
    assert missing == []


def test_what_has_a_tag_is_not_sent_twice(app: Flask, program: str):
    client, again = app.test_client(use_cookies=False), []
    for route in machine_routes(app):
        if "GET" not in (route.methods or ()):
            continue
        path = address(app, route, program)
        tag = client.get(path).headers.get("ETag")
        if tag is not None:
            answer = client.get(path, headers={"If-None-Match": tag})
            again.append((route.rule, answer.status_code, answer.data))
    assert len(again) >= 3
    assert [one for one in again if one[1:] != (304, b"")] == []


def test_every_list_links_what_its_page_says(app: Flask):
    """By address; HSDS counts its pages and has no cursors, changes have no last page."""
    client, seen = app.test_client(use_cookies=False), 0
    for route in machine_routes(app):
        if "GET" not in (route.methods or ()) or route.arguments or route.rule.startswith("/hsds/"):
            continue
        answer = client.get(f"{route.rule}?limit=2")
        page = (
            (answer.get_json(silent=True) or {}).get("page") if answer.status_code == 200 else None
        )
        if page is None or "more" in page:
            continue
        seen += 1
        told = {rel: page[rel] for rel in RELATIONS if page.get(rel)}
        assert cursors_in(answer) == told, route.rule
        follow_to_the_end(client, f"{route.rule}?limit=100")
    assert seen


def cursors_in(answer: TestResponse) -> dict[str, str]:
    """relation -> cursor, as the header has it."""
    links = re.findall(r'<([^>]*)>; rel="([a-z]+)"', answer.headers.get("Link", ""))
    return {rel: parse_qs(urlsplit(target).query)["cursor"][0] for target, rel in links}


def follow_to_the_end(client: FlaskClient, path: str) -> None:
    """Going on by the header comes to an end, and nothing is told twice."""
    told: list[str] = []
    for _ in range(100):
        answer = client.get(path)
        assert answer.status_code == 200, path
        told += [repr(one) for one in answer.get_json()["data"]]
        following = re.search(r'<([^>]*)>; rel="next"', answer.headers.get("Link", ""))
        if following is None:
            break
        path = following[1]
    else:
        pytest.fail(f"{path}: the list has no end")
    assert len(set(told)) == len(told)
    assert len(told) == answer.get_json()["page"]["total"]
