"""A site as an HSDS location."""

import re
from typing import Any

from directory.catalog.program import Listing, Site
from directory.exchange.hsds import keys
from directory.exchange.hsds.keys import identifier

Json = dict[str, Any]

_EXTENSION = re.compile(r"(?P<number>.*) x(?P<extension>[1-9]\d{0,8})")


def location_of(listing: Listing, evidence: Json) -> Json:
    """The door, as far as it may be told: a withheld street has no point on the map either."""
    site = listing.site
    key = identifier("location", site.id)
    point = {} if site.address.withheld else {"latitude": site.lat, "longitude": site.lon}
    plain = {
        "id": key,
        "location_type": _kind(listing),
        "organization_id": identifier("organization", listing.organization.id),
        "name": site.name,
        **point,
        "addresses": _addresses(site, key),
        "phones": [_phone(site, key)] if site.phone else [],
        keys.ID: site.id,
        keys.TIME_ZONE: site.time_zone,
        keys.EVIDENCE: evidence,
    }
    return {name: value for name, value in plain.items() if value not in (None, [], {})}


def _kind(listing: Listing) -> str:
    """Virtual only where no address is known and every track meets online."""
    address, tracks = listing.site.address, listing.program.tracks
    placed = address.withheld or address.street or address.city or address.zip
    online = tracks and all(track.mode == "virtual" for track in tracks)
    return "virtual" if online and not placed else "physical"


def _addresses(site: Site, location: str) -> list[Json]:
    """HSDS wants every line; what is not known is left empty, and a withheld street too."""
    address = site.address
    shown = (address.city, address.state, address.zip, address.street, address.unit)
    if not (any(shown) or address.withheld):
        return []
    plain = {
        "id": identifier("address", site.id),
        "location_id": location,
        "address_1": "" if address.withheld else address.street or "",
        "city": address.city or "",
        "state_province": address.state or "",
        "postal_code": address.zip or "",
        "country": "US",
        "address_type": "physical",
    }
    if address.unit and not address.withheld:
        plain["address_2"] = address.unit
    return [plain | ({keys.WITHHELD: True} if address.withheld else {})]


def _phone(site: Site, location: str) -> Json:
    """A number; its extension apart where it is a number too, as HSDS has it."""
    plain: Json = {
        "id": identifier("phone", site.id),
        "location_id": location,
        "number": site.phone,
        "type": "voice",
    }
    if site.phone and (found := _EXTENSION.fullmatch(site.phone)):
        plain |= {"number": found["number"], "extension": int(found["extension"])}
    return plain
