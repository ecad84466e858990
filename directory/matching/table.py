"""The distinct patterns of a generation: each is judged at most once for a week and a travel time."""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
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

VERDICTS: tuple[Verdict, ...] = ("fits", "cannot_tell", "misses")
REMEMBERED_WEEKS = 64

Shifts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was judged for one week: for each quarter hour of travel every pattern, flat."""

    person: Person
    done: Flags
    verdict: Verdicts
    missed: Missed


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
        # 0: listed, 1: open, 2: contradicting itself, so that nothing can be told
        self._kind = np.array([0 if w else 1 if w is None else 2 for w in listed], np.int8)
        self._place = np.zeros(len(patterns), np.int64)
        for kind in (0, 1):
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
        self, free: int, shifts: Shifts, patterns: Ints, quarters: Ints
    ) -> tuple[Verdicts, Missed]:
        """Verdict and missed quarter hours of each pair of a pattern and travel one way.

        `shifts` has, for each of `zones`, the quarter hours to add to the site's clock to read
        the person's. `quarters` are at most MOST_TRAVEL_QUARTERS.
        """
        known = self._remembered(free, shifts)
        codes = quarters * len(self.patterns) + patterns
        new = codes[~known.done[codes]]
        if len(new):
            wanted = np.zeros_like(known.done)
            wanted[new] = True
            self._judge(known, free, shifts, np.flatnonzero(wanted))
        return known.verdict[codes], known.missed[codes]

    def _remembered(self, free: int, shifts: Shifts) -> Remembered:
        key = (free, shifts)
        known = self._weeks.get(key)
        if known is None:
            shape = PADS * len(self.patterns)
            known = Remembered(
                Person.of(free, shifts),
                np.zeros(shape, bool),
                np.full(shape, CANNOT_TELL, np.int8),
                np.zeros(shape, np.int16),
            )
            self._weeks[key] = known
            if len(self._weeks) > REMEMBERED_WEEKS:
                self._weeks.popitem(last=False)
        return known

    def _judge(self, known: Remembered, free: int, shifts: Shifts, codes: Ints) -> None:
        """Fill in these pairs. Threads may do so at once: each writes the same, and marks it last."""
        patterns = codes % len(self)
        kinds = self._kind[patterns]
        parts: tuple[ListedWeeks | OpenGroups, ...] = (self._listed, self._open)
        for kind, part in enumerate(parts):
            own = np.flatnonzero(kinds == kind)
            if len(own):
                travel, which = codes[own] // len(self), patterns[own]
                verdict, missed = part.judge(self._place[which], travel, known.person)
                if part is self._open:
                    self._exact_unions(missed, verdict, free, shifts, travel, which)
                known.verdict[codes[own]], known.missed[codes[own]] = verdict, missed
        known.done[codes] = True

    def _exact_unions(
        self,
        missed: Missed,
        verdict: Verdicts,
        free: int,
        shifts: Shifts,
        quarters: Ints,
        patterns: Ints,
    ) -> None:
        """Where open sessions may overlap, a sum counts twice: take the explained union."""
        shift = np.array(shifts)[self._zone[patterns]]
        sums = (verdict == MISSES) & self._entangled(patterns, quarters, shift)
        for at in np.flatnonzero(sums):
            trip = Trip(int(quarters[at]), int(shift[at]))
            missed[at] = attend(self.patterns[patterns[at]], free, trip).missed

    def _entangled(self, patterns: Ints, quarters: Ints, shifts: Ints) -> Flags:
        """Whether sessions of a pattern may overlap on such a trip."""
        found: Flags = quarters >= self.tangled[patterns]
        for at in np.flatnonzero(shifts):  # on two clocks it is worked out anew
            trip = Trip(int(quarters[at]), int(shifts[at]))
            found[at] = entangled(groups_allowed(self.patterns[patterns[at]]), trip)
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
