"""The tracks of all programs in reach, side by side: what each track's own questions are asked of."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from directory.catalog.evidence import Freshness
from directory.matching.criterion import Flags, Rows
from directory.matching.first_group import first_group
from directory.matching.need import Need
from directory.matching.pairs import Missed, Verdicts
from directory.matching.reach import Reach, quarters_away
from directory.matching.roster import Roster
from directory.matching.sessions import PADS, Lists, merged, owners
from directory.matching.table import shifts_for

Dates = NDArray[np.int32]
NO_DATE = 0


@dataclass(frozen=True, slots=True)
class Board:
    """`tracks` are roster track ids; `owner` the position of each one's row in `reach.rows`.

    Every row has a track; `first` is the position of its first one. With `changes`, what a change of
    the need would bring is asked later, so programs that are ruled out have to be known closely, too.
    """

    need: Need
    roster: Roster
    reach: Reach
    now: datetime
    freshness: Freshness
    tracks: Rows
    owner: Rows
    first: Rows
    changes: bool

    @property
    def mode(self) -> NDArray[np.int8]:
        """Each track's mode, a place in `roster.TRACK_MODES`."""
        column: NDArray[np.int8] = self.roster.columns["track_mode"][self.tracks]
        return column

    @property
    def doubtful(self) -> Flags:
        """Tracks of programs whose week is in doubt: see `Proof.in_doubt`."""
        found: Flags = self.roster.columns["doubtful_tracks"][self.reach.rows[self.owner]]
        return found

    def per_row(self, of_track: Flags) -> Flags:
        """True for each row that has such a track."""
        if len(self.tracks) == len(self.reach.rows):  # one each
            return of_track
        found = np.zeros(len(self.reach.rows), bool)
        found[self.owner[of_track]] = True
        return found

    def first_dates(self) -> Dates:
        """The first group of each track as a day number (`date.toordinal`), 0 if not known."""
        days = [
            found.date.toordinal() if found.date else NO_DATE
            for found in (
                first_group(one, self.now.date(), self.freshness) for one in self.roster.beginnings
            )
        ]
        table = np.array(days, np.int32)
        dates: Dates = table[self.roster.columns["track_beginning"][self.tracks]]
        return np.where(self.doubtful, NO_DATE, dates)

    def schedule(self) -> tuple[NDArray[np.int8], NDArray[np.int32]]:
        """Verdict and missed quarter hours of each track: the worst of seasons and rotating weeks."""
        if not len(self.tracks):
            return np.empty(0, np.int8), np.empty(0, np.int32)
        courses = self.roster.columns["track_course"][self.tracks].astype(np.int64)
        trips, place = merged(courses * PADS + self._quarters(courses), self._trips)
        verdict, missed = self._judged(trips, self._shown(len(trips), place))
        return verdict[place], missed[place].astype(np.int32)

    @property
    def _trips(self) -> int:
        """How many pairs of a course and a travel time there are."""
        return (len(self.roster.columns["course_from"]) - 1) * PADS

    def _shown(self, trips: int, place: Rows) -> Flags | None:
        """Which of so many trips belong to a track that may be shown.

        None where a week that is missed rules out: who misses it is not shown.
        """
        if "schedule" in self.need.must and not self.changes:
            return None
        shown = np.zeros(trips, bool)
        shown[place[self._may_be_shown()]] = True
        return shown

    def _judged(self, trips: Rows, shown: Flags | None) -> tuple[Verdicts, Missed]:
        """The worst of seasons and weeks of each course, so many quarter hours away."""
        roster, place = self.roster, self.reach.place
        courses, quarters = np.divmod(trips, PADS)
        seasons, of_course = Lists(roster.columns["course_from"]).open(courses)
        own = owners(of_course, len(seasons))
        patterns = roster.columns["course_pattern"][seasons].astype(np.int64)
        shifts = shifts_for(roster.table.zones, place.time_zone if place else None, self.now.date())
        # Who has to fit and does not is only told of if it is close.
        only_close = "schedule" in self.need.must
        asked = patterns, quarters[own], shown is not None and shown[own], only_close
        judged = [roster.table.judge(week.bits, shifts, *asked) for week in self.need.weeks]
        verdict, missed = (reduce(np.maximum, one) for one in zip(*judged, strict=True))
        if len(seasons) == len(courses):  # one each
            return verdict, missed
        return np.maximum.reduceat(verdict, of_course), np.maximum.reduceat(missed, of_course)

    def _may_be_shown(self) -> Flags:
        """Tracks of rows that distance may let pass; of others only the verdict is counted."""
        if "near" not in self.need.must:
            return np.ones(len(self.tracks), bool)
        shown = self.roster.columns["roaming"][self.reach.rows] | ~self.reach.ring
        found: Flags = shown[self.owner]
        return found

    def courses_of(self, at: Rows) -> tuple[Rows, Rows]:
        """The course of each of these tracks, and the quarter hours one way to it."""
        courses = self.roster.columns["track_course"][self.tracks[at]].astype(np.int64)
        peak = self.roster.columns["course_peak"][courses]
        return courses, quarters_away(self.need, self.reach.miles[self.owner[at]], peak)

    def _quarters(self, courses: Rows) -> Rows:
        if self.reach.place is None and self.need.travel_minutes is None:
            return np.zeros(len(courses), np.int64)
        peak = self.roster.columns["course_peak"][courses]
        return quarters_away(self.need, self.reach.miles[self.owner], peak)


def board_of(
    need: Need, roster: Roster, reach: Reach, now: datetime, freshness: Freshness, changes: bool
) -> Board:
    """Lay out the tracks of the rows in reach."""
    if len(reach.rows) == roster.size:  # all, in order
        tracks, first, owner = roster.every_track
    else:
        tracks, first = Lists(roster.columns["track_from"]).open(reach.rows)
        owner = owners(first, len(tracks))
    return Board(need, roster, reach, now, freshness, tracks, owner, first, changes)


@dataclass(frozen=True, slots=True)
class TrackAnswers:
    """For each track: yes, no; neither is unknown."""

    yes: Flags
    no: Flags

    @property
    def rank(self) -> NDArray[np.int8]:
        """0 for yes, 1 for unknown, 2 for no."""
        return 1 - self.yes.view(np.int8) + self.no.view(np.int8)

    def unless(self, doubtful: Flags) -> "TrackAnswers":
        """The same, and unknown where the week is in doubt."""
        return TrackAnswers(self.yes & ~doubtful, self.no & ~doubtful)
