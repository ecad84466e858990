"""What the description shows: answers about invented programs, as the API gives them."""

from typing import Any

Example = dict[str, Any]

NEED: Example = {
    "near": "91101",
    "within_miles": 10,
    "week": {"free": [{"day": "mon", "start": "17:30", "end": "21:30"}]},
    "level_of_care": ["iop"],
    "payer": "medi-cal",
    "must": ["near", "level_of_care", "schedule"],
    "limit": 20,
}
BEGINNING: Example = {"q": "cogn", "lang": "es"}
SUGGESTIONS: Example = {
    "data": [
        {
            "kind": "concept",
            "text": "Terapia cognitivo-conductual (CBT)",
            "written": "cognitive behavioral therapy",
        }
    ]
}

REPORT: Example = {"program": "example-apricot-street", "what": "phone"}
TAKEN: Example = {"data": {**REPORT, "state": "taken"}}

META: Example = {"generation": "gen-000007", "as_of": "2026-11-24"}
PROOF: Example = {
    "source": "Stepwise example",
    "url": None,
    "as_of": "2026-09-10",
    "seen_on": "2026-09-10",
    "method": "example",
    "confirmed_by": None,
    "state": "call_to_confirm",
}
ADDRESS: Example = {
    "city": "Glendale",
    "state": "CA",
    "zip": "91203",
    "street": None,
    "unit": None,
    "withheld": True,
}
SITE: Example = {
    "id": "example-apricot-street",
    "name": "Apricot Street Program",
    "phone": "818-555-0118",
    "time_zone": "America/Los_Angeles",
    "address": ADDRESS,
    "lat": None,
    "lon": None,
}
OWN: Example = {"self": "/api/v1/organizations/example-apricot-street"}
DOOR: Example = {"self": "/api/v1/locations/example-apricot-street"}
LINKS: Example = {
    "self": "/api/v1/programs/example-apricot-street",
    "page": "/programs/apricot-street-program",
}
BRIEF: Example = {
    "id": "example-apricot-street",
    "slug": "apricot-street-program",
    "name": "Apricot Street Program",
    "level_of_care": "iop",
    "example": True,
    "links": LINKS,
}
PROGRAM: Example = {
    **BRIEF,
    "organization": "Apricot Street (example)",
    "organization_id": "example-apricot-street",
    "npi": None,
    "website": None,
    "site": SITE,
    "level_evidence": "stated",
    "focus": ["substance_use"],
    "findings": [],
    "evidence": {"name": PROOF, "phone": PROOF},
    "conflicts": {},
}
SESSION: Example = {
    "day": "mon",
    "start": "18:00",
    "end": "21:00",
    "count": None,
    "day_among": [],
    "part_of_day": None,
    "span_minutes": None,
    "contact_minutes": 165,
    "mode": "in_person",
    "attendance": "required",
    "label": None,
}
TRACK: Example = {
    "label": "Evening",
    "mode": "in_person",
    "season": None,
    "start": {"rule": "cohort", "dates": ["2026-12-07"], "lead_days": None},
    "openings": {
        "accepting": "yes",
        "seats": None,
        "reported_on": "2026-11-12",
        "state": "call_to_confirm",
    },
    "schedule_grade": "days_and_times",
    "choose": None,
    "sessions": [SESSION],
}
PROGRAM_ANSWER: Example = {
    "data": {**PROGRAM, "version": 3, "services": ["cbt"], "tracks": [TRACK]},
    "meta": META,
}
ANSWER: Example = {
    "data": [
        {
            "program": PROGRAM,
            "track": {"label": "Evening", "mode": "in_person"},
            "score": 0.87,
            "miles": 2.1,
            "travel_minutes": 11,
            "first_group": {"date": "2026-12-07", "certainty": "stated", "full": False},
            "schedule": {"verdict": "fits", "missed_minutes": 0, "conflicts": []},
            "needs": [
                {
                    "need": "payer",
                    "asked": "medi-cal",
                    "answer": "unknown",
                    "detail": None,
                    "evidence": PROOF,
                }
            ],
            "receipt": {"tier": 0, "weights": {"near": 20}, "parts": {"near": 0.87}},
            "highlight": None,
        }
    ],
    "page": {"total": 7, "limit": 1, "next": "MS5nZW4tMDAwMDA3", "prev": None},
    "facets": {"payer": {"medi-cal": {"yes": 4, "unknown": 2}}},
    "relax": [{"need": "near", "to": {"within_miles": 15}, "more": 3}],
    "meta": {**META, "place": {"name": "Pasadena, CA 91101", "precision": "zip"}},
}


def _whole(*items: Example, **meta: Any) -> Example:
    """A list that comes in one part."""
    page = {"total": len(items), "limit": len(items), "next": None, "prev": None}
    return {"data": list(items), "page": page, "meta": {**META, **meta}}


_KEPT: Example = {
    "key": "evening",
    **TRACK,
    "first_group": {"date": "2026-12-07", "certainty": "stated", "full": False},
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
    place={"name": "Pasadena, CA 91101", "precision": "zip"},
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
