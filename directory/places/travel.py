"""About how long the way takes: an estimate from miles, mode and hour, never a route.

    minutes = ceil(overhead_minutes(by) + miles * minutes_per_mile(by, peak))

`miles` is the straight line of `miles_between`; `minutes_per_mile` makes it a way along streets
(`DETOUR`) at the door-to-door speed of the mode. Array code computes the same formula from the
same two functions. Show every result as an estimate ("about 15 minutes").
"""

import math
from typing import Literal

TravelMode = Literal["car", "transit", "walk"]

# Streets are longer than the straight line: 1.2 to 1.4 in US metropolitan street networks.
DETOUR = 1.3

# Miles an hour along the street, stops and lights included: (peak, other hours). City driving,
# chosen on the slow side, as a late arrival costs a patient more than an early one. Buses lose
# less than cars in the peak because stops, not traffic, set their pace. 3 mph is the usual adult
# walking speed.
SPEED_MPH: dict[TravelMode, tuple[float, float]] = {
    "car": (25.0, 32.0),
    "transit": (11.0, 12.0),
    "walk": (3.0, 3.0),
}

# Before and after the ride: parking; or walking to the stop and waiting for half a headway.
OVERHEAD_MINUTES: dict[TravelMode, int] = {"car": 2, "transit": 12, "walk": 0}

# Monday to Friday, half-open, in minutes of the day: 7:00-9:30 and 15:30-19:00.
PEAK_HOURS: tuple[tuple[int, int], ...] = ((7 * 60, 9 * 60 + 30), (15 * 60 + 30, 19 * 60))

MINUTES_PER_DAY = 24 * 60


def travel_minutes(miles: float, by: TravelMode, minute_of_day: int, weekday: int) -> int:
    """One-way estimate in whole minutes for setting out at this minute (weekday 0 is Monday).

    Minutes before 0 or after 1439 lie on the day before or after; the week wraps.
    Never less for more miles.
    """
    return estimated_minutes(miles, by, is_peak(minute_of_day, weekday))


def minutes_per_mile(by: TravelMode, peak: bool) -> float:
    """Minutes for each straight-line mile, the detour along streets included."""
    at_peak, otherwise = SPEED_MPH[by]
    return DETOUR * 60.0 / (at_peak if peak else otherwise)


def overhead_minutes(by: TravelMode) -> int:
    """Minutes that every trip takes, however short."""
    return OVERHEAD_MINUTES[by]


def is_peak(minute_of_day: int, weekday: int) -> bool:
    """Whether this minute is in the rush hour; weekday 0 is Monday, days and weeks wrap."""
    days, minute = divmod(minute_of_day, MINUTES_PER_DAY)
    is_working_day = (weekday + days) % 7 < 5
    return is_working_day and any(start <= minute < end for start, end in PEAK_HOURS)


def estimated_minutes(miles: float, by: TravelMode, peak: bool) -> int:
    """One-way estimate in whole minutes, in the rush hour or outside it."""
    return math.ceil(overhead_minutes(by) + miles * minutes_per_mile(by, peak))
