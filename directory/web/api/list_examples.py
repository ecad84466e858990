"""What the description shows of lists, calendars and cards: answers about an invented program."""

from typing import Any

from directory.web.api.examples import (
    BRIEF,
    DOOR,
    FIRST_GROUP,
    LINKS,
    META,
    OWN,
    PLACE,
    PROGRAM,
    PROOF,
    SITE,
    TRACK,
    Example,
)


def _whole(*items: Example, **meta: Any) -> Example:
    """A list that comes in one part."""
    page = {"total": len(items), "limit": len(items), "next": None, "prev": None}
    return {"data": list(items), "page": page, "meta": {**META, **meta}}


_KEPT: Example = {
    "key": "evening",
    **TRACK,
    "first_group": FIRST_GROUP,
    "links": {"calendar": "/api/v1/programs/example-apricot-street/tracks/evening.ics"},
}
TRACKS = _whole(
    _KEPT,
    program=BRIEF,
    time_zone="America/Los_Angeles",
    findings=[],
    evidence={"tracks": PROOF},
    conflicts={},
)
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Example: Evening\r\n"
    "DTSTART;TZID=America/Los_Angeles:20261207T180000\r\nRRULE:FREQ=WEEKLY\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)
CARD = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:Example: Apricot Street Program\r\n"
    'TEL;VALUE=uri;TYPE="voice,work":tel:+1-818-555-0118\r\n'
    "ADR;TYPE=work:;;;Glendale;CA;91203;USA\r\nEND:VCARD\r\n"
)

_ORGANIZATION: Example = {
    "id": PROGRAM["organization_id"],
    "name": PROGRAM["organization"],
    "npi": None,
    "website": None,
    "example": True,
    "program_count": 1,
    "links": OWN,
    "evidence": {"name": PROOF},
    "conflicts": {},
}
_RUNS: Example = {"id": SITE["id"], "name": PROGRAM["organization"], "links": OWN}
_LOCATION: Example = {
    **SITE,
    "example": True,
    "program_count": 1,
    "organization": _RUNS,
    "links": DOOR,
    "evidence": {"phone": PROOF, "address": PROOF},
    "conflicts": {},
}
ORGANIZATIONS = _whole(_ORGANIZATION)
ORGANIZATION_ANSWER: Example = {
    "data": {**_ORGANIZATION, "locations": [{**SITE, "links": DOOR}], "programs": [BRIEF]},
    "meta": META,
}
LOCATIONS = _whole(_LOCATION)
LOCATION_ANSWER: Example = {"data": {**_LOCATION, "programs": [BRIEF]}, "meta": META}

_LABELS = {"en": "Medi-Cal", "es": "Medi-Cal"}
TAXONOMIES = _whole({"id": "payers", "terms": 32, "links": {"self": "/api/v1/taxonomies/payers"}})
TERMS = _whole(
    {
        "id": "medi-cal",
        "labels": _LABELS,
        "aliases": {"en": ["medicaid"], "es": ["seguro del estado"]},
        "parent": None,
        "samhsa_codes": ["MD"],
        "source": "SAMHSA payment; California's name for Medicaid",
    },
    taxonomy="payers",
)
_COUNT: Example = {"code": "medi-cal", "labels": _LABELS, "yes": 4, "unknown": 2}
FACETS = _whole(
    {"facet": "payer", "taxonomy": "payers", "counts": [_COUNT]},
    programs=7,
    place=PLACE,
)
_FEATURE: Example = {
    "type": "Feature",
    "id": SITE["id"],
    "geometry": {"type": "Point", "coordinates": [-118.26, 34.15]},
    "properties": {
        "slug": BRIEF["slug"],
        "name": BRIEF["name"],
        "example": True,
        "level_of_care": "iop",
        "level_evidence": "stated",
        "focus": ["substance_use"],
        "organization": PROGRAM["organization"],
        "website": PROGRAM["website"],
        "phone": SITE["phone"],
        "time_zone": SITE["time_zone"],
        "street": None,
        "unit": None,
        "city": "Glendale",
        "state": "CA",
        "zip": "91203",
        "street_withheld": True,
        "precision": "zip",
        "findings": 0,
        "states": {"phone": "call_to_confirm"},
        "links": LINKS,
    },
}
_PAGE = {"total": 1, "limit": 1, "next": None, "prev": None}
FEATURES: Example = {
    "type": "FeatureCollection",
    "meta": META,
    "page": _PAGE,
    "features": [_FEATURE],
}

CHANGES: Example = {
    "data": [
        {
            "id": BRIEF["id"],
            "slug": BRIEF["slug"],
            "kind": "updated",
            "at": "2026-11-24T17:05:00+00:00",
            "facts": ["openings", "site.phone"],
            "example": True,
            "reason": None,
            "into": None,
            "links": LINKS,
        },
        {
            "id": "example-lamplight",
            "slug": "lamplight-evening",
            "kind": "removed",
            "at": "2026-11-24T18:00:00+00:00",
            "facts": [],
            "example": True,
            "reason": "closed",
            "into": None,
            "links": {
                "self": "/api/v1/programs/example-lamplight",
                "page": "/programs/lamplight-evening",
            },
        },
    ],
    "page": {"limit": 100, "more": False, "next": "WzQyLCIiLDQxLDQxLDc3MTUwOTIzMSx0cnVlXQ"},
    "meta": META,
}
