"""The entries of a generation as columns: each filter answers yes and no for every row at once."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.exchange.hsds.entries import NOT_SAID, Entry
from directory.places.distance import miles_between

Column = NDArray[Any]
Flags = NDArray[np.bool_]

CODES = ("payer", "level_of_care")
MEETING = ("row", "days", "named", "start", "end")
NOWHERE = (float("nan"), float("nan"))

METRES_IN_A_MILE = 1609.344
EARTH_METRES = 6_371_008.8
EDGE = 0.01
"""Sphere and geodesic differ by less than this share; inside it, the geodesic decides."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Yes and no by row; neither is not known."""

    yes: Flags
    no: Flags

    @classmethod
    def sure(cls, yes: Flags) -> "Judged":
        """What is not yes is no."""
        return cls(yes, ~yes)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in degrees (WGS-84), as distances take it."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Around:
    """A circle; `centre` is None where nobody knows the place, and then nothing is in it."""

    centre: Spot | None
    metres: float


@dataclass(frozen=True, slots=True)
class Window:
    """When somebody asks for sessions: a day (0 is Monday), and minutes after midnight."""

    day: int | None = None
    start: int | None = None
    end: int | None = None


class _Postings:
    """Which rows have a key."""

    def __init__(self) -> None:
        self.rows: dict[str, array[int]] = defaultdict(lambda: array("i"))

    def add(self, row: int, keys: Iterable[str]) -> None:
        """Say that a row has these keys."""
        for key in keys:
            self.rows[key].append(row)


class EntryColumns:
    """The entries by row."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Entries are taken one by one: all of them at once are a hundred times as large."""
        keys: tuple[list[str], ...] = ([], [], [], [], [])
        points, ages = array("d"), array("h")
        self._terms, self._codes = _Postings(), {name: (_Postings(), _Postings()) for name in CODES}
        meetings = array("i")
        for row, one in enumerate(entries):
            for kept, key in zip(keys, (*one[:4], one.postcode or ""), strict=True):
                kept.append(key)
            points.extend(one.point or NOWHERE)
            ages.extend(_span(one.ages))
            self._terms.add(row, one.terms)
            for name, said in zip(CODES, (one.payers, one.levels), strict=True):
                for postings, codes in zip(self._codes[name], said, strict=True):
                    postings.add(row, codes)
            for meeting in one.meetings:
                meetings.extend((row, *meeting))
        self.size = len(keys[0])
        self.service, self.organization, self.at_location = (
            np.array(some, "S36") for some in keys[:3]
        )
        self._modified = np.array([one.rstrip("Z") for one in keys[3]], "datetime64[s]")
        self._postcode = np.array(keys[4], "S10")
        self._points = np.array(points).reshape(-1, 2)
        self._ages = np.array(ages).reshape(-1, 2)
        table = np.array(meetings).reshape(-1, 5)
        self._meetings = {name: table[:, at].copy() for at, name in enumerate(MEETING)}

    def everything(self) -> Judged:
        """Nothing asked: yes for every row."""
        return Judged.sure(np.ones(self.size, bool))

    def nothing(self) -> Judged:
        """What no row has."""
        return Judged.sure(np.zeros(self.size, bool))

    def of_organization(self, key: str) -> Judged:
        """Services of one organization."""
        return Judged.sure(self.organization == key.encode())

    def with_terms(self, terms: Iterable[str]) -> Judged:
        """Records that carry one of these terms, whatever they say of it."""
        return Judged.sure(self._flags(self._terms, terms))

    @property
    def terms(self) -> frozenset[str]:
        """Every term that some record carries."""
        return frozenset(self._terms.rows)

    def modified_on_or_after(self, moment: datetime) -> Judged:
        """Records that changed at this moment (UTC) or later; the records tell whole seconds."""
        return Judged.sure(self._modified >= np.datetime64(moment, "s"))

    def in_postcode(self, postcode: str) -> Judged:
        """Doors with this postal code; one without any is not known."""
        yes = self._postcode == postcode.encode()
        return Judged(yes, ~yes & (self._postcode != b""))

    def around(self, circle: Around) -> Judged:
        """Doors within a circle by the geodesic; one whose place is not known is not known."""
        if circle.centre is None:
            return self.nothing()
        metres = _metres(circle.centre, self._points)
        yes = metres <= circle.metres
        for row in np.flatnonzero(np.abs(metres - circle.metres) <= EDGE * circle.metres + 1):
            there = Spot(*self._points[row].tolist())
            yes[row] = miles_between(circle.centre, there) * METRES_IN_A_MILE <= circle.metres
        return Judged(yes, ~yes & ~np.isnan(metres))

    def takes_ages(self, youngest: int, oldest: int) -> Judged:
        """Services whose ages overlap with these; an open end has no limit."""
        known = self._ages[:, 0] >= 0
        overlap = (self._ages[:, 0] <= oldest) & (self._ages[:, 1] >= youngest)
        return Judged(known & overlap, known & ~overlap)

    def says(self, fact: str, code: str) -> Judged:
        """What the product answers for a payer or a level of care."""
        yes, no = self._codes[fact]
        return Judged(self._flags(yes, (code,)), self._flags(no, (code,)))

    def meets(self, window: Window) -> Judged:
        """Services with a session on that day within those hours; unpublished parts are not known."""
        judged = _within(window, self._meetings)
        row = self._meetings["row"].astype(np.int64)
        some = np.bincount(row[judged.yes], minlength=self.size) > 0
        open_ones = np.bincount(row[~judged.no], minlength=self.size) > 0
        any_at_all = np.bincount(row, minlength=self.size) > 0
        return Judged(some, any_at_all & ~open_ones)

    def _flags(self, postings: _Postings, keys: Iterable[str]) -> Flags:
        flags = np.zeros(self.size, bool)
        for key in keys:
            if key in postings.rows:
                flags[np.frombuffer(postings.rows[key], np.int32)] = True
        return flags


def _span(ages: Sequence[int | None] | None) -> tuple[int, int]:
    """Youngest and oldest; below zero where ages are not known."""
    if ages is None:
        return NOT_SAID, NOT_SAID
    youngest, oldest = ages
    return youngest or 0, np.iinfo(np.int16).max if oldest is None else oldest


def _within(window: Window, meetings: Mapping[str, Column]) -> Judged:
    """Each session: surely inside the window, surely outside, or neither."""
    start, end = meetings["start"], meetings["end"]
    yes, no = np.ones(len(start), bool), np.zeros(len(start), bool)
    if window.day is not None:
        there = (meetings["days"] >> window.day & 1).astype(bool)
        yes &= there & meetings["named"].astype(bool)
        no |= ~there
    if window.start is not None:
        yes &= start >= window.start
        no |= (start != NOT_SAID) & (start < window.start)
        no |= (end != NOT_SAID) & (end <= window.start)
    if window.end is not None:
        yes &= (end != NOT_SAID) & (end <= window.end)
        no |= (end != NOT_SAID) & (end > window.end)
        no |= (start != NOT_SAID) & (start >= window.end)
    return Judged(yes, no)


def _metres(here: Spot, points: Column) -> Column:
    """Metres on a sphere; nan where a point is not known."""
    there = np.radians(points)
    lat, lon = np.radians([here.lat, here.lon])
    half = np.sin((there[:, 0] - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(there[:, 0]) * np.sin((there[:, 1] - lon) / 2) ** 2
    metres: Column = 2 * EARTH_METRES * np.arcsin(np.sqrt(np.minimum(half, 1)))
    return metres
