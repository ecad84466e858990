"""A track in words that read as the same track again: for people to confirm, and for a law."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from directory.catalog.schedule import Choose, Session, Track

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOUR, NOON = 60, 720
MODES = {"virtual": "virtual", "in_person": "in person"}


def said(track: Track) -> str:
    """'Monday, Wednesday, 6:00 pm to 9:00 pm'; several kinds of session are joined by ';'."""
    kinds: dict[Session, list[int]] = {}
    for session in track.sessions:
        days = kinds.setdefault(replace(session, day=None, label=None), [])
        if session.day is not None:
            days.append(session.day)
    parts = [_kind(kind, days, track.choose) for kind, days in kinds.items()]
    heading = [f"{text}:" for text in (track.season, track.label) if text]
    return " ".join([*heading, "; ".join(parts)])


def _kind(kind: Session, days: Sequence[int], choose: Choose | None) -> str:
    """Sessions that are alike but for the day."""
    optional = "optional " if kind.attendance == "optional" else ""
    chosen = choose if kind.attendance == "choose" else None
    words = [optional + _who(kind, days, chosen), _when(kind)]
    if kind.contact_minutes is not None:
        words.append(f"{kind.contact_minutes} minutes a day of treatment")
    if kind.mode:
        words.append(MODES[kind.mode])
    return ", ".join(word for word in words if word)


def _who(kind: Session, days: Sequence[int], choose: Choose | None) -> str:
    """The days, or how many of them."""
    unit = f"{kind.part_of_day}s" if kind.part_of_day else "days"
    among = _listed(days or kind.day_among)
    often = ""
    if choose:
        of = "" if days or kind.count is None else f" of {kind.count} {unit}"
        often = f"choose {_between(choose)}{of}"
    elif kind.count is not None:
        often = f"{kind.count} {unit} a week"
    if kind.part_of_day and not kind.count:
        among = f"{among} {unit}".strip()
    return ": ".join(part for part in (often, among) if part) or "days not named"


def _between(choose: Choose) -> str:
    if choose.at_most is None:
        return f"at least {choose.at_least}"
    if choose.at_least == choose.at_most:
        return str(choose.at_least)
    return f"{choose.at_least} to {choose.at_most}"


def _when(kind: Session) -> str:
    if kind.start is None:
        span = kind.span_minutes
        return f"{span} minutes a day" if span else ""
    if kind.end is None:
        length = f" for {kind.span_minutes} minutes" if kind.span_minutes else ""
        return f"from {_clock(kind.start)}{length}"
    return f"{_clock(kind.start)} to {_clock(kind.end)}"


def _clock(minute: int) -> str:
    """'6:00 pm'; never a half of the day left out."""
    hour, rest = divmod(minute, HOUR)
    return f"{hour % 12 or 12}:{rest:02d} {'pm' if minute >= NOON else 'am'}"


def _listed(days: Iterable[int]) -> str:
    return ", ".join(NAMES[day] for day in days)
