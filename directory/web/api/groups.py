"""`/api/v1/organizations` and `/locations`: who runs the programs, and through which doors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import orjson
from flask import Response
from werkzeug.exceptions import NotFound

from directory.catalog.conflict import Record
from directory.catalog.program import Listing
from directory.web.api import dump, examples, list_examples, list_schemas, queries
from directory.web.api.dump import Json
from directory.web.api.exchange import as_json, as_list, described, path_value
from directory.web.api.paging import Part, part_of
from directory.web.api.proofs import conflicts_of, evidence_of
from directory.web.gathered import Records
from directory.web.needs import DEFAULT_LIMIT
from directory.web.services import services
from directory.web.strict import StrictBlueprint

ORGANIZATION = path_value("organization_id", "The id of an organization.", examples.SITE["id"])
LOCATION = path_value("location_id", "The id of a site.", examples.SITE["id"])

blueprint = StrictBlueprint("groups", __name__, url_prefix="/api/v1", description="Who and where")


@dataclass(frozen=True, slots=True)
class Groups:
    """Programs by what they have in common: ids in the order they are listed, and their rows."""

    ids: tuple[str, ...]
    rows: dict[str, tuple[int, ...]]


Place = tuple[str, ...]
"""Where a group stands in a list: what it is ordered by, its id last."""


def groups(records: Records, place_of: Callable[[Mapping[str, Any]], Place]) -> Groups:
    """Programs (their public JSON) by the group that `place_of` finds, in its order."""
    rows: dict[str, list[int]] = {}
    places: dict[str, Place] = {}
    for row, record in enumerate(records):
        place = place_of(orjson.loads(record.encoded))
        rows.setdefault(place[-1], []).append(row)
        places.setdefault(place[-1], place)
    ids = tuple(sorted(places, key=places.__getitem__))
    return Groups(ids, {name: tuple(rows[name]) for name in ids})


def by_name(program: Mapping[str, Any]) -> Place:
    """Organizations as people look them up."""
    return program["organization"].casefold(), program["organization_id"]


def by_city(program: Mapping[str, Any]) -> Place:
    """Doors as people look them up."""
    site = program["site"]
    state, city = site["address"]["state"] or "", site["address"]["city"] or ""
    return state, city, (site["name"] or "").casefold(), site["id"]


def _organizations() -> tuple[str, Records, Groups]:
    return services.gathered.get(
        services.finder, "organizations", lambda records: groups(records, by_name)
    )


def _locations() -> tuple[str, Records, Groups]:
    return services.gathered.get(
        services.finder, "locations", lambda records: groups(records, by_city)
    )


@described(
    blueprint.route("/organizations"),
    blueprint.doc(operationId="organizations"),
    blueprint.takes(queries.PageQuery, by_name=True),
    blueprint.response(200, list_schemas.Organizations, example=list_examples.ORGANIZATIONS),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def organizations(limit: int = DEFAULT_LIMIT, cursor: str | None = None) -> Response:
    """Who runs the listed programs, by name."""
    generation, records, found = _organizations()
    part = part_of(found.ids, generation, limit, cursor)
    return as_list(_told(part, lambda name: _organization(_first(records, found, name), found)))


@described(
    blueprint.route("/organizations/<organization_id>", parameters=[ORGANIZATION]),
    blueprint.doc(operationId="organization"),
    blueprint.takes_none(),
    blueprint.response(
        200, list_schemas.OrganizationAnswer, example=list_examples.ORGANIZATION_ANSWER
    ),
    blueprint.alt_response(404, "NOT_FOUND"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def organization(organization_id: str) -> Response:
    """One organization, with its doors and its programs."""
    generation, records, found = _organizations()
    listings = _of(records, found, organization_id)
    sites = {one.site.id: one for one in listings}
    data = {
        **_organization(listings[0], found),
        "locations": [dump.site(one.site) | {"links": _door(one)} for one in sites.values()],
        "programs": [dump.brief(one) for one in listings],
    }
    return as_json({"data": data, "meta": _meta(generation)})


@described(
    blueprint.route("/locations"),
    blueprint.doc(operationId="locations"),
    blueprint.takes(queries.PageQuery, by_name=True),
    blueprint.response(200, list_schemas.Locations, example=list_examples.LOCATIONS),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def locations(limit: int = DEFAULT_LIMIT, cursor: str | None = None) -> Response:
    """Every door, by state, city and name. A withheld street is null, and so is its point."""
    generation, records, found = _locations()
    part = part_of(found.ids, generation, limit, cursor)
    return as_list(_told(part, lambda name: _location(_first(records, found, name), found)))


@described(
    blueprint.route("/locations/<location_id>", parameters=[LOCATION]),
    blueprint.doc(operationId="location"),
    blueprint.takes_none(),
    blueprint.response(200, list_schemas.LocationAnswer, example=list_examples.LOCATION_ANSWER),
    blueprint.alt_response(404, "NOT_FOUND"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def location(location_id: str) -> Response:
    """One door, with its programs."""
    generation, records, found = _locations()
    listings = _of(records, found, location_id)
    data = {
        **_location(listings[0], found),
        "programs": [dump.brief(one) for one in listings],
    }
    return as_json({"data": data, "meta": _meta(generation)})


def _told(part: Part[str], tell: Callable[[str], Json]) -> Part[Json]:
    told = [tell(name) for name in part.items]
    return Part(told, part.total, part.limit, part.offset, part.generation)


def _first(records: Records, found: Groups, name: str) -> Listing:
    """Any program of a group: what it has in common with the others is in each."""
    return records[found.rows[name][0]].listing


def _of(records: Records, found: Groups, name: str) -> list[Listing]:
    """Every program of a group. Raises 404 where there is none."""
    if name not in found.rows:
        raise NotFound("an id from the list")
    return [records[row].listing for row in found.rows[name]]


def _organization(listing: Listing, found: Groups) -> Json:
    one = listing.organization
    return {
        **dump.organization(one),
        "example": listing.example,
        "program_count": len(found.rows[one.id]),
        "links": {"self": f"/api/v1/organizations/{quote(one.id)}"},
        **_proofs(one),
    }


def _location(listing: Listing, found: Groups) -> Json:
    one = listing.site
    return {
        **dump.site(one),
        "example": listing.example,
        "program_count": len(found.rows[one.id]),
        "organization": {
            "id": listing.organization.id,
            "name": listing.organization.name,
            "links": {"self": f"/api/v1/organizations/{quote(listing.organization.id)}"},
        },
        "links": _door(listing),
        **_proofs(one),
    }


def _door(listing: Listing) -> Json:
    return {"self": f"/api/v1/locations/{quote(listing.site.id)}"}


def _proofs(record: Record) -> Json:
    freshness, as_of = services.freshness, services.finder.as_of
    return {
        "evidence": evidence_of((record,), freshness, as_of),
        "conflicts": conflicts_of((record,), freshness, as_of),
    }


def _meta(generation: str) -> Json:
    return {"generation": generation, "as_of": services.finder.as_of}
