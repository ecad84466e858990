"""What the queues of curators show: each item with its program, what is known, and what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from directory.catalog.links import Pair
from directory.catalog.listing import Json, facts_of, items_of
from directory.catalog.program import Listing
from directory.catalog.report import Report
from directory.catalog.set_aside import SetAside
from directory.curation.linking.sightings import SHOWN
from directory.curation.own_word import record_of
from directory.curation.proposals import Waiting
from directory.curation.worklist.items import Item
from directory.web.i18n import gettext
from directory.web.pages.report import problems
from directory.web.showing import words
from directory.web.staff import curator_words
from directory.web.staff.fact_forms import FORMS, read_key
from directory.web.staff.fact_words import Difference, difference, item_words, lines_of, name_of

# What a report is about, as facts to mend.
FACTS_OF_REPORT: Mapping[str, Sequence[str]] = {
    "phone": ("site.phone",),
    "address": ("site.address",),
    "hours": ("program.tracks",),
    "payer": ("program.payers",),
    "closed": (),
    "not_there": (),
    "other": (),
}


@dataclass(frozen=True, slots=True)
class About:
    """The program of an item. `slug` None: it is not listed any more."""

    program: str
    name: str
    place: str
    slug: str | None
    example: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A report."""

    number: int
    about: About
    problem: str
    text: str
    day: str
    facts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Torn:
    """A fact that sources disagree on: what each says, who, of which day; the one we show first."""

    about: About
    name: str
    fact: str
    values: Sequence[tuple[str, str, int | None]]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of lint."""

    about: About
    case: str
    serious: bool
    name: str
    got: str
    expected: str
    fact: str


@dataclass(frozen=True, slots=True)
class Old:
    """A program with the facts to ask for in one call."""

    about: About
    phone: str
    facts: Sequence[tuple[str, str, str]]
    points: int


@dataclass(frozen=True, slots=True)
class Left:
    """An item that somebody left as it is."""

    mark: str
    about: About
    name: str
    why: str
    until: str


@dataclass(frozen=True, slots=True)
class Twins:
    """Two rows that may be one place, side by side: name, left, right, whether they differ."""

    number: int
    reason: str
    left: str
    right: str
    rows: Sequence[tuple[str, str, str, bool]]
    answer: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a program asks for, beside what is listed. `seen` is what the curator looks at."""

    number: int
    about: About
    difference: Difference
    removal: str
    seen: str
    day: str
    how: str
    clashes: bool


def about(program: str, listing: Listing | None) -> About:
    """The program as it is called."""
    if listing is None:
        return About(program, program, "", None, example=False)
    address = listing.site.address
    place = ", ".join(part for part in (listing.organization.name, address.city) if part)
    return About(program, listing.program.name, place, listing.slug, listing.example)


def told(report: Report, listing: Listing | None) -> Told:
    """A report in words."""
    return Told(
        report.number,
        about(report.program, listing),
        problems()[report.what],
        report.text,
        words.full_date(report.told_on),
        FACTS_OF_REPORT[report.what],
    )


def torn(item: Item, listing: Listing) -> Torn:
    """A conflict with every value."""
    kind, (fact, _, part) = item.subject[0], item.fact.partition(":")
    record = record_of(listing, kind)
    source = record.evidence.get(item.fact) or record.evidence.get(fact)
    values = [(_said(fact, facts_of(record).get(fact), part), curator_words.cited(source), None)]
    numbered = [
        (name, one)
        for name, some in record.rivals.items()
        if name.partition(":")[0] == fact
        for one in some
    ]
    rivals: list[tuple[str, str, int | None]] = [
        (_said(fact, one.value, part), curator_words.cited(one.source), number)
        for number, (name, one) in enumerate(numbered)
        if name == item.fact
    ]
    name = name_of((kind, fact))
    return Torn(about(item.program, listing), name, f"{kind}.{fact}", [*values, *rivals])


def _said(fact: str, value: Json, part: str) -> str:
    """A value, or one thing of a list."""
    if part:
        return item_words(fact, dict(items_of(fact, value))[part])
    return "; ".join(lines_of(fact, value))


def found(item: Item, listing: Listing) -> Found | None:
    """A finding in words: English, as in the table of rules."""
    if item.finding is None:
        return None
    one = item.finding
    kind, fact = one.subject[0], one.fact
    key = f"{kind}.{fact}" if (kind, fact) in FORMS else ""
    return Found(
        about(item.program, listing),
        one.case,
        one.serious,
        name_of((kind, fact)),
        one.got,
        one.expected,
        key,
    )


def old(item: Item, listing: Listing) -> Old:
    """What to ask for, the heaviest first."""
    facts = [
        (f"{kind}.{fact}", name_of((kind, fact)), words.ago(days))
        for kind, fact, days in item.facts
        if (kind, fact) in FORMS
    ]
    phone = listing.site.phone or ""
    return Old(about(item.program, listing), phone, facts, round(item.importance))


def left(one: SetAside, listing: Listing | None) -> Left:
    """What was set aside, why, and until when."""
    kind, _, fact = one.fact.partition(".")
    key = read_key(f"{kind}.{fact.partition(':')[0]}")
    return Left(
        one.mark,
        about(one.program, listing),
        name_of(key) if key else "",
        curator_words.whys_aside()[one.why],
        words.full_date(one.until),
    )


def twins(pair: Pair) -> Twins:
    """Both rows side by side."""
    names = seen_names()
    rows = []
    for name in SHOWN:
        left, right = (str(seen.get(name) or "") for seen in (pair.left, pair.right))
        if left or right:
            rows.append((names[name], left, right, left.casefold() != right.casefold()))
    return Twins(pair.id, pair.reason, pair.left_key, pair.right_key, rows, pair.answer or "")


def seen_names() -> Mapping[str, str]:
    """What rows of lists tell."""
    return {
        "name": gettext("Name"),
        "organization": gettext("Organization"),
        "street": gettext("Street"),
        "unit": gettext("Unit"),
        "city": gettext("City"),
        "zip": gettext("ZIP"),
        "phone": gettext("Phone"),
        "programs": gettext("Programs"),
    }


def wish(waiting: Waiting) -> Wish:
    """What a program asks for, and what is listed now."""
    one = waiting.proposal
    now, becomes = orjson.loads(waiting.now), orjson.loads(one.value)
    removal = ""
    if one.fact == "removed":
        removal = next(said for why, said in curator_words.whys().items() if why == becomes["why"])
        now = becomes = None
    how = {"link": gettext("by its link"), "editor": gettext("by its account")}[one.by]
    return Wish(
        one.number,
        about(one.program, waiting.listing),
        difference(one.kind, one.fact, now, becomes),
        removal,
        waiting.now,
        words.full_date(one.told_at.date()),
        how,
        waiting.clashes,
    )
