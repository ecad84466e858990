"""Which programs a place reaches: everything near enough, and what distance does not decide."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from directory.matching.criterion import Flags, Rows
from directory.matching.need import Need
from directory.matching.roster import NO_STATE, Roster
from directory.matching.sessions import MOST_TRAVEL_QUARTERS
from directory.places.default_radius import default_radius
from directory.places.distance import miles_between
from directory.places.place import Place
from directory.places.travel import estimated_minutes, minutes_per_mile, overhead_minutes

STEPS = (2, 5, 10, 15, 20, 25, 35, 50, 75, 100, 150, 200)
"""The radii we offer when somebody widens."""

EDGE = 0.00001
"""The formula and the geodesic differ by less than this share; inside it, the geodesic decides."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The rows worth judging, in roster order.

    `miles` is nan where unknown. `inside` is within the radius asked; `ring` within the next
    radius only (empty where nobody asks what that would bring). `torn` are rows that one of two
    sources puts inside and the other outside (they count as inside: unknown is not no). `here` has
    the rows of the person's own state (all, if no place was asked).
    """

    place: Place | None
    within_miles: float | None
    next_miles: float | None
    rows: Rows
    miles: NDArray[np.float64]
    inside: Flags
    ring: Flags
    torn: Flags
    here: Flags

    def only(self, at: Rows) -> "Reach":
        """The same for some positions."""
        return replace(
            self,
            rows=self.rows[at],
            miles=self.miles[at],
            inside=self.inside[at],
            ring=self.ring[at],
            torn=self.torn[at],
            here=self.here[at],
        )


def reach_of(need: Need, place: Place | None, roster: Roster, *, changes: bool) -> Reach:
    """The rows to judge for a need; without a place, all of them.

    The ring is for `changes`: what a wider radius would bring.
    """
    if place is None:
        return _everywhere(np.arange(roster.size))
    within, wider = _radii(need, place)
    if "near" not in need.must:  # distance rules nothing out
        return _reach_at(place, within, wider, np.arange(roster.size), roster)
    if not changes:
        wider = within
    found = _reach_at(place, within, wider, roster.candidates(place, wider), roster)
    roams = roster.columns["roaming"][found.rows] & found.here
    return found.only(np.flatnonzero(found.inside | found.ring | roams))


def reach_of_row(need: Need, place: Place | None, roster: Roster, row: int) -> Reach:
    """One program only, wherever it is, as its own page judges it."""
    rows = np.array([row])
    if place is None:
        return _everywhere(rows)
    return _reach_at(place, *_radii(need, place), rows, roster)


def _everywhere(rows: Rows) -> Reach:
    yes = np.ones(len(rows), bool)
    return Reach(None, None, None, rows, np.full(len(rows), np.nan), yes, ~yes, ~yes, yes)


def _reach_at(place: Place, within: float, wider: float, rows: Rows, roster: Roster) -> Reach:
    miles = roster.about_miles(place, rows)
    inside, torn = _inside(place, within, rows, miles, roster)
    reached = _inside(place, wider, rows, miles, roster)[0] if wider > within else inside
    own = roster.states.index(place.state) if place.state in roster.states else NO_STATE
    state = roster.columns["state"][rows]
    here = (state == own) | (state == -1)
    next_miles = wider if wider > within else None
    return Reach(place, within, next_miles, rows, miles, inside, reached & ~inside, torn, here)


def _radii(need: Need, place: Place) -> tuple[float, float]:
    """The radius asked for, and the next one we would offer (the same, past the widest)."""
    within = need.within_miles or default_radius(place, need.travel_by)
    return within, next((float(step) for step in STEPS if step > within), within)


def _inside(
    place: Place, within: float, rows: Rows, miles: NDArray[np.float64], roster: Roster
) -> tuple[Flags, Flags]:
    """Rows within the radius by some source, and those of them that another puts outside."""
    inside = _within(place, within, miles, rows, roster, elsewhere=False)
    torn = np.zeros(len(rows), bool)
    if not len(roster.rows_elsewhere):
        return inside, torn
    at = np.flatnonzero(~np.isnan(roster.columns["other_lat"][rows]))
    if len(at):
        other = roster.about_miles(place, rows[at], elsewhere=True)
        there = _within(place, within, other, rows[at], roster, elsewhere=True)
        torn[at] = inside[at] != there
        inside[at] |= there
    return inside, torn


def _within(
    place: Place,
    within: float,
    miles: NDArray[np.float64],
    rows: Rows,
    roster: Roster,
    *,
    elsewhere: bool,
) -> Flags:
    """Within the radius by the geodesic; only rows at the edge need it computed."""
    inside = miles <= within
    for at in np.flatnonzero(np.abs(miles - within) <= within * EDGE):
        point = _point(roster, int(rows[at]), elsewhere=elsewhere)
        inside[at] = miles_between(place, point) <= within
    return inside


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in degrees."""

    lat: float
    lon: float


def _point(roster: Roster, row: int, *, elsewhere: bool = False) -> Point:
    lat, lon = ("other_lat", "other_lon") if elsewhere else ("lat", "lon")
    return Point(float(roster.columns[lat][row]), float(roster.columns[lon][row]))


def spot_of(roster: Roster, row: int) -> Point | None:
    """Where a row is, as distances are counted; None if it is not known."""
    point = _point(roster, row)
    return None if np.isnan(point.lat) else point


def exact_miles(place: Place | None, roster: Roster, row: int) -> float | None:
    """Geodesic miles to a row; None if either end is not known."""
    point = _point(roster, row)
    if place is None or np.isnan(point.lat):
        return None
    return miles_between(place, point)


def minutes_away(need: Need, miles: float | None, peak: bool) -> int | None:
    """Estimated minutes one way, or the minutes the person gave; None if the distance is unknown."""
    if need.travel_minutes is not None:
        return need.travel_minutes
    if miles is None or np.isnan(miles):
        return None
    return estimated_minutes(miles, need.travel_by, peak)


def quarters_away(need: Need, miles: NDArray[np.float64], peak: Flags) -> NDArray[np.int64]:
    """Travel one way in quarter hours, rounded up; 0 where the distance is unknown.

    `peak` says for each distance whether roads are slow then.
    """
    if need.travel_minutes is not None:
        given = min(-(-need.travel_minutes // 15), MOST_TRAVEL_QUARTERS)
        return np.full(len(miles), given, np.int64)
    by = need.travel_by
    each = np.where(peak, minutes_per_mile(by, True), minutes_per_mile(by, False))
    quarters = np.ceil(np.ceil(overhead_minutes(by) + miles * each) / 15)
    quarters[np.isnan(quarters)] = 0
    return np.minimum(quarters, MOST_TRAVEL_QUARTERS).astype(np.int64)
