"""The order of an answer, and one program of it explained: miles, evidence, receipt.

A page of programs is explained at once in `matching/page.py`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.catalog.answer import Answer
from directory.catalog.program import Listing
from directory.catalog.schedule import Track
from directory.matching.criteria import CRITERIA
from directory.matching.criterion import Context, Rows
from directory.matching.first_group import first_group_of
from directory.matching.index import Index
from directory.matching.judgement import Judgement
from directory.matching.outcome import (
    FirstGroup,
    Match,
    NeedAnswer,
    Proof,
    Receipt,
    Record,
    ScheduleAnswer,
)
from directory.matching.pattern import pattern_of
from directory.matching.ranking import Formula, Points
from directory.matching.reach import EDGE, exact_miles, minutes_away, spot_of
from directory.matching.roster import Roster, courses_of, mode_of, tracks_in_doubt
from directory.matching.sessions import MOST_TRAVEL_QUARTERS
from directory.matching.timetable import doubted, explain_schedule
from directory.matching.track_questions import mode_answers, start_answer
from directory.places.place import Place

NEARBY = 10.0
"""Miles below which hundredths are told."""

ANSWERS = (Answer.YES, Answer.UNKNOWN, Answer.NO)


@dataclass(frozen=True, slots=True)
class Explainer:
    """Turns positions of a judgement into matches, and puts them in order.

    `at` are the positions that may be asked for, ascending; `parts` has their points.
    """

    judged: Judgement
    index: Index
    context: Context
    at: Rows
    parts: Mapping[str, Points]
    formula: Formula

    def order(self, first: int) -> Rows:
        """The first positions, in order: tier first, then as asked, score, miles, program id.

        Whatever the order, what fits stands before what may fit, and that before what clashes.
        """
        reach, at = self.judged.reach, self.at
        tier, score = self._tier()[at], np.round(self.formula.score(self.parts), 12)
        kept = np.arange(len(at))
        if self.judged.need.sort == "fit":  # who cannot be among the first need not be sorted
            kept = _least(2 * tier - score, first)
        at, tier, score = at[kept], tier[kept], score[kept]
        miles = np.round(reach.miles[at], 9)  # lexsort puts those of nan last
        keys: list[NDArray[np.generic]] = [reach.rows[at], miles, -score]
        if self.judged.need.sort == "distance":
            keys.append(miles)
        if self.judged.need.sort == "soonest":
            dates = self.judged.board.first_dates()[self.judged.best][at]
            keys.append(np.where(dates == 0, np.iinfo(np.int32).max, dates))
        keys.append(tier)
        order: Rows = at[np.lexsort(keys)][:first]
        return order

    def match(self, record: Record, at: int) -> Match:
        """Everything about one program, from its whole record."""
        listing = record.listing
        course = courses_of(listing)[self._course_at(at)]
        track = course[0]
        today = self.judged.board.now.date()
        proof = self.context.proof(listing.program, "tracks")
        first = first_group_of(track, listing.program, today, self.context.freshness, proof)
        about = float(self.judged.reach.miles[at])
        miles = shown_miles(self.judged.reach.place, self.index.roster, self._row(at), about)
        (receipt,) = self.receipts(np.array([at]))
        return Match(
            record=record,
            track=track if listing.program.tracks else None,
            score=receipt.score(),
            miles=miles,
            travel_minutes=self._minutes(course, at),
            first_group=first,
            schedule=self.schedule(listing, course, at),
            answers=self._answers(listing, course, first, at),
            receipt=receipt,
            spot=spot_of(self.index.roster, self._row(at)),
        )

    def receipts(self, at: Rows) -> list[Receipt]:
        """How the scores at these positions came about."""
        own = np.searchsorted(self.at, at)
        weights = {name: self.formula.weights[name] for name in self.parts}
        points = zip(*(part[own].tolist() for part in self.parts.values()), strict=True)
        tiers = self._tier()[at].tolist()
        return [
            Receipt(tier, weights, dict(zip(weights, row, strict=True)))
            for tier, row in zip(tiers, points, strict=True)
        ]

    def schedule(self, listing: Listing, course: Sequence[Track], at: int) -> ScheduleAnswer | None:
        """The verdict of one track for the person's week; None if no week was asked."""
        if not self.judged.need.weeks:
            return None
        proof = self.context.proof(listing.program, "tracks")
        return self.judge_course(course, listing.site.time_zone, self._minutes(course, at), proof)

    def judge_course(
        self, course: Sequence[Track], zone: str | None, minutes: int | None, proof: Proof
    ) -> ScheduleAnswer:
        """A track with its seasons, so many minutes away, for the week or weeks asked about."""
        need, place = self.judged.need, self.judged.reach.place
        quarters = min(-(-(minutes or 0) // 15), MOST_TRAVEL_QUARTERS)
        zones = (zone, place.time_zone if place else None)
        today = self.judged.board.now.date()
        told = explain_schedule(course, need.weeks, quarters, zones, today, proof)
        return doubted(told) if proof.in_doubt else told

    def _tier(self) -> NDArray[np.int8]:
        """The first thing sorted by: the verdict, if a week was asked."""
        return self.judged.tier if self.judged.need.weeks else np.zeros_like(self.judged.tier)

    def _row(self, at: int) -> int:
        return int(self.judged.reach.rows[at])

    def _course_at(self, at: int) -> int:
        """The place of the best track among the program's courses."""
        track = self.judged.board.tracks[self.judged.best[at]]
        return int(track - self.index.roster.columns["track_from"][self._row(at)])

    def _minutes(self, course: Sequence[Track], at: int) -> int | None:
        """Minutes one way as the matcher padded them; 0 if every session is from home."""
        patterns = [pattern_of(track, None) for track in course]
        if all(slot.mode == "virtual" for one in patterns for slot in one.slots):
            return 0
        peak = any(one.at_peak for one in patterns)
        return minutes_away(self.judged.need, float(self.judged.reach.miles[at]), peak)

    def _answers(
        self, listing: Listing, course: Sequence[Track], first: FirstGroup, at: int
    ) -> tuple[NeedAnswer, ...]:
        need = self.judged.need
        told = [one for c in CRITERIA for one in c.explain(need, listing, self.context)]
        if need.near is not None:
            told.insert(0, self._near(listing, course, at))
        doubtful = tracks_in_doubt(listing, self.context)
        if need.mode:
            answer = (
                Answer.UNKNOWN if doubtful else ANSWERS[mode_answers(mode_of(course), need.mode)]
            )
            told.append(self._tracks_answer("mode", "|".join(need.mode), answer, listing))
        if need.start_by is not None:
            answer = Answer.UNKNOWN if doubtful else start_answer(need, first)
            told.append(self._tracks_answer("start_by", need.start_by.isoformat(), answer, listing))
        return tuple(told)

    def _near(self, listing: Listing, course: Sequence[Track], at: int) -> NeedAnswer:
        near = self.judged.tracks.answers["near"]
        best = self.judged.best[at]
        answer = Answer.YES if near.yes[best] else Answer.NO if near.no[best] else Answer.UNKNOWN
        proof = self.context.proof(listing.site, "address")
        asked = f"{self.judged.reach.within_miles:g} miles"
        return NeedAnswer(
            "near", asked, answer, proof, "virtual" if mode_of(course) == "virtual" else None
        )

    def _tracks_answer(self, need: str, asked: str, answer: Answer, listing: Listing) -> NeedAnswer:
        proof = self.context.proof(listing.program, "tracks")
        return NeedAnswer(need, asked, answer, proof)


def shown_miles(place: Place | None, roster: Roster, row: int, about: float) -> float | None:
    """Geodesic miles to a row: to the hundredth, from 10 miles on to the tenth; None if unknown.

    The formula is near enough to tell which, but for one program in some fifty.
    """
    if place is None or math.isnan(about):
        return None
    digits, edge = (2 if about < NEARBY else 1), about * EDGE
    least, most = round(about - edge, digits), round(about + edge, digits)
    return least if least == most else round(exact_miles(place, roster, row) or 0.0, digits)


def _least(values: Points, first: int) -> Rows:
    """Where the least values are: the first ones, and all that equal the last of them."""
    if len(values) <= first:
        return np.arange(len(values))
    last = max(0, first - 1)
    return np.flatnonzero(values <= np.partition(values, last)[last])
