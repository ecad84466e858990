"""GeoJSON (RFC 7946): every program is a feature; what is withheld has no point and no street."""

import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings

from directory.catalog.program import Address, Listing
from directory.exchange.formats import export, formats
from directory.exchange.geojson import feature_of
from tests.exchange.strategies import listings, vocabularies
from tests.support.builders import a_listing

GEOJSON = next(one for one in formats(vocabularies()) if one.name == "geojson")


@settings(max_examples=40, deadline=None)
@given(given_listings=listings())
def test_a_feature_says_what_the_record_says(given_listings: list[Listing]) -> None:
    for one in given_listings:
        feature = json.loads(json.dumps(feature_of(one)))
        told, site, address = feature["properties"], one.site, one.site.address
        assert (feature["type"], feature["id"]) == ("Feature", one.program.id)
        assert [told.get(name) for name in ("name", "phone", "city", "zip", "street", "unit")] == [
            one.program.name, site.phone, address.city, address.zip, address.street, address.unit,
        ]  # fmt: skip
        point = feature["geometry"]
        assert (point is None) == (site.lat is None)
        if point is not None:
            assert point == {"type": "Point", "coordinates": [site.lon, site.lat]}


def test_a_withheld_street_has_no_point_whatever_the_record_holds() -> None:
    listing = a_listing(at=(34.1478, -118.1445))
    hidden = replace(
        listing.site,
        address=Address(city="Pasadena", street="12 N Lake Ave", unit="4", withheld=True),
    )
    feature = feature_of(replace(listing, site=hidden))
    assert feature["geometry"] is None
    assert feature["properties"]["street_withheld"] is True
    assert "Lake" not in json.dumps(feature)


def test_examples_say_that_they_are(house, tmp_path: Path) -> None:
    for examples in (False, True):
        path = export(house.records(), GEOJSON, tmp_path / "out", examples=examples).file
        collection = json.loads(path.read_bytes())
        assert collection["type"] == "FeatureCollection"
        assert {one["properties"]["example"] for one in collection["features"]} == {examples}
        assert (
            len({one["id"] for one in collection["features"]}) == len(collection["features"]) > 10
        )
