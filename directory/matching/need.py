"""What one person is looking for. Everything may be left open; nothing here says who asks."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from directory.matching.week import FreeWeek
from directory.places.travel import TravelMode

NEEDS = (
    "near",
    "schedule",
    "level_of_care",
    "focus",
    "conditions",
    "services",
    "payer",
    "languages",
    "age",
    "populations",
    "mode",
    "start_by",
    "text",
)
"""Every need by its name in requests, receipts and `must`."""

ALWAYS_MUST = frozenset({"near", "level_of_care", "age"})

Sort = Literal["fit", "distance", "soonest"]


@dataclass(frozen=True, slots=True)
class Need:
    """A need as the finder takes it; `web/needs.py` reads it from requests.

    `weeks` has one free week, or several that rotate; none means the schedule is not asked.
    `travel_minutes` is the time one way to use instead of our estimate. `must` names the needs
    that rule a program out when the answer is no; unknown never rules out.
    """

    near: str | None = None
    within_miles: float | None = None
    travel_minutes: int | None = None
    travel_by: TravelMode = "car"
    weeks: tuple[FreeWeek, ...] = ()
    level_of_care: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    payer: str | None = None
    languages: tuple[str, ...] = ()
    age: int | None = None
    populations: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    start_by: date | None = None
    text: str = ""
    must: frozenset[str] = ALWAYS_MUST
    sort: Sort = "fit"
    limit: int = 20
    offset: int = 0
    lang: str = "en"
