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
_MORE: Example = {
    "tracks": f"{LINKS['self']}/tracks",
    "card": f"{LINKS['self']}.vcf",
    "calendar": f"{LINKS['self']}.ics",
    "organization": OWN["self"],
    "location": DOOR["self"],
}
PROGRAM_ANSWER: Example = {
    "data": {
        **PROGRAM,
        "links": {**LINKS, **_MORE},
        "version": 3,
        "description": None,
        "conditions": ["alcohol_use"],
        "services": ["cbt"],
        "ages": {"min": 18, "max": None},
        "populations": {"women": "welcomes"},
        "languages": {"es": "staff"},
        "payers": [{"payer": "medi-cal", "network": "in", "as_of": "2026-09-10"}],
        "weeks": {"min": 8, "max": 12},
        "price": {"cents": 15000, "per": "session", "sliding_scale": True},
        "attendance": None,
        "licenses": [],
        "accreditations": [],
        "tracks": [TRACK],
    },
    "meta": META,
}
PLACE: Example = {"name": "Pasadena, CA 91101", "precision": "zip"}
FIRST_GROUP: Example = {"date": "2026-12-07", "certainty": "stated", "full": False}
_HOURS: Example = {"day": "mon", "start": "18:00", "end": "21:00"}
_SCHEDULE: Example = {
    "verdict": "fits",
    "missed_minutes": 0,
    "conflicts": [],
    "smallest_change": None,
    "weekly_contact_minutes": 165,
    "weekly_span_minutes": 180,
    "ask": [],
    "sessions": [_HOURS],
    "evidence": PROOF,
}
ATTENDED = ("label", "mode", "season", "schedule_grade", "openings")
_ANSWERS: tuple[tuple[str, str, str], ...] = (
    ("near", "10 miles", "yes"),
    ("level_of_care", "iop", "yes"),
    ("payer", "medi-cal", "unknown"),
)
ANSWER: Example = {
    "data": [
        {
            "program": PROGRAM,
            "track": {name: TRACK[name] for name in ATTENDED},
            "score": 0.77,
            "miles": 2.1,
            "travel_minutes": 11,
            "first_group": FIRST_GROUP,
            "schedule": _SCHEDULE,
            "needs": [
                {"need": need, "asked": asked, "answer": said, "detail": None, "evidence": PROOF}
                for need, asked, said in _ANSWERS
            ],
            "receipt": {
                "tier": 0,
                "weights": {"fresh": 5, "schedule": 40, "near": 20, "payer": 20, "level": 5},
                "parts": {"fresh": 0, "schedule": 1, "near": 0.83, "payer": 0.4, "level": 1},
            },
            "highlight": None,
        }
    ],
    "page": {"total": 7, "limit": 1, "next": "MS5nZW4tMDAwMDA3", "prev": None},
    "facets": {
        "payer": {"medi-cal": {"yes": 4, "unknown": 2}},
        "services": {"cbt": {"yes": 5, "unknown": 2}},
        "focus": {"substance_use": {"yes": 6, "unknown": 1}},
        "level_of_care": {"iop": {"yes": 7, "unknown": 0}},
        "languages": {"es": {"yes": 3, "unknown": 4}},
        "populations": {},
    },
    "relax": [{"need": "near", "to": {"within_miles": 15}, "more": 3}],
    "meta": {
        **META,
        "place": PLACE,
        "within_miles": 10.0,
        "looked_at": 9,
        "counts": {"fits": 2, "cannot_tell": 5, "misses": 0},
        "understood": {
            "spelling": [],
            "concepts": [],
            "help_first": False,
            "out_of_scope": None,
        },
    },
}
