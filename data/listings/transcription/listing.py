"""Gathered places in the listing format: organizations, sites and programs with evidence."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from transcription.codes import Meanings, say_federal, say_license, say_state
from transcription.facts import Sheet
from transcription.names import organization_key, slug, street_key
from transcription.pages import (
    door_of,
    focus_of,
    level_of,
    page_gives_address,
    registry,
    say_page,
    say_registry_license,
)
from transcription.places import Place
from transcription.sources import DHCS, SAMHSA, SEEN_ON, Door, FederalRow, Page, StateRow

Json = dict[str, Any]
ORGANIZATION: dict[str, type] = {"name": str, "website": str}
SITE: dict[str, type] = {"name": str, "phone": str, "address": dict}
PROGRAM: dict[str, type] = {
    "name": str, "description": str, "level_of_care": str, "level_evidence": str, "focus": list,
    "conditions": list, "services": list, "ages": dict, "populations": dict, "languages": dict,
    "payers": list, "weeks": dict, "attendance": str, "licenses": list, "accreditations": list,
    "tracks": list,
}  # fmt: skip
NAMES = {
    ("iop", "substance_use"): "{}: IOP",
    ("php", "substance_use"): "{}: day program (PHP)",
    ("outpatient", "substance_use"): "{}",
    ("php", "mental_health"): "{}: mental health day program (PHP)",
    ("iop", "mental_health"): "{}: mental health, may offer an IOP",
}
NEWS = {"pasadenanow.com", "blog.providence.org"}


@dataclass(frozen=True, slots=True)
class Tables:
    """What codes and phrases mean."""

    meanings: Meanings
    phrases: Mapping[str, list[str]]


@dataclass(slots=True)
class Draft:
    """One program in the making. `federal` is false where only the state or a page knows it."""

    id: str
    level: str
    focus: str
    sheet: Sheet
    federal: bool = False


def listing(places: list[Place], tables: Tables) -> Json:
    """The whole file, ordered by id."""
    ids = site_ids(places)
    organizations: dict[str, Json] = {}
    for place, site_id in zip(places, ids, strict=True):
        organization = _organization(place)
        key = organization_key(organization["name"])
        held = organizations.setdefault(key, {"id": slug(organization["name"]), **organization})
        held.setdefault("sites", []).append(_site(place, site_id, tables))
    for organization in organizations.values():
        organization["sites"].sort(key=lambda site: site["id"])
    return {
        "source": {
            "name": "Stepwise transcription of public lists and pages",
            "url": None,
            "seen_on": SEEN_ON,
            "method": "list",
        },
        "organizations": sorted(organizations.values(), key=lambda found: found["id"]),
    }


def site_ids(places: list[Place]) -> list[str]:
    """A slug of the name; with city, then street, where the name alone is not one site's."""
    names = [slug(_first_name(place)) for place in places]
    cities = [
        f"{name}-{slug(_first_door(p).city or '')}" for name, p in zip(names, places, strict=True)
    ]
    used, towns = Counter(names), Counter(cities)
    return [
        name
        if used[name] == 1
        else city
        if towns[city] == 1
        else f"{name}-{'-'.join(street_key(_first_door(place).street or ''))}"
        for name, city, place in zip(names, cities, places, strict=True)
    ]


def _first_door(place: Place) -> Door:
    return next(place.doors())


def _first_name(place: Place) -> str:
    if place.federal:
        return place.federal[0].name
    return place.state[0].name if place.state else place.pages[0].row["organisation"]


def _organization(place: Place) -> Json:
    sheet = Sheet()
    for row in place.federal:
        sheet.say("name", row.organization, SAMHSA)
    for certificate in place.state:
        sheet.say("name", certificate.organization, DHCS)
    for page in place.pages:
        if not (place.federal or place.state):
            sheet.say("name", page.row["organisation"], page.source)
        url = urlsplit(page.row["source_url"])
        if url.netloc not in NEWS:
            sheet.say("website", f"{url.scheme}://{url.netloc}/", page.source)
    return sheet.settled(ORGANIZATION)


def _site(place: Place, site_id: str, tables: Tables) -> Json:
    sheet = Sheet()
    for row in place.federal:
        _say_door(sheet, row.name, row.door, SAMHSA, place.withheld)
    for certificate in place.outpatient():
        _say_door(sheet, certificate.name, certificate.door, DHCS, place.withheld)
    for page in place.pages:
        _say_page_door(sheet, page, place)
    site: Json = {"id": site_id, **sheet.settled(SITE), "time_zone": "America/Los_Angeles"}
    site["evidence"]["time_zone"] = site["evidence"]["address"]
    if place.outpatient() and not place.withheld:
        site |= {"lat": place.outpatient()[0].lat, "lon": place.outpatient()[0].lon}
        site["evidence"]["location"] = DHCS
    programs = [_program(draft) for draft in _drafts(place, site_id, site["name"], tables)]
    return site | {"programs": sorted(programs, key=lambda program: str(program["id"]))}


def _say_door(sheet: Sheet, name: str, door: Door, source: Json, withheld: bool) -> None:
    sheet.say("name", name, source)
    sheet.say("phone", door.phone, source)
    # The list that keeps a street back also says which city and ZIP are shown.
    if not withheld or door.withheld or "address" not in sheet.single:
        sheet.say("address", _address(door, withheld), source)


def _address(door: Door, withheld: bool) -> Json:
    return {
        "street": None if withheld else door.street,
        "unit": None if withheld else door.unit,
        "city": door.city,
        "state": "CA",
        "zip": door.zip,
        "withheld": withheld,
    }


def _say_page_door(sheet: Sheet, page: Page, place: Place) -> None:
    door, listed = door_of(page), registry(page)
    sheet.say("name", page.row["organisation"], page.source)
    sheet.say("phone", door.phone, page.source if page.row["phone"] else listed or page.source)
    if page_gives_address(page) or not (place.federal or place.state):
        own = page_gives_address(page) or listed is None or not page.row["registry_city"]
        source = page.source if own or listed is None else listed
        sheet.say("address", _address(door, place.withheld), source)


def _drafts(place: Place, site_id: str, name: str, tables: Tables) -> list[Draft]:
    drafts: list[Draft] = []
    for row in place.federal:
        drafts += _federal_drafts(row, site_id, name, tables)
    for page in place.pages:
        draft = _page_draft(drafts, page, tables)
        if not place.state:
            say_registry_license(draft.sheet, page)
    for certificate in place.outpatient():
        _add_certificate(drafts, certificate, site_id, name)
    for certificate in place.state:
        for draft in drafts:
            if "substance_use" in draft.sheet.items["focus"]:
                say_license(draft.sheet, certificate)
    return drafts


def _federal_drafts(row: FederalRow, site_id: str, name: str, tables: Tables) -> list[Draft]:
    mental = row.directory == "mental"
    stated = {"php": "PHDT"} if mental else {"iop": "OIT", "php": "ODT"}
    found = {level: "stated" for level, code in stated.items() if code in row.codes}
    if mental:
        found["iop"] = "suggested"
    if not found:
        found["outpatient"] = "stated"
    return [_federal_draft(row, site_id, name, found, level, tables) for level in found]


def _federal_draft(
    row: FederalRow, site_id: str, name: str, found: Mapping[str, str], level: str, tables: Tables
) -> Draft:
    mental = row.directory == "mental"
    focus = "mental_health" if mental else "substance_use"
    draft = Draft(f"{site_id}-{'mh-' if mental else ''}{level}", level, focus, Sheet(), True)
    _say_level(draft, NAMES[level, focus].format(name), found[level], SAMHSA)
    say_federal(draft.sheet, row, tables.meanings)
    return draft


def _say_level(draft: Draft, name: str, evidence: str, source: Json) -> None:
    draft.sheet.say("name", name, source)
    draft.sheet.say("level_of_care", draft.level, source)
    draft.sheet.say("level_evidence", evidence, source)


def _page_draft(drafts: list[Draft], page: Page, tables: Tables) -> Draft:
    level, focus = level_of(page), focus_of(page)
    draft = next((d for d in drafts if d.level == level and d.focus in focus and d.federal), None)
    if draft is None:
        draft = Draft(page.id, level, focus[0], Sheet())
        drafts.append(draft)
    draft.id = page.id
    say_page(draft.sheet, page, dict(tables.phrases))
    return draft


def _add_certificate(drafts: list[Draft], row: StateRow, site_id: str, name: str) -> None:
    if any("substance_use" in draft.sheet.items["focus"] for draft in drafts):
        return
    named_iop = "IOP" in f"{row.name} {row.organization}".split()
    level = "iop" if named_iop else "outpatient"
    program_id = site_id if site_id.endswith(f"-{level}") else f"{site_id}-{level}"
    draft = Draft(program_id, level, "substance_use", Sheet())
    _say_level(draft, name, "suggested" if named_iop else "stated", DHCS)
    say_state(draft.sheet, row)
    drafts.append(draft)


def _program(draft: Draft) -> Json:
    facts = draft.sheet.settled(PROGRAM)
    # How sure the level is belongs to the level: it has no age of its own.
    facts["evidence"].pop("level_evidence", None)
    return {"id": draft.id, **facts}
