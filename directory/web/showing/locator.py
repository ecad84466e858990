"""The map beside the list: rings of miles around the person, a pin for each number. No tile, no script.

A picture of straight-line miles, not of streets: what it shows stands in words in the list, too.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directory.matching.outcome import Match, Outcome
from directory.places.place import Place
from directory.web.i18n import gettext
from directory.web.kept import remembered
from directory.web.showing import words

SIZE, MIDDLE, EDGE = 300, 150.0, 134.0
PIN = 24.0
"""Pixels between the middles of two pins, so that both can be read."""

# Farthest pin, in miles -> the rings that are drawn.
RINGS: tuple[tuple[float, ...], ...] = (
    *((1.0,), (1.0, 2.0), (1.0, 2.0, 3.0), (1.0, 3.0, 5.0), (3.0, 6.0, 10.0), (5.0, 10.0, 15.0)),
    *((5.0, 15.0, 25.0), (15.0, 30.0, 50.0), (25.0, 50.0, 100.0), (50.0, 100.0, 200.0)),
)
KINDS = {"cannot_tell": "q2", "misses": "q3"}


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle so many miles away."""

    radius: float
    label: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A program by the number of its card; `said` tells the same in words."""

    number: int
    x: float
    y: float
    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class Locator:
    """The map, ready to draw; `missing` are the numbers that have no pin."""

    rings: tuple[Ring, ...]
    pins: tuple[Pin, ...]
    caption: str
    missing: str


@dataclass(frozen=True, slots=True)
class _Away:
    number: int
    miles: float
    angle: float
    """Clockwise from north, in radians."""
    kind: str


def locator(shown: Sequence[Match], outcome: Outcome) -> Locator | None:
    """The programs of this page around the person; None without a place, or without a pin."""
    place = outcome.place
    if place is None:
        return None
    numbered = list(enumerate(shown, outcome.need.offset + 1))
    away = [found for number, one in numbered if (found := _away(number, one, place))]
    if not away:
        return None
    rings = _rings(max(one.miles for one in away))
    scale = EDGE / rings[-1]
    rest = [str(number) for number, _ in numbered if number not in {one.number for one in away}]
    return Locator(
        rings=tuple(Ring(round(miles * scale, 1), _miles(miles)) for miles in rings),
        pins=tuple(_pins(away, rings, scale)),
        caption=gettext(
            "Straight miles from %(place)s. Same numbers as the list.", place=place.name
        ),
        missing=_missing(rest),
    )


def _away(number: int, match: Match, place: Place) -> _Away | None:
    """None for a group by video, and where nobody says where it is, or it is off the map."""
    from_home = match.track is not None and match.track.mode == "virtual"
    if from_home or match.spot is None or match.miles is None or match.miles > RINGS[-1][-1]:
        return None
    east = (match.spot.lon - place.lon) * math.cos(math.radians(place.lat))
    kind = KINDS.get(match.schedule.verdict, "") if match.schedule else ""
    return _Away(number, match.miles, math.atan2(east, match.spot.lat - place.lat), kind)


def _rings(farthest: float) -> tuple[float, ...]:
    return next((rings for rings in RINGS if rings[-1] >= farthest), RINGS[-1])


def _pins(away: Sequence[_Away], rings: Sequence[float], scale: float) -> Iterator[Pin]:
    """Each at its place, or beside it where another one or the miles of a ring stand."""
    taken = [(MIDDLE, MIDDLE), *((MIDDLE, MIDDLE + miles * scale) for miles in rings)]
    for one in away:
        reach = one.miles * scale
        wanted = MIDDLE + reach * math.sin(one.angle), MIDDLE - reach * math.cos(one.angle)
        x, y = next((spot for spot in _around(wanted) if _is_clear(spot, taken)), wanted)
        taken.append((x, y))
        where = gettext(
            "Number %(number)d: %(miles)s, %(direction)s.",
            number=one.number,
            miles=words.miles(one.miles),
            direction=_directions()[round(one.angle / (math.pi / 4)) % 8],
        )
        yield Pin(one.number, round(x, 1), round(y, 1), one.kind, where)


def _around(wanted: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """The place itself, then places around it, nearest first, all on the map."""
    yield wanted
    for turn in range(1, 11):
        for step in range(12):
            angle = math.pi * step / 6
            x = wanted[0] + turn * PIN / 2 * math.sin(angle)
            y = wanted[1] - turn * PIN / 2 * math.cos(angle)
            if math.hypot(x - MIDDLE, y - MIDDLE) <= EDGE:
                yield x, y


def _is_clear(spot: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return all(math.hypot(spot[0] - x, spot[1] - y) >= PIN for x, y in taken)


def _miles(miles: float) -> str:
    return gettext("%(number)s mi", number=f"{miles:g}")


def _missing(numbers: Sequence[str]) -> str:
    if not numbers:
        return ""
    listed = words.in_a_row(numbers)
    return gettext("Not on the map, by video or without an address: %(numbers)s.", numbers=listed)


@remembered
def _directions() -> tuple[str, ...]:
    return (
        gettext("to the north"),
        gettext("to the northeast"),
        gettext("to the east"),
        gettext("to the southeast"),
        gettext("to the south"),
        gettext("to the southwest"),
        gettext("to the west"),
        gettext("to the northwest"),
    )
