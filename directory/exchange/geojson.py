"""Programs as GeoJSON (RFC 7946), for maps: one feature a program, longitude before latitude."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from directory.catalog.evidence import Source
from directory.catalog.fact_format import stated
from directory.catalog.program import Listing, Site
from directory.exchange.aside import aside

Json = dict[str, Any]


def feature_of(listing: Listing) -> Json:
    """A program at its point; without a point where none is listed or the street is withheld."""
    return {
        "type": "Feature",
        "id": listing.program.id,
        "geometry": point_of(listing.site),
        "properties": _properties(listing),
    }


def point_of(site: Site) -> Json | None:
    """Where a site is, as its source says: never guessed from a ZIP, never told if it is withheld."""
    if site.lat is None or site.lon is None or site.address.withheld:
        return None
    return {"type": "Point", "coordinates": [site.lon, site.lat]}


def _properties(listing: Listing) -> Json:
    """What a map shows of a program; what is not known is left out."""
    program, site, address = listing.program, listing.site, listing.site.address
    street = {} if address.withheld else {"street": address.street, "unit": address.unit}
    return stated(
        {
            "slug": listing.slug,
            "name": program.name,
            "organization": listing.organization.name,
            "example": listing.example,
            "level_of_care": program.level_of_care,
            "level_evidence": program.level_evidence,
            "focus": list(program.focus),
            "phone": site.phone,
            "website": listing.organization.website,
            **street,
            "city": address.city,
            "state": address.state,
            "zip": address.zip,
            "street_withheld": address.withheld or None,
            "time_zone": site.time_zone,
        }
    )


def told_in(path: Path) -> Iterator[tuple[str, bool]]:
    """Each program of a file that we wrote, and whether its street was withheld then."""
    with path.open("rb") as file:
        for line in file:
            if line.startswith(b'{"type":"Feature",'):
                feature = orjson.loads(line.rstrip(b",\n"))
                yield feature["id"], bool(feature["properties"].get("street_withheld"))


def write_geojson(listings: Iterable[Listing], _source: Source, path: Path) -> int:
    """A feature collection, one program a line; answers how many."""
    count = 0
    with aside(path) as unfinished, unfinished.open("wb") as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for listing in listings:
            file.write((b",\n" if count else b"\n") + orjson.dumps(feature_of(listing)))
            count += 1
        file.write(b"\n]}\n")
    return count
