"""Builders for answers of the finder, and a finder that gives the answer it was told to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from flask import Flask

from directory.catalog.answer import Answer
from directory.catalog.evidence import Source, State, load_freshness
from directory.catalog.guide import load_cards
from directory.catalog.program import Address, Listing, Organization, Program, Site, Span
from directory.catalog.schedule import Session, Track
from directory.catalog.vocabulary import load_vocabularies
from directory.catalog.whereabouts import Whereabouts
from directory.matching.need import Need
from directory.matching.outcome import (
    FirstGroup,
    Match,
    NeedAnswer,
    Outcome,
    Proof,
    Receipt,
    ScheduleAnswer,
    Understood,
)
from directory.matching.ranking import load_formula
from directory.matching.week import FreeWeek, Interval
from directory.places.place import AmbiguousPlace, Place, UnknownPlace
from directory.places.region import PASADENA_REGION
from directory.web.sealing import Sealer
from directory.web.services import Services

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
PASADENA = Place(
    "Pasadena, CA 91101", 34.1478, -118.1445, "zip", "CA", "91101", "America/Los_Angeles"
)
TEXAS = Place("Pasadena, TX", 29.6911, -95.2091, "place", "TX", None, "America/Chicago")
PAGE = Source("Their website", date(2026, 11, 23), "published", "https://lamplight.example/iop")
PHONE = Source("The program", date(2026, 11, 12), "phone")
FEDERAL = Source(
    "SAMHSA National Directory",
    date(2026, 11, 23),
    "list",
    edition="2024",
    dated=date(2023, 12, 31),
)
INVENTED = Source("Invented example", TODAY, "example")


def nine_to_five() -> tuple[FreeWeek, ...]:
    """Free weekday evenings from 5:30 and weekends."""
    evenings = [Interval(day, 1050, 1320) for day in range(5)]
    return (FreeWeek.from_free([*evenings, Interval(SAT, 420, 1320), Interval(SUN, 420, 1320)]),)


def sessions(*days: int, start: int = 1080, end: int = 1260, **rest: Any) -> tuple[Session, ...]:
    """The same session on several days, 6 to 9 pm unless said."""
    return tuple(Session(day=day, start=start, end=end, **rest) for day in days)


def track(*held: Session, label: str | None = "Evening group", **rest: Any) -> Track:
    """A track with these sessions, in person unless said."""
    return Track(label=label, sessions=held, **{"mode": "in_person", **rest})


def listing(name: str = "Lamplight Evening Program", *tracks: Track, **rest: Any) -> Listing:
    """A listed program; `rest` replaces parts of its Program."""
    slug = name.lower().replace(" ", "-")
    source = rest.pop("source", PAGE)
    facts: dict[str, Any] = {
        "level_of_care": "iop",
        "level_evidence": "stated",
        "focus": ("mental_health",),
        "ages": Span(18, None),
        "evidence": dict.fromkeys(
            ("name", "level_of_care", "tracks", "payers", "services"), source
        ),
        **rest,
    }
    site = Site(
        slug, phone="626-555-0142", address=Address("Pasadena", "CA", "91101", "120 Example Street")
    )
    return Listing(
        Organization(slug, name, website="https://lamplight.example"),
        site,
        Program(slug, name, tracks=tracks, **facts),
        slug,
    )


@dataclass(frozen=True)
class Held:
    """A record that is at hand."""

    listing: Listing
    encoded: bytes = b"{}"

    @property
    def id(self) -> str:
        """The program's id."""
        return self.listing.program.id

    @property
    def slug(self) -> str:
        """Its address on our site."""
        return self.listing.slug

    @property
    def generation(self) -> str:
        """The name of the generation that holds it."""
        return "g1"


def match(one: Listing, schedule: ScheduleAnswer | None = None, **rest: Any) -> Match:
    """A match through the first track, 2.3 miles away."""
    tiers = {"fits": 0, "cannot_tell": 1, "misses": 2}
    receipt = Receipt(
        tiers[schedule.verdict] if schedule else 0,
        {"schedule": 40, "near": 20},
        {"schedule": 1.0, "near": 0.8},
    )
    facts: dict[str, Any] = {
        "track": one.program.tracks[0] if one.program.tracks else None,
        "score": receipt.score(),
        "miles": 2.3,
        "travel_minutes": 9,
        "first_group": FirstGroup(date(2026, 12, 7), "stated"),
        "answers": (),
        "receipt": receipt,
        **rest,
    }
    return Match(Held(one), schedule=schedule, **facts)


def need_answer(need: str, asked: str, answer: str, detail: str | None = None) -> NeedAnswer:
    """One answer from the program's page."""
    return NeedAnswer(need, asked, Answer(answer), Proof(PAGE, State.CURRENT), detail)


def outcome(*matches: Match, need: Need | None = None, **rest: Any) -> Outcome:
    """An outcome with these matches, counted by their verdicts."""
    counts = {"fits": 0, "cannot_tell": 0, "misses": 0}
    for one in matches:
        if one.schedule:
            counts[one.schedule.verdict] += 1
    facts: dict[str, Any] = {
        "place": PASADENA,
        "within_miles": 10.0,
        "total": len(matches),
        "looked_at": 14,
        "counts": counts if any(counts.values()) else {},
        "facets": {},
        "relax": (),
        "understood": Understood(),
        "generation": "g1",
        "as_of": TODAY,
        **rest,
    }
    return Outcome(need=need or Need(near="91101", weeks=nine_to_five()), matches=matches, **facts)


@dataclass
class Counts:
    """What /about/data counts."""

    programs: int = 120
    examples: int = 24
    schedules: int = 40
    facts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sources: Sequence[tuple[str, int]] = (("SAMHSA National Directory 2024", 82),)
    editions: tuple[tuple[str, str, str, str, int], ...] = ()
    audit: None = None


def whereabouts_of(one: Listing) -> Whereabouts:
    """A program that is listed, since the first change."""
    facts = {"name": 1}
    return Whereabouts(
        one.program.id, one.slug, 1, NOW, listed_in=1, facts=facts, example=one.example
    )


Answered = Outcome | AmbiguousPlace | UnknownPlace | Exception


@dataclass
class FakeFinder:
    """Gives the outcome it holds, for the need that was asked."""

    answer: Answered
    formula: Any = field(default_factory=lambda: load_formula(ROOT / "data" / "ranking.toml"))
    asked: list[Need] = field(default_factory=list)
    moved: dict[str, Whereabouts] = field(default_factory=dict)
    generation: str = "gen-00000001"

    @property
    def as_of(self) -> date:
        """Some day."""
        return TODAY

    def find(self, need: Need, *, changes: bool = True) -> Answered:
        """The outcome, with this need; a fault is raised."""
        self.asked.append(need)
        if isinstance(self.answer, Exception):
            raise self.answer
        return replace(self.answer, need=need) if isinstance(self.answer, Outcome) else self.answer

    def records(self) -> tuple[str, Sequence[Any]]:
        """Nothing is gathered of its programs."""
        return self.generation, ()

    @property
    def journal(self) -> Any:
        """A chronicle in which no program is gone."""
        return SimpleNamespace(gone=tuple)

    def _matches(self) -> Sequence[Match]:
        return self.answer.matches if isinstance(self.answer, Outcome) else ()

    def program(self, slug: str) -> Listing | None:
        """One of the outcome's programs."""
        named = (one.listing for one in self._matches())
        return next((one for one in named if slug in (one.slug, one.program.id)), None)

    def whereabouts(self, slug: str, *, id_first: bool = False) -> Whereabouts | None:
        """Where one of the outcome's programs stands, or one that moved or is gone."""
        known = {one.listing.slug: whereabouts_of(one.listing) for one in self._matches()}
        return (known | self.moved).get(slug)

    def explain(self, need: Need, one: Listing) -> Match | None:
        """Its match; without a schedule if no week was asked."""
        found = next((each for each in self._matches() if each.listing == one), None)
        return found if need.weeks or found is None else replace(found, schedule=None)

    def tracks(self, need: Need, one: Listing) -> tuple[Any, ...]:
        """Every track, answered alike."""
        found = self.explain(need, one)
        return tuple(
            (each, found and found.schedule, found and found.first_group)
            for each in one.program.tracks
        )

    def statistics(self) -> Counts:
        """Some counts."""
        return Counts()


def app_with(answer: Answered, register: Callable[[Flask], None]) -> Flask:
    """A Flask app whose finder gives this answer; `register` mounts what is tried."""
    app = Flask(
        "directory",
        root_path=str(ROOT / "directory"),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
    )
    app.config["TESTING"] = True
    app.extensions["directory"] = Services(
        finder=cast(Any, FakeFinder(answer)),
        gazetteer=cast(Any, None),
        vocabularies=load_vocabularies(ROOT / "data" / "vocabularies"),
        freshness=load_freshness(ROOT / "data" / "freshness.csv"),
        cards=load_cards(ROOT / "data" / "guide" / "cards.csv"),
        meetings=lambda: (),
        release=lambda: None,
        report=lambda *_: None,
        region=replace(PASADENA_REGION, help_line_name="LA County help"),
        sealer=Sealer(["s" * 40], 120),
        clock=lambda: NOW,
        base_url="http://127.0.0.1:8000",
        hsds=cast(Any, None),
    )
    register(app)
    return app
