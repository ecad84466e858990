"""A listing as one whole HSDS service: its organization, its location, and when it meets."""

from datetime import UTC, date
from typing import Any

from directory.catalog.fact_format import dump_license, dump_span
from directory.catalog.listing import dump_source
from directory.catalog.program import Listing, Organization, Program
from directory.catalog.track_format import dump_track
from directory.catalog.vocabulary import Vocabularies
from directory.exchange.hsds import keys
from directory.exchange.hsds.attributes import attributes_of
from directory.exchange.hsds.keys import identifier
from directory.exchange.hsds.places import location_of
from directory.exchange.hsds.schedules import schedules_of

Json = dict[str, Any]

PRICES = {
    "day": "per day",
    "session": "per session",
    "week": "per week",
    "program": "for the whole program",
}
EXAMPLE_NOTE = "Example: this service is invented, to try the directory with."


def service_of(listing: Listing, vocabularies: Vocabularies, on: date) -> Json:
    """One program at its site. `on` is the day whose offset from UTC the schedules carry."""
    program = listing.program
    key = identifier("service", program.id)
    return _stated(
        {
            "id": key,
            "organization_id": identifier("organization", listing.organization.id),
            "name": program.name,
            "description": program.description,
            "status": "active",
            "alert": EXAMPLE_NOTE if listing.example else None,
            "accreditations": _labels(program.accreditations, vocabularies, "accreditations"),
            "minimum_age": program.ages and program.ages.min,
            "maximum_age": program.ages and program.ages.max,
            "assured_date": _assured(program),
            "last_modified": modified_of(listing),
            "languages": _languages(program, key, vocabularies),
            "cost_options": _cost_options(program, key),
            "attributes": attributes_of(program, key, vocabularies),
            "organization": organization_of(listing.organization),
            "service_at_locations": [_at_location(listing, key, on)],
            **_profile(listing),
        }
    )


def organization_of(organization: Organization) -> Json:
    """Who runs the service. HSDS wants a description; nobody told us more than the name."""
    key = identifier("organization", organization.id)
    npi = {
        "id": identifier("npi", organization.id),
        "organization_id": key,
        "identifier_scheme": "US-NPI",
        "identifier_type": "NPI",
        "identifier": organization.npi,
    }
    return _stated(
        {
            "id": key,
            "name": organization.name,
            "description": organization.name,
            "website": organization.website,
            "organization_identifiers": [npi] if organization.npi else [],
            keys.ID: organization.id,
            keys.EVIDENCE: evidence_of(organization.evidence),
        }
    )


def evidence_of(evidence: Any) -> Json:
    """The source of each fact, as our own format writes it."""
    return {fact: dump_source(source) for fact, source in evidence.items()}


def _profile(listing: Listing) -> Json:
    """What HSDS has no place for. `iop_tracks` are tracks of our own format, with openings."""
    program = listing.program
    return {
        keys.ID: program.id,
        keys.EXAMPLE: listing.example or None,
        keys.WEEKS: dump_span(program.weeks),
        keys.ATTENDANCE: program.attendance,
        keys.LICENSES: [dump_license(item) for item in program.licenses],
        keys.TRACKS: [dump_track(track, openings=True) for track in program.tracks],
        keys.EVIDENCE: evidence_of(program.evidence),
    }


def _at_location(listing: Listing, service: str, on: date) -> Json:
    location = location_of(listing, evidence_of(listing.site.evidence))
    key = identifier("service_at_location", listing.program.id)
    return _stated(
        {
            "id": key,
            "service_id": service,
            "location_id": location["id"],
            "schedules": schedules_of(listing, key, on),
            "location": location,
        }
    )


def modified_of(listing: Listing) -> str | None:
    """When our record last changed; of one that no store has kept, the newest day it was seen."""
    if listing.changed_at is not None:
        return (
            listing.changed_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        )
    seen = max((source.seen_on for source in listing.program.evidence.values()), default=None)
    return None if seen is None else f"{seen}T00:00:00Z"


def _assured(program: Program) -> str | None:
    """The last day somebody was asked, or told us: reading a page or a list assures nothing."""
    told = [
        one.as_of for one in program.evidence.values() if one.method in ("phone", "self_report")
    ]
    return max(told).isoformat() if told else None


def _languages(program: Program, service: str, vocabularies: Vocabularies) -> list[Json]:
    return [
        {
            "id": identifier("language", program.id, code),
            "service_id": service,
            "name": vocabularies["languages"].label(code),
            "code": code,
            keys.SUPPORT: support,
        }
        for code, support in program.languages.items()
    ]


def _cost_options(program: Program, service: str) -> list[Json]:
    price = program.price
    if price is None:
        return []
    option = {
        "id": identifier("cost_option", program.id),
        "service_id": service,
        "option": price.per,
        "currency": "USD",
        "amount": price.cents / 100,
        "amount_description": f"Without insurance, {PRICES[price.per]}",
        keys.CENTS: price.cents,
        keys.SLIDING_SCALE: price.sliding_scale,
    }
    return [_stated(option)]


def _labels(codes: tuple[str, ...], vocabularies: Vocabularies, kind: str) -> str:
    return ", ".join(vocabularies[kind].label(code) for code in codes)


def _stated(values: Json) -> Json:
    return {name: value for name, value in values.items() if value not in (None, "", [], {}, ())}
