"""What a spoken place can turn out to be: one place, several, or none we know."""

from dataclasses import dataclass
from typing import Literal

Precision = Literal["zip", "place", "near"]
WhyUnknown = Literal["not_found", "foreign", "empty", "no_such_zip"]


@dataclass(frozen=True, slots=True)
class Place:
    """One point in the United States, with how exactly we know it.

    `precision`: "zip" is the middle of a ZIP area, "place" the point of its city or neighbourhood
    (also for ZIPs without an area of their own), "near" coordinates rounded to 2 decimals.
    `state` has two letters; `time_zone` is an IANA name. `zips_nearby` counts the distinct ZIP
    points within 10 miles, None when nobody counted.
    """

    name: str
    lat: float
    lon: float
    precision: Precision
    state: str
    zip: str | None
    time_zone: str
    zips_nearby: int | None = None


@dataclass(frozen=True, slots=True)
class AmbiguousPlace:
    """Several places bear this name: ask which. `choices` has 2 to 6, the largest first."""

    text: str
    choices: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class UnknownPlace:
    """We know no such place. `suggestions` (at most 6, the likeliest first) may be empty."""

    text: str
    reason: WhyUnknown
    suggestions: tuple[Place, ...] = ()
