"""A small published generation, and the releases of a folder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from directory.catalog.evidence import Source
from directory.catalog.program import Listing
from directory.exchange.formats import formats
from directory.exchange.releases import Releases
from directory.exchange.terms import load_terms
from tests.support.builders import DATA, TODAY, VOCABULARIES, a_listing, a_track

TERMS = load_terms(DATA / "lists" / "terms.csv")
INVENTED = Source("Stepwise example", TODAY, "example")


@dataclass(frozen=True)
class Standing:
    """A generation with these programs."""

    listings: Sequence[Listing]
    name: str = "gen-00000001"
    as_of: date = TODAY

    def all(self) -> Iterator[Listing]:
        return iter(self.listings)


def programs(*ids: str, example: bool = False) -> list[Listing]:
    """One program for each id, meeting on two evenings."""
    source = {"source": INVENTED} if example else {}
    return [a_listing(a_track("mon wed"), id=key, **source) for key in ids]


def withheld(listing: Listing) -> Listing:
    """The listing with its street withheld, its point still known to the record."""
    address = replace(listing.site.address, street="77 Hidden Lane", withheld=True)
    return replace(listing, site=replace(listing.site, address=address))


def releases(home: Path, *, examples: bool = True) -> Releases:
    return Releases(home, formats(VOCABULARIES), TERMS, examples)
