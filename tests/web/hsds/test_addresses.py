"""What each HSDS address answers, and what it refuses: by name, with what is allowed."""

import re
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs
import pytest

from directory.exchange.hsds.keys import identifier
from directory.exchange.hsds.profile import read_schemas
from directory.web.hsds import parameters
from tests.support.builders import VOCABULARIES
from tests.support.hsds_schemas import HSDS

SERVICES = "/hsds/v3/services"
LISTS = (
    "/hsds/v3/services",
    "/hsds/v3/organizations",
    "/hsds/v3/service_at_locations",
    "/hsds/v3/taxonomies",
    "/hsds/v3/taxonomy_terms",
)
ITEMS = (
    "/hsds/v3/services/",
    "/hsds/v3/organizations/",
    "/hsds/v3/service_at_locations/",
    "/hsds/v3/taxonomies/",
    "/hsds/v3/taxonomy_terms/",
)


def ids(client, address: str = SERVICES, **asked: Any) -> list[str]:
    page = client.post(address, json={**asked, "format": "json", "minimal": True}).json
    return [one["id"] for one in page["contents"]]


def refused(answer) -> dict[str, list[str]]:
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    return {one["field"]: one["allowed"] for one in answer.json["errors"]}


@pytest.mark.parametrize("address", ["/hsds/v3", "/hsds/v3/"])
def test_the_feed_says_what_it_is(client, address: str) -> None:
    about = client.get(address).json
    assert about["version"] == "3.1"
    assert about["publisher"]["name"] == "Stepwise"
    assert about["profile"].endswith("/hsds/v3/profile")
    assert about["openapi_url"] == "http://localhost/hsds/v3/openapi.json"
    forged = client.get(address, headers={"Host": "evil.example"}).json
    assert "evil" not in str(forged)


def test_profile_and_schemas_are_served_under_their_license(client) -> None:
    profile = client.get("/hsds/v3/profile").json
    assert "by-sa/4.0" in profile["license"]
    for folder, addresses in (("profile", profile["patches"]), ("schema", profile["schemas"])):
        kept = read_schemas(HSDS / folder)
        assert [one.rpartition("/")[2] for one in addresses] == [f"{name}.json" for name in kept]
        for address, schema in zip(addresses, kept.values(), strict=True):
            answer = client.get(urlsplit(address).path)
            assert answer.json == schema
            assert "license" in answer.headers["Link"]
    for nothing in ("/hsds/v3/profile/phone.json", "/hsds/v3/schema/no-such.json"):
        assert client.get(nothing).status_code == 404


@pytest.mark.parametrize("address", LISTS)
def test_every_list_answers_get_and_post_alike(client, address: str) -> None:
    asked = {"per_page": 3, "page": 2}
    got, posted = client.get(address, query_string=asked), client.post(address, json=asked)
    by_address = client.post(address, query_string=asked)
    assert got.status_code == 200
    assert got.data == posted.data == by_address.data
    assert client.head(address).status_code == 200
    assert client.put(address).status_code == 405


def test_pages_link_to_the_other_pages(client) -> None:
    address, found = f"{SERVICES}?level_of_care=iop&per_page=30", []
    while address:
        answer = client.get(address)
        links = {
            rel: to for to, rel in re.findall(r'<([^>]*)>; rel="([a-z]+)"', answer.headers["Link"])
        }
        assert client.get(links["first"]).json["first_page"]
        assert client.get(links["last"]).json["last_page"]
        assert ("prev" in links) == bool(found)
        found += [one["id"] for one in answer.json["contents"]]
        address = links.get("next")
    assert found == ids(client, level_of_care="iop")
    assert "Link" not in client.post(SERVICES, json={}).headers
    beyond = client.get(f"{SERVICES}?page=999").headers["Link"]
    assert 'rel="next"' not in beyond


@pytest.mark.parametrize("address", ITEMS)
def test_a_record_is_there_by_its_id_and_nothing_by_another(client, address: str) -> None:
    (one,) = client.get(address.rstrip("/"), query_string={"per_page": 1}).json["contents"]
    whole = client.get(address + one["id"])
    assert whole.json["id"] == one["id"]
    assert client.get(address + one["id"].upper()).data == whole.data
    for nothing in (identifier("nothing"), "x", "%F0%9F%92%A9", "x" * 300):
        assert client.get(address + nothing).status_code == 404


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("colour=blue", "colour"),
        ("page=0", "page"),
        ("page=%D9%A1", "page"),
        ("page=1_0", "page"),
        ("page=", "page"),
        ("per_page=101", "per_page"),
        ("format=xml", "format"),
        ("full=yes", "full"),
        ("full=True", "full"),
        ("search=", "search"),
        ("taxonomy_term_id=cbt", "taxonomy_term_id"),
        ("organization_id=1", "organization_id"),
        ("modified_after=2026-11-24", "modified_after"),
        ("modified_after=2026-02-30T00:00:00Z", "modified_after"),
        ("modified_after=2026-11-24T00:00:00", "modified_after"),
        ("postcode=9110", "postcode"),
        ("postcode=91101%0A", "postcode"),
        ("postcode=91101&proximity=-1", "proximity"),
        ("proximity=500", "proximity"),
        ("lat=34.1", "lon"),
        ("lon=-118.1", "lat"),
        ("lat=91&lon=0", "lat"),
        ("lat=nan&lon=0", "lat"),
        ("day=monday", "day"),
        ("start_time=9:00", "start_time"),
        ("end_time=24:00", "end_time"),
        ("min_age=121", "min_age"),
        ("max_age=-1", "max_age"),
        ("payer=nobody", "payer"),
        ("level_of_care=high", "level_of_care"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(client, asked: str, field: str) -> None:
    assert list(refused(client.get(f"{SERVICES}?{asked}"))) == [field]


def test_a_refusal_says_what_is_allowed_and_all_that_is_wrong(client) -> None:
    wrong = refused(client.get(f"{SERVICES}?colour=blue&day=x&page=1&page=2"))
    assert wrong.keys() == {"colour", "day", "page"}
    assert "day" in wrong["colour"]
    assert wrong["day"] == ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"page": "1"}',
        b'{"page": true}',
        b'{"page": 1.5}',
        b'{"page": 1, "page": 2}',
        b'{"full": "true"}',
        b'{"lat": NaN, "lon": 1}',
        b'{"search": ["a"]}',
        b'{"search": {"a": 1}}',
        b"[]",
        b"null",
        b"",
        b"{",
        b"[" * 100_000,
    ],
)
def test_a_body_is_read_as_strictly(client, body: bytes) -> None:
    assert client.post(SERVICES, data=body, content_type="application/json").status_code == 400


def test_a_body_that_is_no_json_is_refused_and_a_parameter_is_given_once(client) -> None:
    assert client.post(SERVICES, data={"page": "1"}).status_code == 415
    both = client.post(f"{SERVICES}?page=1", json={"page": 1})
    assert list(refused(both)) == ["page"]
    assert client.get("/hsds/v3/?x=1").status_code == 400
    assert client.get("/hsds/v3/schema/service.json?x=1").status_code == 400


def test_who_is_asked_about_is_kept_by_no_cache(client) -> None:
    for asked in (
        "payer=medi-cal",
        "min_age=30",
        "postcode=91101",
        "lat=34.1&lon=-118.1",
        "day=MO",
        "search=trauma",
    ):
        assert client.get(f"{SERVICES}?{asked}").headers["Cache-Control"] == "no-store"
    for asked in ("", "level_of_care=iop", "full=true"):
        assert "public" in client.get(f"{SERVICES}?{asked}").headers["Cache-Control"]
    assert client.post(SERVICES, json={}).headers["Cache-Control"] == "no-store"


def test_records_come_one_by_one_as_ndjson(client) -> None:
    answer = client.get(f"{SERVICES}?format=ndjson&full=true")
    assert answer.mimetype == "application/x-ndjson"
    assert "Content-Length" not in answer.headers, "it was held whole before it was sent"
    again = client.get(
        f"{SERVICES}?format=ndjson", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 200, "a tag is of one address"
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(f"{SERVICES}?format=ndjson&full=true", headers=tag).status_code == 304
    assert len(answer.data.splitlines()) == len(ids(client))


def test_filters_of_the_profile_find_what_the_records_say(client) -> None:
    found = ids(client, day="MO", start_time="17:00", end_time="22:00")
    assert found
    for key in found:
        tracks = client.get(f"/hsds/v3/services/{key}").json["iop_tracks"]
        sessions = [one for track in tracks for one in track["sessions"]]
        assert any(
            one.get("day") == "mon" and "17:00" <= one["start"] < one["end"] <= "22:00"
            for one in sessions
            if "start" in one and "end" in one
        )
    unknown = ids(client, day="MO", start_time="17:00", end_time="22:00", include_unknown=True)
    assert set(found) < set(unknown) < set(ids(client))


def test_a_postcode_alone_is_the_address_and_with_proximity_a_circle(client) -> None:
    places = "/hsds/v3/service_at_locations"
    whole = client.get(f"{places}?postcode=91101&full=true&per_page=100").json["contents"]
    codes = [one["location"]["addresses"][0]["postal_code"] for one in whole]
    assert set(codes) == {"91101"}
    near = client.get(f"{places}?postcode=91101&proximity=3000").json["total_items"]
    assert near > len(whole)
    assert client.get(f"{places}?postcode=91101&proximity=1000000").json["total_items"] > near
    nowhere = client.get(f"{places}?postcode=00000&proximity=1000000").json
    assert nowhere["empty"]
    assert "00000" in nowhere["x_notes"][0]
    assert "x_notes" not in client.get(f"{places}?postcode=91101&proximity=1").json


def test_words_find_services_and_their_organizations(client) -> None:
    found = client.get(f"{SERVICES}?search=trauma&format=ndjson").data.splitlines()
    assert 0 < len(found) < len(ids(client))
    names = client.get("/hsds/v3/organizations?search=copper+kettle").json["contents"]
    assert "Copper Kettle" in names[0]["name"]
    terms = client.get("/hsds/v3/taxonomy_terms?search=medi-cal").json["contents"]
    assert "medi-cal" in {one["code"] for one in terms}


def test_terms_stand_below_others(client) -> None:
    terms = "/hsds/v3/taxonomy_terms"
    every = [client.get(f"{terms}?per_page=100&page={page}").json["contents"] for page in (1, 2, 3)]
    lower = [one for page in every for one in page if "parent_id" in one]
    parent = lower[0]["parent_id"]
    below = client.get(f"{terms}?parent_id={parent}&per_page=100").json["contents"]
    assert below == [one for one in lower if one["parent_id"] == parent]
    top = client.get(f"{terms}?top_only=true").json["total_items"]
    assert top == sum(map(len, every)) - len(lower)
    kind = lower[0]["taxonomy_id"]
    own = client.get(f"{terms}?taxonomy_id={kind}&per_page=100").json["contents"]
    assert {one["taxonomy_id"] for one in own} == {kind}


def test_organizations_come_with_their_services(client) -> None:
    address = "/hsds/v3/organizations"
    plain, full, whole = (
        client.get(f"{address}?per_page=1{more}").json["contents"][0]
        for more in ("", "&full=true", "&full_service=true")
    )
    assert "services" not in plain
    assert all(one.keys() == {"id", "name", "status"} for one in full["services"])
    assert all("service_at_locations" in one for one in whole["services"])
    assert client.get(f"{address}/{plain['id']}").json == full
    assert client.get(f"{address}/{plain['id']}?full_service=true").json == whole


def test_every_address_but_that_of_the_description_is_in_it(client) -> None:
    described = client.get("/hsds/v3/openapi.json").json["paths"]
    rules = client.application.url_map.iter_rules()
    served = {
        re.sub(r"<(\w+)>", r"{\1}", one.rule) for one in rules if one.rule.startswith("/hsds/v3/")
    }
    served = {one.removeprefix("/hsds/v3").replace("{key}", "{id}") for one in served}
    assert served - {"/openapi.json"} == set(described)
    for name in described["/profile/{name}.json"]["parameters"][0]["schema"]["enum"]:
        assert client.get(f"/hsds/v3/profile/{name}.json").status_code == 200


def test_the_description_says_what_is_read_and_holds_what_is_served(client) -> None:
    document = client.get("/hsds/v3/openapi.json").json
    assert document["openapi"] == "3.1.0"
    operations = [
        one
        for path in document["paths"].values()
        for method, one in path.items()
        if method in ("get", "post")
    ]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    for address, known in parameters.lists(VOCABULARIES).items():
        both = document["paths"][f"/{address}"]
        body = both["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert body["properties"].keys() == {one.name for one in known}
        by_address = set()
        for one in both["get"]["parameters"]:
            by_address |= set(one["schema"].get("properties", {one["name"]: None}))
        assert by_address == {one.name for one in known}
    for name, schema in read_schemas(HSDS / "schema").items():
        described = dict(document["components"]["schemas"][name])
        assert described.pop("externalDocs")["url"].endswith(f"/hsds/v3/schema/{name}.json")
        assert described.keys() == schema.keys()
        assert jsonschema_rs.meta.is_valid(schema)
