"""Programs as GeoJSON (RFC 7946): longitude before latitude, and how exact each point is."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from directory.places.place import Place

Plain = Mapping[str, Any]
Near = Callable[[str | None, str | None, str | None], Place | None]
"""The point of a ZIP code, a city and a state, as far as they are known."""

KIND = "application/geo+json"


def feature(program: Plain, near: Near) -> bytes:
    """A program (its public JSON) as a feature: where it is, whom to call, how sure that is.

    Its properties are named as in the export (`exchange.geojson`), with how far each fact may be
    trusted beside them. Without a point of its own it stands in the middle of its ZIP area or city,
    and says so; a withheld street has no other point. Null geometry where no place is known.
    """
    site = program["site"]
    point, precision = _point(site, near)
    about = {
        **{name: program[name] for name in _OF_PROGRAM},
        **{name: site[name] for name in _OF_SITE},
        **{name: site["address"][name] for name in _OF_ADDRESS},
        "street_withheld": site["address"]["withheld"],
        "precision": precision,
        "findings": len(program["findings"]),
        "states": {fact: one["state"] for fact, one in program["evidence"].items()},
        "links": program["links"],
    }
    geometry = point and {"type": "Point", "coordinates": point}
    plain = {"type": "Feature", "id": program["id"], "geometry": geometry, "properties": about}
    return orjson.dumps(plain)


_OF_PROGRAM = (
    "slug", "name", "organization", "website", "example", "level_of_care", "level_evidence", "focus"
)  # fmt: skip
_OF_SITE = ("phone", "time_zone")
_OF_ADDRESS = ("street", "unit", "city", "state", "zip")


def _point(site: Plain, near: Near) -> tuple[list[float] | None, str | None]:
    address = site["address"]
    if not address["withheld"] and site["lat"] is not None and site["lon"] is not None:
        return [site["lon"], site["lat"]], "site"
    found = near(address["zip"], address["city"], address["state"])
    return ([found.lon, found.lat], found.precision) if found else (None, None)
