"""From what a person types to a place, a question back, or the nearest guesses."""

from dataclasses import replace
from pathlib import Path
from threading import Lock

from rapidfuzz import fuzz, process

from directory.places.distance import miles_between
from directory.places.place import AmbiguousPlace, Place, UnknownPlace
from directory.places.reading import (
    AskedAbroad,
    AskedName,
    AskedNothing,
    AskedPoint,
    AskedWrongZip,
    AskedZip,
    NameReading,
    read,
    readings_of,
)
from directory.places.region import Region
from directory.places.spelling import fold
from directory.places.states import STATE_BY_NAME, STATE_NAMES
from directory.places.table import BOX_DEGREES_LAT, BOX_DEGREES_LON, NamedPlace, PlaceTable

Answer = Place | AmbiguousPlace | UnknownPlace

MOST_CHOICES = 6
# A name within this distance of the region is taken for the one near the region.
HOME_MILES = 60.0
# A hamlet of the region's state, far from the region, does not stand for a great city elsewhere:
# "Washington" is not Washington, CA (one ZIP) before anyone was asked.
HAMLET = 1_000
GREAT_CITY = 100_000
# Within one state, the larger of two places of a name is meant if it is so many times larger.
DOMINANCE = 10
# Coordinates are compared by geodesic with this many of the ZIPs around them.
ZIPS_COMPARED = 8
# Coordinates this far from every ZIP lie abroad or at sea (Vancouver lies 21 miles from one).
NEAREST_ZIP_MILES = 20.0
# In a misspelling, fewer letters than this in common (of 100) are no likeness, and guesses so
# much worse than the best are left out.
LEAST_LIKENESS = 72.0
LIKENESS_RANGE = 14.0
LONGEST_MISSPELLING = 40
COUNTIES = (" county", " parish", " borough")
NAMES_COMPARED = 24


class Gazetteer:
    """US ZIPs and places. Cheap to make; opens its file on the first look-up; thread-safe."""

    def __init__(self, path: Path, region: Region) -> None:
        """Answer from `path` (`data/gazetteer/us.sqlite`), preferring the operator's region."""
        self._table = PlaceTable(path)
        self._region = region
        self._names: list[str] = []
        self._names_lock = Lock()

    def close(self) -> None:
        """Let go of the file."""
        self._table.close()

    def locate(self, text: str) -> Answer:
        """The place meant by any text: "91101", "91101-1234", "S. Pasadena, CA", "34.15,-118.14".

        Of several places of a name, the only one within 60 miles of the region is meant, or else
        the only one in its state; otherwise the answer is `AmbiguousPlace`. Never raises for text.
        """
        match read(text):
            case AskedNothing():
                return UnknownPlace(text, "empty")
            case AskedAbroad():
                return UnknownPlace(text, "foreign")
            case AskedZip(zip_code):
                return self.zip_point(zip_code) or self._no_such_zip(text, zip_code)
            case AskedWrongZip(digits):
                return self._no_such_zip(text, digits)
            case AskedPoint(lat, lon):
                return self._locate_point(text, lat, lon)
            case AskedName() as asked:
                return self._locate_name(text, asked)

    def zip_point(self, zip: str) -> Place | None:  # noqa: A002 - the field's word
        """The point of a ZIP of exactly five digits, or None if we know no such ZIP."""
        return self._table.zip(zip) if len(zip) == 5 and zip.isascii() and zip.isdigit() else None

    def city_point(self, city: str, state: str) -> Place | None:
        """The point of a city as an address names it, or None; `state` is its code or name.

        Of two places of that name in the state, the one that mail goes to.
        """
        code = STATE_BY_NAME.get(fold(state))
        found = self._table.named(fold(city), code) if code else []
        best = max(found, key=lambda each: (each.is_mailed, each.size), default=None)
        return best.place if best else None

    def near(self, zip_code: str | None, city: str | None, state: str | None) -> Place | None:
        """The point of a ZIP, else of a city: what an address tells without its street."""
        found = self.zip_point(zip_code) if zip_code else None
        if found is None and city and state:
            found = self.city_point(city, state)
        return found

    def suggest(self, prefix: str, limit: int = MOST_CHOICES) -> tuple[Place, ...]:
        """Places to offer while someone types: around the region first, then the largest.

        Digits give ZIPs. At least one letter or digit is needed; `limit` is 1 or more.
        """
        folded = fold(prefix.replace(",", " "))
        if not folded:
            return ()
        if folded.isascii() and folded.isdigit():
            return tuple(self._table.zips_starting(folded, limit))
        for reading in readings_of(folded):
            found = self._table.starting(reading.folded, reading.state, self._region, limit)
            if found:
                return _told_apart(found)
        return self._suggest_with_begun_state(folded, limit)

    def _suggest_with_begun_state(self, folded: str, limit: int) -> tuple[Place, ...]:
        """The last word may begin a state: "pasadena t"."""
        name, _, begun = folded.rpartition(" ")
        states = {code for word, code in STATE_BY_NAME.items() if word.startswith(begun)}
        found = self._table.named(name, None) if name else []
        return _told_apart([each for each in found if each.place.state in states][:limit])

    def _locate_point(self, text: str, lat: float, lon: float) -> Answer:
        here = Place("", lat, lon, "near", "", None, "")
        # Half a degree of longitude is 17 miles in northern Alaska, 28 in Maine: half of the
        # country needs no more, and a box that is a little wide costs nothing.
        around = self._table.zips_around(lat, lon, degrees=0.6, limit=ZIPS_COMPARED)
        nearest = min(around, key=lambda each: miles_between(here, each), default=None)
        if nearest is None or miles_between(here, nearest) > NEAREST_ZIP_MILES:
            return UnknownPlace(text, "foreign", (nearest,) if nearest else ())
        name = f"near {nearest.name.rsplit(' ', 1)[0]}"
        return replace(nearest, name=name, lat=lat, lon=lon, precision="near", zip=None)

    def _no_such_zip(self, text: str, digits: str) -> UnknownPlace:
        if meant := self.zip_point(digits[:5]):
            return UnknownPlace(text, "no_such_zip", (meant,))
        lost_its_zero = self.zip_point(f"0{digits}")
        guesses = [lost_its_zero] if lost_its_zero else []
        for length in (4, 3):
            if len(digits) >= length:
                guesses += self._table.zips_starting(digits[:length], MOST_CHOICES)
        return UnknownPlace(text, "no_such_zip", tuple(dict.fromkeys(guesses))[:MOST_CHOICES])

    def _locate_name(self, text: str, asked: AskedName) -> Answer:
        at_zip = self.zip_point(asked.zip_at_end) if asked.zip_at_end else None
        if at_zip:
            return at_zip
        for reading in asked.readings:
            found = self._table.named(reading.folded, reading.state)
            if not found and reading.folded.endswith(COUNTIES):
                found = self._table.counties(reading.folded, reading.state)
            if found and not _is_rather_a_state(reading, found):
                return self._settle(text, reading, found)
        if asked.ends_abroad:
            return UnknownPlace(text, "foreign")
        return self._unknown_name(text, asked.readings)

    def _settle(self, text: str, reading: NameReading, found: list[NamedPlace]) -> Answer:
        """One place of this name, or the question which; `found` is ordered by size."""
        near = [each for each in found if self._is_near(each.place)]
        if len(near) == 1:
            return near[0].place
        if len(found) == 1 or (reading.state and _dominates(found)):
            return found[0].place
        at_home = near or [each for each in found if each.place.state == self._region.state]
        if len(at_home) == 1 and not _is_dwarfed(at_home[0], found):
            return at_home[0].place
        choices = at_home if len(at_home) > 1 else found
        return AmbiguousPlace(text, _told_apart(choices[:MOST_CHOICES]))

    def _is_near(self, place: Place) -> bool:
        """Whether it lies within 60 miles of the region; a box spares far places the geodesic."""
        is_in_box = (
            abs(place.lat - self._region.lat) < BOX_DEGREES_LAT
            and abs(place.lon - self._region.lon) < 2 * BOX_DEGREES_LON
        )
        return is_in_box and miles_between(place, self._region) <= HOME_MILES

    def _unknown_name(self, text: str, readings: tuple[NameReading, ...]) -> UnknownPlace:
        for reading in readings:
            state = STATE_BY_NAME.get(reading.folded)
            if state and reading.state is None:
                largest = self._table.largest_of(state, MOST_CHOICES)
                return UnknownPlace(text, "not_found", _told_apart(largest))
        guesses = (self._guess(reading) for reading in reversed(readings))
        return UnknownPlace(text, "not_found", next(filter(None, guesses), ()))

    def _guess(self, reading: NameReading) -> tuple[Place, ...]:
        """What a misspelt or unfinished name may have meant."""
        if not 3 <= len(reading.folded) <= LONGEST_MISSPELLING:
            return ()
        begun = self._table.starting(reading.folded, reading.state, self._region, MOST_CHOICES)
        return _told_apart(begun) or self._likest(self._names_alike(reading.folded), reading.state)

    def _names_alike(self, folded: str) -> list[tuple[str, float]]:
        """Names spelled like this one, with their likeness of 100, the likest first."""
        alike = process.extract(
            folded,
            self._all_names(),
            scorer=fuzz.ratio,
            score_cutoff=LEAST_LIKENESS,
            limit=NAMES_COMPARED,
        )
        return [(name, like) for name, like, _ in alike if like >= alike[0][1] - LIKENESS_RANGE]

    def _likest(self, alike: list[tuple[str, float]], state: str | None) -> tuple[Place, ...]:
        """Places of these names: the likest first, then the nearest to the region, the largest."""
        ranked = sorted(
            (-round(like), miles_between(each.place, self._region), -each.size, each.number, each)
            for name, like in alike
            for each in self._table.named(name, state)[:MOST_CHOICES]
        )
        found = {each.number: each for *_, each in ranked}
        return _told_apart(list(found.values())[:MOST_CHOICES])

    def _all_names(self) -> list[str]:
        """Every folded name; read on the first misspelling and kept (about 5 MB)."""
        with self._names_lock:
            if not self._names:
                self._names = self._table.folded_names()
            return self._names


def is_county(name: str) -> bool:
    """True for "Los Angeles County, CA" and "Orleans Parish"."""
    return fold(name.partition(",")[0]).endswith(COUNTIES)


def _is_rather_a_state(reading: NameReading, found: list[NamedPlace]) -> bool:
    """Whether the name is a state's and no great city's: New York and Washington are both."""
    is_state = any(reading.folded == name.lower() for name in STATE_NAMES.values())
    return is_state and reading.state is None and found[0].size < GREAT_CITY


def _dominates(found: list[NamedPlace]) -> bool:
    return found[0].size >= DOMINANCE * found[1].size


def _is_dwarfed(home: NamedPlace, found: list[NamedPlace]) -> bool:
    return home.size < HAMLET and found[0].size >= GREAT_CITY


def _told_apart(found: list[NamedPlace]) -> tuple[Place, ...]:
    """Their places; those of one name and state get their county: "Montrose, PA (Berks County)"."""
    names = [each.place.name for each in found]
    return tuple(
        replace(each.place, name=f"{each.place.name} ({each.county})")
        if names.count(each.place.name) > 1 and each.county
        else each.place
        for each in found
    )
