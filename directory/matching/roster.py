"""The columns: one row a program, sorted by cell, with its tracks behind it.

`build_roster` is the only place that decides what a column holds; `search` keeps them on disk.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from directory.catalog.evidence import State
from directory.catalog.program import Address, Listing
from directory.catalog.schedule import Mode, Track
from directory.matching.answered import AnsweredBits
from directory.matching.criteria import CRITERIA
from directory.matching.criterion import Column, Context, Rows
from directory.matching.first_group import Beginning, beginning_of
from directory.matching.implied import with_implied
from directory.matching.pattern import Pattern, by_course, pattern_of
from directory.matching.table import PatternTable
from directory.places.place import Place

CELL_DEGREES = 0.25
CELLS_ROUND = 1440
NOWHERE = 2**31 - 1
NO_STATE = -2  # of people from elsewhere; rows that do not say have -1
EQUATOR_MILES = 6378.137 / 1.609344
FLATTENING = 1 / 298.257223563
TRACK_MODES = ("in_person", "virtual", "hybrid", None)
VIRTUAL = TRACK_MODES.index("virtual")

# The facts whose age makes a listing fresh or not.
KEY_FACTS = ("tracks", "payers", "level_of_care", "phone")
FRESH_POINTS = {
    State.CURRENT: 1.0,
    State.CALL_TO_CONFIRM: 0.5,
    State.CONFLICTING: 0.5,
    State.UNKNOWN: 0.0,
}

Locate = Callable[[Listing], Place | None]


@dataclass(frozen=True)
class Roster:
    """All programs as arrays. `columns` by name; a course is a track with its seasons or phases.

    Rows: `lat`, `lon` (degrees; nan if not known), `cell`, `state`, `fresh`, `doubtful_tracks`,
    `other_lat`, `other_lon` (where another source puts the site; else nan), `roaming` (distance does
    not decide: it has a virtual track, or says no place), `track_from` (n + 1 offsets) and what each
    criterion encodes. Tracks: `track_course`, `track_mode`, `track_beginning`. Courses: `course_from`
    offsets into `course_pattern`; `course_peak`. Patterns: `pattern_tangled`, the least travel at which
    its open sessions may overlap (`table.tangled_from`).
    """

    columns: Mapping[str, Column]
    table: PatternTable
    beginnings: tuple[Beginning, ...]
    states: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many programs."""
        return len(self.columns["cell"])

    @cached_property
    def answered(self) -> AnsweredBits:
        """The codes that programs answer, turned around for counting."""
        return AnsweredBits.of(self.columns, self.size)

    @cached_property
    def every_track(self) -> tuple[Rows, Rows, Rows]:
        """All tracks, where each row's begin, and the row of each."""
        begins = self.columns["track_from"]
        owner = np.arange(self.size).repeat(np.diff(begins))
        return np.arange(len(owner)), begins[:-1], owner

    def candidates(self, here: Place, miles: float) -> Rows:
        """Rows that may lie within `miles`, and those that distance does not decide; in order."""
        anywhere = self.rows_anywhere(here.state)
        rows = np.concatenate([*self._runs(here, miles), anywhere, self.rows_elsewhere])
        rows.sort()
        first = np.ones(len(rows), bool)
        np.not_equal(rows[1:], rows[:-1], out=first[1:])
        return rows[first]

    @cached_property
    def rows_elsewhere(self) -> Rows:
        """Rows that two sources put in different places."""
        return np.flatnonzero(~np.isnan(self.columns["other_lat"]))

    def about_miles(
        self, here: Place, rows: Rows, *, elsewhere: bool = False
    ) -> NDArray[np.float64]:
        """Statute miles by Lambert's formula; nan where the program does not say where it is.

        With `elsewhere`, to where another source puts it.

        The great circle between reduced latitudes, corrected for the flattening. At the distances
        people travel it differs from the geodesic by less than the share `reach.EDGE`; a test holds it.
        """
        if elsewhere:
            there, sine, cosine = reduced(self.columns["other_lat"][rows])
        else:
            there, sine, cosine = (column[rows] for column in self._reduced)
        across = np.radians(self.columns["other_lon" if elsewhere else "lon"][rows] - here.lon)
        own = math.atan((1 - FLATTENING) * math.tan(math.radians(here.lat)))
        own_sine, own_cosine = math.sin(own), math.cos(own)
        chord = np.sin((there - own) / 2) ** 2
        chord += own_cosine * cosine * np.sin(across / 2) ** 2
        angle, rest = 2 * np.arcsin(np.sqrt(chord)), 1 - chord
        bend = 2 * np.sqrt(chord * rest)  # the sine of the angle
        flat = (angle - bend) * ((sine + own_sine) / 2) ** 2 / rest
        flat += (angle + bend) * ((sine - own_sine) / 2) ** 2 / np.maximum(chord, 1e-20)
        miles: NDArray[np.float64] = EQUATOR_MILES * (angle - FLATTENING / 2 * flat)
        return miles

    @cached_property
    def _reduced(self) -> tuple[NDArray[np.float64], ...]:
        """The reduced latitude of each row, in radians, with its sine and cosine."""
        return reduced(self.columns["lat"])

    def _runs(self, here: Place, miles: float) -> list[Rows]:
        """The runs of rows whose cells the circle touches."""
        tall = math.degrees(miles * 1.01 / EQUATOR_MILES)
        wide = min(180.0, tall / max(0.01, math.cos(math.radians(min(89.0, abs(here.lat) + tall)))))
        cells = self.columns["cell"]  # of one type with what is looked for: nothing is converted
        west, east = _column(here.lon - wide), _column(here.lon + wide)
        # A run that goes on past the antimeridian lies in the line beside its own: take one more each way.
        beyond = int(west < 0 or east >= CELLS_ROUND)
        first, last = _line(here.lat - tall) - beyond, _line(here.lat + tall) + beyond
        lines = np.arange(first, last + 1, dtype=cells.dtype) * CELLS_ROUND
        edges = [lines + west, lines + east + 1]
        begins, ends = np.searchsorted(cells, np.array(edges, cells.dtype)).tolist()
        return [np.arange(a, b) for a, b in zip(begins, ends, strict=True) if b > a]

    def rows_anywhere(self, state: str | None) -> Rows:
        """Rows that distance does not decide: virtual tracks in this state, and no place known."""
        code = self.states.index(state) if state in self.states else len(self.states)
        return self._roaming[code]

    @cached_property
    def _roaming(self) -> list[Rows]:
        """The same for every state, and for people from elsewhere."""
        rows = np.flatnonzero(self.columns["roaming"])
        state = self.columns["state"][rows]
        return [
            rows[(state == code) | (state == -1)] for code in [*range(len(self.states)), NO_STATE]
        ]


def reduced(latitudes: Column) -> tuple[NDArray[np.float64], ...]:
    """The reduced latitudes of these, given in degrees: in radians, and their sines and cosines."""
    found = np.arctan((1 - FLATTENING) * np.tan(np.radians(latitudes)))
    return found, np.sin(found), np.cos(found)


def build_roster(
    listings: Sequence[Listing], context: Context, locate: Locate
) -> tuple[list[Listing], Roster]:
    """Sort the listings by cell and encode them; returns them in row order with the columns."""
    places = [locate(listing) for listing in listings]
    listings = [with_implied(one, place) for one, place in zip(listings, places, strict=True)]
    order = sorted(range(len(listings)), key=lambda i: (_cell(places[i]), listings[i].program.id))
    rows = [listings[i] for i in order]
    states = tuple(sorted({state for one in listings if (state := one.site.address.state)}))
    columns: dict[str, Column] = _where([places[i] for i in order], rows, states)
    columns["fresh"] = np.array([_fresh(one, context) for one in rows])
    columns["doubtful_tracks"] = np.array([tracks_in_doubt(one, context) for one in rows], bool)
    columns |= _elsewhere(rows, context, locate)
    for criterion in CRITERIA:
        columns |= criterion.encode(rows, context)
    courses = [courses_of(one) for one in rows]
    track_columns, table, beginnings = _tracks(rows, courses)
    roaming = [any(mode_of(course) == "virtual" for course in own) for own in courses]
    columns["roaming"] = np.array(roaming, bool) | np.isnan(columns["lat"])
    return rows, Roster(columns | track_columns, table, beginnings, states)


def tracks_in_doubt(listing: Listing, context: Context) -> bool:
    """True if two sources publish different weeks, or the week is too old: nothing can be told from it."""
    return context.proof(listing.program, "tracks").in_doubt


def courses_of(listing: Listing) -> tuple[tuple[Track, ...], ...]:
    """The tracks of a program, seasons and phases grouped; one unknown track if none is listed."""
    return by_course(listing.program.tracks) or ((Track(),),)


def mode_of(tracks: Sequence[Track]) -> Mode | None:
    """The mode of a track with its seasons: one that changes with the season is hybrid."""
    modes = {track.mode for track in tracks}
    if len(modes) == 1:
        return tracks[0].mode
    return None if None in modes else "hybrid"


def _where(
    places: Sequence[Place | None], rows: Sequence[Listing], states: tuple[str, ...]
) -> dict[str, Column]:
    state = [one.site.address.state for one in rows]
    return {
        "lat": np.array([p.lat if p else math.nan for p in places], np.float64),
        "lon": np.array([p.lon if p else math.nan for p in places], np.float64),
        "cell": np.array([_cell(p) for p in places], np.int32),
        "state": np.array([states.index(s) if s else -1 for s in state], np.int16),
    }


def _elsewhere(rows: Sequence[Listing], context: Context, locate: Locate) -> dict[str, Column]:
    """Where another source puts each site, if it names another ZIP or city."""
    places = [_other_place(one, context, locate) for one in rows]
    return {
        "other_lat": np.array([p.lat if p else math.nan for p in places], np.float64),
        "other_lon": np.array([p.lon if p else math.nan for p in places], np.float64),
    }


def _other_place(listing: Listing, context: Context, locate: Locate) -> Place | None:
    own = listing.site.address
    for rival in context.rivals(listing.site, "address"):
        address = Address(**rival.value)
        moved = (address.zip, own.zip) if address.zip and own.zip else (address.city, own.city)
        if moved[0] != moved[1]:
            site = replace(listing.site, address=address, lat=None, lon=None)
            return locate(replace(listing, site=site))
    return None


def _tracks(
    rows: Sequence[Listing], courses: Sequence[tuple[tuple[Track, ...], ...]]
) -> tuple[dict[str, Column], PatternTable, tuple[Beginning, ...]]:
    patterns: dict[Pattern, int] = {}
    kinds: dict[tuple[int, ...], int] = {}
    beginnings: dict[Beginning, int] = {}
    course, mode, beginning, offsets = [], [], [], [0]
    for listing, own in zip(rows, courses, strict=True):
        for tracks in own:
            weeks = tuple(
                patterns.setdefault(pattern_of(t, listing.site.time_zone), len(patterns))
                for t in tracks
            )
            course.append(kinds.setdefault(weeks, len(kinds)))
            mode.append(TRACK_MODES.index(mode_of(tracks)))
            beginning.append(
                beginnings.setdefault(beginning_of(tracks[0], listing.program), len(beginnings))
            )
        offsets.append(len(course))
    known = list(patterns)
    columns: dict[str, Column] = {
        "track_from": np.array(offsets, np.int64),
        "track_course": np.array(course, np.int32),
        "track_mode": np.array(mode, np.int8),
        "track_beginning": np.array(beginning, np.int32),
        "course_from": np.cumsum([0, *(len(k) for k in kinds)], dtype=np.int64),
        "course_pattern": np.array([p for k in kinds for p in k], np.int32),
        "course_peak": np.array([any(known[p].at_peak for p in k) for k in kinds], bool),
    }
    table = PatternTable(known)
    return columns | {"pattern_tangled": table.tangled}, table, tuple(beginnings)


def _fresh(listing: Listing, context: Context) -> float:
    """The mean state of the key facts: current 1, to confirm or conflicting 0.5, unknown 0."""
    points = 0.0
    for fact in KEY_FACTS:
        record = listing.site if fact == "phone" else listing.program
        points += FRESH_POINTS[context.proof(record, fact).state]
    return points / len(KEY_FACTS)


def _cell(place: Place | None) -> int:
    if place is None:
        return NOWHERE
    return _line(place.lat) * CELLS_ROUND + _column(place.lon)


def _line(lat: float) -> int:
    return int((lat + 90) // CELL_DEGREES)


def _column(lon: float) -> int:
    return int((lon + 180) // CELL_DEGREES)
