"""What the results page says: heading, sections, what to change, and the pages of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.matching.attend import Verdict
from directory.matching.outcome import Match, Outcome
from directory.web.i18n import gettext, ngettext
from directory.web.needs import State
from directory.web.showing import words
from directory.web.showing.cards import Card, cards
from directory.web.showing.changes import Change, at, change_of, show_clashes, wants_clashes
from directory.web.showing.chips import seal
from directory.web.showing.locator import Locator, locator


@dataclass(frozen=True, slots=True)
class Section:
    """Cards with one kind of answer."""

    id: str
    title: str
    note: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """An order the programs may stand in; `now` is the one they do."""

    code: str
    label: str
    now: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The results as they are read, top to bottom, but for the cards (`sections`)."""

    heading: str
    lead: str
    changes: tuple[Change, ...]
    clashes: Change | None
    earlier: Change | None
    later: Change | None
    empty: bool
    orders: tuple[Order, ...]
    map: Locator | None


def page_of(outcome: Outcome, state: State) -> Page:
    """One page of results."""
    counts = outcome.counts
    total = visible_total(outcome, state)
    return Page(
        heading=heading(outcome),
        lead=lead(outcome),
        changes=tuple(
            change for one in outcome.relax if (change := change_of(one, outcome, state))
        ),
        clashes=show_clashes(counts.get("misses", 0), outcome, state),
        earlier=turned(outcome.need.offset - outcome.need.limit, outcome, state),
        later=_later(total, outcome, state),
        empty=not total,
        orders=orders(outcome) if total > 1 else (),
        map=locator(visible(outcome, state), outcome),
    )


def corrections(outcome: Outcome) -> tuple[tuple[str, str], ...]:
    """The words that we read otherwise than they were written: as typed, and as used."""
    return tuple((typed, used) for typed, used in outcome.understood.spelling if typed != used)


def visible(outcome: Outcome, state: State) -> tuple[Match, ...]:
    """The matches without those that clash, unless they were asked for."""
    if wants_clashes(state):
        return outcome.matches
    return tuple(one for one in outcome.matches if _verdict(one) != "misses")


def visible_total(outcome: Outcome, state: State) -> int:
    """How many programs there are to turn the pages of."""
    hidden = 0 if wants_clashes(state) else outcome.counts.get("misses", 0)
    return outcome.total - hidden


def _verdict(match: Match) -> Verdict | None:
    return match.schedule.verdict if match.schedule else None


def heading(outcome: Outcome) -> str:
    """'3 programs fit your week'; without a week, how many programs there are."""
    fits, asks = outcome.counts.get("fits", 0), outcome.counts.get("cannot_tell", 0)
    if not outcome.counts:
        if not outcome.total:
            return gettext("No program fits all of this yet")
        return ngettext("%(num)d program for you", "%(num)d programs for you", outcome.total)
    if fits:
        return ngettext("%(num)d program fits your week", "%(num)d programs fit your week", fits)
    if asks:
        return ngettext(
            "%(num)d program may fit. Ask them.", "%(num)d programs may fit. Ask them.", asks
        )
    return gettext("No program fits all of this yet")


def lead(outcome: Outcome) -> str:
    """What we looked at, how many are worth a call, how many clash."""
    parts = [_looked(outcome)]
    asks, misses = outcome.counts.get("cannot_tell", 0), outcome.counts.get("misses", 0)
    if asks and outcome.counts.get("fits"):
        parts.append(ngettext("%(num)d is worth a call.", "%(num)d are worth a call.", asks))
    if misses:
        parts.append(ngettext("%(num)d clashes.", "%(num)d clash.", misses))
    if not visible_any(outcome):
        door = [gettext("Here is what would open a door.")] if outcome.relax else []
        parts = [gettext("You did nothing wrong."), parts[0], *door]
    return " ".join(parts)


def visible_any(outcome: Outcome) -> bool:
    """True if a program fits or may fit."""
    return outcome.total > outcome.counts.get("misses", 0)


def _looked(outcome: Outcome) -> str:
    looked = outcome.looked_at
    if outcome.place is None or outcome.within_miles is None:
        return ngettext("We looked at %(num)d program.", "We looked at %(num)d programs.", looked)
    return ngettext(
        "We looked at %(num)d program within %(miles)s of %(place)s.",
        "We looked at %(num)d programs within %(miles)s of %(place)s.",
        looked,
        miles=words.miles(outcome.within_miles),
        place=outcome.place.name,
    )


def sections(outcome: Outcome, state: State) -> tuple[Section, ...]:
    """The cards of this page by what to do next; numbers go on from page to page."""
    shown = visible(outcome, state)
    made = cards(shown, outcome.need, outcome.need.offset + 1)
    groups: dict[Verdict | None, list[Card]] = {}
    for match, card in zip(shown, made, strict=True):
        groups.setdefault(_verdict(match), []).append(card)
    return tuple(_section(verdict, group, outcome) for verdict, group in groups.items())


def _section(verdict: Verdict | None, group: Sequence[Card], outcome: Outcome) -> Section:
    count = outcome.counts.get(verdict, 0) if verdict else outcome.total
    programs = ngettext("%(num)d program", "%(num)d programs", count)
    said: Mapping[Verdict | None, tuple[str, str, str]] = {
        "fits": ("fits", gettext("Fits your week"), programs),
        "cannot_tell": ("ask", gettext("Ask them"), _ask_note(count)),
        "misses": ("clash", gettext("Clashes with your week"), programs),
        None: ("all", gettext("Programs"), programs),
    }
    return Section(*said[verdict], tuple(group))


def _ask_note(count: int) -> str:
    return ngettext(
        "%(num)d program. It may fit, but they do not publish enough.",
        "%(num)d programs. They may fit, but they do not publish enough.",
        count,
    )


# --- pages ----------------------------------------------------------------------------------


def turned(offset: int, outcome: Outcome, state: State) -> Change | None:
    """The page before, at its last program; None on the first."""
    if outcome.need.offset <= 0:
        return None
    label, sealed = gettext("Back to the ones before"), seal(at(max(0, offset), outcome, state))
    return Change(label, "", sealed, f"p{outcome.need.offset}")


def _later(total: int, outcome: Outcome, state: State) -> Change | None:
    start = outcome.need.offset + outcome.need.limit
    left = total - start
    if left <= 0:
        return None
    label = ngettext("Show %(num)d more", "Show %(num)d more", min(left, outcome.need.limit))
    return Change(label, "", seal(at(start, outcome, state)), f"p{start + 1}")


def orders(outcome: Outcome) -> tuple[Order, ...]:
    """By fit, by distance where a place is known, by the first group."""
    known = {
        "fit": gettext("Best fit"),
        "distance": gettext("Nearest"),
        "soonest": gettext("Soonest start"),
    }
    if outcome.place is None:
        del known["distance"]
    return tuple(Order(code, label, code == outcome.need.sort) for code, label in known.items())
