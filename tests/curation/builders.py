"""Small listing files that mention only what matters."""

import copy
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from directory.catalog.records import WritableRecords
from directory.catalog.vocabulary import KINDS, Term, Vocabularies, Vocabulary
from directory.curation.importing import Report, import_file
from directory.store.sql_records import SqlRecords
from tests.support.stores import new_sqlite

Plain = dict[str, Any]

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

_CODES: Mapping[str, str] = {
    "levels_of_care": "iop php outpatient",
    "focus": "substance_use mental_health co_occurring",
    "conditions": "depression anxiety",
    "services": "cbt dbt family_therapy",
    "populations": "women veterans",
    "languages": "en es",
    "payers": "medi-cal medicare aetna",
    "accreditations": "jc carf",
}


def vocabularies() -> Vocabularies:
    return {
        kind: Vocabulary(kind, tuple(Term(kind, code, code) for code in _CODES[kind].split()))
        for kind in KINDS
    }


def source(method: str = "published", **changes: Any) -> Plain:
    return {"name": "Acme's page", "seen_on": "2026-11-20", "method": method} | changes


def session(day: str = "mon", start: str = "18:00", end: str = "21:00", **changes: Any) -> Plain:
    return {"day": day, "start": start, "end": end} | changes


def track(*sessions: Plain, **changes: Any) -> Plain:
    return {"label": "Evening", "sessions": list(sessions or (session(),))} | changes


def program(program_id: str = "acme-evening", **changes: Any) -> Plain:
    return {"id": program_id, "name": "Evening IOP", "tracks": [track()]} | changes


def site(*programs: Plain, **changes: Any) -> Plain:
    address = {"street": "12 N Lake Ave", "city": "Pasadena", "state": "CA", "zip": "91101"}
    return {
        "id": "acme-lake",
        "address": address,
        "programs": list(programs or (program(),)),
    } | changes


def organization(*sites: Plain, **changes: Any) -> Plain:
    return {"id": "acme", "name": "Acme Recovery", "sites": list(sites or (site(),))} | changes


def listing_file(*organizations: Plain, **source_changes: Any) -> Plain:
    return {
        "source": source(**source_changes),
        "organizations": list(organizations or (organization(),)),
    }


def one_program(program_changes: Plain | None = None, **source_changes: Any) -> Plain:
    return listing_file(organization(site(program(**(program_changes or {})))), **source_changes)


def one_site(**changes: Any) -> Plain:
    return listing_file(organization(site(**changes)))


def full_program() -> Plain:
    """A program that states every fact of the format."""
    return copy.deepcopy(
        program(
            description="Three evenings a week.",
            level_of_care="iop",
            level_evidence="stated",
            focus=["substance_use", "co_occurring"],
            conditions=["depression"],
            services=["cbt", "dbt"],
            ages={"min": 18, "max": 64},
            populations={"women": "dedicated", "veterans": "welcomes"},
            languages={"es": "group"},
            payers=[{"payer": "medi-cal", "network": "in", "as_of": "2026-11-01"}],
            weeks={"min": 8, "max": 12},
            price={"cents": 12000, "per": "session", "sliding_scale": True},
            attendance="All sessions.",
            licenses=[
                {"body": "DHCS", "number": "190769DP", "kind": "NON", "expires": "2027-05-31"}
            ],
            accreditations=["carf"],
            tracks=[
                track(
                    session(
                        contact_minutes=165, mode="in_person", label="Group", attendance="required"
                    ),
                    session("wed", attendance="choose"),
                    session("thu", attendance="choose"),
                    mode="hybrid",
                    season="school year",
                    start={"rule": "cohort", "dates": ["2026-12-07"], "lead_days": 2},
                    openings={"accepting": "yes", "seats": 3, "reported_on": "2026-11-20"},
                    schedule_grade="days_and_times",
                    choose={"at_least": 1, "at_most": 2, "different_days": True},
                ),
                track(
                    {"count": 2, "day_among": ["sat", "sun"], "span_minutes": 180}
                    | {"part_of_day": "morning", "attendance": "optional"},
                    label="Weekend",
                    schedule_grade="frequency_only",
                ),
            ],
        )
    )


def full_file() -> Plain:
    """Every fact of the format, at every level."""
    whole = site(
        full_program(),
        name="Lake",
        phone="626-795-9988",
        time_zone="America/Los_Angeles",
        lat=34.1461,
        lon=-118.1322,
    )
    whole["address"]["unit"] = "Suite 4"
    acme = organization(whole, npi="1234567893", website="https://acme.example.org")
    return listing_file(acme, url="https://acme.example.org/iop", edition="2", dated="2026-10-01")


def new_store(folder: Path) -> SqlRecords:
    return SqlRecords(new_sqlite(folder))


def write_json(folder: Path, plain: Any, name: str = "listing.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def imported(
    records: WritableRecords,
    path: Path,
    *,
    dry_run: bool = False,
    vocabulary: Vocabularies | None = None,
) -> Report:
    words = vocabulary or vocabularies()
    return import_file(records, words, "listing", path, dry_run=dry_run, clock=lambda: NOON)


def today() -> date:
    return NOON.date()
