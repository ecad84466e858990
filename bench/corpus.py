"""The synthetic country, published by us, and as the flat rows that other engines can hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from directory.catalog.program import Listing
from directory.catalog.schedule import Track
from directory.catalog.whereabouts import Journal, Whereabouts
from directory.config import Config
from directory.curation.synthetic.country import invent
from directory.house import House, build_house
from directory.matching.criteria.payer import Payer
from directory.matching.criteria.services import Services
from directory.matching.criterion import Context
from directory.matching.pattern import Pattern, pattern_of
from directory.matching.roster import tracks_in_doubt
from directory.matching.week import DAY, span_bits
from directory.search.document import document

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
SEED = 20261124


@dataclass(frozen=True, slots=True)
class Mask:
    """A fully published week: its quarter hours, and whether people drive when roads are slow."""

    bits: int
    at_peak: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One program as a flat row. `masks` is None where the schedule is not fully published, or in doubt.

    `payers` are stated, `refused` are payers it says no to; of any other it does not say.

    `roams` is true where distance does not decide, because a track is virtual.
    """

    number: int
    program: str
    lat: float
    lon: float
    payers: frozenset[str]
    refused: frozenset[str]
    services: frozenset[str]
    document: dict[str, str]
    masks: tuple[Mask, ...] | None
    roams: bool

    @property
    def concepts(self) -> tuple[str, ...]:
        """Its concepts as single words of letters, for engines that split at signs."""
        return tuple(plain_concept(one) for one in self.document["concept"].split())

    @property
    def text(self) -> str:
        """Everything words are looked for in, as one text."""
        return " . ".join(v for name, v in self.document.items() if name != "concept")


def plain_concept(concept: str) -> str:
    """'services:cbt' as one word without signs: 'qservicesqcbt'."""
    return "q" + "q".join("".join(c for c in part if c.isalnum()) for part in concept.split(":"))


@dataclass(frozen=True, slots=True)
class Corpus:
    """A country of programs, published."""

    house: House
    listings: Sequence[Listing]
    rows: Sequence[Row]
    publish_seconds: float

    @property
    def folder(self) -> Path:
        """The generation on disk."""
        return self.house.config.generations / self.house.finder.generation


def frozen() -> datetime:
    """The moment at which everything is measured."""
    return NOW


def corpus_of(programs: int, home: Path) -> Corpus:
    """Invent so many programs and publish them in `home`."""
    house, listings, seconds = published(programs, home)
    context = house.context(NOW.date())
    rows = [row_of(number, one, context) for number, one in enumerate(listings)]
    return Corpus(house, listings, rows, seconds)


def published(programs: int, home: Path) -> tuple[House, Sequence[Listing], float]:
    """So many programs, invented and published in `home`; and the seconds that publishing took."""
    house = build_house(Config(home=home, secret="bench-" * 8), frozen)
    home.mkdir(parents=True, exist_ok=True)
    house.config.generations.mkdir(exist_ok=True)
    listings = list(invent(programs, SEED, data=house.config.data, today=NOW.date()))
    began = perf_counter()
    house.press.write(listings, NOW.date(), journal_of(listings))
    return house, listings, perf_counter() - began


def journal_of(listings: Sequence[Listing]) -> Journal:
    """All of them listed by one change."""
    found = (
        Whereabouts(
            one.program.id, one.slug, 1, NOW, listed_in=1, facts={"name": 1}, example=one.example
        )
        for one in sorted(listings, key=lambda one: one.program.id)
    )
    return Journal(tuple(found), {1: 1})


def row_of(number: int, listing: Listing, context: Context) -> Row:
    """One listing as a flat row."""
    program, site = listing.program, listing.site
    payers = Payer().known(program, context)
    doubtful = tracks_in_doubt(listing, context)
    return Row(
        number=number,
        program=program.id,
        lat=site.lat or 0.0,
        lon=site.lon or 0.0,
        payers=payers.yes,
        refused=payers.no,
        services=Services().known(program, context).yes,
        document=document(listing, context.vocabularies),
        masks=None if doubtful else masks_of(program.tracks, site.time_zone),
        roams=any(track.mode == "virtual" for track in program.tracks),
    )


def masks_of(tracks: Sequence[Track], zone: str | None) -> tuple[Mask, ...] | None:
    """The weeks of all tracks, if each is fully published and in person; else None."""
    patterns = [pattern_of(track, zone) for track in tracks]
    if not tracks or not all(_simple(p) for p in patterns) or any(t.season for t in tracks):
        return None
    return tuple(Mask(_bits(pattern), pattern.at_peak) for pattern in patterns)


def _simple(pattern: Pattern) -> bool:
    return all(
        slot.timed and len(slot.days) == 1 and slot.mode == "in_person" and not slot.chosen
        for slot in pattern.slots
    )


def _bits(pattern: Pattern) -> int:
    bits = 0
    for slot in pattern.slots:
        (start, end), day = slot.hull, slot.days[0]
        bits |= span_bits(day * DAY + start, end - start)
    return bits
