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
from directory.matching.few_cells import CLOSE_QUARTERS, FAR, UNCOUNTED, FewCells
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

VERDICTS: tuple[Verdict, ...] = ("fits", "cannot_tell", "misses")
REMEMBERED_WEEKS = 64

UNJUDGED = -1
LISTED, FEW, MANY, CONTRADICTED = range(4)
"""Kinds of patterns: all weeks listed; few or many open cells; those that contradict themselves, so that
nothing can be told."""

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
        allowed = [(weeks_allowed(p) is not None, as_groups(p)) for p in self.patterns]
        listed = [
            weeks_allowed(p) if has_weeks and not cellular else None
            for p, (has_weeks, cellular) in zip(self.patterns, allowed, strict=True)
        ]
        both = list(zip(self.patterns, listed, zone, strict=True))
        self._listed = ListedWeeks([(weeks, z) for _, weeks, z in both if weeks])
        groups = [(groups_allowed(p), z) for p, weeks, z in both if weeks is None]
        self._open, self._few = OpenGroups(groups), FewCells(groups)
        self._kind = np.array(
            [LISTED if w else MANY if w is None else CONTRADICTED for w in listed], np.int8
        )
        self._place = np.zeros(len(patterns), np.int64)
        for kind in (LISTED, MANY):
            own = self._kind == kind
            self._place[own] = np.arange(own.sum())
        self._kind[np.flatnonzero(self._kind == MANY)[self._few.holds]] = FEW
        self._has_weeks = np.array([has_weeks for has_weeks, _ in allowed], bool)
        self._zone = np.array(zone, np.int64)
        if tangled is None:
            tangled = np.array([tangled_from(pattern) for pattern in self.patterns], np.int8)
        self.tangled = tangled
        for listing in (weeks_allowed, groups_allowed):  # large, and arrays hold them now
            listing.cache_clear()
        self._weeks: OrderedDict[tuple[int, Shifts], Remembered | None] = OrderedDict()

    def __len__(self) -> int:
        return len(self.patterns)

    def judge(
        self,
        free: int,
        shifts: Shifts,
        patterns: Ints,
        quarters: Ints,
        counted: Flags | bool = True,
        only_close: bool = False,
    ) -> tuple[Verdicts, Missed]:
        """Verdict and missed quarter hours of each pair of a pattern and travel one way.

        `shifts` has, for each of `zones`, the quarter hours to add to the site's clock to read
        the person's. `quarters` are at most MOST_TRAVEL_QUARTERS. The missed quarter hours are worked
        out for the pairs that are `counted`; with `only_close`, of those that may miss no more than
        CLOSE_QUARTERS. Others may say UNCOUNTED or FAR, as many as a week has or more.
        """
        known = self._remembered(free, shifts)
        if known is None:
            return self._asked_once(free, shifts, patterns, quarters, counted, only_close)
        codes = quarters * len(self.patterns) + patterns
        with known.lock:
            if len(new := codes[known.verdict[codes] == UNJUDGED]):
                judged = self._verdicts(*self._pairs(new), known.person)
                known.verdict[new], known.missed[new] = judged
            missed = known.missed[codes]
            if len(wanted := codes[_uncounted(missed, only_close) & counted]):
                pairs = self._pairs(wanted)
                known.missed[wanted] = self._counted(*pairs, known.person, free, shifts)
                missed = known.missed[codes]
            return known.verdict[codes], missed

    def _asked_once(
        self,
        free: int,
        shifts: Shifts,
        patterns: Ints,
        quarters: Ints,
        counted: Flags | bool,
        only_close: bool,
    ) -> tuple[Verdicts, Missed]:
        """The same for a week that nobody asked before: most are never asked again."""
        person = Person.of(free, shifts)
        verdict, missed = self._verdicts(patterns, quarters, person, bool(np.any(counted)))
        wanted = np.flatnonzero(_uncounted(missed, only_close) & counted)
        if len(wanted):
            own = patterns[wanted], quarters[wanted]
            missed[wanted] = self._counted(*own, person, free, shifts)
        return verdict, missed

    def trial(self, free: int, shifts: Shifts, patterns: Ints, quarters: Ints) -> Verdicts:
        """The verdicts for a week that is only tried: it takes no place in what is remembered."""
        return self._verdicts(patterns, quarters, Person.of(free, shifts), counting=False)[0]

    def hours(self, pattern: int, free: int, shifts: Shifts, quarters: int) -> int | None:
        """The quarter hours of a week that misses least; None where its weeks cannot be listed."""
        if not self._has_weeks[pattern]:
            return None
        trip = Trip(quarters, shifts[self._zone[pattern]])
        if self._kind[pattern] == FEW:
            return self._few.hours(int(self._place[pattern]), trip, free)
        return attend(self.patterns[pattern], free, trip).needed

    def _remembered(self, free: int, shifts: Shifts) -> Remembered | None:
        """What is known of a week from its second time on; None at its first."""
        key = (free, shifts)
        if key not in self._weeks:
            self._weeks[key] = None
            if len(self._weeks) > REMEMBERED_WEEKS:
                self._weeks.popitem(last=False)
            return None
        known = self._weeks.get(key)
        if known is None:
            known = self._weeks[key] = self._blank(free, shifts)
        return known

    def _pairs(self, codes: Ints) -> tuple[Ints, Ints]:
        """The pattern and the quarter hours of each code."""
        quarters, patterns = np.divmod(codes, len(self))
        return patterns, quarters

    def _blank(self, free: int, shifts: Shifts) -> Remembered:
        shape = PADS * len(self.patterns)
        return Remembered(
            Person.of(free, shifts),
            np.full(shape, UNJUDGED, np.int8),
            np.zeros(shape, np.int16),
            Lock(),
        )

    def _verdicts(
        self, patterns: Ints, quarters: Ints, person: Person, counting: bool = True
    ) -> tuple[Verdicts, Missed]:
        """Verdict and missed quarters of these pairs; UNCOUNTED where that takes more, or nobody asks."""
        kinds, place = self._kind[patterns], self._place[patterns]
        if (kinds == FEW).all():
            return self._of_few(patterns, quarters, person, counting)
        verdict = np.full(len(patterns), CANNOT_TELL, np.int8)
        missed = np.zeros(len(patterns), np.int16)
        listed, few, many = (np.flatnonzero(kinds == kind) for kind in (LISTED, FEW, MANY))
        if len(few):
            verdict[few], missed[few] = self._of_few(patterns[few], quarters[few], person, counting)
        if len(listed):
            own = place[listed], quarters[listed]
            verdict[listed], missed[listed] = self._listed.judge(*own, person)
        if len(many):
            own = place[many], quarters[many]
            verdict[many] = self._open.judge(*own, person)
            close = self._open.may_miss(CLOSE_QUARTERS, *own, person)
            missed[many] = np.where(verdict[many] == MISSES, np.where(close, UNCOUNTED, FAR), 0)
        return verdict, missed

    def _of_few(
        self, patterns: Ints, quarters: Ints, person: Person, counting: bool
    ) -> tuple[Verdicts, Missed]:
        """The same for patterns of few cells; where sessions may overlap, a sum counts twice."""
        verdict, missed = self._few.judge(self._place[patterns], quarters, person, counting)
        if not counting:
            return verdict, missed
        tangled = quarters >= self.tangled[patterns]
        if person.shift.any():  # on two clocks it is worked out anew
            tangled |= person.shift[self._zone[patterns]] != 0
        missed[tangled & (verdict == MISSES)] = UNCOUNTED
        return verdict, missed

    def _counted(
        self, patterns: Ints, quarters: Ints, person: Person, free: int, shifts: Shifts
    ) -> Missed:
        """The least quarters missed of open pairs that miss. Where their sessions may overlap, a sum
        counts twice: there the explained union is taken.
        """
        missed = self._open.missed(self._place[patterns], quarters, person)
        shift = np.array(shifts)[self._zone[patterns]]
        for at in np.flatnonzero(self._entangled(patterns, quarters, shift)):
            trip = Trip(int(quarters[at]), int(shift[at]))
            missed[at] = attend(self.patterns[patterns[at]], free, trip).missed
        return missed

    def _entangled(self, patterns: Ints, quarters: Ints, shifts: Ints) -> Flags:
        """Whether sessions of a pattern may overlap on such a trip."""
        found: Flags = quarters >= self.tangled[patterns]
        for at in np.flatnonzero(shifts):  # on two clocks it is worked out anew
            trip = Trip(int(quarters[at]), int(shifts[at]))
            found[at] = entangled(groups_allowed(self.patterns[patterns[at]]), trip)
        return found


def _uncounted(missed: Missed, only_close: bool) -> Flags:
    """Which of these have to be counted still; with `only_close`, but for those that are FAR."""
    found: Flags = (missed == UNCOUNTED) if only_close else (missed >= UNCOUNTED)
    return found


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
