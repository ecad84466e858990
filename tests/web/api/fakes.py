"""A small directory for the API to speak of: one program, a finder that answers with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from flask import Flask
from flask_babel import Babel

from directory.accounts.api_keys import KeyRing
from directory.catalog.answer import Answer
from directory.catalog.api_key import ApiKey
from directory.catalog.evidence import Freshness, Source, State, load_freshness
from directory.catalog.finding import Finding
from directory.catalog.program import Address, Listing, Organization, PayerAcceptance, Program, Site
from directory.catalog.schedule import Choose, Session, Track
from directory.catalog.vocabulary import Vocabularies, load_vocabularies
from directory.catalog.whereabouts import Whereabouts
from directory.errors import TooManyReports
from directory.matching.index import Suggestion
from directory.matching.need import Need
from directory.matching.outcome import (
    Conflict,
    FirstGroup,
    Match,
    NeedAnswer,
    Outcome,
    Proof,
    Receipt,
    Relax,
    ScheduleAnswer,
    Understood,
)
from directory.matching.week import Interval
from directory.places.place import AmbiguousPlace, Place, UnknownPlace
from directory.web import api, errors, gate, security
from directory.web.answers import Answers, Edition
from directory.web.api import dump
from directory.web.gate.rates import Policy
from directory.web.gathered import Gathered
from directory.web.machines import Rate
from directory.web.sealing import Sealer
from tests.support.outcomes import Held, whereabouts_of

DATA = Path(__file__).parents[3] / "data"
TODAY = date(2026, 11, 24)
PAGE = Source("acme.example", date(2026, 11, 20), "published", url="https://acme.example/iop")
OLD = Source("SAMHSA 2024", date(2026, 11, 20), "list", edition="2024", dated=date(2024, 12, 31))
PASADENA = Place("Pasadena, CA 91101", 34.15, -118.14, "zip", "CA", "91101", "America/Los_Angeles")
PASADENA_TX = Place("Pasadena, TX", 29.69, -95.2, "place", "TX", None, "America/Chicago")

TRACK = Track(
    label="Evening",
    mode="in_person",
    schedule_grade="days_and_times",
    choose=Choose(at_least=3),
    sessions=(Session(day=0, start=18 * 60, end=21 * 60, attendance="choose"),),
)
FOUND = Finding(
    rule="L1",
    case="hours_young",
    severity="serious",
    subject=("program", "acme-evening"),
    fact="tracks",
    got="3 hours",
    expected="at least 6 contact hours a week",
    source="Level 2.1",
    sentence="The times come to 3 hours a week.",
    question="How many hours a week would I be in groups?",
)
LISTING = Listing(
    Organization("acme", "Acme Recovery", evidence={"name": PAGE}),
    Site(
        "acme-lake",
        phone="626-555-0142",
        time_zone="America/Los_Angeles",
        address=Address("Pasadena", "CA", "91101", "1 Hidden Lane", withheld=True),
        lat=34.15,
        lon=-118.13,
        evidence={"phone": PAGE, "address": OLD},
    ),
    Program(
        "acme-evening",
        "Evening IOP",
        level_of_care="iop",
        level_evidence="stated",
        focus=("substance_use",),
        services=("cbt",),
        populations={"women": "welcomes"},
        payers=(PayerAcceptance("medi-cal", "in", date(2026, 11, 1)),),
        tracks=(TRACK,),
        evidence={
            "name": PAGE,
            "tracks": PAGE,
            "payers": OLD,
            "services:cbt": PAGE,
            "level_of_care": PAGE,
        },
    ),
    slug="evening-iop-pasadena",
    version=3,
    findings=(FOUND,),
)
MATCH = Match(
    record=Held(LISTING, dump.program_json(LISTING, load_freshness(DATA / "freshness.csv"), TODAY)),
    track=TRACK,
    score=0.87,
    miles=2.1,
    travel_minutes=11,
    first_group=FirstGroup(date(2026, 12, 7), "stated"),
    schedule=ScheduleAnswer(
        "misses",
        missed_minutes=15,
        conflicts=(Conflict(1, 1020, 1275, 15),),
        smallest_change=(Interval(1, 1020, 1035),),
        weekly_span_minutes=720,
        sessions=(Interval(6, 22 * 60, 24 * 60),),
        proof=Proof(PAGE, State.CURRENT),
    ),
    answers=(
        NeedAnswer("payer", "medi-cal", Answer.YES, Proof(OLD, State.CALL_TO_CONFIRM)),
        NeedAnswer("services", "cbt", Answer.UNKNOWN, Proof(None, State.UNKNOWN)),
    ),
    receipt=Receipt(2, {"near": 1.0}, {"near": 0.87}),
)
OUTCOME = Outcome(
    need=Need(),
    place=PASADENA,
    within_miles=10.0,
    matches=(MATCH,),
    total=3,
    looked_at=9,
    counts={"fits": 0, "cannot_tell": 0, "misses": 3},
    facets={"payer": {"medi-cal": {"yes": 1, "unknown": 2}}},
    relax=(Relax("near", {"within_miles": 15}, 3),),
    understood=Understood(spelling=(("evning", "evening"),), concepts=(("services", "cbt"),)),
    generation="g7",
    as_of=TODAY,
)


@cache
def vocabularies() -> Vocabularies:
    return load_vocabularies(DATA / "vocabularies")


@cache
def freshness() -> Freshness:
    return load_freshness(DATA / "freshness.csv")


@dataclass
class FakeFinder:
    """Answers every need with the same outcome; "Passadena" is unknown, "Pasadena" ambiguous."""

    outcome: Outcome = OUTCOME
    generation: str = "g7"
    as_of: date = TODAY
    fault: Exception | None = None
    moved: Mapping[str, Whereabouts] = field(default_factory=dict)
    asked: list[Need] = field(default_factory=list)

    def find(self, need: Need, *, changes: bool = True) -> Outcome | AmbiguousPlace | UnknownPlace:
        self.asked.append(need)
        if self.fault:
            raise self.fault
        if need.near == "Passadena":
            return UnknownPlace("Passadena", "not_found", (PASADENA, PASADENA_TX))
        if need.near == "Pasadena":
            return AmbiguousPlace("Pasadena", (PASADENA, PASADENA_TX))
        return replace(self.outcome, need=need)

    def records(self) -> tuple[str, list[Held]]:
        return self.generation, [MATCH.record]  # type: ignore[list-item]

    def suggest(self, beginning: str, limit: int) -> tuple[Suggestion, ...]:
        known = Suggestion(
            "concept",
            "Cognitive behavioral therapy (CBT)",
            "terapia cognitiva",
            (("es", "Terapia cognitivo-conductual (CBT)"),),
        )
        return (known,) if len(beginning) > 1 else ()

    def program(self, slug_or_id: str) -> Listing | None:
        return LISTING if slug_or_id in ("acme-evening", "evening-iop-pasadena") else None

    def current(self) -> "FakeFinder":
        return self

    @property
    def name(self) -> str:
        return self.generation

    @property
    def journal(self) -> "FakeJournal":
        return FakeJournal((whereabouts_of(LISTING),))

    def whereabouts(self, name: str, *, id_first: bool = False) -> Whereabouts | None:
        known = self.program(name)
        return whereabouts_of(known) if known else self.moved.get(name)


@dataclass
class FakeJournal:
    """What one change did."""

    told: tuple[Whereabouts, ...]
    newest: int = 1
    examples: bool = True

    def after(self, change: int, program: str, most: int) -> list[Whereabouts]:
        return [one for one in self.told if (one.last, one.program) > (change, program)][:most]

    def mark_of(self, change: int) -> int | None:
        return 7 if change == 1 else None


class FakeGazetteer:
    """Every address is in Pasadena."""

    def near(self, zip_code: str | None, city: str | None, state: str | None) -> Place:
        return PASADENA


@dataclass
class FakeServices:
    finder: FakeFinder
    base_url: str = "http://127.0.0.1:8000"
    vocabularies: Vocabularies = field(default_factory=vocabularies)
    freshness: Freshness = field(default_factory=freshness)
    sealer: Sealer = field(default_factory=lambda: Sealer(["secret"], 60))

    answers: Answers = field(default_factory=Answers)
    now: datetime = datetime(2026, 11, 24, 12, tzinfo=UTC)
    reported: list[tuple[str, str, str]] = field(default_factory=list)
    most_reports: int = 100

    def report(self, listing: Listing, what: str, text: str) -> None:
        if len(self.reported) >= self.most_reports:
            raise TooManyReports
        self.reported.append((listing.program.id, what, text))

    gathered: Gathered = field(default_factory=Gathered)
    gazetteer: FakeGazetteer = field(default_factory=FakeGazetteer)

    def clock(self) -> datetime:
        return self.now

    def edition(self) -> Edition:
        return Edition(self.finder.generation, self.clock().date())


@dataclass
class HeldKeys:
    """A store of keys; `asked` counts how often all of them were read."""

    held: list[ApiKey] = field(default_factory=list)
    asked: int = 0
    away: bool = False

    def add(self, key: ApiKey) -> int:
        self.held.append(replace(key, number=len(self.held) + 1))
        return len(self.held)

    def all(self) -> list[ApiKey]:
        self.asked += 1
        if self.away:
            raise ConnectionError
        return list(self.held)

    def change(self, number: int, owner: str, per_minute: int) -> bool:
        return self._changed(number, owner=owner, per_minute=per_minute)

    def revoke(self, number: int, on: date) -> bool:
        return self._changed(number, revoked_on=on)

    def used(self, number: int, on: date) -> None:
        self._changed(number, last_used_on=on)

    def _changed(self, number: int, **what: object) -> bool:
        found = [n for n, one in enumerate(self.held) if one.number == number]
        for n in found:
            self.held[n] = replace(self.held[n], **what)
        return bool(found)


POLICIES: dict[Rate, Policy] = {
    "api": Policy("api", 60, 60),
    "suggest": Policy("suggest", 60, 60),
    "reports": Policy("reports", 3, 3600),
}


def web(
    finder: FakeFinder | None = None,
    base_url: str = "http://127.0.0.1:8000",
    kept: HeldKeys | None = None,
) -> Flask:
    """The web room without its pages."""
    app = Flask("tests.web", static_folder=str(DATA / "vocabularies"), static_url_path="/static")
    services = app.extensions["directory"] = FakeServices(finder or FakeFinder(), base_url)
    Babel(app)
    # The one page that files to keep lead to.
    app.add_url_rule("/programs/<slug>", endpoint="pages.program", view_func=lambda slug: slug)
    api.register(app)
    errors.register(app)
    security.register(app)
    keys = KeyRing(lambda: kept if kept is not None else HeldKeys(), services.clock)
    gate.register(app, gate.Gate(POLICIES, keys, services.edition, services.clock))
    return app
