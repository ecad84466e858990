"""Our profile of HSDS: the standard's schemas, changed by JSON merge patches (RFC 7386).

`data/hsds/core` has the standard's, `data/hsds/profile` our patches under the same names, and
`data/hsds/schema` what they give together, as it is served.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

Json = Any
Schemas = Mapping[str, Mapping[str, Json]]
"""Schemas or patches by name, without '.json'."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The patches, and the schemas they give."""

    patches: Schemas
    schemas: Schemas


def load_profile(folder: Path) -> Profile:
    """Read the patches and schemas of a folder."""
    return Profile(read_schemas(folder / "profile"), read_schemas(folder / "schema"))


def read_schemas(folder: Path) -> dict[str, Json]:
    """Every schema of a folder, by name."""
    return {path.stem: orjson.loads(path.read_bytes()) for path in sorted(folder.glob("*.json"))}


def profiled(core: Schemas, patches: Schemas) -> dict[str, Json]:
    """Every core schema with its patch; a patch without a core schema is a schema of our own."""
    names = sorted({*core, *patches})
    return {name: merged(core.get(name, {}), patches.get(name, {})) for name in names}


def merged(target: Json, patch: Json) -> Json:
    """A JSON merge patch applied: null takes a key away, objects are merged, all else replaces."""
    if not isinstance(patch, Mapping):
        return patch
    kept = dict(target) if isinstance(target, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = merged(kept.get(key), value)
    return kept
