"""Search engines are told every address that is for everybody, in each language, and nothing else."""

import xml.etree.ElementTree as ET

import pytest

from directory.catalog.evidence import Source
from directory.web.feeds import sitemap
from tests.support.builders import TODAY, a_listing, a_track
from tests.support.published_site import site_with

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
EXAMPLE = Source("Stepwise example", TODAY, "example")
HOST = {"Host": "127.0.0.1:9000"}
HOME = "http://127.0.0.1:9000"
# Pages with no values in their address that hold answers, or tell of now.
NOT_INDEXED = {"compare", "shared_results", "healthz", "readyz", "feed", "maker"}


@pytest.fixture
def app(tmp_path):
    real = [a_listing(a_track("mon"), id=f"p{number}") for number in range(3)]
    return site_with(tmp_path, *real, a_listing(source=EXAMPLE, id="invented"))


@pytest.fixture
def client(app):
    return app.test_client()


def parsed(client, path):
    answer = client.get(path, headers=HOST)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    return ET.fromstring(answer.data)


def locations(client, path):
    return [one.text for one in parsed(client, path).findall(".//s:loc", NS)]


def all_addresses(client):
    parts = locations(client, "/sitemap.xml")
    return [one for part in parts for one in locations(client, part.removeprefix(HOME))]


def test_every_address_answers_and_names_itself_as_the_one_to_know(client):
    found = all_addresses(client)
    assert len(found) == len(set(found)) > 20
    for address in found:
        page = client.get(address.removeprefix(HOME), headers=HOST)
        assert page.status_code == 200, address
        assert f'rel="canonical" href="{address}"' in page.text, address
        assert "noindex" not in page.headers.get("X-Robots-Tag", ""), address


def test_each_address_names_itself_in_every_language(client):
    for part in ("/sitemap-0.xml", "/sitemap-1.xml"):
        for url in parsed(client, part).findall("s:url", NS):
            links = {one.get("hreflang"): one.get("href") for one in url.findall("x:link", NS)}
            assert url.find("s:loc", NS).text in links.values()
            assert links["es"] == links["en"].replace(HOME, f"{HOME}/es")
            assert links["x-default"] == links["en"]


def test_real_programs_are_there_with_the_day_they_changed_and_invented_ones_are_not(client):
    urls = parsed(client, "/sitemap-1.xml").findall("s:url", NS)
    assert len(urls) == 3 * 2
    assert all(one.find("s:lastmod", NS).text.startswith("2026-11-24T") for one in urls)
    assert not [one for one in all_addresses(client) if "invented" in one]


def test_an_invented_program_is_not_to_be_indexed(client, app):
    found = app.extensions["directory"].finder.program("invented")
    page = client.get(f"/programs/{found.slug}")
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_parts_hold_so_many_and_there_is_none_after_the_last(client, monkeypatch):
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 4)
    assert locations(client, "/sitemap.xml") == [f"{HOME}/sitemap-{part}.xml" for part in range(3)]
    assert [len(locations(client, f"/sitemap-{part}.xml")) for part in (1, 2)] == [4, 2]
    assert client.get("/sitemap-3.xml").status_code == 404


def test_a_part_is_not_sent_twice(client):
    for path in ("/sitemap.xml", "/sitemap-1.xml"):
        tag = client.get(path).headers["ETag"]
        again = client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


def test_every_page_without_values_is_indexed_or_said_not_to_be(app):
    pages = {
        rule.endpoint.removeprefix("pages.")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("pages.") and "GET" in rule.methods and not rule.arguments
    }
    assert pages == {*sitemap.PAGES, *NOT_INDEXED}


def test_crawlers_find_the_sitemap(client):
    assert f"Sitemap: {HOME}/sitemap.xml" in client.get("/robots.txt", headers=HOST).text
