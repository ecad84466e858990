"""A need changed in place, one thing at a time: taken away, made a must-have or not, put in another order."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import cast

from directory.catalog.vocabulary import Vocabularies
from directory.errors import BadValue
from directory.matching.need import ALWAYS_MUST, NEEDS
from directory.web.need_fields import BadNeed, shown
from directory.web.needs import LISTS, NEED_OF, SORTS, VOCABULARY_OF, Body

CHIPS = (
    *("near", "week", "within_miles", "travel_by", "travel_minutes", "payer", "age"),
    *(key for key in LISTS if key != "must"),
    *("start_by", "text"),
)
# How one comes there is no need that a program answers: it rules nothing out.
NO_MUST = frozenset({"travel_by", "travel_minutes"})


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was asked, and whether it rules programs out. The pages give it words.

    `field` is its key in the body, `need` its name in answers; `code` is the value, "" for a week.
    """

    field: str
    need: str
    code: str
    label: str
    must: bool

    @property
    def can_rule_out(self) -> bool:
        """False for what no program answers."""
        return self.field not in NO_MUST

    @property
    def key(self) -> str:
        """What names it among the chips of a body."""
        return f"{self.field}:{self.code}"


def chips(body: Mapping[str, object], vocabularies: Vocabularies) -> tuple[Chip, ...]:
    """What a body that `read` accepts asks for, piece by piece; a radius speaks for its place."""
    must = musts(body)
    found = []
    for key in CHIPS:
        value = body.get(key)
        for item in value if isinstance(value, list) else [value]:
            if item in (None, "") or (key == "near" and body.get("within_miles")):
                continue
            code = "" if key == "week" else str(item)
            kind = VOCABULARY_OF.get(key)
            label = vocabularies[kind].label(code) if kind else code
            need = NEED_OF.get(key, key)
            found.append(Chip(key, need, code, label, need in must))
    return tuple(found)


def musts(body: Mapping[str, object]) -> Collection[str]:
    """The needs that rule a program out."""
    given = body.get("must")
    return ALWAYS_MUST if given is None else cast(Collection[str], given)


def without(body: Mapping[str, object], key: str) -> Body:
    """The body without one chip, from its first page; the same if there is none of that key."""
    field, _, code = key.partition(":")
    value = body.get(field)
    if field not in CHIPS or value is None:
        return dict(body)
    rest = {name: one for name, one in body.items() if name not in (field, "cursor")}
    if isinstance(value, list) and (others := [one for one in value if str(one) != code]):
        rest[field] = others
    return rest


def with_must(body: Mapping[str, object], need: str, must: bool) -> Body:
    """The body in which this need rules programs out, or no longer does. Raises `BadNeed`."""
    if need not in NEEDS:
        raise BadNeed((BadValue("must", shown(need), "a need we know", NEEDS),))
    chosen = {*musts(body), need} if must else {*musts(body)} - {need}
    return {**_first_page(body), "must": sorted(chosen)}


def sorted_by(body: Mapping[str, object], sort: str) -> Body:
    """The body in another order. Raises `BadNeed`."""
    if sort not in SORTS:
        raise BadNeed((BadValue("sort", shown(sort), "an order we know", SORTS),))
    return {**_first_page(body), "sort": sort}


def _first_page(body: Mapping[str, object]) -> Body:
    return {name: one for name, one in body.items() if name != "cursor"}
