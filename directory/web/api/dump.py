"""Records as the plain data of the API. Pure; orjson writes it."""

from dataclasses import asdict, replace
from datetime import date

import orjson

from directory.catalog.evidence import Freshness, State
from directory.catalog.finding import Finding
from directory.catalog.program import Listing, Organization, Program, Site
from directory.catalog.schedule import DAYS, Openings, Session, Track
from directory.matching.outcome import FirstGroup
from directory.matching.week import DAY_MINUTES
from directory.matching.weeks_ahead import plans
from directory.web.api.proofs import conflicts_of, evidence_of, records_of

Json = dict[str, object]

# The facts a result shows of a program: their evidence goes with them.
_BRIEF_FACTS = ("name", "level_of_care", "focus", "phone", "address")


def program_json(listing: Listing, freshness: Freshness, today: date) -> bytes:
    """The program as results show it, encoded once when a generation is published."""
    evidence = evidence_of(records_of(listing), freshness, today)
    brief = {fact: evidence[fact] for fact in _BRIEF_FACTS if fact in evidence}
    torn = {
        fact: some
        for fact, some in conflicts_of(records_of(listing), freshness, today).items()
        if fact in _BRIEF_FACTS
    }
    return orjson.dumps({**_identity(listing), "evidence": brief, "conflicts": torn})


def whole_program(listing: Listing, freshness: Freshness, as_of: date, today: date) -> Json:
    """Everything listed of one program, with the evidence of each fact; openings as they are today."""
    program = listing.program
    return {
        **_identity(listing),
        "links": {**links(listing), **_more_links(listing)},
        "version": listing.version,
        **_facts(program),
        "tracks": [track(one, freshness, today) for one in program.tracks],
        "evidence": evidence_of(records_of(listing), freshness, as_of),
        "conflicts": conflicts_of(records_of(listing), freshness, as_of),
    }


def clock(minute: int) -> str:
    """Minutes after midnight as 17:30; the end of a day is 24:00."""
    minute = minute if minute == DAY_MINUTES else minute % DAY_MINUTES
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _identity(listing: Listing) -> Json:
    program = listing.program
    return {
        "id": program.id,
        "slug": listing.slug,
        "name": program.name,
        **_run_by(listing.organization),
        "site": site(listing.site),
        "example": listing.example,
        "level_of_care": program.level_of_care,
        "level_evidence": program.level_evidence,
        "focus": program.focus,
        "findings": findings(listing),
        "links": links(listing),
    }


def _run_by(one: Organization) -> Json:
    """Who runs it, by name; the other keys are named as their evidence is."""
    return {
        "organization": one.name,
        "organization_id": one.id,
        "npi": one.npi,
        "website": one.website,
    }


def brief(listing: Listing) -> Json:
    """Which program it is, for lists of what it has."""
    return {
        "id": listing.program.id,
        "slug": listing.slug,
        "name": listing.program.name,
        "level_of_care": listing.program.level_of_care,
        "example": listing.example,
        "links": links(listing),
    }


def links(listing: Listing) -> Json:
    """Where the whole of it is, and its page for people."""
    return {
        "self": f"/api/v1/programs/{listing.program.id}",
        "page": f"/programs/{listing.slug}",
    }


def _more_links(listing: Listing) -> Json:
    """What else there is of it; no calendar where no day with its hours is published."""
    here = f"/api/v1/programs/{listing.program.id}"
    has_calendar = any(plan.published for plan in plans(listing.program.tracks))
    return {
        "tracks": f"{here}/tracks",
        "card": f"{here}.vcf",
        **({"calendar": f"{here}.ics"} if has_calendar else {}),
        "organization": f"/api/v1/organizations/{listing.organization.id}",
        "location": f"/api/v1/locations/{listing.site.id}",
    }


def findings(listing: Listing, fact: str | None = None) -> list[Json]:
    """What does not add up; of one fact if it is named."""
    return [_finding(one) for one in listing.findings if fact in (None, one.fact)]


def _finding(one: Finding) -> Json:
    """What does not add up, for everyone to read; in English, as codes are."""
    return {
        "rule": one.rule,
        "case": one.case,
        "fact": one.fact,
        "got": one.got,
        "expected": one.expected,
        "source": one.source,
        "sentence": one.sentence,
        "question": one.question,
    }


def organization(one: Organization) -> Json:
    """Who runs the program."""
    return {
        "id": one.id,
        "name": one.name,
        "npi": one.npi,
        "website": one.website,
    }


def site(one: Site) -> Json:
    """The door, as far as it may be told: a withheld street has no point on the map either."""
    if one.address.withheld:
        address = replace(one.address, street=None, unit=None)
        one = replace(one, address=address, lat=None, lon=None)
    return {
        "id": one.id,
        "name": one.name,
        "phone": one.phone,
        "time_zone": one.time_zone,
        "address": asdict(one.address),
        "lat": one.lat,
        "lon": one.lon,
    }


def _facts(program: Program) -> Json:
    return {
        "description": program.description,
        "conditions": program.conditions,
        "services": program.services,
        "ages": program.ages and asdict(program.ages),
        "populations": dict(program.populations),
        "languages": dict(program.languages),
        "payers": [asdict(payer) for payer in program.payers],
        "weeks": program.weeks and asdict(program.weeks),
        "price": program.price and asdict(program.price),
        "attendance": program.attendance,
        "licenses": [asdict(license_) for license_ in program.licenses],
        "accreditations": program.accreditations,
    }


def track(one: Track, freshness: Freshness, today: date) -> Json:
    """Everything listed of one track."""
    return {
        **asdict(one),
        "sessions": [_session(session) for session in one.sessions],
        "openings": openings(one.openings, freshness, today),
    }


def openings(one: Openings, freshness: Freshness, today: date) -> Json:
    """Whether the track takes people, and how far that may be trusted: by the day it was reported."""
    state = State.UNKNOWN
    if one.reported_on is not None:
        age = max(0, (today - one.reported_on).days)
        state = freshness.state_at_age("openings", age)
    return {
        "accepting": one.accepting,
        "seats": one.seats,
        "reported_on": one.reported_on,
        "state": str(state),
    }


def beginning(first: FirstGroup) -> Json:
    """The first group one could attend."""
    return {"date": first.date, "certainty": first.certainty, "full": first.full}


def _session(session: Session) -> Json:
    return {
        **asdict(session),
        "day": None if session.day is None else DAYS[session.day],
        "day_among": [DAYS[day] for day in session.day_among],
        "start": None if session.start is None else clock(session.start),
        "end": None if session.end is None else clock(session.end),
    }
