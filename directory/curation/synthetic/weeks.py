"""The weeks of invented programs, in the shapes that programs publish."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from directory.catalog.schedule import (
    Choose,
    Grade,
    Mode,
    Openings,
    PartOfDay,
    Session,
    SessionMode,
    Start,
    StartRule,
    Track,
)
from directory.curation.synthetic.shares import Statistics, Weighted

LEAST_WEEKLY_MINUTES = 9 * 60
COHORTS = 3
_GRADES: dict[str, Grade] = {
    "days_and_times": "days_and_times",
    "times_only": "times_only",
    "days_only": "days_only",
    "frequency_only": "frequency_only",
    "none": "none",
}
_MODES: dict[str, Mode] = {"in_person": "in_person", "virtual": "virtual", "hybrid": "hybrid"}
_PARTS: dict[str, PartOfDay] = {
    "morning": "morning",
    "afternoon": "afternoon",
    "evening": "evening",
}
_RULES: dict[str, StartRule] = {"rolling": "rolling", "cohort": "cohort", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class Calendar:
    """Draws tracks as of one day."""

    statistics: Statistics
    today: date

    def tracks(self, rng: Random, *, day_program: bool, seasons: bool) -> tuple[Track, ...]:
        """One track, sometimes two; where seasons matter, the same track in two of them."""
        how_many = 2 if self.statistics.happens(rng, "second_track") else 1
        grade = _GRADES[self._shape("grade", day_program).draw(rng)]
        mode = _MODES[self.statistics.shapes["mode"].draw(rng)]
        found = [self._track(rng, grade, mode, day_program) for _ in range(how_many)]
        if seasons and found[0].sessions:
            summer = self._track(rng, grade, mode, day_program)
            school = replace(found[0], season="school year")
            return school, replace(summer, label=school.label, season="summer", start=school.start)
        return tuple(_told_apart(found))

    def _track(self, rng: Random, grade: Grade, mode: Mode, day_program: bool) -> Track:
        start_minute = self._start_minute(rng, day_program)
        part = _part_of(start_minute)
        if grade in ("days_only", "frequency_only"):
            part = _PARTS[self.statistics.shapes["part"].draw(rng)]
        sessions = self._sessions(rng, grade, start_minute, part, day_program)
        choose = None
        if not day_program and sessions and self.statistics.happens(rng, "choose"):
            sessions, choose = _choosable(rng, sessions)
        if mode == "hybrid":
            sessions = _hybrid(sessions)
        return Track(
            label=f"{part.capitalize()} group" if sessions else None,
            mode=mode,
            start=self._start(rng),
            openings=self._openings(rng),
            schedule_grade=grade,
            choose=choose,
            sessions=sessions,
        )

    def _sessions(
        self, rng: Random, grade: Grade, start: int, part: PartOfDay, day_program: bool
    ) -> tuple[Session, ...]:
        if grade == "none":
            return ()
        days = tuple(int(day) for day in self._shape("days", day_program).draw(rng))
        length = self._shape("length", day_program).number(rng)
        count = 5 if day_program else self.statistics.shapes["count"].number(rng)
        if length * len(days) < LEAST_WEEKLY_MINUTES:
            length = 180
        timed = Session(start=start, end=start + length, contact_minutes=min(length, 180))
        match grade:
            case "days_and_times":
                return tuple(replace(timed, day=day) for day in days)
            case "times_only":
                return (replace(timed, count=count),)
            case "days_only":
                return tuple(Session(day=day, part_of_day=part) for day in days)
            case _:
                return (Session(count=count, part_of_day=part, span_minutes=length),)

    def _start_minute(self, rng: Random, day_program: bool) -> int:
        hour = self._shape("hour", day_program).number(rng)
        return hour * 60 + self.statistics.shapes["minute"].number(rng)

    def _shape(self, name: str, day_program: bool) -> Weighted:
        return self.statistics.shapes[f"day_{name}" if day_program else name]

    def _start(self, rng: Random) -> Start:
        rule = _RULES[self.statistics.shapes["start"].draw(rng)]
        if rule == "rolling":
            return Start(rule, lead_days=rng.choice((1, 2, 3, 5, 7, 10)))
        if rule == "unknown":
            return Start()
        monday = self.today + timedelta(days=7 - self.today.weekday() + 7 * rng.randrange(3))
        return Start(rule, tuple(monday + timedelta(weeks=4 * n) for n in range(COHORTS)), 3)

    def _openings(self, rng: Random) -> Openings:
        if not self.statistics.happens(rng, "openings_heard"):
            return Openings()
        heard = self.today - timedelta(days=rng.randint(1, 40))
        match self.statistics.shapes["accepting"].draw(rng):
            case "yes":
                return Openings("yes", rng.choice((None, 1, 2, 3, 4)), heard)
            case "no":
                return Openings("no", None, heard)
            case _:
                return Openings("unknown", None, heard)


def _part_of(minute: int) -> PartOfDay:
    return "morning" if minute < 12 * 60 else "afternoon" if minute < 16 * 60 else "evening"


def _choosable(
    rng: Random, sessions: tuple[Session, ...]
) -> tuple[tuple[Session, ...], Choose | None]:
    """At least two or three of the sessions; a single session is offered on five days."""
    pool = tuple(replace(one, attendance="choose") for one in sessions)
    if len(pool) == 1:
        return (replace(pool[0], count=5),), Choose(3, 5, different_days=True)
    least = rng.randint(2, max(2, len(pool) - 1))
    return pool, Choose(min(least, len(pool)), len(pool), different_days=True)


def _hybrid(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """Every other session by video."""
    modes: tuple[SessionMode, SessionMode] = ("in_person", "virtual")
    return tuple(replace(one, mode=modes[at % 2]) for at, one in enumerate(sessions))


def _told_apart(tracks: list[Track]) -> list[Track]:
    """Two tracks of one label get a number."""
    if len(tracks) == 2 and tracks[0].label == tracks[1].label and tracks[0].label:
        return [tracks[0], replace(tracks[1], label=f"{tracks[1].label} 2")]
    return tracks
