"""The week as the form asks it: presets, painted parts, exact hours, as free times of the dialect."""

import re
from collections.abc import Iterator, Mapping, Sequence

from directory.catalog.schedule import DAYS
from directory.errors import BadValue
from directory.web.need_fields import BadNeed

TIME = re.compile(r"[0-2][0-9]:[0-5][0-9]")
MOST_HOURS_PAST_MIDNIGHT = 12

WORKDAYS, WEEKEND = DAYS[:5], DAYS[5:]
PRESETS: Mapping[str, tuple[tuple[Sequence[str], str, str], ...]] = {
    "nine": ((WORKDAYS, "17:00", "22:00"), (WEEKEND, "07:00", "22:00")),
    "evening": ((DAYS, "17:00", "22:00"),),
    "school": ((WORKDAYS, "08:30", "14:30"),),
    "night": ((DAYS, "10:00", "20:00"),),
    "any": ((DAYS, "00:00", "24:00"),),
}
PARTS = {
    "morning": ("08:00", "12:00"),
    "afternoon": ("12:00", "17:00"),
    "evening": ("17:00", "21:00"),
    "night": ("21:00", "24:00"),
}


def week_of(one: Mapping[str, str], painted: Sequence[str]) -> object:
    """The free times of a preset, or of the person's own painted and exact hours."""
    if one["week"] == "own":
        return {"free": _own_week(one, painted)}
    preset = PRESETS.get(one["week"])
    if preset is None:
        return one["week"]
    return {"free": [free_time(day, *hours) for days, *hours in preset for day in days]}


def _own_week(one: Mapping[str, str], painted: Sequence[str]) -> list[object]:
    """Exact hours where a day has them, else the parts that are painted."""
    exact = {day: (one[f"from-{day}"], one[f"to-{day}"]) for day in DAYS}
    if slips := tuple(_slips(exact)):
        raise BadNeed(slips)
    free: list[object] = [free_time(day, *hours) for day, hours in exact.items() if any(hours)]
    for box in painted:
        day, _, part = box.partition("-")
        if part not in PARTS or day not in DAYS:
            free.append(box)
        elif not any(exact[day]):
            free.append(free_time(day, *PARTS[part]))
    return free


def _slips(exact: Mapping[str, tuple[str, str]]) -> Iterator[BadValue]:
    """Hours that would last past midnight and half a day: more likely the ends are swapped."""
    for day, (start, end) in exact.items():
        if TIME.fullmatch(start) and TIME.fullmatch(end) and _wraps_too_far(start, end):
            expected = "an end after the start, or past midnight by less than 12 hours in all"
            yield BadValue(f"week.{day}", f"{start} to {end}", expected)


def _wraps_too_far(start: str, end: str) -> bool:
    first, last = (int(time[:2]) * 60 + int(time[3:]) for time in (start, end))
    return 0 < last <= first and last + 24 * 60 - first > MOST_HOURS_PAST_MIDNIGHT * 60


def free_time(day: str, start: str, end: str) -> dict[str, str]:
    """One free time as the dialect writes it."""
    return {"day": day, "start": start, "end": end}
