"""What a generation holds, counted when it is published: programs, schedules, sources, ages of facts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory.catalog.accuracy import Accuracy
from directory.catalog.evidence import Source
from directory.catalog.program import Listing, Program, Site
from directory.matching.criterion import Context

MATCHABLE = frozenset({"days_and_times", "times_only", "days_only"})


Edition = tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """`facts` counts facts by name and state; `sources` programs by the source that names them.

    `editions` are (name, edition, day it speaks of, day we read it, programs) in order; `audit` has
    what the newest call audit found.
    """

    programs: int
    examples: int
    schedules: int
    facts: Mapping[str, Mapping[str, int]]
    sources: tuple[tuple[str, int], ...]
    editions: tuple[Edition, ...] = ()
    audit: Accuracy | None = None


def count(listings: Sequence[Listing], context: Context) -> Statistics:
    """Count listings; a fact is one claim that people see, items of lists not counted apart."""
    states: dict[str, Counter[str]] = {}
    sources: Counter[str] = Counter()
    editions: Counter[tuple[str, ...]] = Counter()
    for listing in listings:
        editions.update({_edition(record.evidence[fact]) for record, fact in _facts(listing)})
        sources.update({_titled(record.evidence[fact]) for record, fact in _facts(listing)})
        for record, fact in _facts(listing):
            states.setdefault(fact, Counter())[context.proof(record, fact).state.value] += 1
    return Statistics(
        programs=len(listings),
        examples=sum(one.example for one in listings),
        schedules=sum(_has_schedule(one) for one in listings),
        facts={fact: dict(found) for fact, found in states.items()},
        sources=_ordered(sources),
        editions=_listed(editions),
    )


def revised(was: Statistics, left: Statistics, came: Statistics) -> Statistics:
    """The statistics once some programs have left and others came."""
    sources = Counter(dict(was.sources))
    sources.subtract(dict(left.sources))
    sources.update(dict(came.sources))
    editions = Counter({tuple(key): programs for *key, programs in was.editions})
    editions.subtract({tuple(key): programs for *key, programs in left.editions})
    editions.update({tuple(key): programs for *key, programs in came.editions})
    facts: dict[str, Mapping[str, int]] = {}
    for fact in dict.fromkeys((*was.facts, *came.facts)):
        states = Counter(was.facts.get(fact, {}))
        states.subtract(left.facts.get(fact, {}))
        states.update(came.facts.get(fact, {}))
        if +states:
            facts[fact] = dict(+states)
    return Statistics(
        programs=was.programs - left.programs + came.programs,
        examples=was.examples - left.examples + came.examples,
        schedules=was.schedules - left.schedules + came.schedules,
        facts=facts,
        sources=_ordered(+sources),
        editions=_listed(editions),
        audit=was.audit,
    )


def _ordered(sources: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The source that names most programs first."""
    return tuple(sorted(sources.items(), key=lambda one: (-one[1], one[0])))


def _listed(editions: Counter[tuple[str, ...]]) -> tuple[Edition, ...]:
    """By name, edition and days."""
    return tuple(
        (name, edition, dated, seen_on, programs)
        for (name, edition, dated, seen_on), programs in sorted((+editions).items())
    )


def _edition(source: Source) -> tuple[str, ...]:
    dated = source.dated.isoformat() if source.dated else ""
    return source.name, source.edition or "", dated, source.seen_on.isoformat()


def _facts(listing: Listing) -> Iterator[tuple[Site | Program, str]]:
    """Every fact of a program and its site, by name."""
    records: tuple[Site | Program, ...] = (listing.site, listing.program)
    for record in records:
        yield from ((record, fact) for fact in record.evidence if ":" not in fact)


def _titled(source: Source) -> str:
    return f"{source.name} {source.edition}" if source.edition else source.name


def _has_schedule(listing: Listing) -> bool:
    return any(track.schedule_grade in MATCHABLE for track in listing.program.tracks)
