"""The figures of /about/data in words: lists with their editions, facts by state, the call audit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from directory.catalog.accuracy import Accuracy, Share
from directory.catalog.evidence import State
from directory.matching.statistics import Statistics
from directory.web.i18n import gettext
from directory.web.showing import words
from directory.web.showing.fact_names import fact_names
from directory.web.showing.names import source_name

STATES = (State.CURRENT, State.CALL_TO_CONFIRM, State.CONFLICTING, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list in one edition: of which day it speaks, when we read it, how many programs."""

    name: str
    dated: str
    seen: str
    programs: int


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One figure of the audit: how many were right of how many, the share and its interval."""

    name: str
    counted: str
    share: str
    interval: str


@dataclass(frozen=True, slots=True)
class AuditTold:
    """The newest audit in words."""

    lead: str
    rows: tuple[AuditRow, ...]
    facts: tuple[AuditRow, ...]


def lists_of(counts: Statistics) -> tuple[ListRow, ...]:
    """The lists that name most programs first."""
    programs = dict(counts.sources)
    dated: Mapping[str, set[str]] = defaultdict(set)
    seen: Mapping[str, set[str]] = defaultdict(set)
    for name, edition, of_day, seen_on, _ in counts.editions:
        title = f"{name} {edition}" if edition else name
        dated[title] |= {of_day} - {""}
        seen[title].add(seen_on)
    return tuple(
        ListRow(
            source_name(title),
            _days(dated[title]) or gettext("Not dated"),
            _days(seen[title]),
            number,
        )
        for title, number in programs.items()
    )


def _days(days: Iterable[str]) -> str:
    """One day, or the first and the last."""
    known = sorted(days)
    shown = [words.full_date(date.fromisoformat(day)) for day in known]
    if len(shown) < 2:
        return "".join(shown)
    return gettext("%(first)s to %(last)s", first=shown[0], last=shown[-1])


def totals(counts: Statistics) -> dict[str, int]:
    """All facts by state."""
    return {
        state.value: sum(found.get(state.value, 0) for found in counts.facts.values())
        for state in STATES
    }


def audit_of(found: Accuracy | None) -> AuditTold | None:
    """The audit in words; None if nobody has called."""
    if found is None:
        return None
    rows = (
        _row(gettext("Exactly right: name, phone and address"), found.exact),
        _row(gettext("Right enough to get care there"), found.functional),
    )
    names = fact_names()
    facts = [_row(names.get(fact, fact), share) for fact, share in found.facts.items() if share.of]
    return AuditTold(_lead(found), rows, tuple(facts))


def _lead(found: Accuracy) -> str:
    days = _days({found.first.isoformat(), found.last.isoformat()})
    lead = gettext(
        "Audit %(number)d: %(drawn)d programs were drawn by lot from %(all)d real ones. "
        "Calls: %(days)s. Not reached: %(vain)d. Not called yet: %(waiting)d.",
        number=found.audit,
        drawn=found.drawn,
        all=found.population,
        days=days,
        vain=found.not_reached,
        waiting=found.waiting,
    )
    if found.near is None or found.within_miles is None:
        return lead
    miles = words.miles(found.within_miles)
    place = gettext("Only programs within %(miles)s of %(place)s.", miles=miles, place=found.near)
    return f"{lead} {place}"


def _row(name: str, share: Share) -> AuditRow:
    counted = gettext("%(right)d of %(of)d", right=share.right, of=share.of)
    if share.value is None or share.interval is None:
        return AuditRow(name, counted, gettext("Not known"), gettext("Not known"))
    low, high = share.interval
    between = gettext("%(low)s to %(high)s", low=_percent(low), high=_percent(high))
    return AuditRow(name, counted, _percent(share.value), between)


def _percent(value: float) -> str:
    return f"{value:.1%}"
