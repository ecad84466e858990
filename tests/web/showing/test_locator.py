"""The map says what the list says: numbers, miles, directions; nothing covers anything."""

import math
from dataclasses import replace

import pytest

from directory.matching.outcome import ScheduleAnswer
from directory.matching.reach import Point
from directory.web.showing.locator import EDGE, MIDDLE, PIN, locator
from tests.support.outcomes import MON, PASADENA, listing, match, outcome, sessions, track

MILE_NORTH = 1 / 69.0
pytestmark = pytest.mark.usefixtures("speaking")


def a_match(miles, north=1.0, east=0.0, **rest):
    """A program so many miles away, that way."""
    spot = Point(PASADENA.lat + north * miles * MILE_NORTH, PASADENA.lon + east * miles / 57.3)
    return match(listing("A", track(*sessions(MON))), miles=miles, spot=spot, **rest)


def drawn(*matches, **rest):
    answer = outcome(*matches, **rest)
    return locator(answer.matches, answer)


def test_a_pin_stands_as_far_and_where_its_program_is():
    map = drawn(a_match(5), a_match(10, north=0, east=1))
    north, east = map.pins
    assert (north.number, round(north.x), north.y < MIDDLE) == (1, 150, True)
    assert math.hypot(north.x - MIDDLE, north.y - MIDDLE) == pytest.approx(EDGE / 2, abs=0.2)
    assert east.x - MIDDLE == pytest.approx(EDGE, abs=0.2)
    assert north.said == "Number 1: 5 miles, to the north."
    assert east.said == "Number 2: 10 miles, to the east."


def test_rings_are_round_miles_and_reach_to_the_farthest():
    for miles, labels in ((0.4, ["1 mi"]), (2.5, ["1 mi", "2 mi", "3 mi"]),
                          (10, ["3 mi", "6 mi", "10 mi"]), (140, ["50 mi", "100 mi", "200 mi"])):  # fmt: skip
        assert [ring.label for ring in drawn(a_match(miles)).rings] == labels


def test_no_pin_covers_another_or_the_person():
    map = drawn(*(a_match(0.01 * n, north=1, east=0.1) for n in range(20)))
    spots = [(MIDDLE, MIDDLE), *((pin.x, pin.y) for pin in map.pins)]
    apart = [math.dist(a, b) for n, a in enumerate(spots) for b in spots[:n]]
    assert min(apart) > PIN - 0.2
    assert all(math.dist(spot, spots[0]) <= EDGE + 0.2 for spot in spots)


def test_what_may_fit_and_what_clashes_look_different():
    verdicts = ("fits", "cannot_tell", "misses")
    map = drawn(*(a_match(n + 1, schedule=ScheduleAnswer(v)) for n, v in enumerate(verdicts)))
    assert [pin.kind for pin in map.pins] == ["", "q2", "q3"]


def test_who_has_no_place_on_the_map_is_named_by_number():
    video = match(listing("B", track(*sessions(MON), mode="virtual")), spot=Point(34, -118))
    nowhere = match(listing("C", track(*sessions(MON))), miles=None)
    map = drawn(a_match(2), video, nowhere)
    assert [pin.number for pin in map.pins] == [1]
    assert map.missing == "Not on the map, by video or without an address: 2 and 3."


def test_without_a_place_there_is_no_map():
    assert drawn(a_match(2), place=None) is None
    assert drawn(match(listing("C"), miles=None)) is None


def test_numbers_go_on_from_page_to_page():
    answer = outcome(a_match(2))
    later = replace(answer, need=replace(answer.need, offset=20))
    assert [pin.number for pin in locator(later.matches, later).pins] == [21]
