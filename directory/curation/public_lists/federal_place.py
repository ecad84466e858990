"""One row of a federal list: its name in two lines, its door, its codes; to organization and site."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.curation.public_lists.federal_codes import service_codes
from directory.curation.public_lists.federal_facts import FederalFacts, FederalRow
from directory.curation.public_lists.names import (
    full_name,
    is_withheld,
    joined_name,
    key_of,
    slug,
)
from directory.curation.public_lists.roll import Door, Roll
from directory.curation.public_lists.row import Row

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FederalPlace:
    """A row, the survey it stands in (None if nothing says it), its codes, its importer's prefix.

    `unread` are words of the row that mean no code.
    """

    row: Row
    survey: str | None
    codes: frozenset[str]
    prefix: str
    cells: Mapping[str, Any]
    unread: tuple[str, ...] = ()


def add_place(roll: Roll, facts: FederalFacts, place: FederalPlace) -> None:
    """Put a row on the roll, or refuse it with the reason."""
    row, survey = place.row, place.survey
    name1, name2 = row.text("name1"), row.text("name2")
    if survey is None:
        row.refuse("directory_type", " ".join(sorted(place.codes)), "substance or mental")
    if not slug(name1):
        row.refuse("name1", name1, "the name of a place")
    if survey is None or not slug(name1):
        return
    name = full_name(name1, name2)
    site = _site(row, name)
    address = site["address"]
    street = "withheld" if address["withheld"] else slug(row.text("street1"))
    parts = (place.prefix, survey, slug(name), street, address["zip"] or "no-zip")
    key = roll.key(place.cells, parts, row.text("street2") or row.text("phone"))
    if key is None:
        return
    unknown = sorted({*(place.codes - service_codes().known), *place.unread})
    roll.not_understood(row, unknown)
    programs = facts.programs(FederalRow(key, survey, name, place.codes))
    organization = _organization(row, place.prefix, joined_name(name1, name2), address["state"])
    roll.speaks_for.add(f"{place.prefix}:{survey}:")
    roll.add(row, key, Door(organization, site, programs))


def _organization(row: Row, prefix: str, name: str, state: str | None) -> Plain:
    """Who runs it, by name and state: nothing else in the list says it."""
    key = key_of(prefix, slug(name), (state or "us").lower())
    return {"id": key, "name": name, "website": row.website("website")}


def _site(row: Row, name: str) -> Plain:
    state = row.state("state")
    withheld = is_withheld(row.text("street1"))
    address = {
        "street": None if withheld else row.words("street1"),
        "unit": None if withheld else row.words("street2", 100),
        "city": row.words("city", 100),
        "state": state,
        "zip": row.zip("zip", state),
        "withheld": withheld,
    }
    point = {} if withheld else row.location("latitude", "longitude", state)
    return {"name": name, "phone": row.phone("phone"), "address": address, **point}
