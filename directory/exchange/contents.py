"""What a set of listings holds: how many of each, and whose facts they are, under which terms."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from directory.catalog.evidence import Source
from directory.catalog.program import Listing
from directory.exchange.terms import Terms, TermsTable

Json = dict[str, Any]


@dataclass(slots=True)
class SourceTold:
    """One list, or all sources of one method together: of which days, and in how many programs."""

    name: str
    terms: Terms
    names: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)
    editions: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    programs: int = 0

    def add(self, source: Source) -> None:
        """Take in what a source says of itself."""
        self.names.add(source.name)
        self.urls |= {source.url} if source.url else set()
        self.editions |= {source.edition} if source.edition else set()
        self.days.add(source.as_of.isoformat())
        self.seen.add(source.seen_on.isoformat())

    def as_json(self) -> Json:
        """For the manifest; the address only where there is one for all."""
        terms = {name: value or None for name, value in asdict(self.terms).items()}
        del terms["title"]
        if self.terms.attribution:
            terms["attribution"] = ", ".join((self.terms.attribution, *sorted(self.editions)))
        return {
            "name": self.name,
            "sources": len(self.names),
            "url": next(iter(self.urls)) if len(self.urls) == 1 else None,
            "editions": sorted(self.editions),
            "facts_of": [min(self.days), max(self.days)],
            "read_on": [min(self.seen), max(self.seen)],
            "programs": self.programs,
            "terms": terms,
        }


@dataclass(frozen=True, slots=True)
class Contents:
    """The counts and the sources, those of most programs first."""

    counts: dict[str, int]
    sources: tuple[SourceTold, ...]


def contents_of(listings: Iterable[Listing], table: TermsTable) -> Contents:
    """Count real programs with what hangs on them; invented ones are one number."""
    counts = dict.fromkeys(("programs", "tracks", "sessions", "example_programs"), 0)
    organizations: set[str] = set()
    sites: set[str] = set()
    told: dict[str, SourceTold] = {}
    for listing in listings:
        _count_sources(listing, table, told)
        if listing.example:
            counts["example_programs"] += 1
            continue
        tracks = listing.program.tracks
        counts["programs"] += 1
        counts["tracks"] += len(tracks)
        counts["sessions"] += sum(len(track.sessions) for track in tracks)
        organizations.add(listing.organization.id)
        sites.add(listing.site.id)
    counts |= {"organizations": len(organizations), "sites": len(sites)}
    ordered = sorted(told.values(), key=lambda one: (-one.programs, one.name))
    return Contents(counts, tuple(ordered))


def _count_sources(listing: Listing, table: TermsTable, told: dict[str, SourceTold]) -> None:
    found: set[str] = set()
    for source in _sources(listing):
        terms = table.of(source)
        name = terms.title or source.name
        told.setdefault(name, SourceTold(name, terms)).add(source)
        found.add(name)
    for name in found:
        told[name].programs += 1


def _sources(listing: Listing) -> Iterator[Source]:
    """Every source that is quoted, contradicting ones too."""
    for record in (listing.organization, listing.site, listing.program):
        yield from record.evidence.values()
        for rivals in record.rivals.values():
            yield from (rival.source for rival in rivals)
