"""Up to four programs side by side: one week for all, then fact by fact."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from directory.catalog.program import Listing
from directory.matching.need import Need
from directory.matching.outcome import Match
from directory.matching.work_missed import hours_of
from directory.web.i18n import gettext, label_in, ngettext
from directory.web.proofs import proof_today
from directory.web.services import services
from directory.web.showing import lanes_picture, words
from directory.web.showing.answering import Said
from directory.web.showing.cards import (
    answers,
    focus_words,
    fresh,
    in_sentence,
    sign_of,
    way,
    week_of,
)
from directory.web.showing.findings import doubts
from directory.web.showing.lanes_picture import Lanes
from directory.web.showing.program_facts import (
    hours_a_week,
    level,
    offered_languages,
    payers,
    paying_oneself,
    people,
    weeks_as_they_stand,
)

LETTERS = "ABCD"
Cell = tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One program: its letter, and what stands at its head and foot."""

    letter: str
    slug: str
    name: str
    example: bool
    phone: str | None
    question: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The page, in the order it is read. A row is a label and a cell for each program."""

    title: str
    lead: str
    columns: tuple[Column, ...]
    lanes: Lanes | None
    asked: bool
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def compared(matches: Sequence[Match], need: Need) -> Compared:
    """The programs of these matches (at most as many as letters), for one need or for none."""
    weeks_drawn = [week_of(match, need) for match in matches]
    named = list(zip(LETTERS, weeks_drawn, strict=False))
    return Compared(
        title=ngettext("One program", "%(num)d programs, side by side", len(matches)),
        lead=_lead(matches, need),
        columns=tuple(_column(*one) for one in zip(LETTERS, matches, weeks_drawn, strict=False)),
        lanes=lanes_picture.draw(named),
        asked=bool(need.weeks),
        rows=tuple(_rows(matches, need)),
    )


def _lead(matches: Sequence[Match], need: Need) -> str:
    """Such as 'A and B fit your week.'."""
    if not need.weeks:
        return ""
    fitting = [
        letter
        for letter, match in zip(LETTERS, matches, strict=False)
        if match.schedule and match.schedule.verdict == "fits"
    ]
    if not fitting:
        return gettext("None of them surely fits your week.")
    return ngettext(
        "%(letters)s fits your week.",
        "%(letters)s fit your week.",
        len(fitting),
        letters=words.in_a_row(fitting),
    )


def _column(letter: str, match: Match, week: object) -> Column:
    listing = match.listing
    left_open = words.left_open(match.schedule, match.track, sign_of(match).week)
    question = "" if week else words.schedule_question(left_open, match.track)
    return Column(
        letter, listing.slug, listing.program.name, listing.example, listing.site.phone, question
    )


def _rows(matches: Sequence[Match], need: Need) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    for label, told in _asked(need):
        yield label, tuple(told(match) for match in matches)
    for label, of_listing in _listed():
        cells = tuple(of_listing(match.listing) for match in matches)
        if any(cells):
            yield label, tuple(cell or _ask() for cell in cells)


def _asked(need: Need) -> Iterator[tuple[str, Callable[[Match], Cell]]]:
    """Rows that depend on who asks."""
    label = gettext("Your week") if need.weeks else gettext("When they meet")
    yield label, _verdict
    yield gettext("First group"), _first
    yield (
        gettext("Getting there"),
        lambda match: _text(way(match, need, match.listing.site.address.city)),
    )
    yield gettext("Time in groups"), _hours
    if need.payer:
        yield gettext("Paying"), lambda match: answers(match, {"payer"})
    asked = {"focus", "conditions", "services", "languages", "populations", "age", "start_by"}
    if any(getattr(need, name) for name in asked):
        yield gettext("What you asked for"), lambda match: answers(match, asked)


def _verdict(match: Match) -> Cell:
    told = words.verdict(match.schedule, match.track, sign_of(match).week)
    return (Said(told.mark, f"{told.claim} {told.rest}".strip()),)


def _first(match: Match) -> Cell:
    day, rest = words.first_group(match.first_group, services.clock().date())
    return (Said("" if day else "ask", f"{day}{rest}"),)


def _hours(match: Match) -> Cell:
    if match.track is None or words.in_doubt(match.schedule, sign_of(match).week):
        return _ask()
    schedule = match.schedule or hours_of(match.track, services.clock().date())
    told = hours_a_week(schedule)
    return _text(told) if told else _ask()


def _listed() -> Sequence[tuple[str, Callable[[Listing], Cell]]]:
    """Rows that are the same for everybody; an empty cell is asked for."""
    return (
        (gettext("How long"), _weeks),
        (gettext("Level of care"), lambda one: (level(one.program),)),
        (gettext("What they treat"), lambda one: _text(focus_words(one.program.focus))),
        (gettext("Ways to pay"), lambda one: _answers(payers(one.program))),
        (gettext("You pay yourself"), lambda one: _answers(paying_oneself(one.program))),
        (gettext("What they offer"), _services),
        (
            gettext("Languages"),
            lambda one: offered_languages(one.program, services.vocabularies),
        ),
        (gettext("Who it is for"), lambda one: people(one.program)),
        (
            gettext("Please check"),
            lambda one: tuple(Said("ask", doubt.text) for doubt in doubts(one.findings)),
        ),
        (gettext("How fresh"), lambda one: _text(fresh(one))),
    )


def _weeks(one: Listing) -> Cell:
    told = weeks_as_they_stand(one.program)
    return (told,) if told else ()


def _answers(rows: Iterator[tuple[str, Said, str]]) -> Cell:
    return tuple(said for _, said, _ in rows)


def _services(one: Listing) -> Cell:
    """Those that still count."""
    labels, program = services.vocabularies["services"], one.program
    known = [
        code for code in program.services if not proof_today(program, "services", code).in_doubt
    ]
    return _text(in_sentence([label_in(labels, code) for code in known]))


def _text(text: str) -> Cell:
    return (Said("", text),) if text else ()


def _ask() -> Cell:
    return (Said("ask", gettext("Ask")),)
