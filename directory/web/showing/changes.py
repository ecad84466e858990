"""What to change for more programs: the words, the count that a recount gives, the address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from directory.matching.near_misses import as_times, widened
from directory.matching.need import ALWAYS_MUST
from directory.matching.outcome import Outcome, Relax
from directory.matching.week import intervals_of, touched
from directory.web import needs
from directory.web.i18n import gettext, ngettext
from directory.web.need_fields import read_intervals, read_weeks
from directory.web.needs import Body, State
from directory.web.showing import words
from directory.web.showing.chips import CLASHES, changed, seal


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change: the words, how many more it brings, the address that does it.

    `at` is the part of that page to go to.
    """

    label: str
    note: str
    sealed: str
    at: str = ""


def wants_clashes(state: State) -> bool:
    """True once the person asked to see what clashes."""
    return bool(state.form.get(CLASHES))


def change_of(relax: Relax, outcome: Outcome, state: State) -> Change | None:
    """One line of 'Change one thing'; None if the list, or another line, already shows it."""
    note = ngettext("%(num)d more", "%(num)d more", relax.more)
    if "also_free" in relax.to:
        return Change(freeing(relax), note, seal(changed(state, with_more_time(state.body, relax))))
    if "free_minutes" in relax.to:
        if wants_clashes(state) or any("also_free" in one.to for one in outcome.relax):
            return None
        minutes = words.duration(cast(int, relax.to["free_minutes"]))
        return Change(
            gettext("Free up to %(time)s more", time=minutes), note, seal(with_clashes(state))
        )
    body = relaxed(state.body, relax)
    return Change(change_label(relax, outcome), note, seal(changed(state, body)))


def freeing(relax: Relax) -> str:
    """'If you were free Tue, 5:15 to 5:30 pm'."""
    times = read_intervals("also_free", relax.to["also_free"], [])
    return gettext("If you were free %(when)s", when=words.times(times))


def with_more_time(body: Body, relax: Relax) -> Body:
    """The body whose week, or each week that rotates, has these hours free too."""
    change = touched(read_intervals("also_free", relax.to["also_free"], []))
    weeks = widened(read_weeks("week", body.get("week"), []), change)
    free: list[Body] = [{"free": as_times(intervals_of(week.bits))} for week in weeks]
    rest = {name: value for name, value in body.items() if name != "cursor"}
    return {**rest, "week": free[0] if len(free) == 1 else {"rotates": free}}


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
        "near": gettext("At any distance"),
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
    return Change(label, "", seal(at(first, outcome, with_clashes(state))), "clash")


def with_clashes(state: State) -> State:
    """The same answers, with the programs that clash."""
    return replace(state, form={**state.form, CLASHES: ["1"]})


def at(offset: int, outcome: Outcome, state: State) -> State:
    """The same answers, from another place in the list."""
    body = {name: value for name, value in state.body.items() if name != "cursor"}
    if offset > 0:
        body["cursor"] = needs.encode_cursor(offset, outcome.generation)
    return replace(state, body=body)
