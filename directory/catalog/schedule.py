"""When a track meets, as far as it is published: sessions, choice, start and openings."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Mode = Literal["in_person", "virtual", "hybrid"]
SessionMode = Literal["in_person", "virtual"]
PartOfDay = Literal["morning", "afternoon", "evening"]
Attendance = Literal["required", "choose", "optional"]
Grade = Literal["days_and_times", "times_only", "days_only", "frequency_only", "none"]
StartRule = Literal["rolling", "cohort", "unknown"]


@dataclass(frozen=True, slots=True)
class Session:
    """One session a week, or `count` like sessions on days that are not named.

    `day` 0 is Monday, None is not named (then one of `day_among`, or any day). `start` and `end`
    are minutes after midnight at the site (0 to 1439), None where not published; an end that is
    not after its start lies on the next day. `contact_minutes` is treatment time without breaks.
    """

    day: int | None = None
    start: int | None = None
    end: int | None = None
    count: int | None = None
    day_among: tuple[int, ...] = ()
    part_of_day: PartOfDay | None = None
    span_minutes: int | None = None
    contact_minutes: int | None = None
    mode: SessionMode | None = None
    attendance: Attendance = "required"
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Choose:
    """How many of the `choose` sessions a person attends each week."""

    at_least: int = 1
    at_most: int | None = None
    different_days: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """When a person can begin: any week, on given dates, or not published."""

    rule: StartRule = "unknown"
    dates: tuple[date, ...] = ()
    lead_days: int | None = None


@dataclass(frozen=True, slots=True)
class Openings:
    """Whether the track takes people now, as last reported."""

    accepting: Literal["yes", "no", "unknown"] = "unknown"
    seats: int | None = None
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """What a person attends. Tracks of one label and different `season` are one track in phases."""

    label: str | None = None
    mode: Mode | None = None
    season: str | None = None
    start: Start = field(default_factory=Start)
    openings: Openings = field(default_factory=Openings)
    schedule_grade: Grade = "none"
    choose: Choose | None = None
    sessions: tuple[Session, ...] = ()
