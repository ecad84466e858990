"""Does the program take people of this age?"""

from collections.abc import Mapping, Sequence

import numpy as np

from directory.catalog.answer import Answer
from directory.catalog.program import Listing, Program
from directory.matching.criterion import Column, Context, Judged, Rows
from directory.matching.need import Need
from directory.matching.outcome import NeedAnswer

OLDEST = 150


class Age:
    """Ages as published; an open end has no limit, no ages at all are unknown."""

    name = "age"
    fact = "ages"

    def asked(self, need: Need) -> tuple[str, ...]:
        """The age, in years."""
        return () if need.age is None else (str(need.age),)

    def encode(self, listings: Sequence[Listing], context: Context) -> Mapping[str, Column]:
        """Youngest and oldest age, and whether they are known."""
        limits = [_limits(listing.program, context) for listing in listings]
        table = np.array([one or (0, OLDEST) for one in limits], np.int16).reshape(-1, 2)
        known = np.array([one is not None for one in limits], bool)
        return {"age_from": table[:, 0].copy(), "age_to": table[:, 1].copy(), "age_known": known}

    def judge(
        self, need: Need, columns: Mapping[str, Column], rows: Rows, context: Context
    ) -> Judged:
        """Inside the limits is yes, outside is no."""
        known = columns["age_known"][rows].astype(bool)
        age = need.age or 0
        inside = (columns["age_from"][rows] <= age) & (columns["age_to"][rows] >= age)
        return Judged((known & inside)[None, :], (known & ~inside)[None, :])

    def explain(self, need: Need, listing: Listing, context: Context) -> tuple[NeedAnswer, ...]:
        """The answer for one program."""
        if need.age is None:
            return ()
        limits = _limits(listing.program, context)
        answer = Answer.UNKNOWN
        if limits is not None:
            answer = Answer.YES if limits[0] <= need.age <= limits[1] else Answer.NO
        proof = context.proof("ages", listing.program.source_of("ages"))
        return (NeedAnswer(self.name, str(need.age), answer, proof),)

    def details(self, listing: Listing, context: Context) -> Mapping[str, str]:
        """None."""
        return {}


def _limits(program: Program, context: Context) -> tuple[int, int] | None:
    ages = program.ages
    if ages is None or not context.counts(program, "ages"):
        return None
    return ages.min or 0, OLDEST if ages.max is None else ages.max
