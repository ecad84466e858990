"""The synthetic country: as many programs as asked, the same for the same seed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from directory.catalog.evidence import Source
from directory.catalog.listing import dump_listings, program_facts
from directory.catalog.program import (
    Address,
    Listing,
    Organization,
    PayerAcceptance,
    Program,
    Site,
    Span,
)
from directory.catalog.vocabulary import Vocabularies, load_vocabularies
from directory.curation.reading import Progress, silent
from directory.curation.slugs import Slugs
from directory.curation.synthetic.shares import Statistics, load_statistics
from directory.curation.synthetic.telling import describe, organization_name, program_name
from directory.curation.synthetic.towns import Towns, load_towns
from directory.curation.synthetic.weeks import Calendar

SOURCE_NAME = "Stepwise example"
PROGRESS_EVERY = 500
AREA_CODES = ("202", "213", "312", "404", "602", "617", "713", "206")
CALIFORNIAN = ("medi-cal", "health-net")
_SITE_FACTS = ("name", "phone", "time_zone", "address", "location")


def generate(
    programs: int, seed: int, *, data: Path, today: date, progress: Progress = silent
) -> dict[str, Any]:
    """So many invented programs as one file of the listing format."""
    source = Source(SOURCE_NAME, today - timedelta(days=1), "example")
    listings = invent(programs, seed, data=data, today=today)
    return dump_listings(_counted(listings, programs, progress), source)


def _counted(listings: Iterator[Listing], of: int, progress: Progress) -> Iterator[Listing]:
    progress("invent", 0, of)
    for done, listing in enumerate(listings, 1):
        yield listing
        if done == of or done % PROGRESS_EVERY == 0:
            progress("invent", done, of)


def invent(programs: int, seed: int, *, data: Path, today: date) -> Iterator[Listing]:
    """So many invented programs, one after the other."""
    vocabularies = load_vocabularies(data / "vocabularies")
    country = Country(
        Random(seed),  # noqa: S311 - invented programs are no secret
        load_statistics(data, vocabularies),
        load_towns(data / "gazetteer" / "us.sqlite"),
        vocabularies,
        today,
    )
    return islice(country.listings(f"synthetic-{seed}"), programs)


@dataclass(frozen=True, slots=True)
class Country:
    """Draws organizations, sites and programs; `rng` decides everything."""

    rng: Random
    statistics: Statistics
    towns: Towns
    vocabularies: Vocabularies
    today: date

    def listings(self, prefix: str) -> Iterator[Listing]:
        """Endless programs; ids count the sites."""
        slugs = Slugs(())
        number = 0
        while True:
            number += 1
            site_id = f"{prefix}-{number:07d}"
            name = organization_name(self.rng, self.statistics.words)
            known = self._source()
            organization = Organization(site_id, f"{name} (example)", evidence={"name": known})
            site = self._site(site_id, number, name, known)
            for place in range(2 if self._happens("second_program") else 1):
                program = self._program(f"{site_id}-{place + 1}", name, site, known)
                slug = slugs.new(organization.name, program.name, program.id)
                yield Listing(organization, site, program, slug)

    def _site(self, site_id: str, number: int, name: str, known: Source) -> Site:
        door = self.towns.draw(self.rng)
        street = f"{100 + number % 900} {self.rng.choice(self.statistics.words['street'])}"
        return Site(
            id=site_id,
            name=name,
            phone=f"{self.rng.choice(AREA_CODES)}-555-01{number % 100:02d}",
            time_zone=door.time_zone,
            address=Address(city=door.city, state=door.state, zip=door.zip, street=street),
            lat=door.lat,
            lon=door.lon,
            evidence=dict.fromkeys(_SITE_FACTS, known),
        )

    def _program(self, program_id: str, name: str, site: Site, known: Source) -> Program:
        rng, statistics = self.rng, self.statistics
        lists = self._lists()
        day_program = self._happens("php")
        ages = self._ages(lists)
        least = ages.min if ages and ages.min else 18
        seasons = least < 18 and self._happens("seasons")
        calendar = Calendar(statistics, self.today)
        tracks = calendar.tracks(rng, day_program=day_program, seasons=seasons)
        program = Program(
            id=program_id,
            name=program_name(rng, statistics.words, name),
            level_of_care="php" if day_program else "iop",
            level_evidence="stated" if self._happens("stated_level") else "suggested",
            focus=self._focus(lists),
            conditions=self._codes("conditions", lists),
            services=self._codes("services", lists),
            ages=ages,
            populations={
                code: "dedicated" if self._happens("dedicated") else "welcomes"
                for code in self._codes("populations", lists)
            },
            languages=dict.fromkeys(self._codes("languages", lists), "staff"),
            payers=self._payers(lists, site.address.state, known),
            weeks=self._weeks(day_program),
            attendance="Tell them by noon." if self._happens("attendance_rule") else None,
            accreditations=self._codes("accreditations", lists),
            tracks=tracks,
        )
        names = (name, site.address.city or "")
        text = describe(rng, statistics.words, program, names, self.vocabularies)
        return _sourced(replace(program, description=text), known)

    def _lists(self) -> tuple[bool, bool]:
        mind = self._happens("mental_health_list")
        return not mind, mind

    def _focus(self, lists: tuple[bool, bool]) -> tuple[str, ...]:
        """What the list is for always; the other kind and both together by their shares."""
        own = "mental_health" if lists[1] else "substance_use"
        return tuple(dict.fromkeys((own, *self._codes("focus", lists))))

    def _codes(self, kind: str, lists: tuple[bool, bool]) -> tuple[str, ...]:
        return tuple(self.statistics.drawn_codes(self.rng, kind, lists))

    def _ages(self, lists: tuple[bool, bool]) -> Span | None:
        """Adults by far the most; children and teenagers more often on the mental health list."""
        # SAMHSA 2024: CHLD 2676 of 12118 and 5854 of 8317; ADLT 12027 and 7231.
        young = self.rng.random() < (0.70 if lists[1] else 0.22)
        grown = self.rng.random() < (0.87 if lists[1] else 0.99)
        if young and grown:
            return Span(12, None)
        if young:
            return Span(12, 17)
        return Span(18, None) if grown else None

    def _payers(
        self, lists: tuple[bool, bool], state: str | None, known: Source
    ) -> tuple[PayerAcceptance, ...]:
        """Classes by the federal shares; plans where their class is taken; some said not to be."""
        terms = self.vocabularies["payers"]
        taken = {c for c in self._codes("payers", lists) if terms[c].parent is None}
        said = []
        for term in terms:
            local = term.parent in CALIFORNIAN or term.id in CALIFORNIAN[1:]
            if local and state != "CA":
                continue
            accepted = term.id in taken
            if term.parent:
                accepted = term.parent in taken and self._happens("plan_in")
            if accepted:
                unknown = self._happens("network_unknown")
                said.append(PayerAcceptance(term.id, "unknown" if unknown else "in", known.seen_on))
            elif self._happens("stated_out"):
                said.append(PayerAcceptance(term.id, "out", known.seen_on))
        return tuple(said)

    def _weeks(self, day_program: bool) -> Span | None:
        if not self._happens("weeks_stated"):
            return None
        shape = self.statistics.shapes["day_weeks" if day_program else "weeks"]
        least = shape.number(self.rng)
        return Span(least, least + self.rng.choice((0, 0, 2)))

    def _source(self) -> Source:
        days = self.statistics.shapes["known_days"].number(self.rng)
        return Source(SOURCE_NAME, self.today - timedelta(days=days), "example")

    def _happens(self, share: str) -> bool:
        return self.statistics.happens(self.rng, share)


def _sourced(program: Program, known: Source) -> Program:
    """The program with one source for every fact it states."""
    evidence: Mapping[str, Source] = dict.fromkeys(program_facts(program), known)
    return replace(program, evidence=evidence)
