"""The gazetteer's rows: `us.sqlite`, opened on first use, read-only, safe from several threads."""

import math
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from directory.errors import UnreadableFile
from directory.places.place import Place
from directory.places.region import Region

ZIPS_KEPT = 1_024
"""Rows of our own table kept in memory, never who asked for them."""

# About 60 miles in every direction at US latitudes. A box only orders and narrows rows cheaply.
BOX_DEGREES_LAT = 0.87
BOX_DEGREES_LON = 1.1

_PLACE_COLUMNS = """
    coalesce(max(n.shown), p.name), p.state, p.lat, p.lon, t.name, p.zips_nearby, p.size,
    c.name, max(n.mailed), p.id
"""
_PLACES = f"""
    SELECT {_PLACE_COLUMNS} FROM names n
    JOIN places p ON p.id = n.place
    JOIN time_zones t ON t.id = p.time_zone
    JOIN counties c ON c.id = p.county
"""  # noqa: S608 - constants only
_ZIPS = """
    SELECT z.zip, z.city, z.state, z.lat, z.lon, t.name, z.precision, z.zips_nearby
    FROM zips z JOIN time_zones t ON t.id = z.time_zone
"""


_COUNTIES = """
    SELECT c.name, z.state, avg(z.lat), avg(z.lon), max(t.name), NULL, count(*), '', 0, c.id
    FROM zips z JOIN counties c ON c.id = z.county JOIN time_zones t ON t.id = z.time_zone
    WHERE c.name = ? COLLATE NOCASE AND (? IS NULL OR z.state = ?)
    GROUP BY c.id, z.state ORDER BY count(*) DESC, z.state
"""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with what tells it from others of its name."""

    place: Place
    size: int
    county: str
    is_mailed: bool
    number: int


class PlaceTable:
    """Look-ups by ZIP and by folded name. Knows no preference among the places it finds."""

    def __init__(self, path: Path) -> None:
        """Remember the file; nothing is opened yet."""
        self._path = path
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self.zip = lru_cache(maxsize=ZIPS_KEPT)(self._zip)

    def close(self) -> None:
        """Let go of the file; the next look-up opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _zip(self, zip_code: str) -> Place | None:
        """The ZIP of five digits."""
        rows = self._rows(f"{_ZIPS} WHERE z.zip = ?", zip_code)
        return _zip_place(rows[0]) if rows else None

    def zips_starting(self, digits: str, limit: int) -> list[Place]:
        """ZIPs that begin with these digits, in order."""
        query = f"{_ZIPS} WHERE z.zip >= ? AND z.zip < ? ORDER BY z.zip LIMIT ?"
        return [_zip_place(row) for row in self._rows(query, digits, f"{digits}:", limit)]

    def zips_around(self, lat: float, lon: float, degrees: float, limit: int) -> list[Place]:
        """ZIPs in a box of this many degrees to each side, roughly the nearest first."""
        query = f"""
            {_ZIPS} WHERE z.lat BETWEEN ? AND ? AND z.lon BETWEEN ? AND ?
            ORDER BY (z.lat - ?) * (z.lat - ?) + (z.lon - ?) * (z.lon - ?) * ?, z.zip LIMIT ?
        """
        box = (lat - degrees, lat + degrees, lon - degrees, lon + degrees)
        # Degrees of longitude shrink towards the pole.
        width = math.cos(math.radians(lat)) ** 2
        rows = self._rows(query, *box, lat, lat, lon, lon, width, limit)
        return [_zip_place(row) for row in rows]

    def named(self, folded: str, state: str | None) -> list[NamedPlace]:
        """All places of exactly this folded name, the largest first."""
        query = f"""
            {_PLACES} WHERE n.folded = ? AND (? IS NULL OR p.state = ?)
            GROUP BY p.id ORDER BY p.size DESC, p.id
        """
        return [_named_place(row) for row in self._rows(query, folded, state, state)]

    def counties(self, name: str, state: str | None) -> list[NamedPlace]:
        """The middle of the ZIPs of every county of this name, the one with most ZIPs first."""
        return [_named_place(row) for row in self._rows(_COUNTIES, name, state, state)]

    def starting(
        self, folded: str, state: str | None, region: Region, limit: int
    ) -> list[NamedPlace]:
        """Places whose name begins so: around the region first, then its state, then by size."""
        query = f"""
            {_PLACES} WHERE n.folded >= ? AND n.folded < ? AND (? IS NULL OR p.state = ?)
            GROUP BY p.id
            ORDER BY (abs(p.lat - ?) < ? AND abs(p.lon - ?) < ?) DESC, p.state = ? DESC,
                p.size DESC, p.id
            LIMIT ?
        """
        box = (region.lat, BOX_DEGREES_LAT, region.lon, BOX_DEGREES_LON)
        beyond = f"{folded}\U0010ffff"
        rows = self._rows(query, folded, beyond, state, state, *box, region.state, limit)
        return [_named_place(row) for row in rows]

    def largest_of(self, state: str, limit: int) -> list[NamedPlace]:
        """The largest places of a state."""
        query = f"{_PLACES} WHERE p.state = ? GROUP BY p.id ORDER BY p.size DESC, p.id LIMIT ?"
        return [_named_place(row) for row in self._rows(query, state, limit)]

    def folded_names(self) -> list[str]:
        """Every name, each once, in order."""
        return [str(row[0]) for row in self._rows("SELECT DISTINCT folded FROM names")]

    def _rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock:
            if self._connection is None:
                self._connection = _open(self._path)
            return self._connection.execute(query, values).fetchall()


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise UnreadableFile(str(path), "no file", "the gazetteer (data/gazetteer/us.sqlite)")
    # Immutable: no locks and no journal, so that a read-only disk and many workers are fine.
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)


def _zip_place(row: tuple[object, ...]) -> Place:
    zip_code, city, state, lat, lon, time_zone, precision, zips_nearby = row
    return Place(
        name=f"{city}, {state} {zip_code}",
        lat=float(str(lat)),
        lon=float(str(lon)),
        precision="zip" if precision == "zip" else "place",
        state=str(state),
        zip=str(zip_code),
        time_zone=str(time_zone),
        zips_nearby=int(str(zips_nearby)),
    )


def _named_place(row: tuple[object, ...]) -> NamedPlace:
    name, state, lat, lon, time_zone, zips_nearby, size, county, is_mailed, number = row
    place = Place(
        name=f"{name}, {state}",
        lat=float(str(lat)),
        lon=float(str(lon)),
        precision="place",
        state=str(state),
        zip=None,
        time_zone=str(time_zone),
        zips_nearby=None if zips_nearby is None else int(str(zips_nearby)),
    )
    return NamedPlace(place, int(str(size)), str(county), bool(is_mailed), int(str(number)))
