import argparse
import html
import re
import shlex

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.web.api import description
from directory.web.showing.reference import groups_of
from tests.support.page import Page, checked


@pytest.fixture(scope="module")
def page(app: Flask) -> Page:
    return checked(app.test_client().get("/api/"), 200)


def commands(page: Page) -> list[list[str]]:
    """What a shell makes of each line that is shown."""
    shown = re.findall(r"<pre[^>]*><code>(curl .*?)</code></pre>", page.html, re.DOTALL)
    return [shlex.split(html.unescape(one).replace("\\\n", " ")) for one in shown]


def test_every_method_of_every_address_is_told(app: Flask, page: Page):
    told = {one.text.strip() for one in page.read.all("h3")}
    described = {
        f"{method.upper()} {path}"
        for path, item in description(app)["paths"].items()
        for method in set(item) - {"parameters"}
    }
    assert told == described
    assert len(told) >= 5


def test_every_line_that_is_shown_can_be_run(client: FlaskClient, page: Page):
    read = argparse.ArgumentParser()
    read.add_argument("address")
    read.add_argument("-H", dest="header")
    read.add_argument("-d", dest="body")
    refused = []
    for command in commands(page):
        asked = read.parse_args(command[1:])
        path = asked.address.removeprefix("http://localhost")
        if "/reports" in path:  # it would be told
            continue
        answer = (
            client.post(path, data=asked.body, content_type=asked.header.partition(": ")[2])
            if asked.body
            else client.get(path)
        )
        refused += [] if answer.status_code == 200 else [(command, answer.status_code)]
    assert refused == []


def test_every_parameter_and_every_key_of_a_body_is_told(page: Page):
    for name in ("within_miles", "cursor", "program_id", "week", "must", "start_by"):
        assert any(one.text.strip() == name for one in page.read.all("th")), name
    assert "whole number, 1 to 100" in page.text
    assert "individual_therapy" in page.text
    assert "`" not in page.text


def test_what_holds_for_every_address_is_said_once(page: Page):
    assert "You may ask 600 times a minute, and send 20 reports an hour." in page.text
    assert "Unauthorized" in page.text


def test_the_frame_is_in_spanish_and_the_reference_says_that_it_is_english(client: FlaskClient):
    page = checked(client.get("/es/api/"), 200)
    assert page.heading != checked(client.get("/api/"), 200).heading
    summaries = [one for one in page.read.all("p") if one.attributes.get("lang") == "en"]
    assert len(summaries) >= 5


def test_the_address_without_its_slash_leads_there(client: FlaskClient):
    answer = client.get("/api")
    assert answer.status_code == 308
    assert answer.location.endswith("/api/")


def test_without_listings_the_page_is_there_with_the_names_of_the_description(tmp_path):
    from directory.app import create_app
    from directory.config import Config

    shown = create_app(Config(home=tmp_path)).test_client().get("/api/")
    assert shown.status_code == 200
    assert "curl &#39;http://localhost/api/v1/programs/example-" in shown.text


class TestADocument:
    """What is shown of any document."""

    def told(self, **operation: object):
        document = {
            "paths": {"/x/{id}": {"get": {"operationId": "x", "responses": {}, **operation}}},
            "components": {"schemas": {"Word": {"type": "string", "enum": ["a", "b"]}}},
        }
        ((one,),) = [
            group.operations for group in groups_of(document, "https://h.example", {"id": "7"})
        ]
        return one

    def test_a_reference_is_followed_and_a_list_says_of_what(self):
        schema = {"type": "array", "items": {"$ref": "#/components/schemas/Word"}}
        one = self.told(parameters=[{"name": "w", "in": "query", "schema": schema}])
        (value,) = one.values
        assert (value.kind, value.words, value.required) == ("list of text", ("a", "b"), False)

    def test_of_many_words_the_first_are_shown_and_the_rest_counted(self):
        schema = {"type": ["string", "null"], "enum": [*map(str, range(20)), None]}
        (value,) = self.told(parameters=[{"name": "w", "in": "query", "schema": schema}]).values
        assert (len(value.words), value.more_words) == (12, 8)

    def test_what_is_typed_into_a_shell_is_quoted(self):
        parameters = [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": "q", "in": "query", "example": "it's", "schema": {"type": "string"}},
        ]
        one = self.told(parameters=parameters)
        assert shlex.split(one.curl) == ["curl", "https://h.example/x/7?q=it%27s"]
