"""A place to call as a vCard 4.0 (RFC 6350). It names no person."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from directory.catalog.program import Site

PRODUCT = "-//Stepwise//A program to call//EN"
MOST_OCTETS = 75
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NO_URL = re.compile(r"[\x00-\x20\x7f-\xa0]")
_US_PHONE = re.compile(r"(?P<number>[0-9]{3}-[0-9]{3}-[0-9]{4})(?: x(?P<extension>[0-9]{1,9}))?")


@dataclass(frozen=True, slots=True)
class Card:
    """One program as an address book shows it.

    `key` makes it the same card when it is fetched again; `urls` are our page, then their own;
    `notes` are whole sentences; `revised` is the day its facts were aged on.
    """

    key: str
    name: str
    organization: str
    unit: str
    site: Site
    urls: tuple[str, ...]
    notes: tuple[str, ...]
    revised: date


def contact_card(card: Card) -> bytes:
    """The file. A withheld street is left out, and so is its point on the map."""
    return "".join(_folded(line) for line in _lines(card)).encode()


def _lines(card: Card) -> Iterator[str]:
    site = card.site
    yield from ("BEGIN:VCARD", "VERSION:4.0", f"PRODID:{_text(PRODUCT)}", "KIND:org")
    yield f"UID:{uuid5(NAMESPACE_URL, card.key).urn}"
    yield f"REV:{card.revised:%Y%m%d}T000000Z"
    yield f"FN:{_text(card.name)}"
    yield f"ORG:{_text(card.organization)};{_text(card.unit)}"
    if site.phone:
        yield _phone(site.phone)
    yield from _place(site)
    if site.time_zone:
        yield f"TZ:{_text(site.time_zone)}"
    yield from (f"URL:{url}" for url in card.urls if not _NO_URL.search(url))
    if card.notes:
        yield f"NOTE:{_text(chr(10).join(card.notes))}"
    yield "END:VCARD"


def _phone(phone: str) -> str:
    """A number to press; as it is written where it is no number of the United States."""
    found = _US_PHONE.fullmatch(phone)
    if not found:
        return f'TEL;TYPE="voice,work":{_text(phone)}'
    extension = f";ext={found['extension']}" if found["extension"] else ""
    return f'TEL;VALUE=uri;TYPE="voice,work":tel:+1-{found["number"]}{extension}'


def _place(site: Site) -> Iterator[str]:
    """The address as far as it is told, and the point if the street is."""
    address = site.address
    door = () if address.withheld else (address.street, address.unit)
    street = ",".join(_text(part) for part in door if part)
    rest = (address.city, address.state, address.zip)
    if street or any(rest):
        yield f"ADR;TYPE=work:;;{street};{';'.join(_text(part or '') for part in rest)};USA"
    if not address.withheld and site.lat is not None and site.lon is not None:
        yield f"GEO:geo:{site.lat},{site.lon}"


def _text(value: str) -> str:
    """A value in which nothing separates, and that stays on one line."""
    lines = (_CONTROL.sub("", line) for line in value.splitlines())
    return "\\n".join(re.sub(r"([\\,;])", r"\\\1", line) for line in lines)


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which ends inside a character."""
    pieces, size = [""], 0
    for character in line:
        wide = len(character.encode())
        if size + wide > MOST_OCTETS:
            pieces.append("")
            size = 1  # the blank that says: this goes on
        pieces[-1] += character
        size += wide
    return "\r\n ".join(pieces) + "\r\n"
