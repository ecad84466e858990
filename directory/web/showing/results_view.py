"""What the results page says: heading, sections, what to change, and the pages of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from directory.matching.attend import Verdict
from directory.matching.need import ALWAYS_MUST
from directory.matching.outcome import Match, Outcome, Relax
from directory.web import needs
from directory.web.i18n import gettext, ngettext
from directory.web.needs import Body, State
from directory.web.showing import words
from directory.web.showing.cards import Card, cards
from directory.web.showing.chips import changed, seal

CLASHES = "_clashes"
"""The mark in a sealed form that asks for the programs that clash, too."""


@dataclass(frozen=True, slots=True)
class Section:
    """Cards with one kind of answer."""

    id: str
    title: str
    note: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change: the words, how many more it brings, the address that does it."""

    label: str
    note: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Page:
    """The results as they are read, top to bottom."""

    heading: str
    lead: str
    sections: tuple[Section, ...]
    changes: tuple[Change, ...]
    clashes: Change | None
    earlier: str | None
    later: Change | None
    empty: bool


def page_of(outcome: Outcome, state: State) -> Page:
    """One page of results."""
    shown = visible(outcome, state)
    counts = outcome.counts
    total = visible_total(outcome, state)
    return Page(
        heading=heading(outcome),
        lead=lead(outcome),
        sections=sections(shown, outcome),
        changes=tuple(
            change for one in outcome.relax if (change := change_of(one, outcome, state))
        ),
        clashes=show_clashes(counts.get("misses", 0), outcome, state),
        earlier=turned(outcome.need.offset - outcome.need.limit, outcome, state),
        later=_later(total, outcome, state),
        empty=not total,
    )


def wants_clashes(state: State) -> bool:
    """True once the person asked to see what clashes."""
    return bool(state.form.get(CLASHES))


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


def sections(shown: Sequence[Match], outcome: Outcome) -> tuple[Section, ...]:
    """The cards of this page by what to do next; numbers go on from page to page."""
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


# --- what to change -------------------------------------------------------------------------


def change_of(relax: Relax, outcome: Outcome, state: State) -> Change | None:
    """One line of 'Change one thing'; None if the list already shows it."""
    note = ngettext("%(num)d more", "%(num)d more", relax.more)
    if "free_minutes" in relax.to:
        if wants_clashes(state):
            return None
        minutes = words.duration(cast(int, relax.to["free_minutes"]))
        return Change(
            gettext("Free up to %(time)s more", time=minutes), note, seal(with_clashes(state))
        )
    body = relaxed(state.body, relax)
    return Change(change_label(relax, outcome), note, seal(changed(state, body)))


def relaxed(body: Body, relax: Relax) -> Body:
    """The body after the change, from its first page."""
    rest = {name: value for name, value in body.items() if name != "cursor"}
    if relax.to.get("must") is False:
        must = set(cast(Sequence[str], body.get("must", ALWAYS_MUST)))
        return {**rest, "must": sorted(must - {relax.need})}
    rest |= relax.to
    return {name: value for name, value in rest.items() if value not in (None, "")}


def change_label(relax: Relax, outcome: Outcome) -> str:
    """'15 miles instead of 10', 'Any way to pay'."""
    if "within_miles" in relax.to:
        wider, now = cast(float, relax.to["within_miles"]), outcome.within_miles or 0
        return gettext("%(wider)s instead of %(now)s", wider=words.miles(wider), now=f"{now:g}")
    said = {
        "payer": gettext("Any way to pay"),
        "schedule": gettext("Any day and hour"),
        "level_of_care": gettext("Other levels of care too"),
        "age": gettext("Any age"),
        "languages": gettext("Any language"),
        "services": gettext("Without what you asked them to offer"),
        "conditions": gettext("Programs that do not name your condition"),
        "focus": gettext("Mental health and alcohol or drugs alike"),
        "populations": gettext("Groups for everyone"),
        "mode": gettext("In person or by video"),
        "start_by": gettext("A later start"),
        "text": gettext("Without your words"),
    }
    return said.get(relax.need, relax.need)


def show_clashes(count: int, outcome: Outcome, state: State) -> Change | None:
    """'Show 6 that clash', on the page where they begin."""
    if not count or wants_clashes(state):
        return None
    label = ngettext("Show %(num)d that clashes", "Show %(num)d that clash", count)
    limit = outcome.need.limit
    first = (outcome.total - count) // limit * limit
    return Change(label, "", seal(at(first, outcome, with_clashes(state))))


def with_clashes(state: State) -> State:
    """The same answers, with the programs that clash."""
    return replace(state, form={**state.form, CLASHES: ["1"]})


# --- pages ----------------------------------------------------------------------------------


def at(offset: int, outcome: Outcome, state: State) -> State:
    """The same answers, from another place in the list."""
    body = {name: value for name, value in state.body.items() if name != "cursor"}
    if offset > 0:
        body["cursor"] = needs.encode_cursor(offset, outcome.generation)
    return replace(state, body=body)


def turned(offset: int, outcome: Outcome, state: State) -> str | None:
    """The page before; None on the first."""
    if outcome.need.offset <= 0:
        return None
    return seal(at(max(0, offset), outcome, state))


def _later(total: int, outcome: Outcome, state: State) -> Change | None:
    start = outcome.need.offset + outcome.need.limit
    left = total - start
    if left <= 0:
        return None
    label = ngettext("Show %(num)d more", "Show %(num)d more", min(left, outcome.need.limit))
    return Change(label, "", seal(at(start, outcome, state)))
