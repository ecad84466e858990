"""From live claims to the record people see: per fact the strongest source is believed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from directory.catalog.evidence import STRENGTH, Source
from directory.catalog.listing import ITEM_NAMES, Json, gathered, items_of

Stated = tuple[Json, Source]
Rank = tuple[bool, int, date, str]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Each fact with the source believed for it, and items that another source added."""

    facts: dict[str, Stated]
    items: dict[str, Source]


def resolve(claims: Iterable[tuple[str, str, Source]]) -> Resolved:
    """Resolve the live claims (fact, JSON text, source) of one subject."""
    by_fact: dict[str, list[Stated]] = defaultdict(list)
    for fact, text, source in claims:
        by_fact[fact].append((orjson.loads(text), source))
    resolved = Resolved({}, {})
    for fact, stated in by_fact.items():
        _resolve_fact(fact, stated, resolved)
    _withhold_street(by_fact.get("address", ()), resolved)
    return resolved


def _resolve_fact(fact: str, stated: list[Stated], into: Resolved) -> None:
    if len(stated) > 1:
        stated.sort(key=lambda one: _rank(fact, *one), reverse=True)
    into.facts[fact] = stated[0]
    if len(stated) > 1 and fact in ITEM_NAMES:
        into.facts[fact] = _union(fact, stated, into.items)


def _rank(fact: str, value: Json, source: Source) -> Rank:
    """Stated before suggested (level of care), then method, then date, then name."""
    stated = fact == "level_of_care" and value.get("level_evidence") == "stated"
    return stated, STRENGTH[source.method], source.as_of, source.name


def _union(fact: str, strongest_first: Sequence[Stated], into: dict[str, Source]) -> Stated:
    """Every item once, as its strongest source states it."""
    believed = strongest_first[0][1]
    items: dict[str, Json] = {}
    for value, source in strongest_first:
        for name, item in items_of(fact, value):
            if name in items:
                continue
            items[name] = item
            if source != believed:
                into[f"{fact}:{name}"] = source
    return gathered(fact, items.values()), believed


def _withhold_street(addresses: Sequence[Stated], resolved: Resolved) -> None:
    """A street that one source withholds is shown by none; nor is the point on the map."""
    if not any(value.get("withheld") for value, _ in addresses):
        return
    value, source = resolved.facts["address"]
    shown = {key: part for key, part in value.items() if key not in ("street", "unit")}
    resolved.facts["address"] = ({**shown, "withheld": True}, source)
    resolved.facts.pop("location", None)
