"""The week as the form asks it: presets, painted parts, exact hours, as free times of the dialect."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from directory.catalog.schedule import DAYS
from directory.errors import BadValue
from directory.matching.week import FreeWeek
from directory.web.need_fields import BadNeed

TIME = re.compile(r"[0-2][0-9]:[0-5][0-9]")
MOST_HOURS_PAST_MIDNIGHT = 12
NO_FREE_HOUR = "no free hour"
TWO_WEEKS = "a week picked and one painted"

WORKDAYS, WEEKEND = DAYS[:5], DAYS[5:]
PRESETS: Mapping[str, tuple[tuple[Sequence[str], str, str], ...]] = {
    "nine": ((WORKDAYS, "17:00", "22:00"), (WEEKEND, "07:00", "22:00")),
    "evening": ((DAYS, "17:00", "22:00"),),
    "school": ((WORKDAYS, "08:30", "14:30"),),
    "night": ((DAYS, "10:00", "20:00"),),
    "any": ((DAYS, "00:00", "24:00"),),
}
ROTATES = "rotates"
"""Shifts that rotate: the painted week and exact hours, in turn with the other painted week."""

# The times of a day that may be typed: from and until, and once more.
SPANS = (("from", "to"), ("from2", "to2"))
HOURS = tuple(f"{end}-{day}" for span in SPANS for day in DAYS for end in span)
PARTS = {
    "morning": ("08:00", "12:00"),
    "afternoon": ("12:00", "17:00"),
    "evening": ("17:00", "21:00"),
    "night": ("21:00", "24:00"),
}


def week_of(
    one: Mapping[str, str], painted: Sequence[str], other_week: Sequence[str] = ()
) -> object:
    """The free times of a preset, of the person's own painted and exact hours, or of two weeks in turn.

    Raises `BadNeed` for a preset and a week of one's own: nobody can tell which is meant.
    """
    if one["week"] == ROTATES:
        return {"rotates": [{"free": _own_week(one, painted)}, {"free": _painted(other_week)}]}
    if one["week"] == "own":
        return {"free": _own_week(one, painted)}
    preset = PRESETS.get(one["week"])
    if preset is None:
        return one["week"]
    if painted or other_week or any(one[field] for field in HOURS):
        raise BadNeed((BadValue("week", TWO_WEEKS, "one of them"),))
    return {"free": [free_time(day, *hours) for days, *hours in preset for day in days]}


def _own_week(one: Mapping[str, str], painted: Sequence[str]) -> list[object]:
    """Exact hours where a day has them, else the parts that are painted."""
    exact = [
        (day, (one[f"{start}-{day}"], one[f"{end}-{day}"])) for start, end in SPANS for day in DAYS
    ]
    if slips := tuple(_slips(exact)):
        raise BadNeed(slips)
    timed = {day for day, hours in exact if any(hours)}
    free: list[object] = [free_time(day, *hours) for day, hours in exact if any(hours)]
    return free + _painted([box for box in painted if box.partition("-")[0] not in timed])


def _painted(boxes: Sequence[str]) -> list[object]:
    """The parts that are ticked; what is none is passed on as it came."""
    free: list[object] = []
    for box in boxes:
        day, _, part = box.partition("-")
        known = part in PARTS and day in DAYS
        free.append(free_time(day, *PARTS[part]) if known else box)
    return free


def _slips(exact: Sequence[tuple[str, tuple[str, str]]]) -> Iterator[BadValue]:
    """Hours that would last past midnight and half a day: more likely the ends are swapped."""
    for day, (start, end) in exact:
        if TIME.fullmatch(start) and TIME.fullmatch(end) and _wraps_too_far(start, end):
            expected = "an end after the start, or past midnight by less than 12 hours in all"
            yield BadValue(f"week.{day}", f"{start} to {end}", expected)


def _wraps_too_far(start: str, end: str) -> bool:
    first, last = (int(time[:2]) * 60 + int(time[3:]) for time in (start, end))
    return 0 < last <= first and last + 24 * 60 - first > MOST_HOURS_PAST_MIDNIGHT * 60


def free_time(day: str, start: str, end: str) -> dict[str, str]:
    """One free time as the dialect writes it."""
    return {"day": day, "start": start, "end": end}


def never_free(field: str, weeks: Iterable[FreeWeek]) -> tuple[BadValue, ...]:
    """What to ask back of who fills in a form: with no free hour, most likely nothing was ticked.

    Programs that ask mean what they send: they learn what each group misses.
    """
    if all(week.hours >= 1 for week in weeks):
        return ()
    expected = "at least one free hour: a week with no free hour fits no program"
    return (BadValue(field, NO_FREE_HOUR, expected),)
