"""Who is near: the formula of distance is the geodesic but for the edge, and the cells hold all it holds."""

import math
import random

import numpy as np
import pytest

from directory.matching.reach import EDGE
from directory.matching.roster import CELL_DEGREES, build_roster
from directory.places.distance import miles_between
from directory.places.place import Place
from tests.support.builders import a_context, a_listing, locate, published

FARTHEST = 500
CORNERS = {
    "Pasadena": (34.15, -118.14),
    "a corner of cells": (34.25, -118.25),
    "Eastport, Maine": (44.91, -66.99),
    "Key West": (24.56, -81.78),
    "Anchorage": (61.22, -149.9),
    "Utqiagvik, the farthest north": (71.29, -156.79),
    "Adak, east of the antimeridian": (51.88, -176.66),
    "Amchitka, west of it": (51.4, 179.25),
    "on it": (51.75, -180.0),
    "Guam": (13.47, 144.75),
    "American Samoa": (-14.28, -170.7),
}
SPHERE_MILES = 3958.76


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


def at_random(rng, around, miles):
    """A point up to so many miles away, near ones more often; now and then on the edge of a cell."""
    away, bearing = miles ** rng.random(), rng.uniform(0, 2 * math.pi)
    lat = around[0] + away * math.cos(bearing) / 69
    lon = around[1] + away * math.sin(bearing) / (69 * math.cos(math.radians(lat)))
    if rng.random() < 0.2:
        lat, lon = (round(one / CELL_DEGREES) * CELL_DEGREES for one in (lat, lon))
    return lat, (lon + 180) % 360 - 180


def on_a_sphere(here, lats, lons):
    """Great circle miles: at most 0.6 % from the geodesic, with the antimeridian like any other."""
    own, other = math.radians(here.lat), np.radians(lats)
    chord = np.sin((other - own) / 2) ** 2
    chord += np.cos(other) * math.cos(own) * np.sin(np.radians(lons - here.lon) / 2) ** 2
    return 2 * SPHERE_MILES * np.arcsin(np.sqrt(chord))


def within(here, miles, lats, lons):
    """Every row within the radius, by a scan of all; the geodesic decides where it may."""
    about = on_a_sphere(here, lats, lons)
    inside = about <= miles
    for row in np.flatnonzero(np.abs(about - miles) <= miles * 0.01):
        inside[row] = miles_between(here, a_place(lats[row], lons[row])) <= miles
    return np.flatnonzero(inside)


def a_place(lat, lon):
    return Place("here", float(lat), float(lon), "near", "CA", None, "UTC")


@pytest.fixture(scope="module")
def scattered():
    """Programs around the corners of the country."""
    rng = random.Random(21)
    points = [at_random(rng, near, FARTHEST) for near in CORNERS.values() for _ in range(60)]
    return build_roster([a_listing(at=point) for point in points], a_context(), locate)[1]


@pytest.mark.parametrize("corner", CORNERS)
def test_every_program_inside_the_radius_is_a_candidate_once_and_in_order(scattered, corner):
    rng = random.Random(corner)
    lats, lons = scattered.columns["lat"], scattered.columns["lon"]
    found, looked_at = 0, 0
    for _ in range(25):
        here = a_place(*at_random(rng, CORNERS[corner], 40))
        edge = rng.choice(within(here, FARTHEST, lats, lons).tolist())
        to_the_edge = miles_between(here, a_place(lats[edge], lons[edge]))
        for miles in (rng.uniform(2, FARTHEST), max(2, to_the_edge)):
            inside = within(here, miles, lats, lons)
            rows = scattered.candidates(here, miles)
            assert (np.diff(rows) > 0).all()
            missing = np.setdiff1d(inside, rows)
            assert not len(missing), (here, miles, lats[missing], lons[missing])
            found, looked_at = found + len(inside), looked_at + len(rows)
    assert found > 500
    assert looked_at < 3 * found, "cells spare the look at most of the others"
