import random
from collections import namedtuple
from datetime import date

from directory.catalog.evidence import Source
from directory.catalog.meeting import Meeting, MeetingList
from directory.matching.meetings import MeetingNeed, meetings_that_fit
from directory.matching.week import FreeWeek, Interval
from directory.places.distance import miles_between
from directory.places.place import Place

Point = namedtuple("Point", "lat lon")
TODAY = date(2026, 11, 24)
PASADENA = Place(
    "Pasadena, CA 91101", 34.1478, -118.1445, "zip", "CA", "91101", "America/Los_Angeles"
)
PAGE = Source("A page", TODAY, "published")
MONDAY_EVENING = FreeWeek.from_free([Interval(0, 1020, 1260)])


def need(week=MONDAY_EVENING, **rest):
    return MeetingNeed(PASADENA, **{"within_miles": 5.0, "week": week, **rest})


def fitting(*meetings, **rest):
    return meetings_that_fit([MeetingList(PAGE, meetings)], need(**rest), TODAY)


def held(name="Circle", days=(0,), start=1110, end=1170, lat=34.1478, lon=-118.1445, **rest):
    return Meeting(name, name, days, start, end, lat, lon, **rest)


def online(name="Video", **rest):
    return Meeting(name, name, (0,), 1110, 1170, link="https://meet.example/a", **rest)


def test_a_meeting_in_the_free_time_fits_and_another_day_does_not():
    (found,) = fitting(held(days=(0, 1)))
    assert (found.day, found.way) == (0, "in_person")


def test_the_way_there_and_back_has_to_be_free_too():
    assert fitting(held(start=1020, end=1080)) == ()
    assert fitting(held(start=1035, end=1080))
    assert fitting(held(start=1200, end=1260)) == ()


def test_far_away_meetings_are_left_out_and_the_nearer_stands_first():
    far, near = held("Far", lat=34.18), held("Near")
    assert [one.meeting.name for one in fitting(far, near)] == ["Near", "Far"]
    assert fitting(held(lat=35.0)) == ()
    assert fitting(held(lon=-118.4)) == ()


def test_a_meeting_by_video_needs_no_way_and_only_if_one_would_join_it():
    start_of_free_time = Meeting("Video", "Video", (0,), 1020, 1080, link="https://meet.example/a")
    assert [one.way for one in fitting(start_of_free_time)] == ["virtual"]
    assert fitting(start_of_free_time, from_home=False) == ()


def test_who_cannot_get_there_in_time_joins_a_hybrid_one_from_home():
    hybrid = held(start=1020, end=1080, link="https://meet.example/a")
    assert [one.way for one in fitting(hybrid)] == ["virtual"]


def test_a_video_meeting_of_another_time_zone_is_shown_on_the_persons_clock():
    (found,) = fitting(
        online(time_zone="America/New_York"), week=FreeWeek.from_free([Interval(0, 930, 990)])
    )
    assert (found.day, found.start, found.end) == (0, 930, 990)


def test_a_late_meeting_in_the_east_is_the_evening_before_in_the_west():
    late = Meeting(
        "Late", "Late", (1,), 60, 120, link="https://meet.example/a", time_zone="America/New_York"
    )
    (found,) = fitting(late, week=FreeWeek.from_free([Interval(0, 1320, 0)]))
    assert (found.day, found.start, found.end) == (0, 1320, 1380)


def test_more_free_time_never_loses_a_meeting():
    meetings = [
        held(str(day), days=(day,), start=600 + 90 * day, end=660 + 90 * day) for day in range(7)
    ]
    small = {one.meeting.id for one in fitting(*meetings)}
    larger = FreeWeek.from_free([Interval(day, 480, 1320) for day in range(7)])
    assert small <= {one.meeting.id for one in fitting(*meetings, week=larger)}
    assert len(fitting(*meetings, week=larger)) == 7


def test_the_box_around_a_place_loses_no_meeting_that_is_near():
    rng = random.Random(25)
    meetings = [
        held(str(n), lat=34.1478 + rng.uniform(-0.5, 0.5), lon=-118.1445 + rng.uniform(-0.5, 0.5))
        for n in range(400)
    ]
    always = FreeWeek.from_busy([])
    near = {one.id for one in meetings if miles_between(Point(one.lat, one.lon), PASADENA) <= 15}
    assert {one.meeting.id for one in fitting(*meetings, week=always, within_miles=15.0)} == near
    assert 50 < len(near) < 350
