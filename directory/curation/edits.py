"""What a change means to somebody who reads it: per program, which field, what was, what would be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from directory.catalog.listing import items_of
from directory.catalog.records import Claim, LiveClaim, Place, Subject
from directory.curation.reading import shown

Json = Any
Key = tuple[Subject, str, str, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of a program, its site or organization, as one source states it. None: nothing."""

    of: str
    field: str
    was: Json
    becomes: Json


def edit_text(edit: Mapping[str, Json]) -> str:
    """An edit as plain data, in one line: of a list what comes and goes, else before and after."""
    of, fact, was, becomes = (edit[key] for key in ("of", "field", "was", "becomes"))
    name = fact if of == "program" else f"{of} {fact}"
    before, after = _items(edit)
    if not (before or after):
        return f"{name}: {_words(was)} -> {_words(becomes)}"
    signs = [f"- {key}" for key in before if key not in after]
    signs += [f"+ {key}" for key in after if key not in before]
    signs += [
        f"{key}: {_words(before[key])} -> {_words(after[key])}"
        for key in after
        if key in before and before[key] != after[key]
    ]
    return f"{name}: {', '.join(signs)}"


def sides(edit: Mapping[str, Json]) -> tuple[str, str]:
    """An edit as two texts, before and after: of a list only what is not the same."""
    before, after = _items(edit)
    if not (before or after):
        return _words(edit["was"]), _words(edit["becomes"])
    return _those(before, after), _those(after, before)


def _those(items: Mapping[str, Json], others: Mapping[str, Json]) -> str:
    differing = {key: item for key, item in items.items() if others.get(key) != item}
    told = (f"{key}: {_words(item)}" if key in others else key for key, item in differing.items())
    return "; ".join(told) or _words(None)


def _items(edit: Mapping[str, Json]) -> tuple[dict[str, Json], dict[str, Json]]:
    fact = edit["field"]
    return dict(items_of(fact, edit["was"] or [])), dict(items_of(fact, edit["becomes"] or []))


@dataclass(frozen=True, slots=True)
class ProgramEdits:
    """A program we know, by its address on our site, and everything that would change about it."""

    program: str
    slug: str
    edits: tuple[Edit, ...]


def program_edits(
    programs: Iterable[str],
    places: Mapping[str, Place],
    stated: Iterable[Claim],
    withdrawn: Iterable[LiveClaim],
) -> tuple[ProgramEdits, ...]:
    """For each of these programs the edits of itself, its site and its organization, if any."""
    own = {key: _subjects(key, places[key]) for key in dict.fromkeys(programs) if key in places}
    wanted = {subject for subjects in own.values() for subject in subjects}
    old = {_key(one.claim): one.claim for one in withdrawn if one.claim.subject in wanted}
    new = {_key(claim): claim for claim in stated if claim.subject in wanted}
    edits = _by_subject(old, new)
    found = (
        ProgramEdits(key, places[key].slug, tuple(e for s in subjects for e in edits.get(s, ())))
        for key, subjects in own.items()
    )
    return tuple(one for one in found if one.edits)


def _subjects(program: str, place: Place) -> tuple[Subject, ...]:
    return ("program", program), ("site", place.site_id), ("organization", place.organization_id)


def _by_subject(
    old: Mapping[Key, Claim], new: Mapping[Key, Claim]
) -> Mapping[Subject, Sequence[Edit]]:
    """Every field whose value would be another. A fact only dated anew is no edit."""
    found: dict[Subject, list[Edit]] = defaultdict(list)
    for key in dict.fromkeys([*new, *old]):
        was, becomes = (_value(claims.get(key)) for claims in (old, new))
        if was != becomes:
            subject, fact, *_ = key
            found[subject].append(Edit(subject[0], fact, was, becomes))
    return found


def _key(claim: Claim) -> Key:
    return claim.subject, claim.fact, claim.source.name, claim.origin


def _value(claim: Claim | None) -> Json:
    """What a claim says. The day a payer was asked is no value: a new edition has another."""
    if claim is None:
        return None
    value = orjson.loads(claim.value)
    if claim.fact == "payers":
        return [{key: part for key, part in item.items() if key != "as_of"} for item in value]
    return value


def _words(value: Json) -> str:
    if isinstance(value, tuple):  # an item of a fact that maps codes to words
        return str(value[1])
    if isinstance(value, dict):
        return ", ".join(f"{key} {part}" for key, part in value.items())
    return shown(value)
