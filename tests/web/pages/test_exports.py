"""The page of open data, and its files in pieces: any download can be resumed, none is ever a mixture."""

import gzip
import hashlib
import json
import urllib.request
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.http import http_date

from directory.app import create_app
from directory.config import Config
from directory.exchange.releases import Releases
from directory.house import build_house
from tests.conftest import NOW, Served, frozen
from tests.exchange.standing import Standing, programs
from tests.support.page import checked

TWO = Standing([*programs("a", "b"), *programs("x", example=True)])


@dataclass
class Shop:
    """An app over a release, and what writes the next one."""

    client: FlaskClient
    releases: Releases

    def publish(self, name: str, standing: Standing = TWO) -> None:
        self.releases.write(replace(standing, name=name), NOW + timedelta(minutes=1))

    def manifest(self) -> dict:
        return json.loads(self.get("/exports/manifest.json").data)

    def file(self, kind: str = "csv") -> dict:
        told = self.manifest()
        return next(one for one in told["files"] if one["format"] == kind)

    def get(self, address: str, **headers: str):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(address, headers=named, buffered=True)


def opened(home: Path) -> Shop:
    config = Config(home=home, secret="tests-" * 8)
    releases = build_house(config, frozen).releases
    releases.write(TWO, NOW)
    return Shop(create_app(config, frozen).test_client(use_cookies=False), releases)


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Shop:
    """A release that stays as it is."""
    return opened(tmp_path_factory.mktemp("shop"))


@pytest.fixture
def busy(tmp_path) -> Shop:
    """A release that another one replaces."""
    return opened(tmp_path)


def sha(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_every_file_of_the_manifest_is_linked_and_comes_as_it_says(prefix, client):
    page = checked(client.get(f"{prefix}/exports/"), 200)
    told = client.get("/exports/manifest.json", buffered=True).json
    assert told["counts"]["programs"] == 113
    assert str(told["counts"]["programs"]) in page.text
    links = [one.attributes.get("href") for one in page.read.all("a")]
    assert "/exports/manifest.json" in links
    for one in told["files"]:
        assert one["url"] in links
        assert one["sha256"] in page.text
        answer = client.get(one["url"], buffered=True)
        assert (len(answer.data), sha(answer.data)) == (one["bytes"], one["sha256"])
        assert answer.mimetype == one["media_type"]
        assert answer.headers["Content-Disposition"] == f"attachment; filename={one['name']}"


def test_the_way_to_open_data_leads_over_where_our_facts_come_from(client):
    assert checked(client.get("/about/data"), 200).link("Open data") == "/exports/"


def test_before_the_first_release_the_page_says_so(tmp_path):
    client = create_app(Config(home=tmp_path), frozen).test_client()
    assert "being made" in checked(client.get("/exports/"), 200).text
    assert client.get("/exports/manifest.json").status_code == 404


def test_anybody_may_fetch_it_and_no_copy_is_kept_unchecked(shop: Shop):
    for address in ("/exports/manifest.json", shop.file()["url"]):
        answer = shop.get(address, Origin="https://elsewhere.example")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert shop.get(f"{address}?x=1").status_code == 200
        assert answer.headers["Last-Modified"] == http_date(NOW)
        tag = answer.headers["ETag"]
        assert not tag.startswith("W/")
        assert shop.get(address, If_None_Match=tag).status_code == 304
        assert "Set-Cookie" not in answer.headers


def test_search_engines_keep_out_of_the_files_and_find_their_page(shop: Shop):
    for one in shop.manifest()["files"]:
        assert shop.get(one["url"]).headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in shop.get("/exports/").headers


@pytest.mark.parametrize("kind", ["json", "csv", "xlsx", "geojson", "hsds", "hsds-tabular"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_interrupted_download_that_goes_on_is_whole(shop: Shop, kind: str, encoding: str):
    file = shop.file(kind)
    whole = shop.get(file["url"], Accept_Encoding=encoding)
    for cut in (0, 1, len(whole.data) // 2, len(whole.data) - 1):
        start = whole.data[:cut]
        rest = shop.get(
            file["url"],
            Accept_Encoding=encoding,
            Range=f"bytes={len(start)}-",
            If_Range=whole.headers["ETag"],
        )
        assert rest.status_code == 206
        size = len(whole.data)
        assert rest.headers["Content-Range"] == f"bytes {len(start)}-{size - 1}/{size}"
        body = start + rest.data
        if rest.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        assert sha(body) == file["sha256"]


def test_gzip_is_another_representation_with_a_tag_of_its_own(shop: Shop):
    file = shop.file()
    plain, packed = shop.get(file["url"]), shop.get(file["url"], Accept_Encoding="gzip, br")
    assert plain.headers.get("Content-Encoding") is None
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) == file["packed_bytes"] < len(plain.data)
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    refused = shop.get(file["url"], Accept_Encoding="gzip;q=0")
    assert refused.headers.get("Content-Encoding") is None
    mixed = shop.get(
        file["url"], Accept_Encoding="gzip", Range="bytes=5-", If_Range=plain.headers["ETag"]
    )
    assert (mixed.status_code, mixed.data) == (200, packed.data)


ASKED = [
    ("bytes=10-", 206),
    ("bytes=-5", 206),
    ("bytes=0-0", 206),
    ("bytes=10-9999999", 206),
    ("bytes=9999999-", 416),
    # Several parts, other units, nonsense: RFC 9110 has them ignored.
    ("bytes=0-0,5-6", 200),
    ("bytes=5-2", 200),
    ("bytes=abc", 200),
    ("rows=1-2", 200),
]


@pytest.mark.parametrize(("asked", "status"), ASKED)
def test_a_range_is_answered_as_the_standard_says(shop: Shop, asked: str, status: int):
    file = shop.file()
    answer = shop.get(file["url"], Range=asked)
    assert answer.status_code == status
    if status == 200:
        assert sha(answer.data) == file["sha256"]
        assert answer.headers["Accept-Ranges"] == "bytes"
    elif status == 416:
        assert answer.headers["Content-Range"] == f"bytes */{file['bytes']}"


def test_if_range_has_to_name_this_very_file(shop: Shop):
    url = shop.file()["url"]
    tag = shop.get(url).headers["ETag"]
    for named, status in (
        (tag, 206),
        (f"W/{tag}", 200),
        ('"another"', 200),
        (http_date(NOW), 206),
        (http_date(NOW - timedelta(days=1)), 200),
        (http_date(NOW + timedelta(days=1)), 200),
    ):
        assert shop.get(url, Range="bytes=10-", If_Range=named).status_code == status, named


def test_what_one_has_already_is_not_sent_in_part(shop: Shop):
    url = shop.file()["url"]
    tag = shop.get(url).headers["ETag"]
    assert shop.get(url, Range="bytes=10-", If_None_Match=tag).status_code == 304


def test_head_says_what_get_would_and_knows_no_parts(shop: Shop):
    file = shop.file()
    for headers in ({}, {"Range": "bytes=10-"}):
        answer = shop.client.head(file["url"], headers=headers, buffered=True)
        assert (answer.status_code, answer.data) == (200, b"")
        assert answer.headers["Content-Length"] == str(file["bytes"])
        assert answer.headers["ETag"] == f'"{file["sha256"]}"'


def test_a_release_that_comes_during_a_download_leaves_it_whole(busy: Shop):
    file = busy.file("json")
    with busy.client.get(file["url"], buffered=False) as answer:
        pieces = answer.iter_encoded()
        body = next(pieces)
        busy.publish("gen-00000002", Standing(programs("a", "b", "c")))
        body += b"".join(pieces)
    assert sha(body) == file["sha256"]


def test_a_download_interrupted_by_a_release_starts_anew_and_never_mixes(busy: Shop):
    old = busy.file("json")
    tag = busy.get(old["url"]).headers["ETag"]
    busy.publish("gen-00000002", Standing(programs("a", "b", "c")))
    for condition in ({}, {"If_Range": tag}):
        gone = busy.get(old["url"], Range="bytes=100-", **condition)
        assert gone.status_code == 404
        assert gone.mimetype == "application/problem+json"
        assert "manifest.json names now" in gone.json["errors"][0]["expected"]
    new = busy.file("json")
    assert new["url"] != old["url"]
    assert sha(busy.get(new["url"]).data) == new["sha256"]


def test_a_download_cut_off_on_the_wire_goes_on_and_is_whole(live_server: Served):
    """Of gunicorn, with the shipped settings: the connection is closed halfway."""
    told = json.loads(live_server.ask("/exports/manifest.json")[2])
    file = max(told["files"], key=lambda one: one["bytes"])
    with urllib.request.urlopen(live_server.origin + file["url"], timeout=20) as cut:
        start, tag = cut.read(file["bytes"] // 3), cut.headers["ETag"]
    headers = {"Range": f"bytes={len(start)}-", "If-Range": tag}
    asked = urllib.request.Request(live_server.origin + file["url"], headers=headers)
    with urllib.request.urlopen(asked, timeout=20) as rest:
        assert rest.status == 206
        assert sha(start + rest.read()) == file["sha256"]


@pytest.mark.parametrize("address", [
    "/exports/2026-11-24-0000000000/stepwise-2026-11-24.csv", "/exports/../CURRENT", "/exports/{}/manifest.json",
    "/exports/{}/stepwise-2026-11-24.csv.gz", "/exports/{}/..%2f..%2fCURRENT", "/exports/none",
])  # fmt: skip
def test_nothing_but_the_files_of_the_manifest_is_served(shop: Shop, address: str):
    name = shop.manifest()["name"]
    assert shop.get(address.format(name)).status_code == 404


def test_production_has_no_invented_files(tmp_path):
    config = Config(home=tmp_path, secret="s" * 40, production=True, examples=False)
    releases = build_house(config, frozen).releases
    client = create_app(config, frozen).test_client()
    releases.write(TWO, NOW)
    assert client.get("/exports/manifest.json").status_code == 404
    releases.write(Standing(programs("a")), NOW)
    told = client.get("/exports/manifest.json", buffered=True).json
    assert [one["examples"] for one in told["files"]] == [False] * 6
    assert "Invented" not in client.get("/exports/").text


def test_the_hsds_file_says_what_the_hsds_feed_says(client, house):
    told = client.get("/exports/manifest.json").json["files"]
    files = [client.get(one["url"], buffered=True) for one in told if one["format"] == "hsds"]
    feed = client.get("/hsds/v3/services?format=ndjson&full=true", buffered=True)
    services = {line for file in files for line in lines_of(file.data)}
    assert services == set(lines_of(feed.data))
    assert len(services) == house.finder.statistics().programs


def lines_of(body: bytes) -> list[str]:
    """Each record of NDJSON, its keys in order."""
    return [json.dumps(json.loads(line), sort_keys=True) for line in body.splitlines()]
