"""Whoever mirrors our feed lists what we list, and learns what has changed."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from directory.accounts.api_keys import KeyRing
from directory.app import create_app
from directory.config import Config
from directory.exchange.hsds.entries import Encoder
from directory.exchange.hsds.feed import Feed
from directory.exchange.hsds.profile import load_profile
from directory.exchange.hsds.shelf import Asked
from directory.search.building import Builder
from directory.search.generations import KEPT, Generations
from directory.web import errors, gate, hsds
from directory.web.answers import Edition
from tests.exchange.shelves import a_shelf
from tests.exchange.stores import empty_store, facts, taken
from tests.matching.test_laws import a_random_listing
from tests.support.builders import (
    DATA,
    GAZETTEER,
    NOW,
    TODAY,
    VOCABULARIES,
    WORDS,
    a_builder,
    a_context,
    a_journal,
    a_listing,
)
from tests.support.feed_crawler import Crawl
from tests.support.outcomes import app_with
from tests.web.api.fakes import POLICIES, HeldKeys
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
    return an_app(*listings).test_client(use_cookies=False)


def an_app(*listings):
    """The feed of these listings and nothing else."""

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

    return app_with(None, register)


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


def test_lines_have_the_tag_of_the_generation_they_are_read_from() -> None:
    app = an_app(a_listing())
    standing = iter([Edition("one", TODAY), Edition("other", TODAY)])
    keys = KeyRing(HeldKeys, lambda: NOW)
    gate.register(app, gate.Gate(POLICIES, keys, lambda: next(standing), lambda: NOW))
    address = f"{ROOT}/services?format=ndjson"
    before, after = (app.test_client().get(address).headers["ETag"] for _ in range(2))
    assert before == after


def a_standing_feed(home: Path, listings) -> tuple[Feed, Generations, Builder]:
    """A feed over generations on disk, with what it takes to write the next one."""
    builder = replace(a_builder(), beside=Encoder(a_context(), lambda *_: None))
    generations = Generations(home, WORDS)
    generations.write(builder, listings, TODAY, a_journal(listings))
    return (
        Feed(generations.current, VOCABULARIES, load_profile(DATA / "hsds")),
        generations,
        builder,
    )


def test_whoever_is_being_sent_a_generation_gets_all_of_it(tmp_path: Path) -> None:
    """Also while others are published, and its folder is deleted."""
    rng = random.Random(3)
    some = [a_random_listing(rng, number) for number in range(30)]
    feed, generations, builder = a_standing_feed(tmp_path, some)
    shelf = feed.shelf()
    rows = shelf.service_rows(Asked())
    sent = [orjson.loads(shelf.encoded(row))["x_id"] for row in rows[:10]]
    for number in range(KEPT + 1):
        generations.write(builder, some[number + 1 :], TODAY, a_journal(some))
    assert shelf.generation not in generations.names()
    sent += [orjson.loads(shelf.encoded(row))["x_id"] for row in rows[10:]]
    assert sorted(sent) == sorted(one.program.id for one in some)


def test_a_feed_turns_to_the_generation_that_stands_now(tmp_path: Path) -> None:
    rng = random.Random(4)
    some = [a_random_listing(rng, number) for number in range(5)]
    _, generations, builder = a_standing_feed(tmp_path, some)
    standing = [generations.current()]
    feed = Feed(lambda: standing[-1], VOCABULARIES, load_profile(DATA / "hsds"))
    first = feed.shelf()
    assert feed.shelf() is first
    generations.write(builder, some[:2], TODAY, a_journal(some))
    standing.append(Generations(tmp_path, WORDS).current())
    assert len(feed.shelf().service_rows(Asked())) == 2
    assert len(first.service_rows(Asked())) == 5


def test_where_nothing_is_published_the_feed_says_so(tmp_path: Path) -> None:
    client = create_app(Config(home=tmp_path)).test_client(use_cookies=False)
    for address in ("/services", "/services/x", "/taxonomies"):
        answer = client.get(ROOT + address)
        assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
        assert answer.headers["Retry-After"]
    assert client.get(f"{ROOT}/").status_code == 200
    assert client.get(f"{ROOT}/openapi.json").status_code == 200
