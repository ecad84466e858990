"""What one value must look like. Each check answers the clean value or says what it expected."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Any
from zoneinfo import available_timezones

import phonenumbers
from marshmallow import ValidationError
from rapidfuzz import process

from directory.catalog.vocabulary import Vocabulary
from directory.places.states import STATE_NAMES

Check = Callable[[Any], Any]

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,199}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_ROLE = re.compile(r"[a-z][a-z0-9 -]{1,39}")
_DATE = re.compile(r"(19|20)\d\d-\d\d-\d\d")
_URL = re.compile(r"https?://[^\s/@]+\.[^\s/@]+(/\S*)?", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def matching(pattern: re.Pattern[str], expected: str) -> Check:
    """Text of one shape."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValidationError(expected)
        return value

    return check


identifier = matching(_IDENTIFIER, "an id of letters, digits and . _ : - (at most 200)")
end_of_session = matching(_TIME, "a time such as 21:00 (HH:MM, up to 24:00)")
start_of_session = matching(
    re.compile(_TIME.pattern.removesuffix("|24:00")), "a time such as 18:00 (HH:MM, up to 23:59)"
)
zip_code = matching(re.compile(r"[0-9]{5}"), "a ZIP of 5 digits, leading zero kept")


def text(longest: int) -> Check:
    """Plain text without control characters, blanks at the ends taken off."""
    expected = f"text of at most {longest:,} characters, without control characters"

    def check(value: Any) -> str | None:
        if not isinstance(value, str) or len(value) > longest or _CONTROL.search(value):
            raise ValidationError(expected)
        return value.strip() or None

    return check


def required_text(longest: int) -> Check:
    """Text that is not blank."""
    read = text(longest)

    def check(value: Any) -> str:
        if (found := read(value)) is None:
            raise ValidationError("text, not blank")
        return str(found)

    return check


def one_of(allowed: Iterable[str], what: str = "one of") -> Check:
    """One word of a short list; a near one is suggested."""
    words = tuple(allowed)
    known = frozenset(words)

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in known:
            raise ValidationError(_suggestion(value, words, what))
        return value

    return check


def code_of(vocabulary: Vocabulary) -> Check:
    """A code of a vocabulary."""
    return one_of(vocabulary.codes(), f"a code of {vocabulary.kind}:")


def each(check: Check) -> Check:
    """A list of different values."""

    def check_all(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise ValidationError("a list")
        errors: dict[int, list[Any]] = {}
        clean: list[Any] = []
        for place, item in enumerate(value):
            try:
                clean.append(check(item))
            except ValidationError as error:
                errors[place] = list(error.messages)
            else:
                if item in value[:place]:
                    errors[place] = ["each value once"]
        if errors:
            raise ValidationError(errors)
        return clean

    return check_all


def pairs(key: Check, stance: Check) -> Check:
    """An object from codes to words."""

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValidationError('an object such as {"women": "dedicated"}')
        errors: dict[str, list[Any]] = {}
        for name, word in value.items():
            try:
                key(name)
                stance(word)
            except ValidationError as error:
                errors[name] = list(error.messages)
        if errors:
            raise ValidationError(errors)
        return dict(value)

    return check


def whole(least: int, most: int) -> Check:
    """A whole number of a range."""

    def check(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValidationError(f"a whole number from {least:,} to {most:,}")
        return value

    return check


def degrees(most: float) -> Check:
    """Degrees of latitude or longitude (WGS-84)."""

    def check(value: Any) -> float:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not -most <= value <= most:
            raise ValidationError(f"degrees from -{most:g} to {most:g}")
        return float(value)

    return check


def boolean(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValidationError("true or false")
    return value


def day(value: Any) -> str:
    """A date of the calendar, kept as its text."""
    try:
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValidationError("a date such as 2026-11-23") from None


def role(value: Any) -> str:
    """Who confirmed a fact, by role; capitals are refused, so that no person's name slips in."""
    if not isinstance(value, str) or not _ROLE.fullmatch(value):
        raise ValidationError("a role in small letters, such as program or curator")
    return value


def state(value: Any) -> str:
    """A state or territory, by its two letters."""
    if not isinstance(value, str) or value not in STATE_NAMES:
        raise ValidationError("a state by two letters, such as CA")
    return value


def phone(value: Any) -> str:
    """A US number, written 626-555-0142, with ' x12' for an extension."""
    found = _us_number(value) if isinstance(value, str) and len(value) <= 40 else None
    if found is None:
        raise ValidationError("a US phone number such as 626-555-0142")
    return found


@lru_cache(maxsize=10_000)
def _us_number(text: str) -> str | None:
    """The number as we write it. Remembered: lists repeat numbers, and importers ask twice."""
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return None
    if number.country_code != 1 or not phonenumbers.is_valid_number(number):
        return None
    digits = str(number.national_number)
    extension = f" x{number.extension}" if number.extension else ""
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}{extension}"


def web_address(value: Any) -> str:
    """An http or https address."""
    expected = "a web address that begins with https:// or http://"
    if not isinstance(value, str) or len(value) > 500 or not _URL.fullmatch(value):
        raise ValidationError(expected)
    if _CONTROL.search(value):
        raise ValidationError(f"{expected}, without control characters")
    return value


def npi(value: Any) -> str:
    """A National Provider Identifier: ten digits, the last a check digit (Luhn with 80840)."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{10}", value) or not _luhn(value):
        raise ValidationError("an NPI: 10 digits with a right check digit")
    return value


def time_zone(value: Any) -> str:
    """A zone of the IANA table."""
    if not isinstance(value, str) or value not in _zones():
        raise ValidationError("a time zone such as America/Los_Angeles")
    return value


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(digits)]
    return (24 + sum(d // 10 + d % 10 for d in doubled)) % 10 == 0


def _suggestion(value: object, allowed: tuple[str, ...], what: str) -> str:
    listed = f"{what} {', '.join(allowed)}"
    if not isinstance(value, str) or len(value) > 100:
        return listed
    near = process.extractOne(value, allowed, score_cutoff=70)
    return f"{listed} (did you mean {near[0]!r}?)" if near else listed


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
