"""The distinct patterns of a generation: each is judged at most once for a week and a travel time."""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from threading import Lock
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from directory.matching.attend import Trip, Verdict, attend, entangled
from directory.matching.expand import as_groups, groups_allowed, weeks_allowed
from directory.matching.pairs import (
    CANNOT_TELL,
    MISSES,
    ListedWeeks,
    Missed,
    OpenGroups,
    Verdicts,
)
from directory.matching.pattern import Pattern
from directory.matching.sessions import PADS, Flags, Ints, Person
from directory.matching.week import QUARTERS

VERDICTS: tuple[Verdict, ...] = ("fits", "cannot_tell", "misses")
REMEMBERED_WEEKS = 64

UNJUDGED = -1
UNCOUNTED = QUARTERS
LISTED, OPEN = 0, 1
"""Kinds of patterns; 2 are those that contradict themselves, so that nothing can be told."""

Shifts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was judged for one week: for each quarter hour of travel every pattern, flat."""

    person: Person
    verdict: Verdicts
    missed: Missed
    lock: Lock


class PatternTable:
    """The distinct patterns, and what was judged of them for the last weeks asked about."""

    def __init__(
        self, patterns: Sequence[Pattern], tangled: NDArray[np.int8] | None = None
    ) -> None:
        """`tangled` has `tangled_from` of each pattern, where it is known already."""
        self.patterns = tuple(patterns)
        self.zones = tuple(sorted({p.time_zone or "" for p in patterns}))
        zone = [self.zones.index(p.time_zone or "") for p in self.patterns]
        listed = [None if as_groups(p) else weeks_allowed(p) for p in self.patterns]
        both = list(zip(self.patterns, listed, zone, strict=True))
        self._listed = ListedWeeks([(weeks, z) for _, weeks, z in both if weeks])
        self._open = OpenGroups([(groups_allowed(p), z) for p, weeks, z in both if weeks is None])
        self._kind = np.array([LISTED if w else OPEN if w is None else 2 for w in listed], np.int8)
        self._place = np.zeros(len(patterns), np.int64)
        for kind in (LISTED, OPEN):
            own = self._kind == kind
            self._place[own] = np.arange(own.sum())
        self._zone = np.array(zone, np.int64)
        if tangled is None:
            tangled = np.array([tangled_from(pattern) for pattern in self.patterns], np.int8)
        self.tangled = tangled
        self._weeks: OrderedDict[tuple[int, Shifts], Remembered] = OrderedDict()

    def __len__(self) -> int:
        return len(self.patterns)

    def judge(
        self,
        free: int,
        shifts: Shifts,
        patterns: Ints,
        quarters: Ints,
        counted: Flags | bool = True,
        at_most: int | None = None,
    ) -> tuple[Verdicts, Missed]:
        """Verdict and missed quarter hours of each pair of a pattern and travel one way.

        `shifts` has, for each of `zones`, the quarter hours to add to the site's clock to read
        the person's. `quarters` are at most MOST_TRAVEL_QUARTERS. Only for the pairs that are
        `counted`, and that may miss no more than `at_most`, the missed quarter hours are worked out;
        others may say QUARTERS, as many as a week has.
        """
        known = self._remembered(free, shifts)
        codes = quarters * len(self.patterns) + patterns
        with known.lock:
            if len(new := codes[known.verdict[codes] == UNJUDGED]):
                self._judge(known, _each_once(new, known.verdict))
            if len(open_ := codes[(known.missed[codes] == UNCOUNTED) & counted]):
                self._count(known, free, shifts, _each_once(open_, known.verdict), at_most)
            return known.verdict[codes], known.missed[codes]

    def trial(self, free: int, shifts: Shifts, patterns: Ints, quarters: Ints) -> Verdicts:
        """The verdicts for a week that is only tried: it takes no place in what is remembered."""
        known = self._blank(free, shifts)
        codes = quarters * len(self.patterns) + patterns
        if len(codes):
            self._judge(known, _each_once(codes, known.verdict))
        verdicts: Verdicts = known.verdict[codes]
        return verdicts

    def _remembered(self, free: int, shifts: Shifts) -> Remembered:
        key = (free, shifts)
        known = self._weeks.get(key)
        if known is None:
            known = self._weeks[key] = self._blank(free, shifts)
            if len(self._weeks) > REMEMBERED_WEEKS:
                self._weeks.popitem(last=False)
        return known

    def _blank(self, free: int, shifts: Shifts) -> Remembered:
        shape = PADS * len(self.patterns)
        return Remembered(
            Person.of(free, shifts),
            np.full(shape, UNJUDGED, np.int8),
            np.zeros(shape, np.int16),
            Lock(),
        )

    def _judge(self, known: Remembered, codes: Ints) -> None:
        """Fill in the verdict of these pairs."""
        patterns = codes % len(self)
        kinds = self._kind[patterns]
        verdict = np.full(len(codes), CANNOT_TELL, np.int8)
        listed, open_ = (np.flatnonzero(kinds == kind) for kind in (LISTED, OPEN))
        if len(listed):
            pairs = self._pairs(codes[listed])
            verdict[listed], known.missed[codes[listed]] = self._listed.judge(*pairs, known.person)
        if len(open_):
            verdict[open_] = self._open.judge(*self._pairs(codes[open_]), known.person)
            known.missed[codes[open_[verdict[open_] == MISSES]]] = UNCOUNTED
        known.verdict[codes] = verdict

    def _count(
        self, known: Remembered, free: int, shifts: Shifts, codes: Ints, at_most: int | None
    ) -> None:
        """The least quarters missed of open pairs that miss. Where their sessions may overlap, a sum
        counts twice: there the explained union is taken.
        """
        own, quarters = self._pairs(codes)
        if at_most is not None:
            close = self._open.may_miss(at_most, own, quarters, known.person)
            codes, own, quarters = codes[close], own[close], quarters[close]
        if not len(codes):
            return
        patterns = codes % len(self)
        missed = self._open.missed(own, quarters, known.person)
        shift = np.array(shifts)[self._zone[patterns]]
        for at in np.flatnonzero(self._entangled(patterns, quarters, shift)):
            trip = Trip(int(quarters[at]), int(shift[at]))
            missed[at] = attend(self.patterns[patterns[at]], free, trip).missed
        known.missed[codes] = missed

    def _pairs(self, codes: Ints) -> tuple[Ints, Ints]:
        """The place of each pattern among those of its kind, and the travel."""
        quarters, patterns = np.divmod(codes, len(self))
        return self._place[patterns], quarters

    def _entangled(self, patterns: Ints, quarters: Ints, shifts: Ints) -> Flags:
        """Whether sessions of a pattern may overlap on such a trip."""
        found: Flags = quarters >= self.tangled[patterns]
        for at in np.flatnonzero(shifts):  # on two clocks it is worked out anew
            trip = Trip(int(quarters[at]), int(shifts[at]))
            found[at] = entangled(groups_allowed(self.patterns[patterns[at]]), trip)
        return found


def _each_once(codes: Ints, table: Verdicts) -> Ints:
    """The codes in order, each once; quicker than sorting them."""
    wanted = np.zeros(len(table), bool)
    wanted[codes] = True
    return np.flatnonzero(wanted)


def tangled_from(pattern: Pattern) -> int:
    """The least travel, in quarter hours, at which open sessions may overlap; PADS if at none.

    Travel only makes sessions longer, so at any more they overlap too.
    """
    groups = groups_allowed(pattern)
    return bisect_left(range(PADS), True, key=lambda quarters: entangled(groups, Trip(quarters)))


@lru_cache(maxsize=1_024)
def shifts_for(zones: tuple[str, ...], person: str | None, on: date) -> Shifts:
    """Quarter hours from each zone's clock to the person's, on this day."""
    return tuple(shift_between(zone, person, on) for zone in zones)


def shift_between(site: str | None, person: str | None, on: date) -> int:
    """Quarter hours to add to the site's clock to read the person's; 0 if either is not known."""
    if not site or not person or site == person:
        return 0
    noon = datetime.combine(on, time(12), UTC)
    offsets = [noon.astimezone(ZoneInfo(zone)).utcoffset() for zone in (person, site)]
    mine, theirs = (offset.total_seconds() if offset else 0.0 for offset in offsets)
    return round((mine - theirs) / 900)
