"""One edition of a source for one fact: what our format can say of a fact that has several."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from directory.catalog.evidence import Rival, Source
from directory.catalog.program import Listing, Organization, Program, Site

R = TypeVar("R", Organization, Site, Program)


def settled(listing: Listing) -> Listing:
    """The listing, its sources as a file of our format may name them.

    Where two rows of one list speak of one fact, of different days, the older day stands for both:
    nothing looks fresher than it is. Where they contradict each other, the one we believe speaks for
    the list: a file names one value of a source.
    """
    return replace(
        listing,
        organization=_settled(listing.organization),
        site=_settled(listing.site),
        program=_settled(listing.program),
    )


def _settled(record: R) -> R:
    oldest: dict[tuple[str, str], Source] = {}
    said: list[tuple[str, Source]] = [
        (key, one.source) for key, some in record.rivals.items() for one in some
    ]
    for key, source in [*record.evidence.items(), *said]:
        known = oldest.setdefault(_place(key, source), source)
        if source.as_of < known.as_of:
            oldest[_place(key, source)] = source
    evidence = {key: oldest[_place(key, source)] for key, source in record.evidence.items()}
    others = {
        key: tuple(replace(one, source=oldest[_place(key, one.source)]) for one in kept)
        for key, some in record.rivals.items()
        if (kept := _of_others(some, _believed(record, key)))
    }
    if (evidence, others) == (record.evidence, record.rivals):
        return record
    return replace(record, evidence=evidence, rivals=others)


def _believed(record: R, key: str) -> str:
    source = record.evidence.get(key) or record.evidence[key.partition(":")[0]]
    return source.name


def _of_others(rivals: Iterable[Rival], believed: str) -> list[Rival]:
    """What other sources say, each once; the first of a source is its strongest."""
    by_name: dict[str, Rival] = {}
    for one in rivals:
        by_name.setdefault(one.source.name, one)
    return [one for name, one in by_name.items() if name != believed]


def _place(key: str, source: Source) -> tuple[str, str]:
    return key.partition(":")[0], source.name
