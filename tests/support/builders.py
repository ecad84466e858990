"""Small builders: a test mentions only what matters to it."""

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from directory.catalog.evidence import Source, load_freshness
from directory.catalog.program import (
    Address,
    Listing,
    Organization,
    PayerAcceptance,
    Program,
    Site,
    Span,
)
from directory.catalog.schedule import Session, Start, Track
from directory.catalog.vocabulary import load_vocabularies
from directory.catalog.whereabouts import Journal, Whereabouts
from directory.matching.criterion import Context
from directory.matching.finder import Finder
from directory.matching.ranking import load_formula
from directory.matching.week import FreeWeek, Interval
from directory.places.gazetteer import Gazetteer
from directory.places.place import Place
from directory.places.region import PASADENA_REGION
from directory.search.building import Builder
from directory.search.generations import Generations
from directory.search.understanding import load_words

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)

VOCABULARIES = load_vocabularies(DATA / "vocabularies")
FRESHNESS = load_freshness(DATA / "freshness.csv")
FORMULA = load_formula(DATA / "ranking.toml")
WORDS = load_words(DATA / "words", VOCABULARIES, DATA.parent / "translations")
GAZETTEER = Gazetteer(DATA / "gazetteer" / "us.sqlite", PASADENA_REGION)

CALLED = Source("Phone call", date(2026, 11, 20), "phone")
PASADENA = (34.1478, -118.1445)
ELSEWHERE = {
    "Altadena": Place("altadena", 34.1897, -118.1312, "city", "CA", None, "America/Los_Angeles"),
    "Irvine": Place("irvine", 33.6846, -117.8265, "city", "CA", None, "America/Los_Angeles"),
}
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

NINE_TO_FIVE = FreeWeek.from_busy(Interval(day, 540, 1020) for day in range(5))
NEVER_BUSY = FreeWeek.from_busy(())

_numbers = itertools.count(1)


def sessions(days: str, start: str, end: str, **more: object) -> tuple[Session, ...]:
    """`sessions("mon wed", "18:00", "21:00")`."""
    times = {"start": _minutes(start), "end": _minutes(end)}
    return tuple(Session(day=DAY_NAMES.index(day), **times, **more) for day in days.split())


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def a_track(days: str = "", start: str = "18:00", end: str = "21:00", **more: object) -> Track:
    """An in-person track; no days means no session is published. `begins` is its start rule."""
    own = more.pop("sessions", None) or (sessions(days, start, end) if days else ())
    begins = more.pop("begins", None) or Start()
    return Track(**{"mode": "in_person", "sessions": own, "start": begins, **more})


def a_listing(
    *tracks: Track,
    id: str | None = None,
    at: tuple[float, float] | None = PASADENA,
    city: str = "Pasadena",
    state: str = "CA",
    organization: str = "Acme Recovery",
    source: Source = CALLED,
    payers: dict[str, str] | None = None,
    **facts: object,
) -> Listing:
    """One program at one site; every fact has `source` as its evidence."""
    id = id or f"program-{next(_numbers):03d}"
    own: dict[str, object] = {
        "name": f"Program {id}",
        "level_of_care": "iop",
        "level_evidence": "stated",
    }
    if isinstance(facts.get("ages"), tuple):
        facts["ages"] = Span(*facts["ages"])
    accepted = tuple(PayerAcceptance(code, network) for code, network in (payers or {}).items())
    own |= {"tracks": tracks, "payers": accepted} | facts
    facts_of_program = ("name", "level_of_care", "focus", "conditions", "services", "ages", "populations",
                        "languages", "payers", "weeks", "tracks", "openings", "description")  # fmt: skip
    program = Program(id, evidence=dict.fromkeys(facts_of_program, source), **own)
    site_facts = dict.fromkeys(("phone", "address", "location", "name"), source)
    lat, lon = at or (None, None)
    address = Address(city=city, state=state) if city else Address(state=state)
    site = Site(f"{id}-site", phone="626-555-0142", time_zone="America/Los_Angeles",
                address=address, lat=lat, lon=lon, evidence=site_facts)  # fmt: skip
    return Listing(
        Organization(f"{id}-org", organization, evidence={"name": source}), site, program, id
    )


def locate(listing: Listing) -> Place | None:
    """A listing's own point, else that of two cities; nothing is looked up."""
    site = listing.site
    if site.lat is None or site.lon is None:
        return ELSEWHERE.get(site.address.city or "")
    return Place(
        site.id, site.lat, site.lon, "near", site.address.state or "", None, site.time_zone or ""
    )


def a_context(as_of: date = TODAY) -> Context:
    """The shipped vocabularies and limits of age."""
    return Context(VOCABULARIES, FRESHNESS, as_of)


def a_builder() -> Builder:
    """A builder of generations, with the shipped vocabularies."""
    return Builder(VOCABULARIES, locate, lambda listing: b"{}", a_context, "tests")


def a_journal(listings: Sequence[Listing]) -> Journal:
    """All of them listed by one change."""
    found = (
        Whereabouts(
            one.program.id, one.slug, 1, NOW, listed_in=1, facts={"name": 1}, example=one.example
        )
        for one in listings
    )
    return Journal(tuple(sorted(found, key=lambda one: one.program)), {1: 7})


def published(home: Path, listings: Sequence[Listing], as_of: date = TODAY) -> Generations:
    """Generations in `home` that serve these listings."""
    generations = Generations(home, WORDS)
    generations.write(a_builder(), listings, as_of, a_journal(listings))
    return generations


def a_finder(home: Path, *listings: Listing, now: datetime = NOW) -> Finder:
    """A finder over these listings, with the shipped gazetteer, weights and words."""
    generations = published(home, listings, now.date())
    return Finder(generations.current, GAZETTEER, a_context, FORMULA, lambda: now)


def miles_north(miles: float, of: tuple[float, float] = PASADENA) -> tuple[float, float]:
    """A point about this many miles to the north."""
    return of[0] + miles / 68.94, of[1]
