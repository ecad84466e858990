"""The published formula: parts between 0 and 1, times the weights of data/ranking.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from directory.matching.criterion import Judged, Rows

Points = NDArray[np.float64]

WANTED = ("focus", "conditions", "services", "languages", "populations", "age", "mode")
"""Needs that share the part 'wanted': its points are the mean over everything asked."""


@dataclass(frozen=True, slots=True)
class Formula:
    """Weights and points, as published."""

    weights: Mapping[str, float]
    answers: Mapping[str, float]
    schedule: Mapping[str, float]
    near: Mapping[str, float]

    def of_answers(self, yes: NDArray[np.bool_], no: NDArray[np.bool_]) -> Points:
        """Points of answers: yes, no, unknown."""
        points = np.array([self.answers[one] for one in ("no", "unknown", "yes")])
        return points[1 + yes.view(np.int8) - no.view(np.int8)]

    def of_judged(self, judged: Judged, at: Rows) -> Points:
        """The points of each line at these positions."""
        return self.of_answers(judged.yes[:, at], judged.no[:, at])

    def of_schedule(self, verdict: NDArray[np.int8], missed_minutes: NDArray[np.int64]) -> Points:
        """Fits, cannot tell, or fewer points the more minutes are missed."""
        points = np.array([self.schedule[one] for one in ("fits", "cannot_tell", "misses")])[
            verdict
        ]
        misses = np.flatnonzero(verdict == 2)
        share = missed_minutes[misses] / self.schedule["misses_minutes"]
        points[misses] *= 1.0 - np.minimum(share, 1.0)
        return points

    def of_miles(self, miles: Points, from_home: NDArray[np.bool_]) -> Points:
        """All for a group from home, half at the half distance, little if the place is not known."""
        half = self.near["half_miles"]
        away = half / (half + miles)
        away[np.isnan(away)] = self.near["unknown"]
        away[from_home] = 1.0
        return away

    def score(self, parts: Mapping[str, Points]) -> Points:
        """The weighted mean of the parts that were asked."""
        total = sum(self.weights[name] for name in parts)
        points: Points = np.zeros(len(next(iter(parts.values()))))
        for name, one in parts.items():
            points += self.weights[name] * one
        return points / total


def load_formula(path: Path) -> Formula:
    """Read the published weights."""
    with path.open("rb") as file:
        table = tomllib.load(file)
    return Formula(table["weights"], table["answers"], table["schedule"], table["near"])
