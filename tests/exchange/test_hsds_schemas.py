"""Every exported service is valid HSDS 3.0 and 3.1; without our profile's keys nothing is left over."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings

from directory.catalog.program import Listing
from directory.exchange.hsds.writing import service_of
from tests.exchange.profile import without_profile
from tests.exchange.strategies import FILE_SOURCE, listings, vocabularies
from tests.house.files import ROOT

_ABOVE = (up / "shared" / "standards" / "hsds" for up in (ROOT.parent, ROOT.parent.parent))
_FOUND = next((path for path in _ABOVE if path.is_dir()), ROOT / "no-schemas")
SCHEMAS = Path(os.environ.get("HSDS_SCHEMAS", _FOUND))
EDITIONS = ("3.0", "3.1")
EDITION = pytest.mark.parametrize("edition", EDITIONS)

pytestmark = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="the compiled schemas of HSDS are not here (HSDS_SCHEMAS)"
)


@cache
def validator(edition: str, *, strict: bool) -> jsonschema_rs.Draft202012Validator:
    text = (SCHEMAS / f"compiled-{edition}" / "service.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    if strict:
        close(schema)
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def close(schema: Any) -> None:
    """No key that the standard does not name, at any depth."""
    if isinstance(schema, list):
        for one in schema:
            close(one)
    elif isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            schema["additionalProperties"] = False
        for value in schema.values():
            close(value)


def errors(service: Any, edition: str) -> list[str]:
    whole = validator(edition, strict=False).iter_errors(service)
    core = validator(edition, strict=True).iter_errors(without_profile(service))
    return [f"{list(one.instance_path)}: {one.message}" for one in (*whole, *core)]


@EDITION
def test_every_shipped_listing_is_valid(edition: str, house) -> None:
    found = {
        one.program.id: errors(service_of(one, house.vocabularies, FILE_SOURCE.seen_on), edition)
        for one in house.records().all()
    }
    assert len(found) > 100
    assert {key: some for key, some in found.items() if some} == {}


@EDITION
@settings(max_examples=30, deadline=None)
@given(given_listings=listings())
def test_any_listing_is_valid(edition: str, given_listings: list[Listing]) -> None:
    for one in given_listings:
        service = json.loads(json.dumps(service_of(one, vocabularies(), FILE_SOURCE.seen_on)))
        assert errors(service, edition) == []


@EDITION
def test_the_schemas_do_refuse(edition: str, house) -> None:
    service = service_of(next(iter(house.records().all())), house.vocabularies, FILE_SOURCE.seen_on)
    assert errors(service | {"status": "open"}, edition)
    assert errors(service | {"id": "no uuid"}, edition)
    assert errors(service | {"opening": "never"}, edition)
