"""Where two sources disagree: both values, who says so and when, and what to ask."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from directory.catalog.conflict import Record, live_rivals
from directory.catalog.evidence import Source
from directory.catalog.fact_format import load_payer
from directory.catalog.listing import facts_of, items_of
from directory.catalog.program import Listing, Price, Span
from directory.catalog.track_format import load_track
from directory.web.i18n import gettext, label_in
from directory.web.services import services
from directory.web.showing import words
from directory.web.showing.cards import ages
from directory.web.showing.fact_names import fact_names
from directory.web.showing.program_facts import payer_said, price, source_words, weeks_said

Value = Any


@dataclass(frozen=True, slots=True)
class Dispute:
    """One fact with every value and its source, the one we believe first, and the question."""

    fact: str
    values: tuple[tuple[str, str], ...]
    question: str


def disputes(listing: Listing, today: date) -> tuple[Dispute, ...]:
    """Every conflict of a program, its site and organization that counts today."""
    records: tuple[Record, ...] = (listing.program, listing.site, listing.organization)
    return tuple(one for record in records for one in _of(record, today))


def _of(record: Record, today: date) -> Iterator[Dispute]:
    values = facts_of(record)
    for key in record.rivals:
        fact, _, item = key.partition(":")
        rivals = live_rivals(record, fact, services.freshness, today, item or None)
        if not rivals:
            continue
        source = record.evidence.get(key) or record.evidence[fact]
        own = dict(items_of(fact, values[fact]))[item] if item else values[fact]
        told = [(in_words(fact, own), _cited(source))]
        for one in rivals:
            said = next(items_of(fact, one.value))[1] if item else one.value
            told.append((in_words(fact, said), _cited(one.source)))
        name = fact_names().get(fact, fact)
        yield Dispute(name, tuple(told), _question(name, [value for value, _ in told]))


def _cited(source: Source) -> str:
    """The source, and the day its word is of."""
    cited = words.confirmed_by(source_words(source), source.confirmed_by)
    day = words.full_date(source.as_of)
    return cited if day in cited else gettext("%(source)s, of %(day)s", source=cited, day=day)


def _question(fact: str, values: Sequence[str]) -> str:
    said = gettext(" or ").join(dict.fromkeys(values))
    return gettext("%(fact)s: which is right, %(values)s?", fact=fact, values=said)


def in_words(fact: str, value: Value) -> str:
    """A value of the listing format (of a list, one item) as people read it."""
    return _WORDS[fact](value)


def _address(value: Mapping[str, str]) -> str:
    street = " ".join(part for part in (value.get("street"), value.get("unit")) if part)
    city = " ".join(part for part in (value.get("state"), value.get("zip")) if part)
    return ", ".join(part for part in (street, value.get("city"), city) if part)


def _level(value: Mapping[str, str]) -> str:
    return label_in(services.vocabularies["levels_of_care"], value["level_of_care"])


def _weeks(value: Mapping[str, int]) -> str:
    return weeks_said(value.get("min"), value.get("max"))


def _tracks(value: Sequence[Mapping[str, Value]]) -> str:
    met = [words.meets(load_track(one)) for one in value]
    return "; ".join(one for one in met if one)


def _stance(item: tuple[str, str]) -> str:
    label = label_in(services.vocabularies["populations"], item[0])
    if item[1] == "excludes":
        return gettext("Not for: %(people)s", people=label)
    return gettext("They welcome: %(people)s", people=label)


def _payer(item: Mapping[str, Value]) -> str:
    return payer_said(load_payer(item), services.vocabularies).text


_WORDS: Mapping[str, Callable[[Value], str]] = {
    "phone": str,
    "address": _address,
    "level_of_care": _level,
    "ages": lambda value: ages(Span(**value)),
    "weeks": _weeks,
    "price": lambda value: price(Price(**value)),
    "tracks": _tracks,
    "payers": _payer,
    "populations": _stance,
}
