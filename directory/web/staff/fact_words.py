"""Facts of a record in words: what each is called, each value as lines, and what differs of two values."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from directory.catalog.listing import ITEM_NAMES, Json, Kind, items_of
from directory.catalog.track_format import load_track
from directory.curation.mending import FactKey
from directory.web.i18n import gettext, label_in, ngettext
from directory.web.services import services
from directory.web.showing import words
from directory.web.showing.disputes import in_words
from directory.web.showing.fact_names import fact_names
from directory.web.showing.names import track_name

Change = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a difference: words or a line, and whether they stay, go or come."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact as it is shown today and as it would be. `lines`: each piece is a line of its own."""

    name: str
    lines: bool
    pieces: tuple[Piece, ...]
    was: tuple[str, ...]
    becomes: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """True if only the source and the day would be new."""
        return all(one.change == "same" for one in self.pieces)


def name_of(key: FactKey) -> str:
    """What a fact is called; the three records each have a name of their own."""
    kind, fact = key
    if fact == "name":
        return {
            "program": gettext("Name of the program"),
            "site": gettext("Name of the place"),
            "organization": gettext("Name of the organization"),
        }[kind]
    return fact_names().get(fact, fact)


def lines_of(fact: str, value: Json) -> tuple[str, ...]:
    """A value of the listing format as lines; none for what nobody knows."""
    if value is None or value in ({}, [], ""):
        return ()
    if fact in ITEM_NAMES:
        return tuple(item_words(fact, item) for _, item in items_of(fact, value))
    if fact in _LINES:
        return tuple(one for one in _LINES[fact](value) if one)
    if isinstance(value, str):
        return (value,)
    return (in_words(fact, value),)


def item_words(fact: str, item: Json) -> str:
    """One thing of a list."""
    if fact in ("payers", "populations"):
        return in_words(fact, item)
    if fact == "languages":
        label = label_in(services.vocabularies["languages"], item[0])
        return f"{label}: {supports()[item[1]]}"
    if fact == "licenses":
        parts = [item["body"], item["number"], item.get("kind"), item.get("expires")]
        return ", ".join(part for part in parts if part)
    return label_in(services.vocabularies[fact], item)


def supports() -> Mapping[str, str]:
    """How a language is spoken."""
    return {
        "group": gettext("a group in it"),
        "staff": gettext("staff speak it"),
        "interpreter": gettext("an interpreter"),
    }


def accepting() -> Mapping[str, str]:
    """Whether a group takes people."""
    return {
        "yes": gettext("takes people now"),
        "no": gettext("takes nobody now"),
        "unknown": gettext("nobody has told us"),
    }


def _of_address(value: Json) -> Iterator[str]:
    yield in_words("address", value)
    if value.get("withheld"):
        yield gettext("The street is not shown")


def _of_level(value: Json) -> Iterator[str]:
    yield in_words("level_of_care", value)
    if value.get("level_evidence") == "suggested":
        yield gettext("A list suggests it; nobody has said so")


def _of_tracks(value: Json) -> Iterator[str]:
    for one in value:
        track = load_track(one)
        parts = (track_name(track), words.meets(track), modes().get(track.mode or "", ""))
        yield ": ".join(part for part in parts if part)


def _of_openings(value: Json) -> Iterator[str]:
    for one in value:
        name = one.get("label") or gettext("The group")
        said = accepting()[one.get("accepting") or "unknown"]
        seats = one.get("seats")
        left = ngettext("%(num)d place", "%(num)d places", seats) if seats is not None else ""
        told = one.get("reported_on")
        on = words.full_date(date.fromisoformat(told)) if told else ""
        yield ", ".join(part for part in (f"{name}: {said}", left, on) if part)


def _of_location(value: Json) -> Iterator[str]:
    yield f"{value['lat']:.5f}, {value['lon']:.5f}"


def modes() -> Mapping[str, str]:
    """How a group meets."""
    return {
        "in_person": gettext("in person"),
        "virtual": gettext("by video"),
        "hybrid": gettext("some by video"),
    }


_LINES: Mapping[str, Callable[[Json], Iterator[str]]] = {
    "address": _of_address,
    "level_of_care": _of_level,
    "tracks": _of_tracks,
    "openings": _of_openings,
    "location": _of_location,
}
BY_LINE = frozenset({*ITEM_NAMES, "tracks", "openings"})


def difference(kind: Kind, fact: str, was: Json, becomes: Json) -> Difference:
    """What goes and what comes: lines of lists, words of everything else."""
    before, after = lines_of(fact, was), lines_of(fact, becomes)
    by_line = fact in BY_LINE
    if fact in ITEM_NAMES:  # in the order of today: lists of things have none of their own
        after = tuple(
            sorted(after, key=lambda one: before.index(one) if one in before else len(before))
        )
    if by_line:
        pieces = tuple(_pieces(before, after, ""))
    else:
        pieces = tuple(_pieces(_words(before), _words(after), " "))
    return Difference(name_of((kind, fact)), by_line, pieces, before, after)


def _words(lines: Sequence[str]) -> list[str]:
    return re.findall(r"\S+", " / ".join(lines))


def _pieces(before: Sequence[str], after: Sequence[str], between: str) -> Iterator[Piece]:
    """Runs that stay, go and come; runs of words are joined, lines stand alone."""
    runs = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for how, start, end, new_start, new_end in runs:
        if how == "equal":
            yield from _run("same", before[start:end], between)
            continue
        yield from _run("gone", before[start:end], between)
        yield from _run("new", after[new_start:new_end], between)


def _run(change: Change, parts: Sequence[str], between: str) -> Iterator[Piece]:
    if between and parts:
        yield Piece(change, between.join(parts))
    elif not between:
        yield from (Piece(change, part) for part in parts)
