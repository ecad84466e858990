"""Meetings out of the Meeting Guide JSON format (code4recovery/spec): an array of weekly meetings.

Days count from Sunday (0) there and from Monday here. Names, phones and mail of contacts and all
free notes are left out: they may name somebody.
"""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson

from directory.catalog.meeting import Meeting
from directory.curation.reading import Refused, shown
from directory.errors import UnreadableFile
from directory.places.place import Place

Point = tuple[float, float]
Locate = Callable[[str, str, str], Place | None]
"""The point of a ZIP, else of a city in a state; each may be ""."""

DEFAULT_MINUTES = 60
CLOSED_FOR_NOW = "TC"
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_ZIP = re.compile(r"\b(\d{5})(?:-\d{4})?\b(?=,?\s*(?:USA?|United States)?\s*$)")
_STREET = re.compile(r"^\s*\d+\s+\S")
_PHONE = re.compile(r"\+?[0-9][0-9 ()*,#.-]{4,}")
_CITY = re.compile(r"([^,]+),\s*([A-Z]{2})\b[^,]*(?:,\s*(?:USA?|United States))?\s*$")


@dataclass(frozen=True, slots=True)
class MeetingsRead:
    """What a file holds: how many rows, the meetings that can be used, the rows that cannot."""

    read: int
    meetings: tuple[Meeting, ...]
    refused: tuple[Refused, ...]


class _Unusable(Exception):  # noqa: N818 - the same as a refusal, inside this module
    def __init__(self, field: str, got: object, expected: str) -> None:
        super().__init__(field)
        self.reason = field, shown(got), expected


def read_meetings(path: Path, locate: Locate) -> MeetingsRead:
    """Every meeting of a file. Raises `UnreadableFile`; a bad row is reported and the rest is read."""
    rows = _rows(path)
    found: dict[str, Meeting] = {}
    refused: list[Refused] = []
    for number, row in enumerate(rows):
        try:
            meeting = _meeting(row, locate)
            if meeting.id in found:
                raise _Unusable("slug", meeting.id, "a slug that no other meeting of the file has")
            found[meeting.id] = meeting
        except _Unusable as unusable:
            refused.append(Refused(f"[{number}]", *unusable.reason))
    return MeetingsRead(len(rows), tuple(found.values()), tuple(refused))


def _rows(path: Path) -> Sequence[object]:
    try:
        rows = orjson.loads(path.read_bytes())
    except OSError:
        raise UnreadableFile(str(path), "no such file", "a Meeting Guide JSON file") from None
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(path.name, f"no JSON ({error})", "a Meeting Guide JSON file") from None
    if not isinstance(rows, list):
        raise UnreadableFile(path.name, type(rows).__name__, "a JSON array of meetings")
    return rows


def _meeting(row: object, locate: Locate) -> Meeting:
    if not isinstance(row, Mapping):
        raise _Unusable("meeting", row, "an object with name, slug, day and time")
    point, link, phone = _point(row, locate), _web(row, "conference_url"), _phone(row)
    if not (point or link or phone):
        got = _text(row, "formatted_address") or _text(row, "address")
        raise _Unusable("place", got, "a street address with its ZIP, a conference_url or a phone")
    start = _minute(row, "time")
    return Meeting(
        id=_slug(row),
        name=_named(row),
        days=_days(row.get("day")),
        start=start,
        end=_minute(row, "end_time") if row.get("end_time") else (start + DEFAULT_MINUTES) % 1440,
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        place=_text(row, "location") if point else "",
        address=_address(row) if point else "",
        time_zone=_zone(row),
        link=link,
        phone=phone,
        page=_web(row, "url"),
        types=_types(row.get("types")),
    )


def _text(row: Mapping[str, object], field: str, most: int = 255) -> str:
    """A text on one line without markup; "" if there is none."""
    value = row.get(field)
    plain = re.sub(r"<[^>]*>", " ", html.unescape(value)) if isinstance(value, str) else ""
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())[:most]


def _named(row: Mapping[str, object]) -> str:
    name = _text(row, "name")
    if not name:
        raise _Unusable("name", row.get("name"), "the name of the meeting")
    return name


def _slug(row: Mapping[str, object]) -> str:
    slug = row.get("slug")
    if isinstance(slug, bool) or not isinstance(slug, str | int) or not str(slug).strip():
        raise _Unusable("slug", slug, "a text or a number that names the meeting")
    return str(slug).strip()[:64]


def _days(value: object) -> tuple[int, ...]:
    """Days from Monday, for one day or several from Sunday."""
    listed = value if isinstance(value, list) else [value]
    days = [
        int(str(one)) for one in listed if str(one) in {*"0123456"} and not isinstance(one, bool)
    ]
    if not days or len(days) < len(listed):
        raise _Unusable("day", value, "0 (Sunday) to 6; a meeting by appointment stands in no week")
    return tuple(sorted({(day + 6) % 7 for day in days}))


def _minute(row: Mapping[str, object], field: str) -> int:
    value = row.get(field)
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise _Unusable(field, value, "a time such as 18:30")
    return int(found[1]) * 60 + int(found[2])


def _point(row: Mapping[str, object], locate: Locate) -> Point | None:
    """Where one goes: only with a street, and unless it is closed for now."""
    street = _text(row, "address") or _text(row, "formatted_address")
    if not _STREET.match(street) or row.get("approximate") == "yes":
        return None
    if CLOSED_FOR_NOW in _types(row.get("types")):
        return None
    lat, lon = (row.get(field) for field in ("latitude", "longitude"))
    if _degrees(lat, 90) and _degrees(lon, 180):
        return float(str(lat)), float(str(lon))
    place = locate(*_zip_and_city(row))
    return (place.lat, place.lon) if place else None


def _degrees(value: object, most: int) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 < abs(float(str(value))) <= most


def _zip_and_city(row: Mapping[str, object]) -> tuple[str, str, str]:
    whole = _text(row, "formatted_address")
    zip_code = _text(row, "postal_code")[:5] or (m[1] if (m := _ZIP.search(whole)) else "")
    city, state = _text(row, "city"), _text(row, "state")
    if not (city and state) and (m := _CITY.search(whole)):
        city, state = m[1].strip(), m[2]
    return zip_code, city, state


def _address(row: Mapping[str, object]) -> str:
    """The street and the city, as they are told."""
    whole = re.sub(r",\s*(?:USA?|United States)\s*$", "", _text(row, "formatted_address"))
    parts = (_text(row, field) for field in ("address", "city", "state"))
    return whole or ", ".join(part for part in parts if part)


def _web(row: Mapping[str, object], field: str) -> str:
    """An https address; "" for anything else."""
    address = _text(row, field, 2_000)
    return address if re.fullmatch(r"https://[^\s\"<>]+", address) else ""


def _phone(row: Mapping[str, object]) -> str:
    phone = _text(row, "conference_phone", 60)
    return phone if _PHONE.fullmatch(phone) else ""


def _zone(row: Mapping[str, object]) -> str | None:
    name = _text(row, "timezone")
    try:
        return ZoneInfo(name).key if name else None
    except (OSError, ValueError):
        return None


def _types(value: object) -> tuple[str, ...]:
    return (
        tuple(str(one) for one in value if isinstance(one, str)) if isinstance(value, list) else ()
    )
