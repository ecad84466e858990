"""The weeks of a stay: when each published session is held, from the first group to the last."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from directory.catalog.program import Span
from directory.catalog.schedule import Session, Track
from directory.matching.pattern import by_course
from directory.matching.week import Interval

WEEK = timedelta(days=7)
_NAMED_WEEKS = re.compile(
    r"\bweeks?\s+(\d{1,2})(?:\s*(?:-|\u2013|to|through)\s*(?:weeks?\s+)?(\d{1,2}))?\b",
    re.IGNORECASE,
)
# Stages of an IOP as the guide tells them: a first week, three stages between, a last week.
STAGES = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What one calendar holds: a track, or its phases where they say which weeks are theirs."""

    key: str
    phases: tuple[Track, ...]

    @property
    def published(self) -> bool:
        """True if a session has its day and hours, so that a calendar can hold it."""
        return any(_has_times(session) for track in self.phases for session in track.sessions)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One session on its first day, at the site's wall clock, and for how many weeks it is held.

    `weeks` is None where nobody says how long the stay is. `sure` is False for weeks after the
    fewest that the program names, for sessions one may choose and for optional ones.
    """

    session: Session
    start: datetime
    end: datetime
    weeks: int | None
    sure: bool = True


def plans(tracks: Sequence[Track]) -> tuple[Plan, ...]:
    """Every calendar of a program. Seasons without week numbers are calendars of their own."""
    found: list[Plan] = []
    for course in by_course(tracks):
        whole = len(course) == 1 or all(named_weeks(one.season) for one in course)
        for phases in (course,) if whole else tuple((one,) for one in course):
            found.append(Plan(_key(phases, {one.key for one in found}), phases))
    return tuple(found)


def _key(phases: Sequence[Track], taken: set[str]) -> str:
    """What the group is called, with a number where that is taken: 'evening', 'evening-2'."""
    season = phases[0].season if len(phases) == 1 else None
    words = f"{phases[0].label or ''} {season or ''}".lower()
    key = re.sub(r"[^a-z0-9]+", "-", words).strip("-") or "group"
    numbered = (f"{key}-{number}" for number in count(len(taken) + 1))
    return key if key not in taken else next(one for one in numbered if one not in taken)


def named_weeks(season: str | None) -> tuple[int, int] | None:
    """First and last week that a phase such as 'Weeks 1 to 4' names."""
    named = _NAMED_WEEKS.search(season or "")
    return (int(named[1]), int(named[2] or named[1])) if named else None


def occasions(plan: Plan, first: date, stay: Span | None) -> Iterator[Occasion]:
    """Each session with a published day and time, from the first group on."""
    for track in plan.phases:
        own = named_weeks(track.season)
        begins = first + WEEK * (own[0] - 1) if own else first
        for session in track.sessions:
            if _has_times(session):
                for since, weeks, sure in _stretches(own, stay):
                    sure = sure and session.attendance == "required"
                    yield _occasion(session, begins + WEEK * since, weeks, sure)


def _has_times(session: Session) -> bool:
    return None not in (session.day, session.start, session.end)


def _stretches(
    own: tuple[int, int] | None, stay: Span | None
) -> Iterator[tuple[int, int | None, bool]]:
    """Weeks since the beginning, weeks held, and if that is sure: the fewest, then up to the most."""
    if own:
        yield 0, own[1] - own[0] + 1, True
        return
    least, most = (stay.min or 0, stay.max or 0) if stay else (0, 0)
    if least:
        yield 0, least, True
    if most > least:
        yield least, most - least, False
    if not (least or most):
        yield 0, None, True


def _occasion(session: Session, begins: date, weeks: int | None, sure: bool) -> Occasion:
    day, start, end = session.day or 0, session.start or 0, session.end or 0
    on = begins + timedelta(days=(day - begins.weekday()) % 7)
    first, last = Interval(0, start, end).minutes()
    midnight = datetime.combine(on, time())
    return Occasion(
        session,
        midnight + timedelta(minutes=first),
        midnight + timedelta(minutes=last),
        weeks,
        sure,
    )


def days_a_week(track: Track) -> int | None:
    """On how many days a week one comes at least; None where nobody says."""
    required = [one for one in track.sessions if one.attendance == "required"]
    pool = [one for one in track.sessions if one.attendance == "choose"]
    if (not required and not pool) or any(
        one.day is None and one.count is None for one in (*required, *pool)
    ):
        return None
    named = {one.day for one in required if one.day is not None}
    open_days = sum(one.count or 0 for one in required if one.day is None)
    chosen = (track.choose.at_least if track.choose else 1) if pool else 0
    return len(named) + open_days + chosen


def stages(weeks: int) -> tuple[tuple[int, int], ...]:
    """First week and number of weeks of each stage; nothing for a stay too short to part."""
    if weeks < STAGES:
        return ()
    between = weeks - 2
    sizes = [1, *(between // 3 + (at < between % 3) for at in range(3)), 1]
    return tuple((1 + sum(sizes[:at]), size) for at, size in enumerate(sizes))
