"""The two forms of the registry as entries: answers of its API, and rows of its monthly file.

Only the columns named here are read. Names, phones and titles of officials and of people are not
among them, in either form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from directory.catalog.program import Address
from directory.curation.files.content import Content, open_content
from directory.curation.files.documents import document_in
from directory.curation.files.limits import MEGABYTE, Limits
from directory.curation.files.tables import Refuse, tables_in
from directory.errors import UnreadableFile

LIMITS = Limits(largest=20_000 * MEGABYTE, rows=12_000_000)
EXPECTED = "an answer of the NPPES API 2.1 (JSON), or its monthly file (CSV)"
MOST_TAXONOMIES = 15
IN_USE = ("3", "5")
"""Other names that are in use: doing business as, and other; not a former legal name (4)."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of practice."""

    phone: str
    address: Address


@dataclass(frozen=True, slots=True)
class Entry:
    """One registered number. Of a person nothing is held but the number's kind."""

    row: str
    person: bool
    npi: str = ""
    active: bool = True
    names: tuple[str, ...] = ()
    taxonomies: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()
    told_on: date | None = None


def entries_in(path: Path, refuse: Refuse) -> Iterator[Entry]:
    """Every entry of a file, one by one; `refuse` hears of rows that are none.

    Raises `UnreadableFile`, also for an answer that is an error.
    """
    content = open_content(path, LIMITS)
    if content.kind == "json":
        yield from _answered(content)
    elif content.kind == "csv":
        yield from _listed(content, refuse)
    else:
        raise UnreadableFile(content.name, "a zip or workbook", f"{EXPECTED}, unpacked")


def _answered(content: Content) -> Iterator[Entry]:
    answer = document_in(content, EXPECTED)
    pages = answer if isinstance(answer, list) else [answer]
    number = 0
    for page in pages:
        for result in _results(content.name, page):
            yield _result(f"results[{number}]", result if isinstance(result, dict) else {})
            number += 1


def _results(name: str, page: Any) -> list[Any]:
    """The results of one answer. The registry says its errors with status 200."""
    if isinstance(page, dict) and (errors := _objects(page, "Errors")):
        said = "; ".join(str(one.get("description")) for one in errors)
        raise UnreadableFile(name, f"an error of the registry: {said[:200]}", EXPECTED)
    if not isinstance(page, dict) or not isinstance(page.get("results"), list):
        raise UnreadableFile(name, "JSON without results", EXPECTED)
    results: list[Any] = page["results"]
    return results


def _result(row: str, result: Json) -> Entry:
    if result.get("enumeration_type") != "NPI-2":
        return Entry(
            row, person=result.get("enumeration_type") == "NPI-1", npi=_text(result, "number")
        )
    basic = result.get("basic")
    basic = basic if isinstance(basic, dict) else {}
    in_use = [one for one in _objects(result, "other_names") if _text(one, "code") in IN_USE]
    names = (
        _text(basic, "organization_name"),
        *(_text(one, "organization_name") for one in in_use),
    )
    doors = [
        one for one in _objects(result, "addresses") if _text(one, "address_purpose") == "LOCATION"
    ]
    return Entry(
        row,
        person=False,
        npi=_text(result, "number"),
        active=_text(basic, "status") in ("A", ""),
        names=_named(names),
        taxonomies=tuple(_text(one, "code") for one in _objects(result, "taxonomies")),
        spots=tuple(_spot(one) for one in (*doors, *_objects(result, "practiceLocations"))),
        told_on=_day(_text(basic, "last_updated"), "%Y-%m-%d"),
    )


def _spot(plain: Json) -> Spot:
    address = Address(
        city=_text(plain, "city") or None,
        state=_text(plain, "state") or None,
        zip=_text(plain, "postal_code")[:5] or None,
        street=_text(plain, "address_1") or None,
        unit=_text(plain, "address_2") or None,
    )
    return Spot(_text(plain, "telephone_number"), address)


_PLACE = "provider business practice location address"
_COLUMNS = {
    "address_1": "provider first line business practice location address",
    "address_2": "provider second line business practice location address",
    "city": f"{_PLACE} city name",
    "state": f"{_PLACE} state name",
    "postal_code": f"{_PLACE} postal code",
    "telephone_number": f"{_PLACE} telephone number",
}
_LEGAL, _OTHER = (
    "provider organization name (legal business name)",
    "provider other organization name",
)


def _listed(content: Content, refuse: Refuse) -> Iterator[Entry]:
    table = tables_in(content, LIMITS)[""]
    table.require(("npi", "entity type code", _LEGAL, *_COLUMNS.values()))
    for number, row in table.named(refuse):
        yield _row(f"row {number}", row)


def _row(place: str, row: dict[str, str]) -> Entry:
    if row["entity type code"] != "2":
        return Entry(place, person=row["entity type code"] == "1", npi=row["npi"])
    ended, again = row.get("npi deactivation date"), row.get("npi reactivation date")
    other = row.get(_OTHER) if row.get(f"{_OTHER} type code") in IN_USE else ""
    codes = (row.get(f"healthcare provider taxonomy code_{n + 1}") for n in range(MOST_TAXONOMIES))
    return Entry(
        place,
        person=False,
        npi=row["npi"],
        active=not ended or bool(again),
        names=_named((row[_LEGAL], other or "")),
        taxonomies=tuple(filter(None, codes)),
        spots=(_spot({name: row[column] for name, column in _COLUMNS.items()}),),
        told_on=_day(row.get("last update date", ""), "%m/%d/%Y"),
    )


def _named(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _objects(holder: Json, name: str) -> list[Json]:
    values = holder.get(name)
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []


def _text(holder: Json, name: str) -> str:
    """A value as text: numbers are written both ways."""
    value = holder.get(name)
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return " ".join(str(value).split())[:200]
    return ""


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
