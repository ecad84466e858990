"""People who read feeds see what changed: real programs, newest first, each under an id that stays."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from directory.catalog.evidence import Source
from directory.catalog.whereabouts import Gone, Journal
from directory.search.generations import Generations
from tests.support.builders import TODAY, WORDS, a_builder, a_journal, a_listing
from tests.support.published_site import site_with

A = "{http://www.w3.org/2005/Atom}"
EXAMPLE = Source("Stepwise example", TODAY, "example")
HOME = "http://127.0.0.1:9000"
HOST = {"Host": "127.0.0.1:9000"}


def named(name, listing):
    return replace(listing, program=replace(listing.program, name=name))


def at(hour):
    return datetime(2026, 11, 24, hour, tzinfo=UTC)


@pytest.fixture
def client(tmp_path):
    """One program that was added, one changed, one with another address, one gone, one invented."""
    some = [
        named("Added & <new>", a_listing(id="p0")),
        named("Changed \x07bell", a_listing(id="p1")),
        named("Moved", a_listing(id="p2")),
        a_listing(source=EXAMPLE, id="invented"),
    ]
    app = site_with(tmp_path, *some)
    known = {one.program: one for one in a_journal(some).whereabouts}
    told = (
        replace(known["p0"], last=2, listed_in=2, facts={"name": 2}, at=at(2)),
        replace(known["p1"], last=3, facts={"name": 1, "payers": 3, "site.phone": 3}, at=at(3)),
        replace(known["p2"], last=4, moved_in=4, former=("old",), at=at(4)),
        replace(known["p2"], program="z", slug="closed", last=5, at=at(5), gone=Gone("closed")),
        replace(known["invented"], last=6, at=at(6)),
    )
    journal = Journal(told, dict.fromkeys(range(1, 7), 1))
    Generations(tmp_path / "generations", WORDS).write(a_builder(), some, TODAY, journal)
    return app.test_client()


def feed(client, path="/changes.atom"):
    answer = client.get(path, headers=HOST)
    assert (answer.status_code, answer.content_type) == (200, "application/atom+xml; charset=utf-8")
    return ET.fromstring(answer.data)


def said(client, name, path="/changes.atom"):
    return [one.findtext(f"{A}{name}") for one in feed(client, path).findall(f"{A}entry")]


def test_the_newest_change_comes_first_and_invented_programs_do_not_come(client):
    titles = said(client, "title")
    assert [one.partition(":")[0] for one in titles] == [
        "No longer listed", "New web address", "Changed", "Added",
    ]  # fmt: skip
    assert said(client, "updated") == [f"2026-11-24T0{hour}:00:00+00:00" for hour in (5, 4, 3, 2)]


def test_what_a_source_wrote_is_text_and_what_xml_cannot_hold_is_left_out(client):
    titles = said(client, "title")
    assert "Added & <new>" in titles[3]
    assert "Changed bell" in titles[2]


def test_an_entry_says_which_facts_changed_or_why_it_is_gone(client):
    assert said(client, "summary") == [
        "As far as we know, it has closed.", None, "What changed: Ways to pay, Phone.", None,
    ]  # fmt: skip


def test_it_has_all_that_the_standard_asks_for(client):
    """RFC 4287 4.1.1 and 4.1.2: id, title, updated; an author; an alternate link; ids that differ."""
    whole = feed(client)
    ids = [whole.findtext(f"{A}id"), *said(client, "id")]
    assert len(set(ids)) == 5
    assert all(one.startswith("tag:127.0.0.1,2026:") for one in ids)
    assert whole.findtext(f"{A}title") == "What changed in Stepwise"
    assert whole.findtext(f"{A}updated") == "2026-11-24T05:00:00+00:00"
    assert whole.findtext(f"{A}author/{A}name")
    links = {one.get("rel"): one.get("href") for one in whole.findall(f"{A}link")}
    assert links == {"self": f"{HOME}/changes.atom", "alternate": f"{HOME}/about/data"}
    pages = [one.find(f"{A}link").get("href") for one in whole.findall(f"{A}entry")]
    assert pages[0] == f"{HOME}/programs/closed"
    assert len(set(pages)) == 4


def test_it_speaks_the_language_of_its_address(client):
    whole = feed(client, "/es/changes.atom")
    assert whole.get("{http://www.w3.org/XML/1998/namespace}lang") == "es"
    assert whole.findtext(f"{A}title") != "What changed in Stepwise"
    assert whole.find(f"{A}entry/{A}link").get("href").startswith(f"{HOME}/es/programs/")


def test_who_has_it_is_not_sent_it_again(client):
    answer = client.get("/changes.atom")
    for header, value in (
        ("If-None-Match", answer.headers["ETag"]),
        ("If-Modified-Since", answer.headers["Last-Modified"]),
    ):
        assert client.get("/changes.atom", headers={header: value}).status_code == 304


@pytest.mark.parametrize("page", ["/", "/about/data", "/es/about/data"])
def test_pages_lead_to_it(client, page):
    html = client.get(page).text
    prefix = "/es" if page.startswith("/es") else ""
    assert 'type="application/atom+xml" title="' in html
    assert f'href="{prefix}/changes.atom"' in html
