"""One edition of a source for one fact: what our format can say of a fact that has several."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from directory.catalog.evidence import Source
from directory.catalog.program import Listing, Organization, Program, Site

R = TypeVar("R", Organization, Site, Program)


def settled(listing: Listing) -> Listing:
    """The listing, its sources as a file of our format may name them.

    Where two rows of one list speak of one fact, of different days, the older day stands for both:
    nothing looks fresher than it is.
    """
    return replace(
        listing,
        organization=_settled(listing.organization),
        site=_settled(listing.site),
        program=_settled(listing.program),
    )


def _settled(record: R) -> R:
    oldest: dict[tuple[str, str], Source] = {}
    for key, source in record.evidence.items():
        known = oldest.setdefault(_place(key, source), source)
        if source.as_of < known.as_of:
            oldest[_place(key, source)] = source
    evidence: Mapping[str, Source] = {
        key: oldest[_place(key, source)] for key, source in record.evidence.items()
    }
    return record if evidence == record.evidence else replace(record, evidence=evidence)


def _place(key: str, source: Source) -> tuple[str, str]:
    return key.partition(":")[0], source.name
