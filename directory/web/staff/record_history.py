"""The history of a record in words: each change with what it said and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from directory.catalog.listing import Json
from directory.catalog.records import PastClaim, What, Written
from directory.catalog.whereabouts import REMOVED
from directory.web.i18n import gettext
from directory.web.staff import curator_words, words
from directory.web.staff.fact_words import lines_of, name_of


@dataclass(frozen=True, slots=True)
class Said:
    """One claim of a change. `gone`: a later change took it back."""

    name: str
    lines: tuple[str, ...]
    source: str
    gone: bool


@dataclass(frozen=True, slots=True)
class Past:
    """A change: its number, when, what kind of work, and what it said."""

    number: int
    at: str
    what: str
    said: tuple[Said, ...]
    took_back: int


def past_of(past: Iterable[PastClaim]) -> Sequence[Past]:
    """Every change of a history, the newest first."""
    changes: dict[int, Written] = {}
    stated: dict[int, list[PastClaim]] = {}
    ended: dict[int, int] = {}
    for one in past:
        changes[one.stated_in.id] = one.stated_in
        stated.setdefault(one.stated_in.id, []).append(one)
        if one.withdrawn_in:
            changes[one.withdrawn_in.id] = one.withdrawn_in
            ended[one.withdrawn_in.id] = ended.get(one.withdrawn_in.id, 0) + 1
    return [
        Past(
            number,
            words.moment(changes[number].at.isoformat()),
            _what(changes[number]),
            tuple(_said(one) for one in stated.get(number, ())),
            ended.get(number, 0),
        )
        for number in sorted(changes, reverse=True)
    ]


def _said(one: PastClaim) -> Said:
    kind, fact = one.claim.subject[0], one.claim.fact
    value = orjson.loads(one.claim.value)
    return Said(
        gettext("Taken off the list") if fact == REMOVED else name_of((kind, fact)),
        _lines(fact, value),
        curator_words.cited(one.claim.source),
        one.withdrawn_in is not None,
    )


def _lines(fact: str, value: Json) -> tuple[str, ...]:
    """The value in words; one of an older kind as it is kept."""
    if fact == REMOVED:
        return tuple(said for why, said in curator_words.whys().items() if why == value["why"])
    if value is None:
        return (gettext("Nobody knows"),)
    try:
        return lines_of(fact, value)
    except (KeyError, TypeError, ValueError):
        return (orjson.dumps(value).decode(),)


def _what(change: Written) -> str:
    kinds: Mapping[What, str] = {
        "import": gettext("A file was taken in"),
        "call": gettext("A call of the audit"),
        "undo": gettext("A change was taken back"),
        "link": gettext("Rows of lists were linked"),
        "remove": gettext("Taken off the list"),
        "relist": gettext("Listed again"),
        "move": gettext("Another address"),
        "edit": gettext("A curator’s change"),
        "self_report": gettext("The program’s own word"),
    }
    if change.undoes:
        return gettext("Change %(num)d was taken back", num=change.undoes)
    return kinds.get(change.what, change.what)
