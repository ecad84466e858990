"""The invented weeks: as laid down in `plans.csv`, else drawn from what programs publish."""

import re
from random import Random
from typing import Any

from invention.statistics import DAY_COUNTS, DAY_LENGTHS, DAY_SETS, START_HOURS, drawn

Json = dict[str, Any]
TRACK = re.compile(
    r"(?P<label>[^:\[]+?)\s*(?:\[(?P<season>[^\]]+)\])?: (?:choose (?P<least>\d): )?(?P<body>.+)"
)
PART = re.compile(
    r"(?:(?P<count>\d) days|(?P<days>[a-z ]+)) "
    r"(?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d)(?P<note> optional| by video)?"
)
LEAST_WEEKLY_MINUTES = 9 * 60


def clock(minutes: int) -> str:
    """Minutes after midnight as HH:MM."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def minutes_between(start: str, end: str) -> int:
    """Length of a session that may run past midnight."""
    first, last = (int(t[:2]) * 60 + int(t[3:]) for t in (start, end))
    return (last - first) % 1440


def contact_minutes(span: int) -> int:
    """Treatment time of a session: three hours are whole, longer days have breaks."""
    return span if span <= 180 else 180 if span <= 210 else span - 30 * (span // 120 - 1)


def laid_down(pattern: str, grade: str, mode: str) -> list[Json]:
    """Tracks from a pattern: 'Evening: mon wed 18:00-21:00 / Morning: 3 days 09:00-12:00'."""
    return [_laid_track(text.strip(), grade, mode) for text in pattern.split(" / ")]


def _laid_track(text: str, grade: str, mode: str) -> Json:
    found = TRACK.fullmatch(text)
    if found is None:
        raise ValueError(f"pattern not understood: {text!r}")
    attendance = "choose" if found["least"] else "required"
    sessions = [
        s for part in found["body"].split(" ; ") for s in _laid_part(part, mode, attendance)
    ]
    track: Json = {"label": found["label"], "mode": mode, "season": found["season"]}
    if found["least"]:
        track["choose"] = {
            "at_least": int(found["least"]),
            "at_most": None,
            "different_days": True,
        }
    return {**track, "schedule_grade": grade, "sessions": sessions}


def _laid_part(text: str, mode: str, attendance: str) -> list[Json]:
    found = PART.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"sessions not understood: {text!r}")
    rule = "optional" if found["note"] == " optional" else attendance
    place = "virtual" if found["note"] == " by video" else mode.replace("hybrid", "in_person")
    unnamed: list[Json] = [{"day": None, "count": int(found["count"] or 0)}]
    named: list[Json] = [{"day": day} for day in (found["days"] or "").split()]
    return [_timed(when, found["start"], found["end"], place, rule) for when in named or unnamed]


def _timed(when: Json, start: str, end: str, mode: str, attendance: str) -> Json:
    session = {**when, "start": start, "end": end}
    session["contact_minutes"] = contact_minutes(minutes_between(start, end))
    if mode != "hybrid":
        session["mode"] = mode
    return {**session, "attendance": attendance}


def drawn_track(rng: Random, grade: str, part: str, mode: str | None) -> Json:
    """One track of a grade and part of day; 9 contact hours a week at least."""
    label = f"{part} group".capitalize() if part else None
    track: Json = {"label": label, "mode": mode or None, "season": None, "schedule_grade": grade}
    days = drawn(rng, DAY_SETS).split()
    length = drawn(rng, DAY_LENGTHS)
    if contact_minutes(length) * len(days) < LEAST_WEEKLY_MINUTES:
        length = 180
    return {**track, "sessions": _drawn_sessions(rng, grade, part, mode or "hybrid", days, length)}


def _drawn_sessions(
    rng: Random, grade: str, part: str, mode: str, days: list[str], length: int
) -> list[Json]:
    if grade == "none":
        return []
    if grade == "days_only":
        return [{"day": day, "part_of_day": part, "attendance": "required"} for day in days]
    count = drawn(rng, DAY_COUNTS)
    if grade == "frequency_only":
        unnamed: Json = {"day": None, "count": count, "attendance": "required"}
        return [unnamed | ({"part_of_day": part} if part else {}) | {"span_minutes": 180}]
    start = drawn(rng, START_HOURS[part]) * 60
    first, last = clock(start), clock(start + length)
    if grade == "times_only":
        return [_timed({"day": None, "count": count}, first, last, mode, "required")]
    return [_timed({"day": day}, first, last, mode, "required") for day in days]
