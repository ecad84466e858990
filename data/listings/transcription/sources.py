"""The three inputs as rows, and the sources that their facts are quoted from."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from transcription.names import (
    full_name,
    joined_name,
    phone_number,
    readable,
    readable_street,
    slug,
)

Json = dict[str, Any]
SEEN_ON = "2026-11-23"

SAMHSA: Json = {
    "name": "SAMHSA National Directory",
    "url": "https://www.samhsa.gov/data/data-we-collect/n-sumhss-national-substance-use-and-"
    "mental-health-services-survey/national-directories",
    "seen_on": SEEN_ON,
    "method": "list",
    "edition": "2024",
    "dated": "2023-12-31",
}
DHCS: Json = {
    "name": "California DHCS",
    "url": "https://data.chhs.ca.gov/dataset/sud-recovery-treatment-facilities",
    "seen_on": SEEN_ON,
    "method": "list",
    "edition": "2026-08-21",
    "dated": "2026-08-21",
}
# Pages whose publisher is not the program itself, or is better known by another name.
PUBLISHERS = {
    "www.uclahealth.org": "UCLA Health website",
    "www.semel.ucla.edu": "UCLA Semel Institute website",
    "ucsfhealth.org": "UCSF Health website",
    "www.choc.org": "CHOC website",
    "pasadenanow.com": "Pasadena Now (newspaper)",
    "blog.providence.org": "Providence blog",
}


@dataclass(frozen=True, slots=True)
class Door:
    """What tells one site from another: names, phone, street, unit, city and ZIP."""

    key: str
    names: tuple[str, ...]
    phone: str | None
    street: str | None
    unit: str | None
    city: str | None
    zip: str | None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class FederalRow:
    """One row of the SAMHSA directory: a place seen by one of its two surveys."""

    door: Door
    directory: str
    name: str
    organization: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class StateRow:
    """One license or certificate of the California list."""

    door: Door
    number: str
    kind: str
    program_code: str
    name: str
    organization: str
    expires: str
    target: str
    also_at: str
    lat: float
    lon: float

    @property
    def outpatient(self) -> bool:
        """True for a certificate of a program that people leave at night."""
        return self.program_code.startswith("NON")


@dataclass(frozen=True, slots=True)
class Page:
    """One program as its page describes it; `row` holds the transcribed columns."""

    row: dict[str, str]
    tracks: tuple[Json, ...]
    source: Json

    @property
    def id(self) -> str:
        """The program id, kept as it is."""
        return self.row["id"]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{k: v.strip() for k, v in row.items()} for row in csv.DictReader(file)]


def read_federal(path: Path) -> tuple[FederalRow, ...]:
    """Read the national directory; a street of dashes is withheld."""
    return tuple(_federal(row) for row in _rows(path))


def _federal(row: dict[str, str]) -> FederalRow:
    withheld = not row["street1"].strip("- ")
    name = full_name(row["name1"], row["name2"])
    street = None if withheld else row["street1"]
    where = "withheld" if withheld else slug(row["street1"])
    door = Door(
        key=f"samhsa:{row['directory_type']}:{slug(name)}:{where}:{row['zip']}",
        names=(row["name1"], name),
        phone=phone_number(row["phone"]),
        street=street,
        unit=row["street2"] or None,
        city=row["city"],
        zip=row["zip"].zfill(5),
        withheld=withheld,
    )
    codes = frozenset(row["service_code_info"].replace("*", " ").split())
    organization = joined_name(row["name1"], row["name2"])
    return FederalRow(door, row["directory_type"], name, organization, codes)


def read_state(path: Path) -> tuple[StateRow, ...]:
    """Read the state list: upper case made readable, ZIP+4 cut, dates made ISO."""
    return tuple(_state(row) for row in _rows(path))


def _state(row: dict[str, str]) -> StateRow:
    door = Door(
        key=f"dhcs:{row['Application_Number']}",
        names=(row["Facility_Name"], row["Legal_Entity_Name"]),
        phone=phone_number(row["Facility_Phone"]),
        street=readable_street(row["Facility_Address1"]),
        unit=readable_street(row["Facility_Address2"]) or None,
        city=readable(row["Facility_City"].strip(", ")),
        zip=row["Facility_Zip"][:5],
    )
    month, day, year = (int(part) for part in row["Lic_Expiration_Date"].split("/"))
    return StateRow(
        door=door,
        number=row["Application_Number"],
        kind=row["Type_of_Application"],
        program_code=row["Program_Code"],
        name=readable(row["Facility_Name"]),
        organization=readable(row["Legal_Entity_Name"]),
        expires=f"{year:04}-{month:02}-{day:02}",
        target=row["Target_Population"].partition("---")[2].strip(),
        also_at=readable_street(row["Additional_Facility_Locations"]),
        lat=round(float(row["Latitude"]), 6),
        lon=round(float(row["Longitude"]), 6),
    )


def read_pages(path: Path) -> tuple[Page, ...]:
    """Read the programs that publish something about their week."""
    return tuple(
        Page(row, tuple(json.loads(row["tracks_json"])), _page_source(row)) for row in _rows(path)
    )


def _page_source(row: dict[str, str]) -> Json:
    host = urlsplit(row["source_url"]).netloc
    source: Json = {
        "name": PUBLISHERS.get(host, f"{row['organisation']} website"),
        "url": row["source_url"],
        "seen_on": row["seen_on"],
        "method": "published",
    }
    if row["source_date"]:
        # A month without a day counts as its first day: the older, more careful reading.
        source["dated"] = (row["source_date"] + "-01")[:10]
    return source
