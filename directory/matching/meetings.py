"""Which support meetings a person can get to: the same week, the same travel, the same verdict."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import Literal

from directory.catalog.meeting import Meeting, MeetingList
from directory.catalog.schedule import Session, Track
from directory.matching.attend import Trip, attend
from directory.matching.pattern import pattern_of
from directory.matching.reach import Point
from directory.matching.table import shift_between
from directory.matching.week import DAY_MINUTES, FreeWeek, Interval, touched
from directory.places.distance import miles_between
from directory.places.place import Place
from directory.places.travel import TravelMode, travel_minutes

Way = Literal["in_person", "virtual"]
# A degree of latitude is 68.7 miles or more, one of longitude that times the cosine (a degree farther
# north, to be on the safe side): outside this box nothing is near, inside the distance is asked.
MILES_A_DEGREE = 68.7


@dataclass(frozen=True, slots=True)
class MeetingNeed:
    """Where somebody is, how far they would go, when they are free, and if they would join from home."""

    place: Place
    within_miles: float
    week: FreeWeek
    by: TravelMode = "car"
    from_home: bool = True


@dataclass(frozen=True, slots=True)
class Fitting:
    """A meeting on one day that fits: times on the person's clock; miles and minutes if one goes there."""

    meeting: Meeting
    list: MeetingList
    day: int
    start: int
    end: int
    way: Way
    miles: float | None = None
    minutes: int | None = None


def meetings_that_fit(
    lists: Iterable[MeetingList], need: MeetingNeed, today: date
) -> tuple[Fitting, ...]:
    """Every meeting and day that fits the week, by day and time, then the nearest first."""
    found = (
        one
        for listed in lists
        for meeting in listed.meetings
        for one in _fitting(meeting, listed, need, today)
    )
    return tuple(sorted(found, key=_order))


def _order(one: Fitting) -> tuple[int, int, float, str]:
    return one.day, one.start, one.miles if one.miles is not None else 1e9, one.meeting.name


def _fitting(
    meeting: Meeting, listed: MeetingList, need: MeetingNeed, today: date
) -> Iterator[Fitting]:
    free = [day for day in meeting.days if _is_free(meeting, day, need)]
    miles = _miles(meeting, need) if free else None
    for day in meeting.days:
        if (
            miles is not None
            and day in free
            and (went := _in_person(meeting, listed, day, miles, need))
        ):
            yield went
        elif need.from_home and meeting.from_home:
            yield from _from_home(meeting, listed, day, need, today)


def _is_free(meeting: Meeting, day: int, need: MeetingNeed) -> bool:
    """Free while it is held: what has no time for that needs no distance, which costs most."""
    return need.week.missed(touched([Interval(day, meeting.start, meeting.end)])) == 0


def _miles(meeting: Meeting, need: MeetingNeed) -> float | None:
    """Miles to it, if it is held in person and near enough."""
    if meeting.lat is None or meeting.lon is None:
        return None
    north = abs(meeting.lat - need.place.lat) * MILES_A_DEGREE
    east = abs(meeting.lon - need.place.lon) * MILES_A_DEGREE * cos(radians(need.place.lat + 1))
    if max(north, east) > need.within_miles:
        return None
    miles = miles_between(Point(meeting.lat, meeting.lon), need.place)
    return miles if miles <= need.within_miles else None


def _in_person(
    meeting: Meeting, listed: MeetingList, day: int, miles: float, need: MeetingNeed
) -> Fitting | None:
    minutes = max(
        travel_minutes(miles, need.by, edge, day) for edge in (meeting.start, meeting.end)
    )
    if not _fits(meeting, day, need, "in_person", Trip(-(-minutes // 15))):
        return None
    return Fitting(meeting, listed, day, meeting.start, meeting.end, "in_person", miles, minutes)


def _from_home(
    meeting: Meeting, listed: MeetingList, day: int, need: MeetingNeed, today: date
) -> Iterator[Fitting]:
    shift = shift_between(meeting.time_zone, need.place.time_zone, today)
    if _fits(meeting, day, need, "virtual", Trip(0, shift)):
        days, start = divmod(meeting.start + shift * 15, DAY_MINUTES)
        end = (meeting.end + shift * 15) % DAY_MINUTES
        yield Fitting(meeting, listed, (day + days) % 7, start, end, "virtual")


def _fits(meeting: Meeting, day: int, need: MeetingNeed, way: Way, trip: Trip) -> bool:
    session = Session(day=day, start=meeting.start, end=meeting.end)
    pattern = pattern_of(Track(mode=way, sessions=(session,)), None)
    return attend(pattern, need.week.bits, trip).verdict == "fits"
