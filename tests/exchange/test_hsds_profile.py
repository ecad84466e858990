"""The profile is the standard's schemas with our patches, and nothing else."""

import jsonschema_rs
import orjson
import pytest

from directory.exchange.hsds.keys import PROFILE_KEYS
from directory.exchange.hsds.profile import merged, profiled, read_schemas
from scripts.hsds_schemas import WHOLE, core_of, written
from tests.support.hsds_schemas import COMPILED, HSDS, WITH_COMPILED


def files(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (HSDS / folder).glob("*.json")}


def test_what_is_served_is_what_the_patches_give() -> None:
    made = profiled(read_schemas(HSDS / "core"), read_schemas(HSDS / "profile"))
    assert written(made) == files("schema"), "run: python -m scripts.hsds_schemas"


@WITH_COMPILED
def test_the_core_is_the_standard_and_nothing_else() -> None:
    folder = COMPILED / "compiled-3.1"
    compiled = {name: orjson.loads((folder / f"{name}.json").read_bytes()) for name in WHOLE}
    core = core_of(compiled)
    assert written(core) == files("core")
    for name in WHOLE:
        assert agrees(compiled[name], core[name], core)


def agrees(schema, taken_apart, core) -> bool:
    """True if a compiled schema says what the one taken apart says, each record at its place."""
    if isinstance(taken_apart, dict) and "$ref" in taken_apart:
        taken_apart = core[taken_apart["$ref"].removesuffix(".json")]
    if not isinstance(schema, dict):
        return schema == taken_apart
    said = {key: value for key, value in schema.items() if key not in ("title", "description")}
    return all(
        key in taken_apart and agrees(value, taken_apart[key], core) for key, value in said.items()
    )


def test_every_schema_is_a_schema_and_points_only_to_others_that_are_there() -> None:
    schemas = read_schemas(HSDS / "schema")
    for schema in schemas.values():
        assert jsonschema_rs.meta.is_valid(schema)
        assert {one.removesuffix(".json") for one in references(schema)} <= schemas.keys()


def references(schema) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["$ref"]} if isinstance(schema.get("$ref"), str) else set()
        return own.union(*(references(value) for value in schema.values()))
    return set().union(*(references(one) for one in schema)) if isinstance(schema, list) else set()


def test_the_profile_names_every_key_that_we_add_and_takes_none_away() -> None:
    core, patches = read_schemas(HSDS / "core"), read_schemas(HSDS / "profile")
    added = {key for name, patch in patches.items() if name in core for key in patch["properties"]}
    assert added == set(PROFILE_KEYS)
    for name, schema in read_schemas(HSDS / "schema").items():
        known = core.get(name, {"properties": {}})
        assert known["properties"].items() <= schema["properties"].items()
        assert schema.get("required", []) == known.get("required", schema.get("required", []))


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_patches_are_merged_as_rfc_7386_has_it(target, patch, result) -> None:
    assert merged(target, patch) == result
