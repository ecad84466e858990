"""Times of day: as written, and resolved to minutes after midnight.

A half of the day that is not written is never guessed: both halves are tried, and only where
exactly one reading is a session (06:00 to 23:00, at most ten hours) is it taken, with a flag.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from directory.curation.phrases.amounts import has
from directory.curation.phrases.tokens import Token

Half = Literal["am", "pm"]
Tokens = Sequence[Token]
HOUR, NOON, DAY = 60, 720, 1440
EARLIEST, LATEST, LONGEST, SHORTEST = 6 * HOUR, 23 * HOUR, 10 * HOUR, 15
FAR = 5

PARTS: dict[str, tuple[int, int]] = {
    "morning": (EARLIEST, NOON - 1),
    "afternoon": (NOON, 18 * HOUR - 1),
    "evening": (16 * HOUR, LATEST),
    "day": (7 * HOUR, 16 * HOUR),
    "after school": (14 * HOUR, 18 * HOUR),
}
"""When a session of this part of the day may start."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as written: '9', '9:30 a.m.', '18:00', 'noon'. `exact` needs no half of the day."""

    hour: int
    minute: int = 0
    half: Half | None = None
    exact: bool = False
    plain: bool = False

    def minutes(self) -> list[int]:
        """What it can mean, in minutes after midnight."""
        if self.exact or self.hour > 12 or self.hour == 0:
            return [self.hour * HOUR + self.minute]
        morning = self.hour % 12 * HOUR + self.minute
        halves = {"am": [morning], "pm": [morning + NOON]}
        return halves[self.half] if self.half else [morning, morning + NOON]

    def as_24(self) -> "Clock":
        """The same digits on a 24-hour clock."""
        return Clock(self.hour, self.minute, None, True)


@dataclass(frozen=True, slots=True)
class Times:
    """A start, and an end where one is written. `bare` numbers need company to be times."""

    start: Clock
    end: Clock | None = None

    @property
    def bare(self) -> bool:
        """True where nothing but the place in the text says that these are times."""
        ends = [self.start] if self.end is None else [self.start, self.end]
        return all(one.plain and one.half is None for one in ends)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Minutes after midnight, and the flag of what was taken to be meant."""

    start: int
    end: int | None
    flag: str | None = None


def resolve(times: Times, part: str | None) -> Resolved | None:
    """The one reading there is; None if there is none, or more than one."""
    if times.end is None:
        return _resolve_start(times.start, part)
    for start, end in _as_written(times.start, times.end):
        pairs = [
            (one, other)
            for one in start.minutes()
            for other in end.minutes()
            if one >= EARLIEST and other <= LATEST and SHORTEST <= other - one <= LONGEST
        ]
        if len(pairs) > 1 and part:
            pairs = [pair for pair in pairs if _in_part(pair[0], part)]
        if len(pairs) == 1:
            return Resolved(*pairs[0], _flag(start, end, *pairs[0]))
    return None


def _resolve_start(start: Clock, part: str | None) -> Resolved | None:
    found = [one for one in start.minutes() if EARLIEST <= one < LATEST]
    if len(found) > 1 and part:
        found = [one for one in found if _in_part(one, part)]
    if len(found) != 1 or (start.plain and start.half is None):
        return None
    written = start.half or start.exact or start.hour > 12
    return Resolved(found[0], None, None if written else "meridiem_assumed")


def _as_written(start: Clock, end: Clock) -> list[tuple[Clock, Clock]]:
    """On a 24-hour clock where one of them is; then (if that is no session) on the other one."""
    if start.half or end.half:
        return [(start, end)]
    if start.exact or end.exact or max(start.hour, end.hour) > 12:
        loose = Clock(start.hour, start.minute), Clock(end.hour, end.minute)
        return [(start.as_24(), end.as_24()), loose]
    return [(start, end)]


def _in_part(start: int, part: str) -> bool:
    low, high = PARTS[part]
    return low <= start <= high


def _flag(start: Clock, end: Clock, first: int, last: int) -> str | None:
    """Whether a half of the day was written once for both, or not at all."""
    open_ends = [
        place
        for one, place in ((start, first), (end, last))
        if not one.half and len(one.minutes()) > 1
    ]
    if not open_ends:
        return None
    written = start.half or end.half
    same = all(("pm" if place >= NOON else "am") == written for place in open_ends)
    return "meridiem_carried" if written and same else "meridiem_assumed"


# reading


def times_at(tokens: Tokens, place: int) -> tuple[Times, int] | None:
    """'9-12', '9 a.m. to noon', 'between 9 and 12', 'begins at 1:15 p.m. and concludes at 7 p.m.'."""
    between = has(tokens, place, "between")
    start = clock_at(tokens, place + between)
    if start is None:
        return None
    joined = ("and",) if between else ("to",)
    end = clock_at(tokens, start[1] + 1) if has(tokens, start[1], *joined) else None
    end = end or (None if between else _ends_at(tokens, start[1]))
    if end:
        return Times(start[0], end[0]), end[1]
    return None if start[0].plain and start[0].half is None else (Times(start[0]), start[1])


def _ends_at(tokens: Tokens, place: int) -> tuple[Clock, int] | None:
    """'... and ends at 7 p.m.', a few words after the start."""
    for after in range(place, min(place + FAR, len(tokens))):
        if has(tokens, after, "begin") and tokens[after]["begin"] == "end":
            after += 1
            return clock_at(tokens, after + has(tokens, after, "filler"))
        if not has(tokens, after, "and", "filler", "comma"):
            return None
    return None


def clock_at(tokens: Tokens, place: int) -> tuple[Clock, int] | None:
    """One time of day with the half of the day that follows it."""
    if has(tokens, place, "noon"):
        return Clock(int(tokens[place]["noon"][:2]), 0, None, True), place + 1
    digits = _digits(tokens, place)
    if digits is None:
        return None
    half, after = _half(tokens, place)
    if half and digits.hour > 12:
        return (Clock(digits.hour, digits.minute, None, True), after) if half == "pm" else None
    if half:
        return Clock(digits.hour, digits.minute, half, False, digits.plain), after
    return digits, after


def _digits(tokens: Tokens, place: int) -> Clock | None:
    if has(tokens, place, "clock"):
        text = tokens[place]["clock"].replace("h", ":").replace("H", ":")
        hour, minute = (int(part) for part in text.split(":"))
        exact = text.startswith("0") or hour > 12
        return Clock(hour, minute, None, exact) if hour < 24 and minute < 60 else None
    text = tokens[place]["number"] if has(tokens, place, "number") else ""
    if not (text.isdigit() and tokens[place].text.isdigit()):
        return None
    if len(text) == 4:
        hour, minute = divmod(int(text), 100)
        valid = hour < 24 and minute < 60 and minute % 5 == 0
        return Clock(hour, minute, None, True, plain=True) if valid else None
    if len(text) == 3:
        hour, minute = divmod(int(text), 100)
        return Clock(hour, minute, None, False, plain=True) if minute < 60 else None
    return Clock(int(text), 0, None, False, plain=True) if 1 <= int(text) <= 23 else None


def _half(tokens: Tokens, place: int) -> tuple[Half | None, int]:
    """The half of the day after a time: 'pm', 'de la noche', or a letter that touches it ('9a')."""
    if has(tokens, place + 1, "meridiem"):
        return ("am" if tokens[place + 1]["meridiem"] == "am" else "pm"), place + 2
    if place + 1 < len(tokens) and tokens[place + 1].start == tokens[place].end:
        letter = tokens[place + 1].text.lower()
        if letter in ("a", "p"):
            return ("am" if letter == "a" else "pm"), place + 2
    return None, place + 1
