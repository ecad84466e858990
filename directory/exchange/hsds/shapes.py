"""The shapes in which the API sends a service: short and whole, by its place, by its organization.

Each is made of the whole service, as it was encoded at publish time.
"""

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

ONE_TO_ONE = frozenset({"organization", "program", "location", "service"})
"""Records of which another record has one: lists show them, shortened too."""

MINIMAL = ("id", "name", "status", "last_modified")
"""HSDS promises id and `modified_date`: a key that no schema has, and two that they require."""

SIMPLE = ("id", "name", "status")


def short(record: Json) -> Json:
    """What lists hold: values, and records of which it has one. No lists, no evidence."""
    kept: Json = {}
    for key, value in record.items():
        if key in ONE_TO_ONE and isinstance(value, dict):
            kept[key] = short(value)
        elif not isinstance(value, dict | list):
            kept[key] = value
    return kept


def minimal(service: Json) -> Json:
    """What it takes to compare a copy: the id, when it changed, and what the schema requires."""
    return _only(service, MINIMAL)


def at_location(service: Json) -> Json:
    """The service at its place, from the place's side."""
    (place,) = service["service_at_locations"]
    return {**place, "service": _without(service, "service_at_locations")}


def organization(services: Iterable[Json], *, full_service: bool) -> Json:
    """An organization with its services: their names, or all of them."""
    some = list(services)
    inside = [_without(one, "organization") if full_service else _only(one, SIMPLE) for one in some]
    whole: Json = some[0]["organization"]
    return {**whole, "services": inside}


def _only(record: Json, keys: tuple[str, ...]) -> Json:
    return {key: record[key] for key in keys if key in record}


def _without(record: Json, key: str) -> Json:
    return {name: value for name, value in record.items() if name != key}
