"""One record of HSDS by its id: whole, with all that hangs on it."""

from collections.abc import Callable
from typing import Any

import orjson
from flask import Blueprint, Response

from directory.exchange.hsds.shelf import Shelf
from directory.web.hsds import gone, parameters
from directory.web.hsds.asking import Values, read
from directory.web.hsds.lists import whole_organization
from directory.web.services import services

Item = Callable[[Shelf, str, Values], bytes | None]


def mount(blueprint: Blueprint) -> None:
    """Put every kind of record on the blueprint."""
    for name, found in ITEMS.items():
        blueprint.add_url_rule(f"/{name}/<key>", f"{name}_by_id", _view(name, found))


def _service(shelf: Shelf, key: str, _values: Values) -> bytes | None:
    row = shelf.row_of_service(key)
    return None if row is None else shelf.encoded(row)


def _place(shelf: Shelf, key: str, _values: Values) -> bytes | None:
    row = shelf.row_of_place(key)
    return None if row is None else shelf.whole_place(row)


def _organization(shelf: Shelf, key: str, values: Values) -> bytes | None:
    row = shelf.row_of_organization(key)
    return None if row is None else whole_organization(shelf, row, values)


def _one_of(records: Callable[[Shelf], list[dict[str, Any]]]) -> Item:
    def found(shelf: Shelf, key: str, _values: Values) -> bytes | None:
        one = next((record for record in records(shelf) if record["id"] == key), None)
        return None if one is None else orjson.dumps(one)

    return found


ITEMS: dict[str, Item] = {
    "services": _service,
    "organizations": _organization,
    "service_at_locations": _place,
    "taxonomies": _one_of(lambda shelf: shelf.taxonomies),
    "taxonomy_terms": _one_of(lambda shelf: shelf.terms),
}


def _view(name: str, found: Item) -> Callable[[str], Response]:
    def view(key: str) -> Response:
        values = read(parameters.items()[name])
        body = found(services.hsds.shelf(), key.lower(), values)
        if body is None:
            gone.refuse(name, key.lower())
        return Response(body, content_type="application/json")

    return view
