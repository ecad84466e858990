"""Where people live: towns of the gazetteer with their ZIPs, drawn by population."""

import sqlite3
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from directory.places.states import STATE_NAMES

SPREAD_DEGREES = 0.02
"""A site lies about this far from the middle of its ZIP, so that neighbours are not one point."""

_TOWNS = """
    SELECT p.name, p.state, p.size FROM places p
    WHERE p.size > 0 ORDER BY p.size DESC, p.id
"""
_ZIPS = """
    SELECT z.city, z.state, z.zip, z.lat, z.lon, t.name
    FROM zips z JOIN time_zones t ON t.id = z.time_zone ORDER BY z.zip
"""


@dataclass(frozen=True, slots=True)
class Door:
    """One address to be."""

    city: str
    state: str
    zip: str
    lat: float
    lon: float
    time_zone: str


class Towns:
    """Doors all over the country: more of them where more people live."""

    def __init__(self, towns: list[tuple[int, tuple[Door, ...]]]) -> None:
        self._doors = [doors for _, doors in towns]
        self._upto = list(accumulate(size for size, _ in towns))

    def draw(self, rng: Random) -> Door:
        """A door near the middle of one ZIP of one town."""
        town = bisect_left(self._upto, rng.random() * self._upto[-1])
        door = rng.choice(self._doors[town])
        lat = round(door.lat + rng.uniform(-SPREAD_DEGREES, SPREAD_DEGREES), 5)
        lon = round(door.lon + rng.uniform(-SPREAD_DEGREES, SPREAD_DEGREES), 5)
        return Door(door.city, door.state, door.zip, lat, lon, door.time_zone)


def load_towns(gazetteer: Path) -> Towns:
    """Towns whose name some ZIP bears, by population; territories without a state code left out."""
    uri = f"{gazetteer.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True)
    try:
        zips: dict[tuple[str, str], list[Door]] = {}
        for city, state, zip_code, lat, lon, zone in connection.execute(_ZIPS):
            zips.setdefault((city, state), []).append(Door(city, state, zip_code, lat, lon, zone))
        rows = connection.execute(_TOWNS).fetchall()
    finally:
        connection.close()
    return Towns(_with_zips(rows, zips))


def _with_zips(
    rows: list[tuple[str, str, int]], zips: Mapping[tuple[str, str], list[Door]]
) -> list[tuple[int, tuple[Door, ...]]]:
    """Each town once: of two places with one name in one state, the larger."""
    seen: dict[tuple[str, str], int] = {}
    for name, state, size in rows:
        if state in STATE_NAMES and (name, state) in zips:
            seen.setdefault((name, state), size)
    return [(size, tuple(zips[town])) for town, size in seen.items()]
