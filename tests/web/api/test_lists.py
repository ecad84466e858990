"""Organizations, doors, the map, vocabularies and counts: complete, in parts, and equal to the records."""

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from directory.catalog.evidence import Source
from directory.catalog.program import Address
from directory.exchange.geojson import feature_of
from directory.web.api import list_schemas, maps, vocabulary_schemas
from tests.support.builders import a_listing, a_track, miles_north
from tests.support.published_site import site_with
from tests.web.api.test_match import problem

EXAMPLE = Source("Stepwise example", date(2026, 9, 10), "example")
OLD = Source("SAMHSA 2024", date(2026, 11, 20), "list", edition="2024", dated=date(2025, 12, 31))


@pytest.fixture
def opened(tmp_path):
    """A client of a site that lists these programs."""
    return lambda *listings: site_with(tmp_path, *listings).test_client()


def at(listing, **site):
    return replace(listing, site=replace(listing.site, **site))


def several(count):
    return [
        a_listing(a_track("mon"), id=f"p{n:02d}", organization=f"Org {n:02d}") for n in range(count)
    ]


def everything(client, address, limit):
    """All parts of a list, from the first to the last."""
    found, cursor = [], ""
    for _ in range(100):
        body = client.get(f"/api/v1/{address}?limit={limit}{cursor}").json
        assert len(body["data"]) <= limit
        found.append(body)
        if body["page"]["next"] is None:
            return found
        cursor = f"&cursor={body['page']['next']}"
    raise AssertionError("no end")


@pytest.mark.parametrize("address", ["organizations", "locations", "programs"])
@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_a_list_in_parts_is_the_whole_list_once(opened, address, limit):
    client = opened(*several(7))
    parts = everything(client, address, limit)
    ids = [one.get("id") or one["program"]["id"] for part in parts for one in part["data"]]
    assert len(ids) == len(set(ids)) == 7
    assert {part["page"]["total"] for part in parts} == {7}
    assert parts[0]["page"]["prev"] is None
    for before, after in pairwise(parts):
        back = client.get(f"/api/v1/{address}?limit={limit}&cursor={after['page']['prev']}").json
        assert back["data"] == before["data"]


@pytest.mark.parametrize("address", ["organizations", "locations", "programs"])
def test_a_cursor_holds_for_its_generation_only(tmp_path, address):
    client = site_with(tmp_path, *several(3)).test_client()
    cursor = client.get(f"/api/v1/{address}?limit=2").json["page"]["next"]
    later = site_with(tmp_path, *several(4)).test_client()
    (wrong,) = problem(later.get(f"/api/v1/{address}?cursor={cursor}"))["errors"]
    assert wrong["field"] == "cursor"
    assert "begin again" in wrong["expected"]


def test_another_generation_is_gathered_anew(tmp_path):
    app = site_with(tmp_path, *several(3))
    client = app.test_client()
    assert client.get("/api/v1/organizations").json["page"]["total"] == 3
    site_with(tmp_path, *several(4))
    app.extensions["directory"].finder.current.__self__._looked = 0.0
    assert client.get("/api/v1/organizations").json["page"]["total"] == 4
    assert len(client.get("/api/v1/programs.geojson").json["features"]) == 4


def test_an_organization_has_its_doors_and_programs(opened):
    one, other = (a_listing(id=name, organization="Acme Recovery") for name in ("a", "b"))
    client = opened(one, replace(other, organization=one.organization))
    (brief,) = client.get("/api/v1/organizations").json["data"]
    assert brief["program_count"] == 2
    whole = client.get(brief["links"]["self"]).json
    assert list_schemas.OrganizationAnswer().validate(whole) == {}
    assert [each["id"] for each in whole["data"]["programs"]] == ["a", "b"]
    for door in whole["data"]["locations"]:
        found = client.get(door["links"]["self"]).json
        assert list_schemas.LocationAnswer().validate(found) == {}
        assert found["data"]["organization"]["id"] == one.organization.id
        assert found["data"]["evidence"]["phone"]["state"] == "current"


def test_who_or_what_is_not_listed_is_404(opened):
    client = opened(a_listing())
    for address in (
        "/api/v1/organizations/none",
        "/api/v1/locations/none",
        "/api/v1/taxonomies/none",
        "/api/v1/taxonomies/payer",
    ):
        assert problem(client.get(address))["status"] == 404


def test_examples_are_labelled_and_old_facts_say_so_on_every_list(opened):
    client = opened(
        a_listing(a_track("mon"), id="a", source=EXAMPLE), a_listing(id="b", source=OLD)
    )
    features = client.get("/api/v1/programs.geojson").json["features"]
    invented = {one["id"]: one["properties"]["example"] for one in features}
    assert invented == {"a": True, "b": False}
    states = {one["id"]: one["properties"]["states"]["phone"] for one in features}
    assert states == {"a": "current", "b": "call_to_confirm"}
    for name in ("organizations", "locations"):
        told = {one["id"][0]: one["example"] for one in client.get(f"/api/v1/{name}").json["data"]}
        assert told == invented
    (old,) = [one for one in client.get("/api/v1/locations").json["data"] if not one["example"]]
    assert old["evidence"]["phone"]["state"] == "call_to_confirm"


def test_a_point_on_the_map_has_the_numbers_of_the_record_longitude_first(opened):
    listings = [a_listing(id=f"p{n}", at=miles_north(n)) for n in range(4)]
    body = opened(*listings).get("/api/v1/programs.geojson").json
    assert vocabulary_schemas.FeatureCollection().validate(body) == {}
    found = {one["id"]: one["geometry"]["coordinates"] for one in body["features"]}
    assert found == {one.program.id: [one.site.lon, one.site.lat] for one in listings}
    assert {one["properties"]["precision"] for one in body["features"]} == {"site"}


def test_a_withheld_street_is_on_the_map_no_more_exactly_than_its_zip(opened):
    hidden = Address("Pasadena", "CA", "91101", withheld=True)
    client = opened(at(a_listing(id="a"), address=hidden, lat=34.15312, lon=-118.13247))
    (feature,) = client.get("/api/v1/programs.geojson").json["features"]
    place = client.application.extensions["directory"].gazetteer.zip_point("91101")
    assert feature["geometry"]["coordinates"] == [place.lon, place.lat]
    assert feature["properties"]["precision"] == "zip"


def test_a_program_without_a_place_is_on_no_map_but_in_the_collection(opened):
    nowhere = Address(None, "CA")
    (feature,) = (
        opened(at(a_listing(at=None), address=nowhere))
        .get("/api/v1/programs.geojson")
        .json["features"]
    )
    assert feature["geometry"] is None
    assert feature["properties"]["precision"] is None


def test_the_map_of_the_shipped_listings_equals_their_records(client, house):
    answer = client.get("/api/v1/programs.geojson")
    assert answer.mimetype == "application/geo+json"
    body = answer.json
    assert vocabulary_schemas.FeatureCollection().validate(body) == {}
    _, records = house.finder.records()
    assert body["page"]["total"] == len(body["features"]) == len(records)
    for feature, record in zip(body["features"], records, strict=True):
        site, told = record.listing.site, feature["properties"]
        assert (feature["id"], told["slug"]) == (record.id, record.slug)
        assert told["example"] == record.listing.example
        assert told["phone"] == site.phone
        assert (told["precision"] == "site") == (site.lat is not None and not site.address.withheld)
        if told["precision"] == "site":
            assert feature["geometry"]["coordinates"] == [site.lon, site.lat]


def test_the_map_says_what_the_export_says(client, house):
    features = {one["id"]: one for one in client.get("/api/v1/programs.geojson").json["features"]}
    for record in house.finder.records()[1]:
        exported, told = feature_of(record.listing), features[record.id]
        assert exported["properties"].items() <= told["properties"].items()
        if told["properties"]["precision"] == "site" or exported["geometry"]:
            assert told["geometry"] == exported["geometry"]


def test_a_map_too_large_to_keep_is_sent_the_same(client, monkeypatch):
    kept = client.get("/api/v1/programs.geojson").data
    monkeypatch.setattr(maps, "MOST_BYTES", 10)
    monkeypatch.setattr(maps, "FEATURES", 7)
    client.application.extensions["directory"].gathered._things.clear()
    sent = client.get("/api/v1/programs.geojson").data
    client.application.extensions["directory"].gathered._things.clear()
    assert json.loads(sent) == json.loads(kept)


def test_an_unchanged_map_is_not_sent_again(client):
    tag = client.get("/api/v1/programs.geojson").headers["ETag"]
    again = client.get("/api/v1/programs.geojson", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_every_vocabulary_comes_whole_with_labels_words_and_source(client, house):
    body = client.get("/api/v1/taxonomies").json
    assert vocabulary_schemas.Taxonomies().validate(body) == {}
    assert [one["id"] for one in body["data"]] == list(house.vocabularies)
    for one in body["data"]:
        terms = client.get(one["links"]["self"]).json
        assert vocabulary_schemas.Terms().validate(terms) == {}
        vocabulary = house.vocabularies[one["id"]]
        assert [term["id"] for term in terms["data"]] == list(vocabulary.codes())
        assert len(terms["data"]) == one["terms"] == terms["page"]["total"]
        for term in terms["data"]:
            own = vocabulary[term["id"]]
            assert term["labels"] == {"en": own.label, "es": own.label_in("es")}
            assert (*term["aliases"]["en"], *term["aliases"]["es"]) == own.aliases
            assert term["source"] == own.source


@pytest.mark.parametrize("query", ["", "near=91101", "near=91101&services=cbt", "text=evening"])
def test_counts_are_those_of_the_list_for_the_same_parameters(client, query):
    body = client.get(f"/api/v1/facets?{query}").json
    assert vocabulary_schemas.Facets().validate(body) == {}
    listed = client.get(f"/api/v1/programs?{query}").json
    counts = {
        facet["facet"]: {
            one["code"]: {"yes": one["yes"], "unknown": one["unknown"]} for one in facet["counts"]
        }
        for facet in body["data"]
    }
    assert counts == listed["facets"]
    assert body["meta"]["programs"] == listed["page"]["total"]


def test_a_radius_around_nothing_is_refused_wherever_it_is_asked(client):
    asked = {"within_miles": 5}
    for answer in (
        client.get("/api/v1/programs", query_string=asked),
        client.get("/api/v1/facets", query_string=asked),
        client.post("/api/v1/programs", json=asked),
        client.post("/api/v1/match", json={**asked, "near": " "}),
    ):
        (wrong,) = problem(answer)["errors"]
        assert (answer.status_code, wrong["field"], float(wrong["got"])) == (422, "within_miles", 5)
        assert wrong["expected"] == "near: miles around what"
    assert client.post("/api/v1/match", json={"within_miles": None}).status_code == 200


def test_a_search_in_the_body_answers_as_the_same_search_in_the_address(client):
    asked = client.get("/api/v1/programs?near=91101&level_of_care=iop&text=evening&limit=5").json
    body = {"near": "91101", "level_of_care": ["iop"], "text": "evening", "limit": 5}
    answer = client.post("/api/v1/programs", json=body)
    assert answer.json == asked
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_search_in_the_body_takes_every_key_of_a_need(client):
    body = {"near": "91101", "payer": "medi-cal", "age": 34, "populations": ["women"],
            "week": {"free": [{"day": "mon", "start": "17:00", "end": "22:00"}]}}  # fmt: skip
    searched, matched = (
        client.post(f"/api/v1/{name}", json=body).json for name in ("programs", "match")
    )
    assert searched == matched


def test_words_rule_out_in_a_search_unless_must_says_otherwise(client):
    body = {"near": "91101", "text": "evening"}
    searched = client.post("/api/v1/programs", json=body).json["page"]["total"]
    nice = client.post("/api/v1/programs", json={**body, "must": ["near"]}).json["page"]["total"]
    assert searched < nice


def test_programs_stand_in_the_order_that_is_asked_for(client):
    found = client.get("/api/v1/programs?near=91101&within_miles=25&sort=distance&limit=50").json
    miles = [one["miles"] for one in found["data"] if one["miles"] is not None]
    assert miles == sorted(miles)


def test_a_page_holds_at_most_a_hundred(client):
    for address in ("programs", "organizations", "locations"):
        (wrong,) = problem(client.get(f"/api/v1/{address}?limit=101"))["errors"]
        assert wrong["field"] == "limit"
