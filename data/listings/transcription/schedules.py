"""The transcribed schedule of a page in the listing format: only what is published."""

import re
from typing import Any

from transcription.sources import Page

Json = dict[str, Any]
DAYS = {"MO": "mon", "TU": "tue", "WE": "wed", "TH": "thu", "FR": "fri", "SA": "sat", "SU": "sun"}
PARTS = {"morning": "morning", "afternoon": "afternoon", "evening": "evening"}
# One page describes two phases that follow each other, not two tracks to choose from.
PHASES = ("first phase", "later phase")


def tracks_of(page: Page) -> list[Json]:
    """The tracks of a page; a page without any number gives one track without sessions."""
    return [_track(page, track) for track in page.tracks]


def _track(page: Page, track: Json) -> Json:
    grade = page.row["schedule_grade"]
    label = (track["label"] or "").replace("+", " and ") or None
    phase = label if label in PHASES else None
    shown: Json = {"label": "In phases" if phase else label}
    if phase:
        shown["season"] = phase
    if mode := next((s["mode"] for s in track["sessions"] if s["mode"]), None):
        shown["mode"] = mode
    shown["schedule_grade"] = "none" if grade == "no_numbers" else grade
    if choose := _choose(track):
        shown["choose"] = choose
    shown["sessions"] = [s for part in track["sessions"] for s in _sessions(page, track, part)]
    return shown


def _choose(track: Json) -> Json | None:
    """'3 or 5' and '3-5' as the least and the most; '3 (typical)' as the least."""
    stated = track["choose_k"] or track["sessions"][0]["day_count"]
    if not isinstance(stated, str):
        return None
    numbers = [int(number) for number in re.findall(r"\d+", stated)]
    return {"at_least": numbers[0], "at_most": numbers[1] if len(numbers) > 1 else None}


def _sessions(page: Page, track: Json, part: Json) -> list[Json]:
    days, count = part["days"], part["day_count"]
    if days:
        return [_session(page, track, part, {"day": DAYS[day]}) for day in days]
    if count is None:
        return []
    most = max(int(number) for number in re.findall(r"\d+", str(count)))
    return [_session(page, track, part, {"day": None, "count": most})]


def _session(page: Page, track: Json, part: Json, when: Json) -> Json:
    session = dict(when)
    if part["start"]:
        session |= {"start": part["start"], "end": part["end"]}
    else:
        session |= _untimed(page, track)
    if part["contact_minutes"]:
        session["contact_minutes"] = part["contact_minutes"]
    session["attendance"] = "choose" if _choose(track) else part["requirement"]
    if part["label"]:
        session["label"] = part["label"]
    return session


def _untimed(page: Page, track: Json) -> Json:
    """Part of day and length where the page's own words give them without a clock time."""
    said: Json = {}
    for word, part in PARTS.items():
        if re.search(rf"\b{word}s?\b", page.row["check_phrase"].casefold()):
            said["part_of_day"] = part
    # A length given as a range ("3 to 4 hours a day") is no length: it stays in the label.
    if page.row["day_length_minutes_stated"] and not _length_is_a_range(track):
        said["span_minutes"] = int(page.row["day_length_minutes_stated"])
    elif _length_is_a_range(track):
        said["label"] = track["note"]
    return said


def _length_is_a_range(track: Json) -> bool:
    return bool(re.search(r"\d to \d hours a day", track["note"] or ""))
