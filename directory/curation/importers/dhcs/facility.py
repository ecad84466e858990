"""One license or certificate of the state list, to organization, site and program."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from directory.curation.importers.dhcs.columns import DUAL, NUMBER, PROGRAMS, TARGETS
from directory.curation.public_lists.editions import PublicList
from directory.curation.public_lists.names import key_of, readable, readable_street, slug
from directory.curation.public_lists.roll import Door, Roll
from directory.curation.public_lists.row import Row

Plain = dict[str, Any]

STATE_LIST = PublicList(
    "dhcs",
    "California DHCS",
    "https://data.chhs.ca.gov/dataset/sud-recovery-treatment-facilities",
)
_NUMBER = re.compile(r"[0-9]{4,8}[A-Z]{0,4}")
_NAMED_IOP = re.compile(r"\b(IOP|INTENSIVE OUTPATIENT)\b", re.IGNORECASE)


def add_facility(roll: Roll, row: Row, cells: Mapping[str, Any]) -> None:
    """Put a row on the roll, or refuse it with the reason. OBJECTID changes and is no key."""
    number, name = row.text(NUMBER).upper(), readable(row.text("facility_name"))
    if not _NUMBER.fullmatch(number):
        row.refuse(NUMBER, number, "the number of a license, such as 190769DP")
    if not slug(name):
        row.refuse("facility_name", name, "the name of a place")
    if row.refused:
        return
    lasting = {key: value for key, value in cells.items() if key != "objectid"}
    key = roll.key(lasting, ("dhcs", number), row.text("facility_address1"))
    if key is None:
        return
    legal = readable(row.text("legal_entity_name")) or name
    organization = {"id": key_of("dhcs", slug(legal) or slug(name)), "name": legal}
    roll.add(
        row, key, Door(organization, _site(row, name), [_program(roll, row, key, number, name)])
    )


def note_expired(roll: Roll) -> None:
    """Say how many licenses had expired when the list was made: they are kept, with their date."""
    expired = roll.count_licenses_before(roll.source["dated"])
    if expired:
        roll.notes.append(f"{expired} licenses had expired by {roll.source['dated']}: call first.")


def _program(roll: Roll, row: Row, key: str, number: str, name: str) -> Plain:
    code = row.text("program_code").upper()
    kind, level = PROGRAMS.get(code, (code, ""))
    if not level:
        roll.not_understood(row, [f"Program_Code {code[:20] or 'blank'}"])
    # Letters between dots would be one word in 'VVIOP': only a whole word says it.
    named = level == "outpatient" and _NAMED_IOP.search(f"{name} {row.text('legal_entity_name')}")
    level = "iop" if named else level
    target = row.text("target_population").partition("---")[2].strip().upper()
    if target not in TARGETS:
        roll.not_understood(row, [f"Target_Population {target[:40]}"])
    both = target in DUAL or "co-occurring" in name.casefold()
    return {
        "id": f"{key}:{level or 'care'}",
        "name": name,
        "level_of_care": level or None,
        "level_evidence": ("suggested" if named else "stated") if level else None,
        "focus": sorted(["substance_use", *(["co_occurring"] if both else [])]),
        "populations": _populations(row, target),
        "licenses": [_license(row, number, kind)],
    }


def _populations(row: Row, target: str) -> Plain:
    said = dict(TARGETS.get(target, {}))
    if row.text("adolescent_waiver").casefold() == "yes":
        said.setdefault("adolescents", "welcomes")
    return said


def _license(row: Row, number: str, kind: str) -> Plain:
    what = ", ".join(filter(None, (row.text("type_of_application"), kind)))
    return {
        "body": STATE_LIST.name,
        "number": number,
        "kind": what[:200] or None,
        "expires": _day(row, "lic_expiration_date"),
    }


def _day(row: Row, field: str) -> str | None:
    """A day from M/D/YYYY, from ISO, or from the milliseconds of ArcGIS."""
    text = row.text(field)
    if not text:
        return None
    try:
        if re.fullmatch(r"-?\d{11,14}", text):
            return datetime.fromtimestamp(int(text) / 1000, UTC).date().isoformat()
        if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s.*)?", text):
            month, day, year = map(int, found.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(text[:10]).isoformat()
    except (ValueError, OverflowError, OSError):
        row.refuse(field, text, "a date such as 9/30/2027")
        return None


def _site(row: Row, name: str) -> Plain:
    state = row.state("facility_state") or "CA"
    street = readable_street(row.text("facility_address1"))
    if not street:
        row.refuse("facility_address1", "", "a street; the site is listed without")
    address = {
        "street": street[:200] or None,
        "unit": readable_street(row.text("facility_address2"))[:100] or None,
        "city": readable(row.text("facility_city").strip(", "))[:100] or None,
        "state": state,
        "zip": row.zip("facility_zip", state),
    }
    point = row.location("latitude", "longitude", state)
    return {"name": name, "phone": row.phone("facility_phone"), "address": address, **point}
