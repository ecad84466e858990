"""Tracks in the listing format: days as 'mon', times as 'HH:MM', and back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from directory.catalog.schedule import DAYS, Choose, Openings, Session, Start, Track

Json = Any

MINUTES_PER_DAY = 24 * 60
LONGEST_DAY_SESSION = 12 * 60
"""A session that runs past midnight and lasts longer says `overnight`: else it is a slip."""

_PLAIN_SESSION = ("count", "part_of_day", "span_minutes", "contact_minutes", "mode", "label")


def clock_text(minutes: int | None) -> str | None:
    """Minutes after midnight as 'HH:MM'."""
    return None if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"


def minutes_of(text: str | None) -> int | None:
    """'HH:MM' as minutes after midnight; '24:00' is midnight, 0."""
    return None if text is None else (int(text[:2]) * 60 + int(text[3:5])) % MINUTES_PER_DAY


def span_minutes(start: int, end: int) -> int:
    """Minutes from start to end; an end that is not after its start lies on the next day."""
    return (end - start - 1) % MINUTES_PER_DAY + 1


def is_overnight(session: Session) -> bool:
    """True if the session runs past midnight for longer than a day session may."""
    if session.start is None or session.end is None or session.end > session.start:
        return False
    return span_minutes(session.start, session.end) > LONGEST_DAY_SESSION


def dump_track(track: Track, *, openings: bool = False) -> dict[str, Json]:
    """One track; its openings only where asked for, as they are a fact of their own."""
    plain = _stated({"label": track.label, "mode": track.mode, "season": track.season})
    if track.start != Start():
        plain["start"] = _dump_start(track.start)
    if openings and track.openings != Openings():
        plain["openings"] = _dump_openings(track.openings)
    plain["schedule_grade"] = track.schedule_grade
    if track.choose:
        plain["choose"] = _dump_choose(track.choose)
    if track.sessions:
        plain["sessions"] = [dump_session(session) for session in track.sessions]
    return plain


def load_track(plain: Mapping[str, Json]) -> Track:
    """A track from a valid object of the format."""
    start, openings, choose = plain.get("start"), plain.get("openings"), plain.get("choose")
    return Track(
        label=plain.get("label"),
        mode=plain.get("mode"),
        season=plain.get("season"),
        start=_load_start(start) if start else Start(),
        openings=_load_openings(openings) if openings else Openings(),
        schedule_grade=plain.get("schedule_grade") or "none",
        choose=_load_choose(choose) if choose else None,
        sessions=tuple(load_session(session) for session in plain.get("sessions") or ()),
    )


def dump_session(session: Session) -> dict[str, Json]:
    """One session; what is not published is left out."""
    plain: dict[str, Json] = {
        "day": None if session.day is None else DAYS[session.day],
        "start": clock_text(session.start),
        "end": clock_text(session.end),
        "day_among": [DAYS[day] for day in session.day_among] or None,
        "attendance": session.attendance,
        "overnight": is_overnight(session) or None,
    }
    return _stated(plain | {name: getattr(session, name) for name in _PLAIN_SESSION})


def load_session(plain: Mapping[str, Json]) -> Session:
    """A session from a valid object of the format."""
    day = plain.get("day")
    return Session(
        day=None if day is None else DAYS.index(day),
        start=minutes_of(plain.get("start")),
        end=minutes_of(plain.get("end")),
        day_among=tuple(DAYS.index(name) for name in plain.get("day_among") or ()),
        attendance=plain.get("attendance") or "required",
        **{name: plain.get(name) for name in _PLAIN_SESSION},
    )


def dump_openings(tracks: Iterable[Track]) -> list[dict[str, Json]]:
    """What is reported of openings, by label and season of the track; empty if nothing is."""
    tracks = tuple(tracks)
    if all(track.openings == Openings() for track in tracks):
        return []
    return [
        _stated({"label": track.label, "season": track.season}) | _dump_openings(track.openings)
        for track in tracks
    ]


def load_openings(tracks: tuple[Track, ...], plain: Iterable[Json]) -> tuple[Track, ...]:
    """The tracks with their openings. Tracks of one label and season take theirs in order."""
    waiting: dict[tuple[str | None, str | None], list[Json]] = defaultdict(list)
    for item in plain:
        waiting[item.get("label"), item.get("season")].append(item)
    if not waiting:
        return tracks
    return tuple(_opened(track, waiting[track.label, track.season]) for track in tracks)


def _opened(track: Track, waiting: list[Json]) -> Track:
    return replace(track, openings=_load_openings(waiting.pop(0))) if waiting else track


def _dump_start(start: Start) -> dict[str, Json]:
    dates = [day.isoformat() for day in start.dates]
    return _stated({"rule": start.rule, "dates": dates or None, "lead_days": start.lead_days})


def _load_start(plain: Mapping[str, Json]) -> Start:
    dates = tuple(date.fromisoformat(day) for day in plain.get("dates") or ())
    return Start(plain.get("rule") or "unknown", dates, plain.get("lead_days"))


def _dump_openings(openings: Openings) -> dict[str, Json]:
    reported_on = openings.reported_on and openings.reported_on.isoformat()
    return _stated(
        {"accepting": openings.accepting, "seats": openings.seats, "reported_on": reported_on}
    )


def _load_openings(plain: Mapping[str, Json]) -> Openings:
    day = plain.get("reported_on")
    reported_on = date.fromisoformat(day) if day else None
    return Openings(plain.get("accepting") or "unknown", plain.get("seats"), reported_on)


def _dump_choose(choose: Choose) -> dict[str, Json]:
    different = choose.different_days or None
    return _stated(
        {"at_least": choose.at_least, "at_most": choose.at_most, "different_days": different}
    )


def _load_choose(plain: Mapping[str, Json]) -> Choose:
    at_least = plain.get("at_least") or 1
    return Choose(at_least, plain.get("at_most"), bool(plain.get("different_days")))


def _stated(values: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in values.items() if value is not None}
