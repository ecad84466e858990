"""Write `data/hsds/schema`: the standard's schemas with our profile's patches.

`python -m scripts.hsds_schemas [--compiled FOLDER]`. With a folder of compiled schemas of the
standard (service.json, organization.json, service_at_location.json without any `$ref`), `core` is
made anew from them first: each kind of record once, pointing to the others.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from directory.exchange.hsds.profile import profiled, read_schemas

HSDS = Path(__file__).resolve().parents[1] / "data" / "hsds"
WHOLE = ("service", "organization", "service_at_location")
Json = Any


def core_of(compiled: dict[str, Json]) -> dict[str, Json]:
    """Each kind of record that the compiled schemas repeat, once, with `$ref` for those inside it.

    A compiled schema leaves out where a record would hold itself again; what one place leaves out,
    another has, so the properties of all places are taken together.
    """
    found: dict[str, Json] = {}
    for schema in compiled.values():
        for record in _records(schema):
            known = found.setdefault(record["name"], {**record, "properties": {}})
            for key, value in record["properties"].items():
                known["properties"].setdefault(key, _pointing(value))
    return dict(sorted(found.items()))


def written(schemas: dict[str, Json]) -> dict[str, bytes]:
    """The schemas as files."""
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return {f"{name}.json": orjson.dumps(schema, option=option) for name, schema in schemas.items()}


def _records(schema: Json) -> Iterator[Json]:
    if _is_record(schema):
        yield schema
    inside = schema.values() if isinstance(schema, dict) else schema
    for one in inside if isinstance(schema, dict | list) else ():
        yield from _records(one)


def _is_record(schema: Json) -> bool:
    """The standard names for each kind of record the file of its table."""
    return isinstance(schema, dict) and "path" in schema and "properties" in schema


def _pointing(schema: Json) -> Json:
    if _is_record(schema):
        return {"$ref": f"{schema['name']}.json"}
    if isinstance(schema, dict) and _is_record(schema.get("items")):
        return {**schema, "items": _pointing(schema["items"])}
    return schema


def _write(folder: Path, schemas: dict[str, Json]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.json"):
        path.unlink()
    for name, content in written(schemas).items():
        (folder / name).write_bytes(content)


def main() -> None:
    """Read the folder of compiled schemas, if one is given, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiled", type=Path, metavar="FOLDER")
    compiled = parser.parse_args().compiled
    if compiled:
        whole = {name: orjson.loads((compiled / f"{name}.json").read_bytes()) for name in WHOLE}
        _write(HSDS / "core", core_of(whole))
    core, patches = read_schemas(HSDS / "core"), read_schemas(HSDS / "profile")
    _write(HSDS / "schema", profiled(core, patches))


if __name__ == "__main__":
    main()
