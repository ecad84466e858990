"""The place of an HSDS service as a site of the listing format."""

import re
from typing import Any

from directory.exchange.hsds import keys
from directory.exchange.hsds.plain import objects_in, stated, text_in, whole
from directory.places.states import STATE_NAMES

Json = dict[str, Any]

_ZIP = re.compile(r"(\d{5})(-?\d{4})?")
_CODES = {name.casefold(): code for code, name in STATE_NAMES.items()}


def site_of(place: Json, service: Json, organization: Json) -> Json:
    """Its door: the location's own phone before that of the service and of the organization."""
    location = place.get("location")
    location = location if isinstance(location, dict) else {}
    key = location.get("id") or place.get("location_id") or f"{service.get('id')}-site"
    phones = (objects_in(one, "phones") for one in (location, place, service, organization))
    address = _address(location)
    plain = {
        "id": location.get(keys.ID) or str(key),
        "name": location.get("name"),
        "phone": next((_phone(some[0]) for some in phones if some), None),
        "time_zone": location.get(keys.TIME_ZONE),
        "address": address,
        "lat": None if address.get("withheld") else location.get("latitude"),
        "lon": None if address.get("withheld") else location.get("longitude"),
        "evidence": location.get(keys.EVIDENCE),
    }
    return stated(plain)


def _phone(phone: Json) -> str | None:
    number, extension = text_in(phone, "number"), whole(phone.get("extension"))
    return f"{number} x{extension}" if number and extension is not None else number


def _address(location: Json) -> Json:
    """The address of the door. Where mail goes is another place."""
    doors = (
        one
        for one in objects_in(location, "addresses")
        if one.get("address_type") in ("physical", None, "")
    )
    return next((_lines(one) for one in doors), {})


def _lines(address: Json) -> Json:
    state = text_in(address, "state_province") or ""
    postal_code = text_in(address, "postal_code") or ""
    zip_code = _ZIP.fullmatch(postal_code)
    plain = {
        "city": address.get("city"),
        "state": _CODES.get(state.casefold(), state.upper() if len(state) == 2 else state),
        "zip": zip_code[1] if zip_code else postal_code,
    }
    if address.get(keys.WITHHELD) in (True, "true"):
        return stated(plain) | {"withheld": True}
    return stated({**plain, "street": address.get("address_1"), "unit": address.get("address_2")})
