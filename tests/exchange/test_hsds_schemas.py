"""Every service is valid HSDS 3.0 and 3.1; without our profile's keys nothing is left over."""

import zlib
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

import orjson
import pytest
from hypothesis import given, settings

from directory.catalog.program import Listing
from directory.curation.synthetic.country import invent
from directory.exchange.hsds import shapes
from directory.exchange.hsds.entries import Encoder
from directory.exchange.hsds.writing import service_of
from tests.exchange.shelves import a_shelf
from tests.exchange.strategies import FILE_SOURCE, listings, vocabularies
from tests.support.builders import DATA, TODAY, a_context
from tests.support.hsds_schemas import (
    COMPILED,
    EDITIONS,
    WITH_COMPILED,
    of_folder,
    problems,
    standard_problems,
    without_profile,
)

EDITION = pytest.mark.parametrize("edition", EDITIONS)
MANY = 10_000


@pytest.fixture(scope="module")
def country() -> list[bytes]:
    """10,000 invented programs as a generation keeps them: by the encoder that `publish` uses.

    No index is built: it holds the same bytes (`tests/search/test_revisions.py`).
    """
    encoder = Encoder(a_context(), lambda *_: None)
    return [encoder.encode(one)[0] for one in invent(MANY, 7, data=DATA, today=TODAY)]


def services(country: list[bytes]) -> Iterator[shapes.Json]:
    return (orjson.loads(zlib.decompress(one)) for one in country)


@WITH_COMPILED
@EDITION
def test_ten_thousand_services_are_valid(edition: str, country: list[bytes]) -> None:
    count, found = 0, {}
    for service in services(country):
        count += 1
        if wrong := standard_problems(edition, "service", service):
            found[service["id"]] = wrong
    assert (count, found) == (MANY, {})


@WITH_COMPILED
@EDITION
def test_every_other_shape_of_them_is_valid(edition: str, country: list[bytes]) -> None:
    """A list's short service and place, whole place, organization: of each hundredth service."""
    by_organization = defaultdict(list)
    for service in islice(services(country), 0, None, 100):
        by_organization[service["organization_id"]].append(service)
        place = shapes.at_location(service)
        short = shapes.short(place)
        for name, record in (
            ("service_list", short["service"]),
            ("service_list", shapes.minimal(service)),
            ("service_at_location", place),
            ("service_at_location_list", short),
            ("organization_list", short["service"]["organization"]),
        ):
            assert standard_problems(edition, name, record) == []
    for some in by_organization.values():
        for full_service in (False, True):
            whole = shapes.organization(some, full_service=full_service)
            assert standard_problems(edition, "organization", whole) == []


def test_every_key_of_ours_is_one_that_the_profile_describes(country: list[bytes]) -> None:
    strict = of_folder("schema", "service", strict=True)
    core = of_folder("core", "service", strict=True)
    for service in islice(services(country), 0, None, 10):
        assert problems(strict, service) == []
        assert problems(core, without_profile(service)) == []
        assert problems(core, service) != []


@WITH_COMPILED
@EDITION
def test_every_shipped_listing_is_valid(edition: str, house) -> None:
    found = {
        one.program.id: standard_problems(
            edition, "service", service_of(one, house.vocabularies, FILE_SOURCE.seen_on)
        )
        for one in house.records().all()
    }
    assert len(found) > 100
    assert {key: some for key, some in found.items() if some} == {}


@settings(max_examples=30, deadline=None)
@given(given_listings=listings())
def test_any_listing_is_valid(given_listings: list[Listing]) -> None:
    profile = of_folder("schema", "service", strict=True)
    for one in given_listings:
        plain = service_of(one, vocabularies(), FILE_SOURCE.seen_on)
        service = orjson.loads(orjson.dumps(plain))
        assert problems(profile, service) == []
        for edition in EDITIONS if COMPILED.is_dir() else ():
            assert standard_problems(edition, "service", service) == []


def test_taxonomies_and_terms_are_valid() -> None:
    shelf = a_shelf()
    assert len(shelf.taxonomies) == 7
    assert len(shelf.terms) > 150
    for name, records in (("taxonomy", shelf.taxonomies), ("taxonomy_term", shelf.terms)):
        strict = of_folder("core", name, strict=True)
        assert [one for one in records if problems(strict, one)] == []


@WITH_COMPILED
@EDITION
def test_the_schemas_do_refuse(edition: str, house) -> None:
    service = service_of(next(iter(house.records().all())), house.vocabularies, FILE_SOURCE.seen_on)
    for wrong in (
        {"status": "open"},
        {"id": "no uuid"},
        {"opening": "never"},
        {"email": "not one"},
    ):
        assert standard_problems(edition, "service", service | wrong)
        if "opening" not in wrong:
            assert problems(of_folder("schema", "service"), service | wrong)
