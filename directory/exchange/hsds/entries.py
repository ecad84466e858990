"""One service as the API keeps it: the bytes it sends, and what its lists are filtered by.

Both are made when a generation is published, so that no request builds a record.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import orjson

from directory.catalog.program import Listing, Program
from directory.catalog.schedule import Session
from directory.exchange.hsds.attributes import codes_of
from directory.exchange.hsds.keys import CODED
from directory.exchange.hsds.shapes import at_location, short
from directory.exchange.hsds.writing import service_of
from directory.exchange.settled import settled
from directory.matching.criteria.level_of_care import LevelOfCare
from directory.matching.criteria.payer import Payer
from directory.matching.criterion import Context
from directory.matching.week import DAY_MINUTES
from directory.places.distance import Point

Json = dict[str, Any]
Near = Callable[[str, str, str], Point | None]
"""The point of a ZIP, else of a city and state; each may be ""."""

KINDS = ("hsds", "hsds_short", "hsds_entries")
"""The folders of a generation in which these are kept."""

NOT_SAID = -1
FAST = 1
"""Whole services say the same keys and labels again and again: a fifth is left, at little cost."""


class Meeting(NamedTuple):
    """One session of a week. `days` has a bit for each day it may be on, Monday the lowest.

    `start` and `end` are minutes after midnight; an end after midnight counts on. NOT_SAID where
    a time is not published; `named` is false where the day is not.
    """

    days: int
    named: bool
    start: int
    end: int


class Entry(NamedTuple):
    """What one service is found by. Identifiers are UUIDs; `terms` are 'kind:code', as stated.

    `payers` and `levels` have the codes that the product answers with yes, and those with no; a
    code in neither is not known. `ages` is None where no ages count.
    """

    service: str
    organization: str
    at_location: str
    modified: str
    terms: list[str]
    postcode: str | None
    point: tuple[float, float] | None
    ages: tuple[int | None, int | None] | None
    payers: tuple[list[str], list[str]]
    levels: tuple[list[str], list[str]]
    meetings: list[Meeting]


@dataclass(frozen=True, slots=True)
class Encoder:
    """Encodes listings for the API on the day of its context."""

    context: Context
    near: Near

    @property
    def kinds(self) -> tuple[str, ...]:
        """What `encode` answers."""
        return KINDS

    def encode(self, listing: Listing) -> tuple[bytes, bytes, bytes]:
        """The whole service, packed; the service at its location, short; and its entry."""
        told = replace(listing, site=listing.site.told())
        service = service_of(settled(told), self.context.vocabularies, self.context.as_of)
        entry = self._entry(told, service)
        return (
            zlib.compress(orjson.dumps(service), FAST),
            orjson.dumps(short(at_location(service))),
            orjson.dumps(entry, default=tuple),
        )

    def _entry(self, listing: Listing, service: Json) -> Entry:
        program, address = listing.program, listing.site.address
        payers = Payer().known(program, self.context)
        levels = LevelOfCare().known(program, self.context)
        return Entry(
            service=service["id"],
            organization=service["organization_id"],
            at_location=service["service_at_locations"][0]["id"],
            modified=service.get("last_modified", ""),
            terms=_terms(program),
            postcode=address.zip,
            point=self._point(listing),
            ages=self._ages(program),
            payers=(sorted(payers.yes), sorted(payers.no)),
            levels=(sorted(levels.yes), sorted(levels.no)),
            meetings=[_meeting(one) for track in program.tracks for one in track.sessions],
        )

    def _point(self, listing: Listing) -> tuple[float, float] | None:
        """The point that the record shows, else the middle of its ZIP or city.

        Of a withheld street that is all there is: distances may not tell what the record does not.
        """
        site, address = listing.site, listing.site.address
        if site.lat is not None and site.lon is not None:
            return site.lat, site.lon
        found = self.near(address.zip or "", address.city or "", address.state or "")
        return None if found is None else (found.lat, found.lon)

    def _ages(self, program: Program) -> tuple[int | None, int | None] | None:
        if program.ages is None or not self.context.counts(program, "ages"):
            return None
        return program.ages.min, program.ages.max


def load_entry(encoded: bytes) -> Entry:
    """The entry that an `Encoder` wrote; meetings and spans are plain lists."""
    return Entry(*orjson.loads(encoded))


def _terms(program: Program) -> list[str]:
    return [f"{one.kind}:{code}" for one in CODED for code, _ in codes_of(program, one.fact)]


def _meeting(session: Session) -> Meeting:
    """An end at 23:59 is midnight, and one that is not after its start lies on the next day."""
    start = NOT_SAID if session.start is None else session.start
    end = NOT_SAID if session.end is None else session.end
    if end == DAY_MINUTES - 1:
        end = DAY_MINUTES
    if start != NOT_SAID != end and end <= start:
        end += DAY_MINUTES
    return Meeting(_bits(_days(session)), session.day is not None, start, end)


def _days(session: Session) -> Iterator[int]:
    yield from session.day_among or range(7) if session.day is None else (session.day,)


def _bits(days: Iterator[int]) -> int:
    return sum(1 << day for day in days)
