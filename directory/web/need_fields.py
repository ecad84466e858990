"""Reading one value of a need: strict about type, range and code, clear about each refusal."""

import base64
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import process

from directory.catalog.schedule import DAYS
from directory.catalog.vocabulary import Vocabularies, Vocabulary, folded
from directory.errors import BadValue, Refusal
from directory.matching.week import FreeWeek, Interval

MOST_PROBLEMS = 25
MOST_CODES = 50
MOST_INTERVALS = 100
MOST_WEEKS = 6
LONGEST_SHOWN = 80
LIKE_ENOUGH = 70.0

# [0-9] and not \d: other scripts' digits would be read as a number nobody can check by eye.
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CURSOR = re.compile(r"([0-9]{1,7})\.(.*)", re.DOTALL)
_INTERVAL_KEYS = ("day", "start", "end")
_WEEK_KEYS = ("busy", "free", "rotates")

Choice = TypeVar("Choice", bound=str)


@dataclass
class BadNeed(Refusal):
    """A need with values we cannot read: each one, with what is allowed."""

    problems: tuple[BadValue, ...]

    def __str__(self) -> str:
        return " ".join(str(problem) for problem in self.problems)


class Fields:
    """The values of one body, read one by one; null and absent mean: not asked.

    What cannot be read is collected, so that one refusal names all of it (`finish`).
    """

    def __init__(self, body: Mapping[str, object], vocabularies: Vocabularies) -> None:
        self._body = body
        self._vocabularies = vocabularies
        self._problems: list[BadValue] = []

    def only(self, allowed: Sequence[str]) -> None:
        """Refuse every key that is not one of these."""
        self._problems += unknown_keys(self._body, allowed)

    def line(self, field: str, longest: int) -> str:
        """A text on one line, without control characters; "" if not asked."""
        value = self._body.get(field)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > longest:
            self._refuse(field, value, f"a text of at most {longest} characters")
            return ""
        return clean(value)

    def whole(self, field: str, least: int, most: int) -> int | None:
        """A whole number in a range; 160.0 is one, True and "1" are none."""
        value = self._body.get(field)
        is_whole = type(value) is int or (type(value) is float and value.is_integer())
        if is_whole and least <= value <= most:  # type: ignore[operator]
            return int(value)  # type: ignore[call-overload, no-any-return]
        if value is not None:
            self._refuse(field, value, f"a whole number from {least} to {most}")
        return None

    def number(self, field: str, least: float, most: float) -> float | None:
        """A finite number in a range."""
        value = self._body.get(field)
        if type(value) in {int, float} and least <= value <= most:  # type: ignore[operator]
            return value  # type: ignore[return-value]
        if value is not None:
            self._refuse(field, value, f"a number from {least:g} to {most:g}")
        return None

    def choice(self, field: str, allowed: Sequence[Choice], default: Choice) -> Choice:
        """One of a few words."""
        value = self._body.get(field)
        if value is None:
            return default
        for word in allowed:
            if word == value:
                return word
        self._refuse(field, value, "one of the words allowed", tuple(allowed))
        return default

    def choices(self, field: str, allowed: Sequence[str]) -> tuple[str, ...] | None:
        """Some of a few words, each once; None if not asked."""
        value = self._body.get(field)
        if value is None:
            return None
        found = []
        for item in self._items(field, value):
            if item in allowed:
                found.append(str(item))
            else:
                self._refuse(field, item, "one of the words allowed", tuple(allowed))
        return tuple(dict.fromkeys(found))

    def codes(self, field: str, kind: str) -> tuple[str, ...]:
        """Codes of one vocabulary, each once."""
        value = self._body.get(field)
        items = () if value is None else self._items(field, value)
        read = (self._code(field, item, self._vocabularies[kind]) for item in items)
        return tuple(dict.fromkeys(code for code in read if code))

    def code(self, field: str, kind: str) -> str | None:
        """One code of a vocabulary."""
        value = self._body.get(field)
        return None if value is None else self._code(field, value, self._vocabularies[kind])

    def day(self, field: str) -> date | None:
        """A date as 2026-12-10."""
        value = self._body.get(field)
        if isinstance(value, str) and _DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        if value is not None:
            self._refuse(field, value, "a date such as 2026-12-10 (year, month, day)")
        return None

    def weeks(self, field: str) -> tuple[FreeWeek, ...]:
        """One free week, or the several that rotate; none if not asked."""
        value = self._body.get(field)
        return () if value is None else read_weeks(field, value, self._problems)

    def offset(self, field: str) -> int:
        """Where the page begins that a cursor names; 0 without one."""
        value = self._body.get(field)
        try:
            return 0 if value is None else decode_cursor(value)[0]
        except BadValue as bad:
            self._problems.append(bad)
            return 0

    def refuse(self, problems: Iterable[BadValue]) -> None:
        """Refuse what the reader of a whole need cannot use."""
        self._problems += problems

    def finish(self) -> None:
        """Raise `BadNeed` if a value could not be read."""
        if self._problems:
            raise BadNeed(tuple(self._problems[:MOST_PROBLEMS]))

    def _items(self, field: str, value: object) -> Sequence[object]:
        if isinstance(value, list | tuple) and len(value) <= MOST_CODES:
            return value
        self._refuse(field, value, f"a list of at most {MOST_CODES}")
        return ()

    def _code(self, field: str, value: object, vocabulary: Vocabulary) -> str | None:
        if isinstance(value, str) and value in vocabulary:
            return value
        near = nearest(value, vocabulary) if isinstance(value, str) else None
        expected = f"one of the codes allowed; did you mean '{near}'?" if near else "a code allowed"
        self._refuse(field, value, expected, vocabulary.codes())
        return None

    def _refuse(
        self, field: str, got: object, expected: str, allowed: tuple[str, ...] = ()
    ) -> None:
        self._problems.append(BadValue(field, shown(got), expected, allowed))


def unknown_keys(found: Iterable[str], allowed: Sequence[str]) -> list[BadValue]:
    """A refusal for each key we do not know, at most 25 of them."""
    names = [str(shown(key)) for key in found if key not in allowed][:MOST_PROBLEMS]
    return [BadValue(name, name, "a known name", tuple(allowed)) for name in names]


def clean(text: str) -> str:
    """The text on one line: control characters and broken surrogates become blanks."""
    seen = (" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    return " ".join("".join(seen).split())


def shown(value: object) -> str | int | bool | None:
    """What we got, short enough and safe to repeat to the one who sent it."""
    if isinstance(value, int | None):
        return value if value is None or abs(value) < 2**53 else "a very large number"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str):
        text = clean(value[: LONGEST_SHOWN + 1])
        return text if len(value) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    return "a list" if isinstance(value, list | tuple) else "an object"


def nearest(word: str, vocabulary: Vocabulary) -> str | None:
    """The code whose id, label or people's word is most like what was written."""
    words = _words_of(vocabulary)
    best = process.extractOne(folded(word[:LONGEST_SHOWN]), words.keys(), score_cutoff=LIKE_ENOUGH)
    return words[best[0]] if best else None


@lru_cache(maxsize=16)
def _words_of(vocabulary: Vocabulary) -> Mapping[str, str]:
    names = ((term.id, (term.id, *term.called)) for term in vocabulary)
    return {folded(name): code for code, known in names for name in known}


def read_weeks(field: str, value: object, problems: list[BadValue]) -> tuple[FreeWeek, ...]:
    """The week or the rotating weeks; what cannot be read is added to `problems`."""
    if isinstance(value, Mapping) and set(value) == {"rotates"}:
        weeks = value["rotates"]
        if isinstance(weeks, list) and 2 <= len(weeks) <= MOST_WEEKS:
            read = [_week(f"{field}.rotates", week, problems) for week in weeks]
            return tuple(week for week in read if week)
        wanted = f"a list of 2 to {MOST_WEEKS} weeks"
        problems.append(BadValue(f"{field}.rotates", shown(weeks), wanted))
        return ()
    week = _week(field, value, problems, _WEEK_KEYS)
    return (week,) if week else ()


def _week(
    field: str,
    value: object,
    problems: list[BadValue],
    allowed: tuple[str, ...] = ("busy", "free"),
) -> FreeWeek | None:
    if not isinstance(value, Mapping) or len(value) != 1 or not set(value) <= {"busy", "free"}:
        expected = f"an object with one of {', '.join(allowed)}"
        problems.append(BadValue(field, shown(value), expected, allowed))
        return None
    ((key, listed),) = value.items()
    before = len(problems)
    intervals = read_intervals(f"{field}.{key}", listed, problems)
    if len(problems) > before:
        return None
    return FreeWeek.from_free(intervals) if key == "free" else FreeWeek.from_busy(intervals)


def read_intervals(field: str, listed: object, problems: list[BadValue]) -> list[Interval]:
    """Times of a week; what cannot be read is added to `problems`."""
    if not isinstance(listed, list) or len(listed) > MOST_INTERVALS:
        problems.append(BadValue(field, shown(listed), f"a list of at most {MOST_INTERVALS} times"))
        return []
    return [time for item in listed if (time := _interval(field, item, problems))]


def _interval(field: str, item: object, problems: list[BadValue]) -> Interval | None:
    if not isinstance(item, Mapping) or set(item) != set(_INTERVAL_KEYS):
        expected = 'an object such as {"day": "mon", "start": "09:00", "end": "17:00"}'
        problems.append(BadValue(field, shown(item), expected, _INTERVAL_KEYS))
        return None
    start, end = minute_of_day(item["start"]), minute_of_day(item["end"])
    if item["day"] not in DAYS:
        problems.append(BadValue(f"{field}.day", shown(item["day"]), "a day of the week", DAYS))
    elif start is None or start == 24 * 60:
        expected = "a time from 00:00 to 23:59"
        problems.append(BadValue(f"{field}.start", shown(item["start"]), expected))
    elif end is None:
        expected = "a time from 00:00 to 24:00"
        problems.append(BadValue(f"{field}.end", shown(item["end"]), expected))
    else:
        return Interval(DAYS.index(str(item["day"])), start, end)
    return None


def minute_of_day(clock: object) -> int | None:
    """Minutes after midnight of '17:30'; 1440 for '24:00'; None if it is no such time."""
    if not isinstance(clock, str) or not _CLOCK.fullmatch(clock):
        return None
    return int(clock[:2]) * 60 + int(clock[3:])


def encode_cursor(offset: int, generation: str) -> str:
    """An opaque word for "go on after this many", safe in an address."""
    return base64.urlsafe_b64encode(f"{offset}.{generation}".encode()).decode().rstrip("=")


def decode_cursor(cursor: object) -> tuple[int, str]:
    """The offset and the generation it was counted in. Raises `BadValue`."""
    try:
        padded = str(cursor) + "=" * (-len(str(cursor)) % 4)
        plain = base64.b64decode(padded.encode("ascii"), b"-_", validate=True).decode()
    except ValueError:
        plain = ""
    found = _CURSOR.fullmatch(plain)
    if not isinstance(cursor, str) or not found:
        raise BadValue("cursor", shown(cursor), "a cursor from 'page.next' of an earlier answer")
    return int(found[1]), found[2]
