"""What a person means by what they typed: a ZIP, coordinates, a name, or nothing we can place.

Looks at the form only; whether such a place exists is the gazetteer's business.
"""

import re
import unicodedata
from dataclasses import dataclass

from directory.places.spelling import LONGEST_NAME, fold
from directory.places.states import FOREIGN_NAMES, HOME_NAMES, STATE_BY_NAME


@dataclass(frozen=True, slots=True)
class AskedNothing:
    """Blank, only characters nobody sees, or "near me" in words: no place is named."""


@dataclass(frozen=True, slots=True)
class AskedAbroad:
    """A Canadian or British postcode, or a place with a foreign country or province."""


@dataclass(frozen=True, slots=True)
class AskedZip:
    """Five digits; ZIP+4 has lost its last four."""

    zip: str


@dataclass(frozen=True, slots=True)
class AskedWrongZip:
    """Digits that are no ZIP as they stand; `digits` are 0 to 9 whatever script they came in."""

    digits: str


@dataclass(frozen=True, slots=True)
class AskedPoint:
    """Coordinates, rounded to 2 decimals (about half a mile) before anything else sees them."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class NameReading:
    """One way to read a name: folded, with the state if one was written."""

    folded: str
    state: str | None


@dataclass(frozen=True, slots=True)
class AskedName:
    """A name, with the ways to read it, best first; `zip_at_end` where an address ends in one.

    `ends_abroad`: its last word is a country, unless this is the name ("La Canada").
    """

    readings: tuple[NameReading, ...]
    zip_at_end: str | None
    ends_abroad: bool


Asked = AskedNothing | AskedAbroad | AskedZip | AskedWrongZip | AskedPoint | AskedName

_ZIP = re.compile(r"([0-9]{5})(?:[-\s]?[0-9]{4})?")
_ZIP_AT_END = re.compile(r"(?<![0-9])([0-9]{5})(?:-[0-9]{4})?$")
_POINT = re.compile(r"([+-]?[0-9]{1,3}\.[0-9]{1,15})\s*[,;\s]\s*([+-]?[0-9]{1,3}\.[0-9]{1,15})")
_CANADIAN = re.compile(r"[a-z][0-9][a-z](?: ?[0-9][a-z][0-9])?", re.IGNORECASE | re.ASCII)
_BRITISH = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2}", re.IGNORECASE | re.ASCII)
_HERE = frozenset({"near me", "here", "my location", "cerca de mi", "aqui", "mi ubicacion"})
_LEADING_WORDS = ("near ", "city of ", "town of ", "cerca de ")


def read(text: str) -> Asked:
    """What was asked for. Takes any text; only the first 120 characters count."""
    plain = visible(text)
    if not plain or fold(plain) in _HERE:
        return AskedNothing()
    if zip_code := _ZIP.fullmatch(plain):
        return AskedZip(zip_code[1])
    if point := _POINT.fullmatch(plain):
        return AskedPoint(round(float(point[1]), 2), round(float(point[2]), 2))
    if _CANADIAN.fullmatch(plain) or _BRITISH.fullmatch(plain):
        return AskedAbroad()
    if digits := digits_only(plain):
        return AskedWrongZip(digits)
    return read_name(plain)


def visible(text: str) -> str:
    """The text without control, format and unassigned characters, single-spaced, cut to length."""
    seen = (" " if unicodedata.category(c).startswith("C") else c for c in text[:LONGEST_NAME])
    return " ".join("".join(seen).split())


def digits_only(plain: str) -> str:
    """Its digits as 0 to 9, if it is digits (of any script), blanks and hyphens only; else ""."""
    if not all(c.isdecimal() or c in " -" for c in plain):
        return ""
    return "".join(str(unicodedata.decimal(c)) for c in plain if c.isdecimal())


def read_name(plain: str) -> AskedName | AskedAbroad:
    """A name and perhaps a state, country or ZIP after it."""
    at_end = _ZIP_AT_END.search(plain)
    named = plain[: at_end.start()] if at_end else plain
    parts = [part for part in map(fold, named.split(",")) if part]
    if len(parts) > 1 and parts[-1] in HOME_NAMES:
        parts.pop()
    if len(parts) > 1 and parts[-1] in FOREIGN_NAMES:
        return AskedAbroad()
    zip_at_end = at_end[1] if at_end else None
    return AskedName(tuple(name_readings(parts)), zip_at_end, ends_abroad(parts))


def ends_abroad(parts: list[str]) -> bool:
    """Whether the last of several words is a country's name."""
    words = parts[-1].split() if parts else []
    return len(words) > 1 and words[-1] in FOREIGN_NAMES


def name_readings(parts: list[str]) -> list[NameReading]:
    """The ways to read folded comma-separated parts, best first, without repeats."""
    if not parts:
        return []
    if len(parts) > 1 and (state := STATE_BY_NAME.get(parts[-1])):
        readings = [NameReading(parts[-2], state), NameReading(" ".join(parts[:-1]), state)]
    elif len(parts) > 1:
        whole = NameReading(" ".join(parts), None)
        readings = [whole, NameReading(parts[0], None), *readings_of(parts[-1])]
    else:
        readings = readings_of(parts[0])
    return list(dict.fromkeys(readings))


def readings_of(phrase: str) -> list[NameReading]:
    """A phrase without commas: the whole as a name, or its last words as the state."""
    words = phrase.split()
    split_names = [
        NameReading(" ".join(words[:-size]), state)
        for size in (1, 2, 3)
        if len(words) > size and (state := STATE_BY_NAME.get(" ".join(words[-size:])))
    ]
    shorter = [
        reading
        for lead in _LEADING_WORDS
        if phrase.startswith(lead)
        for reading in readings_of(phrase.removeprefix(lead))
    ]
    return [NameReading(phrase, None), *split_names, *shorter]
