"""The one use case: who fits this need? Pages, API and embed all ask here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from directory.catalog.clock import Clock
from directory.catalog.program import Listing
from directory.catalog.schedule import Track
from directory.catalog.whereabouts import Whereabouts
from directory.matching.attend import Verdict
from directory.matching.brief import Briefs
from directory.matching.counting import facets_of, farther, nobody_near, relax_of
from directory.matching.criterion import Context, Rows
from directory.matching.explain import Explainer
from directory.matching.first_group import first_group_of
from directory.matching.index import Chronicle, Index, Suggestion
from directory.matching.judgement import Judgement, judge, parts_of
from directory.matching.need import Need
from directory.matching.outcome import (
    FirstGroup,
    Match,
    Outcome,
    Record,
    Relax,
    ScheduleAnswer,
    Understood,
)
from directory.matching.page import explain_page
from directory.matching.ranking import Formula
from directory.matching.reach import reach_of, reach_of_row
from directory.matching.roster import courses_of
from directory.matching.statistics import Statistics
from directory.matching.table import VERDICTS
from directory.places.gazetteer import Gazetteer
from directory.places.place import AmbiguousPlace, Place, UnknownPlace

OpenContext = Callable[[date], Context]

MOST_STEPS = 16
"""So many times a program may have turned out to be another one; then we stop asking."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Answers needs from the generation that `current` serves at the moment of asking."""

    current: Callable[[], Index]
    gazetteer: Gazetteer
    context: OpenContext
    formula: Formula
    clock: Clock
    briefs: Briefs = field(default_factory=Briefs)

    def find(self, need: Need, *, changes: bool = True) -> Outcome | AmbiguousPlace | UnknownPlace:
        """The programs that answer a need; or the places that may be meant, or none we know.

        With `changes`, also what one change of the need would bring (`relax`).
        Raises NoGeneration if nothing is published.
        """
        place = self._locate(need)
        if isinstance(place, AmbiguousPlace | UnknownPlace):
            return place
        index = self.current()
        context = self.context(index.as_of)
        reach, now = reach_of(need, place, index.roster, changes=changes), self.clock()
        judged = judge(need, reach, index, context, now, changes=changes)
        outcome = self._outcome(judged, index, context)
        if not changes:
            return outcome
        relax = relax_of(judged)
        if nobody_near(judged, relax):
            relax = (*self._farther(judged, outcome.total, index, context), *relax)
        return replace(outcome, relax=relax)

    def program(self, slug_or_id: str) -> Listing | None:
        """One published program."""
        index = self.current()
        row = index.row_of(slug_or_id)
        return None if row is None else index.listings([row])[0]

    def records(self) -> tuple[str, Sequence[Record]]:
        """The generation's name and its programs, each read when somebody looks inside."""
        index = self.current()
        return index.name, index.records(range(index.roster.size))

    def whereabouts(self, name: str, *, id_first: bool = False) -> Whereabouts | None:
        """The program that has or had this address, or this id; None if there never was one.

        Of a program that turned out to be another one, that other one's. Where the id of one program is
        the address of another, the address counts, unless `id_first`.
        """
        journal = self.current().journal
        looks = (journal.of, journal.at) if id_first else (journal.at, journal.of)
        found = looks[0](name) or looks[1](name)
        for _ in range(MOST_STEPS):
            other = (
                journal.of(found.gone.into) if found and found.gone and found.gone.into else None
            )
            if other is None:
                break
            found = other
        return found

    @property
    def journal(self) -> Chronicle:
        """What became of every program, in the generation that answers now."""
        return self.current().journal

    def suggest(self, beginning: str, limit: int) -> tuple[Suggestion, ...]:
        """What a person may be about to type: concepts, then names, then cities."""
        return self.current().suggest(beginning, limit)

    @property
    def generation(self) -> str:
        """The name of the generation that answers now."""
        return self.current().name

    @property
    def as_of(self) -> date:
        """The day its facts were aged on."""
        return self.current().as_of

    def statistics(self) -> Statistics:
        """What the generation holds, counted when it was published."""
        return self.current().statistics

    def explain(self, need: Need, listing: Listing) -> Match | None:
        """One program judged for one need, wherever it is; None if it is not published."""
        explainer = self._about(need, listing)
        if explainer is None:
            return None
        (record,) = explainer.index.records(explainer.judged.reach.rows.tolist())
        return explainer.match(record, 0)

    def tracks(
        self, need: Need, listing: Listing
    ) -> tuple[tuple[Track, ScheduleAnswer | None, FirstGroup], ...]:
        """Every track of a published program: its first season, the verdict, the first group."""
        explainer = self._about(need, listing)
        if explainer is None:
            return ()
        today, freshness = self.clock().date(), explainer.context.freshness
        proof = explainer.context.proof(listing.program, "tracks")
        return tuple(
            (
                course[0],
                explainer.schedule(listing, course, 0),
                first_group_of(course[0], listing.program, today, freshness, proof),
            )
            for course in courses_of(listing)
        )

    def _about(self, need: Need, listing: Listing) -> Explainer | None:
        """One program, judged by itself; None if it is not published."""
        index = self.current()
        row = index.row_of(listing.program.id)
        if row is None:
            return None
        context = self.context(index.as_of)
        reach = reach_of_row(need, self._known_place(need), index.roster, row)
        judged = judge(need, reach, index, context, self.clock(), changes=True)
        return self._explainer(judged, np.array([0]), index, context)

    def _locate(self, need: Need) -> Place | AmbiguousPlace | UnknownPlace | None:
        return None if need.near is None else self.gazetteer.locate(need.near)

    def _farther(
        self, judged: Judgement, total: int, index: Index, context: Context
    ) -> tuple[Relax, ...]:
        """The least of the radii we offer that brings a program; else any distance."""
        place, now = judged.reach.place, judged.board.now
        for need, to in farther(judged):
            reach = reach_of(need, place, index.roster, changes=False)
            wider = judge(need, reach, index, context, now)
            if (more := int(wider.passing.sum()) - total) > 0:
                return (Relax("near", to, more),)
        return ()

    def _known_place(self, need: Need) -> Place | None:
        place = self._locate(need)
        return place if isinstance(place, Place) else None

    def _explainer(self, judged: Judgement, at: Rows, index: Index, context: Context) -> Explainer:
        parts = parts_of(judged, index, self.formula, at)
        return Explainer(judged, index, context, at, parts, self.formula)

    def _outcome(self, judged: Judgement, index: Index, context: Context) -> Outcome:
        need, reach = judged.need, judged.reach
        passing = np.flatnonzero(judged.passing)
        explainer = self._explainer(judged, passing, index, context)
        page = explainer.order(need.offset + need.limit)[need.offset :]
        return Outcome(
            need=need,
            place=reach.place,
            within_miles=reach.within_miles,
            matches=explain_page(explainer, page, self.briefs),
            total=len(passing),
            looked_at=_looked_at(judged),
            counts=_counts(judged, passing),
            facets=facets_of(index.roster, reach.rows[passing], context),
            relax=(),
            understood=judged.hits.understood if judged.hits else Understood(),
            generation=index.name,
            as_of=index.as_of,
        )


def _looked_at(judged: Judgement) -> int:
    """Programs in reach before anything else was asked."""
    near = judged.tracks.answers.get("near")
    if near is None:
        return len(judged.reach.rows)
    return int(judged.board.per_row(~near.no).sum())


def _counts(judged: Judgement, passing: Rows) -> dict[Verdict, int]:
    if not judged.need.weeks:
        return {}
    tiers = np.bincount(judged.tier[passing], minlength=len(VERDICTS))
    return {verdict: int(tiers[at]) for at, verdict in enumerate(VERDICTS)}
