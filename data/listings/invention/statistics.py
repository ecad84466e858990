"""What programs publish, counted on 97 IOPs (seen 2026-11-23): the shares that we draw from."""

from collections.abc import Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")

# Grade of schedule knowledge, of 97 programs.
GRADES: Mapping[str, int] = {
    "days_and_times": 31,
    "times_only": 7,
    "days_only": 5,
    "frequency_only": 44,
    "none": 10,
}
# Part of day of timed tracks, in percent.
PARTS: Mapping[str, int] = {"morning": 53, "afternoon": 20, "evening": 27}
# Named day sets of 44 tracks; sets of two days or six are left out (too short, or one program).
DAY_SETS: Mapping[str, int] = {
    "mon tue wed thu": 9,
    "mon wed fri": 8,
    "mon tue thu": 6,
    "mon tue wed thu fri": 5,
    "mon wed thu": 4,
    "tue wed fri": 1,
    "tue wed thu": 1,
    "tue thu fri": 1,
}
# First start hour of 45 timed tracks, by part of day.
START_HOURS: Mapping[str, Mapping[int, int]] = {
    "morning": {8: 2, 9: 11, 10: 10, 11: 1},
    "afternoon": {13: 2, 14: 2, 15: 3},
    "evening": {16: 8, 17: 3, 18: 3},
}
# Length of a day in minutes, in percent; longer days are left to day programs.
DAY_LENGTHS: Mapping[int, int] = {180: 63, 210: 17, 150: 9, 240: 7}
# Days a week where only a number is published, in percent.
DAY_COUNTS: Mapping[int, int] = {3: 47, 4: 18, 5: 9}
# Weeks, around the published median of 8 (quartiles 6 and 10).
WEEKS: Mapping[int, int] = {6: 2, 8: 5, 10: 2, 12: 2}


def drawn(rng: Random, shares: Mapping[T, int]) -> T:
    """One key, with the chance that the shares give it."""
    return rng.choices(list(shares), weights=list(shares.values()))[0]


def in_percent(counts: Mapping[str, int], order: Mapping[str, int]) -> str:
    """Counts as shares, in the order of the table they are compared with."""
    total = sum(counts.values()) or 1
    return ", ".join(f"{key} {100 * counts.get(key, 0) / total:.0f} %" for key in order)
