"""What the page of a listing shows to its own program: facts with their age, weeks, what was told before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from directory.catalog.conflict import live_rivals, state_of
from directory.catalog.evidence import State
from directory.catalog.listing import Json, Kind, facts_of
from directory.catalog.program import Listing
from directory.catalog.proposal import Proposal
from directory.catalog.schedule import Track
from directory.catalog.whereabouts import REMOVED
from directory.curation.handling import Handling
from directory.curation.own_word import record_of
from directory.curation.self_reports import OwnChange
from directory.web.i18n import gettext
from directory.web.services import services
from directory.web.showing import week_picture, words
from directory.web.showing.cards import trip
from directory.web.showing.names import track_name
from directory.web.showing.program_facts import source_words
from directory.web.showing.week_picture import Picture
from directory.web.staff import telling_words
from directory.web.staff.fact_words import lines_of, name_of
from directory.web.staff.parts import PARTS, Part
from directory.web.staff.provider_services import providing

MOST_SHOWN = 20
"""Entries of the history on the page."""


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: what visitors see of it, whose word it is, how far it counts, what waits."""

    part: Part
    name: str
    lines: tuple[str, ...]
    source: str
    mark: words.Mark
    state: str
    wish: "Wish | None"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are handled alike."""

    id: str
    title: str
    hint: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A change that was asked for, and what became of it. `number` where it may be taken back."""

    number: int
    name: str
    lines: tuple[str, ...]
    state: str
    is_waiting: bool
    at: str
    day: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was told: shown at once, or asked for."""

    at: str
    day: datetime
    what: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    state: str
    change: int
    wish: int


def groups(listing: Listing, told: Sequence[Proposal]) -> tuple[Group, ...]:
    """What is shown at once when it is changed, and what waits."""
    waiting = {
        (one.kind, one.subject, one.fact): one for one in reversed(told) if one.state == "waiting"
    }
    by_way: Mapping[Handling, list[Row]] = {"at_once": [], "waits": []}
    for part in PARTS:
        subject = record_of(listing, part.kind).id
        wish = waiting.get((part.kind, subject, part.fact))
        way = providing.handlings[part.kind, part.fact]
        by_way[way].append(_row(listing, part, wish_of(wish) if wish else None))
    return tuple(
        Group(way, *telling_words.ways()[way], tuple(rows)) for way, rows in by_way.items()
    )


def _row(listing: Listing, part: Part, wish: Wish | None) -> Row:
    record, today = record_of(listing, part.kind), services.clock().date()
    value = facts_of(record).get(part.fact)
    source = record.evidence.get(part.fact)
    lines = part.lines(value)
    if value is None or source is None or not lines:
        state, mark, said = gettext("Nobody has told us. Visitors read: ask them."), "ask", ""
    else:
        torn = state_of(record, part.fact, services.freshness, today)
        state, mark = telling_words.state(torn), "yes" if torn is State.CURRENT else "ask"
        said = words.confirmed_by(source_words(source), source.confirmed_by)
    lines = (*lines, *_rivals(listing, part))
    return Row(part, part.name(), lines, said, "yes" if mark == "yes" else "ask", state, wish)


def _rivals(listing: Listing, part: Part) -> Iterator[str]:
    """What other sources say instead."""
    record, today = record_of(listing, part.kind), services.clock().date()
    for key in record.rivals:
        fact, _, item = key.partition(":")
        if fact != part.fact:
            continue
        for rival in live_rivals(record, fact, services.freshness, today, item or None):
            said = "; ".join(lines_of(fact, rival.value))
            yield gettext(
                "Or: %(value)s (%(source)s)", value=said, source=source_words(rival.source)
            )


def now(listing: Listing, part: Part) -> tuple[str, ...]:
    """What is listed of a part, in words."""
    return part.lines(facts_of(record_of(listing, part.kind)).get(part.fact))


def pictures(tracks: Sequence[Track]) -> tuple[tuple[str, Picture | None], ...]:
    """The week of each group, drawn on one scale."""
    drawn = [week_picture.week_of(one, (), trip(None)) for one in tracks]
    scale = week_picture.scale_for(drawn)
    return tuple(
        (name, week_picture.draw(week, scale, name) if week else None)
        for name, week in zip((track_name(one) for one in tracks), drawn, strict=True)
    )


def wish_of(one: Proposal) -> Wish:
    """A wish in words."""
    return Wish(
        number=one.number,
        name=telling_words.removal() if one.fact == REMOVED else name_of((one.kind, one.fact)),
        lines=_value_lines(one.fact, orjson.loads(one.value)),
        state=telling_words.wish_state(one),
        is_waiting=one.state == "waiting",
        at=words.full_date(one.told_at.date()),
        day=one.told_at,
    )


def wishes(some: Iterable[Proposal]) -> tuple[Wish, ...]:
    """Wishes in words."""
    return tuple(wish_of(one) for one in some)


def _value_lines(fact: str, value: Json) -> tuple[str, ...]:
    if fact == REMOVED:
        return (telling_words.whys()[value["why"]],)
    return lines_of(fact, value) or (gettext("Nothing"),)


def one_change(change: OwnChange | None) -> Entry | None:
    """One thing that was shown at once."""
    if change is None:
        return None
    facts = () if change.confirmed else tuple(_facts(change.facts))
    return Entry(
        at=words.full_date(change.at.date()),
        day=change.at,
        what=telling_words.confirmed(len(change.facts)) if change.confirmed else "",
        facts=facts,
        state=gettext("Taken back") if change.undone else "",
        change=change.number if change.may_be_undone else 0,
        wish=0,
    )


def _facts(some: Iterable[tuple[Kind, str, Json]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind, fact, value in some:
        yield name_of((kind, fact)), _value_lines(fact, value)


def history(changes: Iterable[OwnChange], told: Iterable[Proposal]) -> tuple[Entry, ...]:
    """What the program told, the newest first, without who."""
    shown = [one for one in map(one_change, changes) if one is not None]
    asked = [
        Entry(
            one.at,
            one.day,
            "",
            ((one.name, one.lines),),
            one.state,
            0,
            one.number if one.is_waiting else 0,
        )
        for one in wishes(told)
    ]
    newest = sorted([*shown, *asked], key=lambda one: one.day, reverse=True)
    return tuple(newest[:MOST_SHOWN])


@dataclass(frozen=True, slots=True)
class OwnProgram:
    """A program in the list of its staff."""

    id: str
    name: str
    place: str
    example: bool
    fresh: str
    is_current: bool


def own_programs(listings: Sequence[Listing]) -> tuple[OwnProgram, ...]:
    """Programs with how far their week may be trusted; those that need a look first."""
    today = services.clock().date()
    found = []
    for one in listings:
        fact = "tracks" if one.program.tracks else "name"
        torn = state_of(one.program, fact, services.freshness, today)
        said = words.freshness(one.program.source_of(fact), torn, today)
        is_current = torn is State.CURRENT and fact == "tracks"
        place = one.site.address.city or ""
        found.append(
            OwnProgram(one.program.id, one.program.name, place, one.example, said, is_current)
        )
    return tuple(sorted(found, key=lambda one: (one.is_current, one.name)))
