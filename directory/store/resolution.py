"""From live claims to the record people see: per fact the strongest source is believed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson

from directory.catalog.conflict import disagree, rank, supersedes
from directory.catalog.evidence import WHOLE_WORDS, Rival, Source
from directory.catalog.listing import ITEM_NAMES, Json, gathered, items_of

Stated = tuple[Json, Source]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Each fact with the source believed for it, and items that another source added.

    `rivals` has what others say against a fact or item, where nothing settles it.
    """

    facts: dict[str, Stated]
    items: dict[str, Source]
    rivals: dict[str, tuple[Rival, ...]]


def resolve(claims: Iterable[tuple[str, str, Source]]) -> Resolved:
    """Resolve the live claims (fact, JSON text, source) of one subject."""
    by_fact: dict[str, list[Stated]] = defaultdict(list)
    for fact, text, source in claims:
        by_fact[fact].append((orjson.loads(text), source))
    _withhold_street(by_fact)
    resolved = Resolved({}, {}, {})
    for fact, stated in by_fact.items():
        _resolve_fact(fact, stated, resolved)
    return resolved


def _resolve_fact(fact: str, stated: list[Stated], into: Resolved) -> None:
    if len(stated) > 1:
        stated.sort(key=lambda one: rank(fact, *one), reverse=True)
        stated = _without_the_settled(stated)
    if stated[0][0] is None:
        return  # the one believed says that nobody knows
    stated = [one for one in stated if one[0] is not None]
    into.facts[fact] = stated[0]
    if len(stated) > 1 and fact in ITEM_NAMES:
        into.facts[fact] = _union(fact, stated, into)
    elif len(stated) > 1 and (rivals := _rivals(fact, stated)):
        into.rivals[fact] = rivals


def _without_the_settled(strongest_first: list[Stated]) -> list[Stated]:
    """A program that spoke for itself, and a curator, saw the whole list: older sources add nothing."""
    believed = strongest_first[0][1]
    if believed.name not in WHOLE_WORDS:
        return strongest_first
    newer = [one for one in strongest_first[1:] if not supersedes(believed, one[1])]
    return [strongest_first[0], *newer]


def _rivals(fact: str, strongest_first: Sequence[Stated]) -> tuple[Rival, ...]:
    """Those that contradict the believed value and are not settled by it; each value once."""
    value, believed = strongest_first[0]
    found: list[Rival] = []
    for other, source in strongest_first[1:]:
        told = any(not disagree(fact, one.value, other) for one in found)
        if disagree(fact, value, other) and not supersedes(believed, source) and not told:
            found.append(Rival(other, source))
    return tuple(found)


def _union(fact: str, strongest_first: Sequence[Stated], into: Resolved) -> Stated:
    """Every item once, as its strongest source states it."""
    believed = strongest_first[0][1]
    items: dict[str, list[Stated]] = defaultdict(list)
    for value, source in strongest_first:
        for name, item in items_of(fact, value):
            items[name].append((item, source))
    for name, said in items.items():
        if said[0][1] != believed:
            into.items[f"{fact}:{name}"] = said[0][1]
        if len(said) > 1 and (rivals := _rivals(fact, said)):
            into.rivals[f"{fact}:{name}"] = tuple(
                Rival(gathered(fact, [one.value]), one.source) for one in rivals
            )
    return gathered(fact, [said[0][0] for said in items.values()]), believed


def _withhold_street(by_fact: dict[str, list[Stated]]) -> None:
    """A street that one source withholds is shown by none; nor is the point on the map."""
    addresses = by_fact.get("address", [])
    if not any((value or {}).get("withheld") for value, _ in addresses):
        return
    for place, (value, source) in enumerate(addresses):
        told = (value or {}).items()
        shown = {key: part for key, part in told if key not in ("street", "unit")}
        addresses[place] = ({**shown, "withheld": True}, source)
    by_fact.pop("location", None)
