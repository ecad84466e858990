"""The queries: needs drawn with a seed, in the terms that every engine understands."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from bench.corpus import Corpus, plain_concept
from directory.matching.need import ALWAYS_MUST, Need
from directory.matching.sessions import MOST_TRAVEL_QUARTERS
from directory.matching.week import QUARTERS, WHOLE_WEEK, FreeWeek, Interval
from directory.places.place import Place
from directory.places.travel import minutes_per_mile, overhead_minutes
from directory.search.phrase_book import Phrase
from directory.search.understanding import load_words

EARTH_MILES = 3958.7613
RADII = (10.0, 25.0, 50.0)
MUST = ALWAYS_MUST | {"payer", "schedule"}
MUST_WITH_WORDS = MUST | {"text"}
WITH_WEEK = {"match", "match_words"}
PEAK, CALM = minutes_per_mile("car", True), minutes_per_mile("car", False)
OVERHEAD = overhead_minutes("car")
TEXTS = (
    *("trauma group", "anxiety", "suboxone", "dbt skills", "yoga", "family therapy", "evening"),
    *("veterans", "case manager", "help with housing", "anger management", "piano", "greenhouse"),
    *("drug tests", "12 step", "pregnant", "teenagers depression", "relapse prevention", "chess"),
    *("lgbtq", "emdr", "smoking", "court ordered", "job help", "cbt anxiety", "eating disorders"),
    *("recovery coach", "naloxone", "bipolar", "morning breakfast", "acupuncture", "seniors"),
    *("counselor weekdays", "spanish", "methadone", "heron recovery", "gambling", "family supper"),
)
PAYERS = ("medi-cal", "medicare", "private-insurance", "aetna", "cigna", "self-pay", "tricare")


@dataclass(frozen=True)
class Query:
    """One need, with what it says spelled out for engines that know no gazetteer."""

    number: int
    place: Place
    miles: float
    payer: str
    services: tuple[str, ...]
    week: FreeWeek
    text: str
    phrases: tuple[tuple[tuple[str, ...], str], ...]
    """For each phrase that has to be found: its concepts as single words, and its words."""
    read: tuple[Phrase, ...]
    """The same as ours reads it."""

    def need(self, workload: str, limit: int = 20) -> Need:
        """The need, as far as a workload asks it."""
        if workload == "words":
            return Need(text=self.text, limit=limit)
        codes, week, words = workload != "near", workload in WITH_WEEK, workload == "match_words"
        return Need(
            near=self.place.zip,
            within_miles=self.miles,
            payer=self.payer if codes else None,
            services=self.services if codes else (),
            weeks=(self.week,) if week else (),
            text=self.text if words else "",
            must=MUST_WITH_WORDS if words else MUST,
            limit=limit,
        )

    @property
    def box(self) -> tuple[float, float, float, float]:
        """South, north, west, east of the circle, in degrees."""
        tall = math.degrees(self.miles * 1.006 / EARTH_MILES)
        wide = tall / math.cos(math.radians(abs(self.place.lat) + tall))
        lat, lon = self.place.lat, self.place.lon
        return lat - tall, lat + tall, lon - wide, lon + wide

    @cached_property
    def eroded(self) -> tuple[int, ...]:
        """For each travel time in quarter hours, when a session may lie: free before and after."""
        free = self.week.bits
        found = [free]
        for quarters in range(1, MOST_TRAVEL_QUARTERS + 1):
            around = _turned(free, quarters) & _turned(free, QUARTERS - quarters)
            found.append(found[-1] & around)
        return tuple(found)

    def quarters(self, miles: float, at_peak: bool) -> int:
        """Travel one way in quarter hours, as ours rounds it."""
        minutes = math.ceil(OVERHEAD + miles * (PEAK if at_peak else CALM))
        return min(MOST_TRAVEL_QUARTERS, math.ceil(minutes / 15))

    def miles_to(self, lat: float, lon: float) -> float:
        """Miles on the sphere."""
        here_lat, there = math.radians(self.place.lat), math.radians(lat)
        chord = math.sin((there - here_lat) / 2) ** 2
        wide = math.radians(lon - self.place.lon)
        chord += math.cos(here_lat) * math.cos(there) * math.sin(wide / 2) ** 2
        return 2 * EARTH_MILES * math.asin(math.sqrt(chord))


def _turned(bits: int, quarters: int) -> int:
    return ((bits << quarters) | (bits >> (QUARTERS - quarters))) & WHOLE_WEEK


def draw(corpus: Corpus, how_many: int, seed: int = 5) -> list[Query]:
    """So many queries: places where programs are, weeks of people who work or study; no week twice."""
    rng = Random(seed)
    house = corpus.house
    words = load_words(house.config.data / "words", house.vocabularies, house.config.translations)
    services = house.vocabularies["services"].codes()
    found: list[Query] = []
    drawn: set[FreeWeek] = set()
    while len(found) < how_many:
        zip_code = rng.choice(corpus.listings).site.address.zip
        place, week = house.gazetteer.zip_point(zip_code or ""), _week(rng)
        if place is None or week in drawn:
            continue
        drawn.add(week)
        text = TEXTS[len(found) % len(TEXTS)]
        read = words.read(text).phrases
        needed = [one for one in read if not one.optional] or read
        found.append(
            Query(
                number=len(found),
                place=place,
                miles=rng.choice(RADII),
                payer=rng.choice(PAYERS),
                services=tuple(rng.sample(services, 3)),
                week=week,
                text=text,
                phrases=tuple(
                    (_plain((*one.concepts, *one.wider, *one.hinted)), one.words) for one in needed
                ),
                read=read,
            )
        )
    return found


def _plain(concepts: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(plain_concept(f"{kind}:{code}") for kind, code in concepts)


def _week(rng: Random) -> FreeWeek:
    """Work or school most days, now and then an evening taken; each sleeps at hours of their own."""
    start = rng.choice((7, 8, 9, 10, 13)) * 60 + rng.choice((0, 30))
    days: Sequence[int] = range(5) if rng.random() < 0.7 else rng.sample(range(7), 4)
    busy = [Interval(day, start, start + rng.choice((4, 6, 8)) * 60) for day in days]
    to_bed, up = 22 * 60 + rng.randrange(-60, 61, 15), 6 * 60 + rng.randrange(-60, 61, 15)
    busy += [Interval(day, to_bed, up) for day in range(7)]
    if rng.random() < 0.4:
        busy.append(Interval(rng.randrange(5), 18 * 60, 20 * 60))
    return FreeWeek.from_busy(busy)
