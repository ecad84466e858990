"""The travel estimate: about how many minutes one way."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.places.travel import (
    TravelMode,
    is_peak,
    minutes_per_mile,
    overhead_minutes,
    travel_minutes,
)

MILES = st.floats(0, 500)
MODES = st.sampled_from(["car", "transit", "walk"])
MINUTES = st.integers(0, 1439)
WEEKDAYS = st.integers(0, 6)
MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6
HALF_PAST_FIVE = 17 * 60 + 30


@pytest.mark.parametrize(("miles", "minutes"), [(2.3, 10), (4.1, 15), (6.8, 24)])
def test_a_drive_in_the_evening_peak_takes_about_so_long(miles: float, minutes: int) -> None:
    assert travel_minutes(miles, "car", HALF_PAST_FIVE, MONDAY) == minutes


def test_a_mile_on_foot_takes_20_minutes_and_the_detour_at_3_miles_an_hour() -> None:
    assert travel_minutes(1.0, "walk", 12 * 60, MONDAY) == 26


@pytest.mark.parametrize(
    ("minute", "weekday", "peak"),
    [
        (7 * 60 - 1, MONDAY, False),
        (7 * 60, MONDAY, True),
        (9 * 60 + 30, MONDAY, False),
        (15 * 60 + 30, FRIDAY, True),
        (19 * 60, FRIDAY, False),
        (HALF_PAST_FIVE, SATURDAY, False),
        (HALF_PAST_FIVE, SUNDAY, False),
        (HALF_PAST_FIVE + 1440, SUNDAY, True),
        (HALF_PAST_FIVE - 1440, MONDAY, False),
    ],
)
def test_peaks_are_the_two_rush_hours_of_working_days(
    minute: int, weekday: int, peak: bool
) -> None:
    assert is_peak(minute, weekday) is peak


@given(a=MILES, b=MILES, by=MODES, minute=MINUTES, weekday=WEEKDAYS)
def test_more_miles_never_take_less_time(
    a: float, b: float, by: TravelMode, minute: int, weekday: int
) -> None:
    near, far = sorted((a, b))
    assert travel_minutes(near, by, minute, weekday) <= travel_minutes(far, by, minute, weekday)


@given(miles=MILES, by=MODES, minute=MINUTES, weekday=WEEKDAYS)
def test_arrays_can_use_the_same_formula(
    miles: float, by: TravelMode, minute: int, weekday: int
) -> None:
    per_mile = minutes_per_mile(by, is_peak(minute, weekday))
    formula = math.ceil(overhead_minutes(by) + miles * per_mile)
    assert travel_minutes(miles, by, minute, weekday) == formula
