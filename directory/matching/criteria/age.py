"""Does the program take people of this age?"""

from collections.abc import Mapping, Sequence

import numpy as np

from directory.catalog.answer import Answer
from directory.catalog.program import Listing, Program
from directory.matching.criterion import CONFLICTING, Column, Context, Judged, Rows
from directory.matching.need import Need
from directory.matching.outcome import NeedAnswer

OLDEST = 150
ANY_AGE = (0, OLDEST, 0, OLDEST)

Limits = tuple[int, int, int, int]
"""Youngest and oldest age that every source takes, and that any source takes."""


class Age:
    """Ages as published; an open end has no limit, no ages at all are unknown."""

    name = "age"
    fact = "ages"

    def asked(self, need: Need) -> tuple[str, ...]:
        """The age, in years."""
        return () if need.age is None else (str(need.age),)

    def encode(self, listings: Sequence[Listing], context: Context) -> Mapping[str, Column]:
        """The ages that every source takes, those that any takes, and whether they are known."""
        limits = [_limits(listing.program, context) for listing in listings]
        table = np.array([one or ANY_AGE for one in limits], np.int16).reshape(-1, 4)
        known = np.array([one is not None for one in limits], bool)
        names = ("age_from", "age_to", "age_maybe_from", "age_maybe_to")
        columns = {name: table[:, at].copy() for at, name in enumerate(names)}
        return columns | {"age_known": known}

    def judge(
        self, need: Need, columns: Mapping[str, Column], rows: Rows, context: Context
    ) -> Judged:
        """Inside the limits is yes, outside is no; between those of two sources is unknown."""
        known = columns["age_known"][rows].astype(bool)
        age = need.age or 0
        inside = (columns["age_from"][rows] <= age) & (columns["age_to"][rows] >= age)
        maybe = (columns["age_maybe_from"][rows] <= age) & (columns["age_maybe_to"][rows] >= age)
        return Judged((known & inside)[None, :], (known & ~maybe)[None, :])

    def explain(self, need: Need, listing: Listing, context: Context) -> tuple[NeedAnswer, ...]:
        """The answer for one program."""
        if need.age is None:
            return ()
        limits = _limits(listing.program, context)
        answer = Answer.UNKNOWN
        if limits is not None and limits[0] <= need.age <= limits[1]:
            answer = Answer.YES
        elif limits is not None and not limits[2] <= need.age <= limits[3]:
            answer = Answer.NO
        torn = limits is not None and answer is Answer.UNKNOWN
        proof = context.proof(listing.program, "ages")
        detail = CONFLICTING if torn else None
        return (NeedAnswer(self.name, str(need.age), answer, proof, detail),)

    def details(self, listing: Listing, context: Context) -> Mapping[str, str]:
        """The ages that one source takes and another does not."""
        limits = _limits(listing.program, context)
        if limits is None or limits[:2] == limits[2:]:
            return {}
        sure = range(limits[0], limits[1] + 1)
        torn = (age for age in range(limits[2], limits[3] + 1) if age not in sure)
        return {str(age): CONFLICTING for age in torn}


def _limits(program: Program, context: Context) -> Limits | None:
    if program.ages is None or not context.counts(program, "ages"):
        return None
    said = [(program.ages.min, program.ages.max)]
    said += [(r.value.get("min"), r.value.get("max")) for r in context.rivals(program, "ages")]
    youngest = [least or 0 for least, _ in said]
    oldest = [OLDEST if most is None else most for _, most in said]
    return max(youngest), min(oldest), min(youngest), max(oldest)
