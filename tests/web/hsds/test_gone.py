"""At the id of a service that was taken off stands what became of it, as at its address in the API."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from directory.catalog.whereabouts import Gone, Journal, Whereabouts
from directory.exchange.hsds.entries import Encoder
from directory.exchange.hsds.feed import Feed
from directory.exchange.hsds.keys import identifier
from directory.exchange.hsds.profile import load_profile
from directory.matching.finder import Finder
from directory.search.generations import Generations
from directory.web import hsds
from tests.support.builders import (
    DATA,
    FORMULA,
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
from tests.web.api.fakes import web

LISTS = [("services", "service"), ("service_at_locations", "service_at_location")]


@pytest.fixture
def client(tmp_path) -> FlaskClient:
    """One program is listed, one closed, and one turned out to be the first."""
    listings = [a_listing(id="here")]
    gone = [
        Whereabouts("closed", "at-closed", 1, NOW, gone=Gone("closed", None, "91101")),
        Whereabouts("twice", "at-twice", 1, NOW, gone=Gone("listed_twice", "here")),
    ]
    whereabouts = (*gone, *a_journal(listings).whereabouts)
    journal = Journal(tuple(sorted(whereabouts, key=lambda one: one.program)), {1: 7})
    builder = replace(a_builder(), beside=Encoder(a_context(), lambda *_: None))
    generations = Generations(tmp_path, WORDS)
    generations.write(builder, listings, TODAY, journal)
    finder: Any = Finder(generations.current, GAZETTEER, a_context, FORMULA, lambda: NOW)
    app = web(finder)
    known = app.extensions["directory"]
    known.hsds = Feed(generations.current, VOCABULARIES, load_profile(DATA / "hsds"))
    hsds.register(app)
    return app.test_client()


@pytest.mark.parametrize(("address", "kind"), LISTS)
def test_a_service_that_was_taken_off_is_gone_as_its_program_is(client, address: str, kind: str):
    answer = client.get(f"/hsds/v3/{address}/{identifier(kind, 'closed')}")
    assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")
    assert (answer.json["reason"], answer.json["near"]) == ("closed", "91101")
    assert answer.json == client.get("/api/v1/programs/closed").json


@pytest.mark.parametrize(("address", "kind"), LISTS)
def test_one_that_turned_out_to_be_another_leads_there(client, address: str, kind: str):
    answer = client.get(f"/hsds/v3/{address}/{identifier(kind, 'twice')}")
    assert answer.status_code == 301
    assert client.get(answer.headers["Location"]).json["id"] == identifier(kind, "here")


@pytest.mark.parametrize(("address", "other"), [*LISTS, ("organizations", "service")])
def test_an_id_that_was_never_given_is_not_found(client, address: str, other: str):
    for key in ("x", identifier("taxonomy", "closed"), identifier("location", "closed")):
        assert client.get(f"/hsds/v3/{address}/{key}").status_code == 404
    assert client.get(f"/hsds/v3/organizations/{identifier(other, 'closed')}").status_code == 404
