"""Organization > Site > Program > Track: the records people search."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from directory.catalog.evidence import Rival, Source
from directory.catalog.finding import Findings
from directory.catalog.schedule import Track

Network = Literal["in", "out", "unknown"]
Stance = Literal["dedicated", "welcomes", "excludes"]
Support = Literal["group", "staff", "interpreter"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a site is. A withheld street stays withheld, whatever another list shows."""

    city: str | None = None
    state: str | None = None
    zip: str | None = None
    street: str | None = None
    unit: str | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Organization:
    """Who runs the program."""

    id: str
    name: str
    npi: str | None = None
    website: str | None = None
    evidence: Mapping[str, Source] = field(default_factory=dict)
    rivals: Mapping[str, tuple[Rival, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Site:
    """One door. `lat` and `lon` are WGS-84 degrees; `precision` says how exact they are."""

    id: str
    name: str | None = None
    phone: str | None = None
    time_zone: str | None = None
    address: Address = field(default_factory=Address)
    lat: float | None = None
    lon: float | None = None
    evidence: Mapping[str, Source] = field(default_factory=dict)
    rivals: Mapping[str, tuple[Rival, ...]] = field(default_factory=dict)

    def told(self) -> "Site":
        """The site as far as it may be told: a withheld street has no point on the map either."""
        if not self.address.withheld:
            return self
        return replace(
            self, address=replace(self.address, street=None, unit=None), lat=None, lon=None
        )


@dataclass(frozen=True, slots=True)
class PayerAcceptance:
    """What a program says of one payer: in network, out of network, or takes it (network unknown)."""

    payer: str
    network: Network = "unknown"
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class License:
    """A certificate or license of the site; `expires` as printed on the state's list."""

    body: str
    number: str
    kind: str | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What a person pays without insurance."""

    cents: int
    per: Literal["day", "session", "week", "program"]
    sliding_scale: bool | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """An inclusive range; an open end is None."""

    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """One program at one site. `evidence` maps a fact ('payers', or 'services:cbt') to its source.

    `rivals` maps a fact ('weeks', or 'payers:aetna') to what other sources say instead.
    """

    id: str
    name: str
    description: str | None = None
    level_of_care: str | None = None
    level_evidence: Literal["stated", "suggested"] | None = None
    focus: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    ages: Span | None = None
    populations: Mapping[str, Stance] = field(default_factory=dict)
    languages: Mapping[str, Support] = field(default_factory=dict)
    payers: tuple[PayerAcceptance, ...] = ()
    weeks: Span | None = None
    price: Price | None = None
    attendance: str | None = None
    licenses: tuple[License, ...] = ()
    accreditations: tuple[str, ...] = ()
    tracks: tuple[Track, ...] = ()
    evidence: Mapping[str, Source] = field(default_factory=dict)
    rivals: Mapping[str, tuple[Rival, ...]] = field(default_factory=dict)

    def source_of(self, fact: str, item: str | None = None) -> Source | None:
        """The source of one fact, or of one item of a list fact."""
        if item is not None and (source := self.evidence.get(f"{fact}:{item}")):
            return source
        return self.evidence.get(fact)


@dataclass(frozen=True, slots=True)
class Listing:
    """A program with its site and organization: one row of the directory.

    `slug` is its address on our site. `version` grows with each change. `findings` are the serious
    ones, measured when it is published: no store keeps them. `changed_at` is when a source last said or
    withdrew anything of it; a listing that no store has kept has none.
    """

    organization: Organization
    site: Site
    program: Program
    slug: str
    version: int = 1
    findings: Findings = ()
    changed_at: datetime | None = field(default=None, compare=False)

    @property
    def example(self) -> bool:
        """True if the program is invented, to try the product with."""
        source = self.program.evidence.get("name")
        return source is not None and source.method == "example"
