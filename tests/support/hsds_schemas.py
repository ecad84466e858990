"""Validators of HSDS records: by the standard's schemas, by our profile's, and strictly."""

import copy
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson

from directory.exchange.hsds.keys import PROFILE_KEYS
from directory.exchange.hsds.profile import read_schemas
from tests.house.files import ROOT
from tests.support.beside import beside, only_with

HSDS = ROOT / "data" / "hsds"
COMPILED = Path(os.environ.get("HSDS_SCHEMAS", beside("standards", "hsds")))
WITH_COMPILED = only_with(COMPILED, "the compiled schemas of HSDS (HSDS_SCHEMAS)")
EDITIONS = ("3.0", "3.1")

Validator = jsonschema_rs.Draft202012Validator


@cache
def compiled(edition: str, name: str, *, strict: bool) -> Validator:
    """A compiled schema of the standard; strictly, with no key that it does not name."""
    schema = orjson.loads((COMPILED / f"compiled-{edition}" / f"{name}.json").read_bytes())
    return Validator(close(schema) if strict else schema, validate_formats=True)


@cache
def of_folder(folder: str, name: str, *, strict: bool = False) -> Validator:
    """A schema of `data/hsds`: 'core' or 'schema', which is the core with our profile."""
    schemas = read_schemas(HSDS / folder)
    if strict:
        schemas = {key: close(schema) for key, schema in schemas.items()}
    known = [(f"hsds:/{key}.json", schema) for key, schema in schemas.items()]
    registry = jsonschema_rs.Registry(known)
    return Validator({"$ref": f"hsds:/{name}.json"}, registry=registry, validate_formats=True)


def close(schema: Any) -> Any:
    """The schema with no key that it does not name, at any depth."""
    schema = copy.deepcopy(schema)
    _close(schema)
    return schema


def _close(schema: Any) -> None:
    if isinstance(schema, list):
        for one in schema:
            _close(one)
    elif isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            schema["additionalProperties"] = False
        for value in schema.values():
            _close(value)


def without_profile(value: Any) -> Any:
    """A record as those see it who know HSDS and not our profile."""
    if isinstance(value, list):
        return [without_profile(one) for one in value]
    if isinstance(value, dict):
        return {key: without_profile(one) for key, one in value.items() if key not in PROFILE_KEYS}
    return value


def problems(validator: Validator, record: Any) -> list[str]:
    """What the validator finds, each with its place."""
    return [f"{list(one.instance_path)}: {one.message}" for one in validator.iter_errors(record)]


def standard_problems(edition: str, name: str, record: Any) -> list[str]:
    """What the compiled schemas find: in the record, and strictly in what is left without our profile."""
    whole = problems(compiled(edition, name, strict=False), record)
    return whole + problems(compiled(edition, name, strict=True), without_profile(record))
