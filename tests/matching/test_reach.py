"""The array formula of distance is the geodesic, but for the edge of the radius."""

import random

import numpy as np

from directory.matching.reach import EDGE
from directory.places.distance import miles_between
from directory.places.place import Place
from tests.support.builders import a_listing, locate, published


def test_the_formula_differs_from_the_geodesic_by_less_than_the_edge(tmp_path):
    rng = random.Random(8)
    points = [(rng.uniform(18, 70), rng.uniform(-170, -60)) for _ in range(40)]
    points += [
        (lat + rng.uniform(-1, 1), lon + rng.uniform(-1, 1))
        for lat, lon in points
        for _ in range(5)
    ]
    index = published(tmp_path, [a_listing(at=point) for point in points]).current()
    rows = np.arange(index.roster.size)
    there = [locate(one) for one in index.listings(rows)]
    for lat, lon in points[:40]:
        here = Place("here", lat, lon, "near", "CA", None, "UTC")
        about = index.roster.about_miles(here, rows)
        for row, place in enumerate(there):
            exact = miles_between(here, place)
            if exact < 500:
                assert abs(about[row] - exact) <= max(EDGE / 5 * exact, 1e-6), (exact, about[row])
