"""Data for search engines on a program's page: it reads back, is never run, and no example has it."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from directory.app import create_app
from directory.cli import main
from directory.config import Config
from directory.web.showing.markup import as_data
from tests.conftest import frozen
from tests.curation.builders import (
    listing_file,
    organization,
    program,
    site,
    write_json,
)
from tests.exchange.markup import Reading, foreign_to_schema_org
from tests.support.page import Page, checked

HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 ]]> \"quoted\" 'name'"
GAADS = "/programs/adventist-health-glendale-intensive-outpatient-treatment-gaads"
EXAMPLE = "/programs/lamplight-example-lamplight-evening-program"


def data_of(page: Page) -> list[dict]:
    """What the page's elements for data hold, as a reader of HTML takes it."""
    found = [one for one in page.read.all("script") if one.attributes.get("type")]
    return [
        json.loads(one.text) for one in found if one.attributes["type"] == "application/ld+json"
    ]


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/es", "es")])
def test_the_page_of_a_program_carries_its_markup(
    prefix, language, client: FlaskClient, house
) -> None:
    page = checked(client.get(prefix + GAADS), 200)
    (told,) = data_of(page)
    canonical = next(one for one in page.read.all("link") if one.attributes["rel"] == "canonical")
    assert told["mainEntityOfPage"] == canonical.attributes["href"]
    assert told["name"] in page.text
    service = told["makesOffer"]["itemOffered"]
    assert service["serviceType"] == house.vocabularies["levels_of_care"].label("iop", language)
    if not prefix:
        facts = Reading(told, house.vocabularies).facts()
        assert (facts["level"], facts["city"], facts["phone"]) == (
            "iop",
            "Glendale",
            "818-242-3116",
        )


def test_the_page_of_open_data_says_where_each_file_is(client: FlaskClient) -> None:
    manifest = json.loads(client.get("/exports/manifest.json").data)
    (told,) = data_of(checked(client.get("/exports/"), 200))
    real = [one for one in manifest["files"] if not one["examples"]]
    home = told["url"].removesuffix("/exports/")
    assert [(one["contentUrl"], one["sha256"]) for one in told["distribution"]] == [
        (home + one["url"], one["sha256"]) for one in real
    ]
    assert told["version"] == manifest["name"]
    assert "California DHCS, 2026-08-21" in told["creditText"]
    assert "license" not in told
    assert foreign_to_schema_org(told) == []


def test_an_example_has_no_markup_and_search_engines_keep_out(client: FlaskClient) -> None:
    answer = client.get(EXAMPLE)
    assert data_of(checked(answer, 200)) == []
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get(GAADS).headers


def test_a_page_that_answers_somebody_has_none(client: FlaskClient) -> None:
    assert data_of(checked(client.get(GAADS + "?p=another"), 200)) == []


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch) -> FlaskClient:
    """An app whose one program is called so as to break out of its element."""
    monkeypatch.setenv("DIRECTORY_HOME", str(tmp_path))
    named = program("hostile", name=HOSTILE, description=HOSTILE)
    file = listing_file(organization(site(named), name=HOSTILE), seen_on="2026-11-20")
    assert main(["import", "listing", str(write_json(tmp_path, file))]) == 0
    assert main(["publish"]) == 0
    return create_app(Config(home=tmp_path), frozen).test_client()


def test_no_name_breaks_out_of_its_element(hostile: FlaskClient) -> None:
    (listed,) = json.loads(hostile.get("/api/v1/programs").data)["data"]
    page = checked(hostile.get(listed["program"]["links"]["page"]), 200)
    (told,) = data_of(page)
    assert told["name"] == told["description"] == told["parentOrganization"]["name"]
    assert told["name"].startswith("</script><script>alert(1)</script>")
    assert "alert" not in "".join(
        one.text for one in page.read.all("script") if one.attributes.get("src")
    )
    assert page.html.count("<script") == 2


@pytest.mark.parametrize(
    "text", [HOSTILE, "<!--<script>", "]]>", "&lt;/script&gt;", "\u2029", "\\u003c/script"]
)
def test_no_sign_of_the_data_is_read_as_html(text: str) -> None:
    written = as_data({"name": text})
    assert not set("<>&") & set(written)
    assert json.loads(written) == {"name": text}
