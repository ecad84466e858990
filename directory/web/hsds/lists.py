"""The five lists of HSDS, by GET and POST: filters hold all at once, and both ways answer alike."""

from collections.abc import Callable

import orjson
from flask import Blueprint, Response

from directory.exchange.hsds.shapes import minimal, organization, short
from directory.exchange.hsds.shelf import Shelf, searched
from directory.web.gate.tags import read_from
from directory.web.hsds import pages, parameters
from directory.web.hsds.asking import Values, read
from directory.web.hsds.finding import asked_of, notes_on
from directory.web.hsds.pages import Listed
from directory.web.services import services

List = Callable[[Shelf, Values], Listed]


def mount(blueprint: Blueprint) -> None:
    """Put every list on the blueprint."""
    for name, found in LISTS.items():
        blueprint.add_url_rule(f"/{name}", name, _view(name, found), methods=["GET", "POST"])


def of_services(shelf: Shelf, values: Values) -> Listed:
    """Services: short ones, whole ones, or what it takes to compare a copy."""
    found = shelf.service_rows(asked_of(values, services.gazetteer.zip_point))
    if values.get("minimal"):
        return Listed(found, lambda row: orjson.dumps(minimal(shelf.short_service(row))))
    if values.get("full"):
        return Listed(found, shelf.encoded)
    return Listed(found, lambda row: orjson.dumps(shelf.short_service(row)))


def of_places(shelf: Shelf, values: Values) -> Listed:
    """Services at their locations: short ones, or whole ones."""
    found = shelf.place_rows(asked_of(values, services.gazetteer.zip_point))
    return Listed(found, shelf.whole_place if values.get("full") else shelf.encoded_place)


def of_organizations(shelf: Shelf, values: Values) -> Listed:
    """Organizations that have a service which is found: short, or with all of their services."""
    found = shelf.organization_rows(asked_of(values, services.gazetteer.zip_point))
    if values.get("full") or values.get("full_service"):
        return Listed(found, lambda rows: whole_organization(shelf, rows[0], values))
    return Listed(
        found, lambda rows: orjson.dumps(short(shelf.short_service(rows[0])["organization"]))
    )


def of_taxonomies(shelf: Shelf, values: Values) -> Listed:
    """Our vocabularies."""
    return Listed(searched(shelf.taxonomies, values.get("search", "")), orjson.dumps)


def of_terms(shelf: Shelf, values: Values) -> Listed:
    """Their codes. `top_only` takes those without a parent: the standard's text contradicts its name."""
    found = searched(shelf.terms, values.get("search", ""))
    for name, key in (("taxonomy_id", "taxonomy_id"), ("parent_id", "parent_id")):
        if name in values:
            found = [one for one in found if one.get(key) == values[name]]
    if values.get("top_only"):
        found = [one for one in found if "parent_id" not in one]
    return Listed(found, orjson.dumps)


LISTS: dict[str, List] = {
    "services": of_services,
    "organizations": of_organizations,
    "service_at_locations": of_places,
    "taxonomies": of_taxonomies,
    "taxonomy_terms": of_terms,
}


def whole_organization(shelf: Shelf, row: int, values: Values) -> bytes:
    """An organization with all of its services, whatever was asked of them."""
    full_service = bool(values.get("full_service"))
    read_service = shelf.service if full_service else shelf.short_service
    (first, *others) = shelf.services_of(row)
    some = (read_service(one) for one in others)
    return orjson.dumps(organization([shelf.service(first), *some], full_service=full_service))


def _view(name: str, found: List) -> Callable[[], Response]:
    def view() -> Response:
        known = parameters.lists(services.vocabularies)[name]
        values = read(known)
        notes = notes_on(values, services.gazetteer.zip_point)
        shelf = services.hsds.shelf()
        read_from(shelf.generation)
        response = pages.answer(found(shelf, values), values, notes)
        if any(one.person and one.name in values for one in known):
            # What may describe somebody is kept by no cache on the way, though it stands in an address.
            response.headers["Cache-Control"] = "no-store"
        return response

    return view
