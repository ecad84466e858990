"""Whoever mirrors our feed lists what we list, and learns what has changed."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from directory.exchange.hsds.profile import load_profile
from directory.web import errors, hsds
from tests.exchange.shelves import a_shelf
from tests.exchange.stores import empty_store, facts, taken
from tests.matching.test_laws import a_random_listing
from tests.support.builders import DATA, GAZETTEER
from tests.support.feed_crawler import Crawl
from tests.support.outcomes import app_with
from tests.web.hsds.test_crawl import ROOT, asking, by_our_schemas

SHAPES = {
    "services": {"full": "true"},
    "service_at_locations": {"full": "true"},
    "organizations": {"full_service": "true"},
}


@pytest.mark.parametrize("address", SHAPES)
def test_a_copy_of_the_feed_lists_what_we_list(client, house, tmp_path: Path, address: str) -> None:
    """All of it: what the table in docs/formats.md says of `hsds`. Examples have files of their own."""
    asked = {**SHAPES[address], "format": "ndjson"}
    lines = client.get(f"{ROOT}/{address}", query_string=asked).data.splitlines(keepends=True)
    after = empty_store()
    for name, examples in (("real", False), ("invented", True)):
        path = tmp_path / f"{name}.ndjson"
        path.write_bytes(b"".join(one for one in lines if (b'"x_example":true' in one) == examples))
        report = taken(after, "hsds", path, house.vocabularies)
        assert (report.refused, report.unknown_codes) == ((), {})
    assert facts(after) == facts(house.records())


def test_the_feed_and_the_open_data_say_the_same(client, house) -> None:
    release = house.releases.current()
    files = [one for one in release.files if one.name.endswith(".hsds.ndjson")]
    assert len(files) == 2
    given = [
        orjson.loads(line)
        for one in files
        for line in (release.folder / one.name).read_bytes().splitlines()
    ]
    lines = client.get(f"{ROOT}/services?format=ndjson&full=true").data.splitlines()
    by_id = sorted(given, key=lambda one: one["id"])
    assert [orjson.loads(line) for line in lines] == by_id


@pytest.fixture(scope="module")
def feed():
    """A feed of 90 invented services that changed on different days."""
    rng = random.Random(11)
    start = datetime(2026, 11, 1, 8, tzinfo=UTC)
    listings = [
        replace(
            a_random_listing(rng, number),
            changed_at=start
            + timedelta(hours=rng.randrange(200), microseconds=rng.randrange(10**6)),
        )
        for number in range(90)
    ]

    class Standing:
        profile = load_profile(DATA / "hsds")
        _shelf = a_shelf(*listings)

        def shelf(self):
            return self._shelf

    def register(app) -> None:
        known = app.extensions["directory"]
        app.extensions["directory"] = replace(known, hsds=Standing(), gazetteer=GAZETTEER)
        hsds.register(app)
        errors.register(app)

    return app_with(None, register).test_client(use_cookies=False)


def test_nothing_is_wrong_where_services_changed_on_different_days(feed) -> None:
    assert Crawl(asking(feed), by_our_schemas).run() == []


def test_a_mirror_that_asks_from_its_newest_change_on_misses_nothing(feed) -> None:
    every = [
        orjson.loads(one) for one in feed.get(f"{ROOT}/services?format=ndjson").data.splitlines()
    ]
    moments = sorted(one["last_modified"] for one in every)
    for newest in (moments[0], moments[40], moments[-1]):
        later = feed.get(
            f"{ROOT}/services", query_string={"modified_after": newest, "format": "ndjson"}
        )
        told = {orjson.loads(one)["id"] for one in later.data.splitlines()}
        assert told == {one["id"] for one in every if one["last_modified"] >= newest}
    beyond = (datetime.fromisoformat(moments[-1]) + timedelta(seconds=1)).isoformat()
    page = feed.post(f"{ROOT}/services", json={"modified_after": beyond}).json
    assert (page["total_items"], page["contents"], page["empty"]) == (0, [], True)
