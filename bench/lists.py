"""Invented public lists in the layout of the real ones, with their dirt, as large as asked.

Names are numbered and phones carry 555-01xx: nothing here is a real place. Codes are drawn with
the shares of the real federal lists.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

from directory.curation.synthetic.towns import Door, Towns, load_towns

FEDERAL = (
    "directory_type", "name1", "name2", "street1", "street2", "city", "state", "zip", "phone",
    "intake1", "intake2", "intake1a", "intake2a", "service_code_info",
)  # fmt: skip
STATE = (
    "OBJECTID", "Application_Number", "Type_of_Application", "Program_Code", "Legal_Entity_Name",
    "Facility_Name", "Facility_Address1", "Facility_Address2", "Additional_Facility_Locations",
    "Facility_City", "Facility_State", "Facility_Zip", "CountyName", "County_Code", "Facility_Phone",
    "Lic_Expiration_Date", "Treatment_Capacity", "Total_Capacity", "Target_Population",
    "Incident_Medical_Services", "Adolescent_Waiver", "Latitude", "Longitude", "F20", "F21",
)  # fmt: skip
SURVEYS = {"substance": ("su_facilities_2024", 12_200), "mental": ("mh_facilities_2024", 8_319)}
NAMES = ("Counseling Center", "Recovery Services", "Behavioral Health and", "Treatment Center of")
STREETS = ("Main Street", "North Oak Avenue", "2nd Street", "State Route 154", "Park Boulevard")
TARGETS = ("1.1 --- CO-ED", "1.2 --- MEN ONLY", "1.8 --- DUAL DIAGNOSIS", "1.4 --- WOMEN/CHILDREN")
Row = dict[str, str]


def write_federal(path: Path, count: int, data: Path, seed: int = 1) -> None:
    """So many rows of the federal directory as CSV."""
    _write(path, FEDERAL, federal_rows(count, data, seed))


def write_state(path: Path, count: int, data: Path, seed: int = 1) -> None:
    """So many rows of the state list as CSV."""
    _write(path, STATE, state_rows(count, data, seed))


def federal_rows(count: int, data: Path, seed: int) -> Iterator[Row]:
    """Rows with lost zeros, withheld streets, doubled rows, code rows, unknown codes."""
    rng, towns = Random(seed), load_towns(data / "gazetteer" / "us.sqlite")
    codes = {survey: _codes(data, *counted) for survey, counted in SURVEYS.items()}
    row: Row = {}
    for number in range(count):
        if row and rng.random() < 0.002:  # the same row once more
            yield row
            continue
        survey = "substance" if rng.random() < 0.6 else "mental"
        row = _federal(rng, number, survey, towns.draw(rng), codes[survey])
        yield row


def _federal(
    rng: Random, number: int, survey: str, door: Door, codes: list[tuple[str, str, float]]
) -> Row:
    dirt = rng.random()
    if dirt < 0.002:  # a row of the code sheet among the facilities
        return {
            "name1": "SET",
            "name2": "Service Setting",
            "street1": "OIT",
            "street2": "Intensive",
        }
    street = rng.choice(("- - -", "---")) if dirt < 0.05 else f"{number} {rng.choice(STREETS)}"
    phone = f"{rng.choice(('202', '213', '312', '617'))}-555-01{number % 100:02}"
    said = _drawn(rng, codes) + (" ZZNEW" if rng.random() < 0.01 else "")
    return {
        "directory_type": survey,
        "name1": f"{rng.choice(NAMES)} {number // 3}" if dirt < 0.9 else f"{NAMES[2]}",
        "name2": "" if dirt < 0.5 else f"Branch {number}",
        "street1": street,
        "street2": f"Suite {number % 900}" if rng.random() < 0.3 else "",
        "city": door.city,
        "state": door.state,
        "zip": door.zip.lstrip("0"),
        "phone": phone + (f" x{number % 5000}" if rng.random() < 0.1 else ""),
        "service_code_info": said,
    }


def state_rows(count: int, data: Path, seed: int) -> Iterator[Row]:
    """Rows in upper case, with ZIP+4, lost points, odd codes, a missing address."""
    rng, towns = Random(seed), load_towns(data / "gazetteer" / "us.sqlite")
    for number in range(count):
        yield _state(rng, number, _californian(rng, towns))


def _state(rng: Random, number: int, door: Door) -> Row:
    kind = rng.choices(("NON", "NON-DETOX", "RES", "RES-DETOX", "DSS"), (50, 12, 10, 27, 1))[0]
    outside = rng.random() < 0.001
    return {
        "OBJECTID": str(_object_id(number)),
        "Application_Number": f"{190000 + number}{rng.choice('ABCDEN')}P",
        "Type_of_Application": "Certified" if kind.startswith("NON") else "Licensed",
        "Program_Code": kind,
        "Legal_Entity_Name": f"EXAMPLE SERVICES {number // 4}, INC.",
        "Facility_Name": f"EXAMPLE HOUSE {number}" + (" IOP" if rng.random() < 0.02 else ""),
        "Facility_Address1": "" if rng.random() < 0.001 else f"{number} N. OAK AVENUE",
        "Facility_Address2": f"SUITE {number % 300}A" if rng.random() < 0.3 else "",
        "Facility_City": door.city.upper() + ("," if rng.random() < 0.03 else ""),
        "Facility_State": "CA",
        "Facility_Zip": door.zip + ("-4201" if rng.random() < 0.05 else ""),
        "Facility_Phone": "" if rng.random() < 0.01 else f"(213) 555-01{number % 100:02}",
        "Lic_Expiration_Date": f"{rng.randint(1, 12)}/28/{rng.choice((2026, 2027, 2028))}",
        "Target_Population": rng.choices(TARGETS, (88, 6, 5, 1))[0],
        "Adolescent_Waiver": "No",
        "Latitude": "0" if outside else str(door.lat),
        "Longitude": "0" if outside else str(door.lon),
    }


def _object_id(number: int) -> int:
    """An OBJECTID: it says nothing and changes with every snapshot."""
    return number * 7 % 100_003


def _californian(rng: Random, towns: Towns) -> Door:
    while (door := towns.draw(rng)).state != "CA":
        pass
    return door


def _codes(data: Path, column: str, total: int) -> list[tuple[str, str, float]]:
    """Category, code and the share of facilities that have it, in the order of the table."""
    with (data / "sources" / "samhsa_service_codes.csv").open(encoding="utf-8") as file:
        return [
            (row["category_code"], row["service_code"], int(row[column]) / total)
            for row in csv.DictReader(file)
            if int(row[column])
        ]


def _drawn(rng: Random, codes: list[tuple[str, str, float]]) -> str:
    by_category: dict[str, list[str]] = {}
    for category, code, share in codes:
        if rng.random() < share:
            by_category.setdefault(category, []).append(code)
    return " * ".join(" ".join(some) for some in by_category.values())


def _write(path: Path, columns: tuple[str, ...], rows: Iterator[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
