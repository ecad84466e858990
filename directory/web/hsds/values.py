"""The kinds of values that HSDS parameters take: how each is described, and read from text and JSON.

Strict: a value that is mistyped is refused, never guessed at; digits are ASCII.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

Json = dict[str, Any]
Read = Callable[[Any], Any]

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MIDNIGHT = 24 * 60

_WHOLE = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,30})?([eE][-+]?[0-9]{1,3})?")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(Z|([+-])(\d\d):(\d\d))",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """`schema` describes a value in JSON; `of_text` and `of_json` read it, or raise ValueError."""

    schema: Json
    expected: str
    of_text: Read
    of_json: Read


def choice(*allowed: str) -> Kind:
    """One of some words."""

    def read(value: Any) -> str:
        return str(_held(value, isinstance(value, str) and value in allowed))

    schema = {"type": "string", "enum": list(allowed)}
    return Kind(schema, f"one of {', '.join(allowed)}", read, read)


def pattern(expected: str, shape: str, longest: int) -> Kind:
    """A text of one shape; `longest` keeps a last line feed out, which some dialects let pass."""
    compiled = re.compile(shape, re.ASCII)

    def read(value: Any) -> str:
        return str(_held(value, isinstance(value, str) and bool(compiled.fullmatch(value))))

    schema = {"type": "string", "pattern": f"^{shape}$", "maxLength": longest}
    return Kind(schema, expected, read, read)


def text(longest: int) -> Kind:
    """Any text that is not empty."""

    def read(value: Any) -> str:
        return str(_held(value, isinstance(value, str) and 1 <= len(value) <= longest))

    schema = {"type": "string", "minLength": 1, "maxLength": longest}
    return Kind(schema, f"1 to {longest} characters", read, read)


def whole(least: int, most: int) -> Kind:
    """A whole number within bounds."""

    def of_json(value: Any) -> int:
        number = not isinstance(value, bool) and isinstance(value, int | float)
        return int(_held(value, number and value % 1 == 0 and least <= value <= most))

    def of_text(value: str) -> int:
        return of_json(int(_held(value, bool(_WHOLE.fullmatch(value)))))

    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Kind(schema, f"a whole number from {least} to {most}", of_text, of_json)


def number(least: float, most: float) -> Kind:
    """A number within bounds."""

    def of_json(value: Any) -> float:
        right = not isinstance(value, bool) and isinstance(value, int | float)
        return float(_held(value, right and least <= value <= most))

    def of_text(value: str) -> float:
        return of_json(float(_held(value, bool(_NUMBER.fullmatch(value)))))

    schema = {"type": "number", "minimum": least, "maximum": most}
    return Kind(schema, f"a number from {least:g} to {most:g}", of_text, of_json)


def _of_flag(value: Any) -> bool:
    return bool(_held(value, isinstance(value, bool)))


def _of_flag_text(value: str) -> bool:
    return bool(_held(value, value in ("true", "false")) == "true")


def _of_uuid(value: Any) -> str:
    lower = value.lower() if isinstance(value, str) else ""
    return str(_held(lower, bool(_UUID.fullmatch(lower))))


def _of_day(value: Any) -> int:
    return DAYS.index(_held(value, isinstance(value, str) and value in DAYS))


def _of_clock(value: Any) -> int:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(value)
    return int(found[1]) * 60 + int(found[2])


def _of_moment(value: Any) -> datetime:
    """RFC 3339, as UTC without its zone: what lies before the first or after the last day is that."""
    found = _MOMENT.fullmatch(value.upper()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(value)
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    # Year 0 and leap seconds are RFC 3339, and unknown to Python.
    local = datetime(max(year, 1), month, day, hour, minute, min(second, 59), tzinfo=UTC)
    try:
        zone = _zone(found[8], int(found[9] or 0), int(found[10] or 0))
        return local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        return local.replace(tzinfo=None)


def _zone(sign: str | None, hours: int, minutes: int) -> timezone:
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if sign == "-" else ahead)


def _held(value: Any, right: bool) -> Any:
    if not right:
        raise ValueError(value)
    return value


FLAG = Kind({"type": "boolean"}, "true or false", _of_flag_text, _of_flag)
UUID = Kind({"type": "string", "format": "uuid"}, "a UUID", _of_uuid, _of_uuid)
DAY = Kind({"type": "string", "enum": list(DAYS)}, f"one of {', '.join(DAYS)}", _of_day, _of_day)
CLOCK = Kind(
    {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "maxLength": 5},
    "a time such as 17:30",
    _of_clock,
    _of_clock,
)
MOMENT = Kind(
    {"type": "string", "format": "date-time"},
    "a moment such as 2026-11-24T18:00:00Z",
    _of_moment,
    _of_moment,
)
