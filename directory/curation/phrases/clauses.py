"""Which clauses of a text speak of sessions: not opening hours, refusals, other services, stories."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from directory.curation.phrases.clocks import Times
from directory.curation.phrases.days import Days, NoGroup
from directory.curation.phrases.flags import Flag
from directory.curation.phrases.items import ENDS, Item, Nothing, Sign, Unknown, Value, Word

CLOSED = Word("refuse", "closed")
PROGRAMS = frozenset({"program", "label", "season", "phase"})
RHYTHMS = frozenset({"rotating", "ordinal"})


def sessions_only(items: Sequence[Item]) -> tuple[list[Item], list[Item], set[Flag]]:
    """What may be sessions, what is left unread, and a flag for opening hours.

    A heading of opening hours holds until a program is named.
    """
    kept: list[Item] = []
    unread: list[Item] = []
    flags: set[Flag] = set()
    open_heading = False
    denied: set[int] = set()
    clauses = _clauses_of(items)
    rotating = _rotating(clauses)
    for at, clause in enumerate(clauses):
        kinds = {item.value.kind for item in clause if isinstance(item.value, Word)}
        programs = bool(kinds & PROGRAMS)
        open_heading = "opening" in kinds or (open_heading and not programs)
        if open_heading:
            flags.add("opening_hours")
            unread.extend(clause if programs or "opening" not in kinds else ())
        elif at in rotating or _is_story(clause):
            unread.extend(clause)
        else:
            said, aside = _without_aside(clause)
            kept.extend(map(_as_break, said))
            unread.extend((*aside, *_without_group(said)))
            denied |= _denied(aside) | _days_in(_without_group(clause))
    if _is_door_sign(items):
        return [], list(items), {"opening_hours"}
    if denied & _days_in(kept):
        return [], list(items), flags
    return kept, unread, flags


def _without_group(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if isinstance(item.value, NoGroup)]


def _as_break(item: Item) -> Item:
    """A day without a group parts the days before it from those after."""
    return replace(item, value=Sign("bar")) if isinstance(item.value, NoGroup) else item


def _rotating(clauses: Sequence[Sequence[Item]]) -> set[int]:
    """Clauses of nothing but a rhythm, and those they speak of ('Monday 6-9 pm. Twice a month.')."""
    timed = [at for at, clause in enumerate(clauses) if _is_timed(clause)]
    found: set[int] = set()
    for at, clause in enumerate(clauses):
        if _is_rhythm(clause):
            before = [one for one in timed if one < at]
            found.update((at, *(before[-1:] or timed[:1])))
    return found


def _is_rhythm(items: Sequence[Item]) -> bool:
    """A rhythm and nothing it could be said of: not 'alumni group monthly'."""
    words = [item.value for item in items if not isinstance(item.value, Sign | Nothing)]
    return any(isinstance(one, Word) and one.meaning in RHYTHMS for one in words) and all(
        isinstance(one, Word) and one.kind in ("refuse", "program", "about") for one in words
    )


def _is_timed(items: Iterable[Item]) -> bool:
    return any(isinstance(item.value, Days | Times) for item in items)


def _is_door_sign(items: Sequence[Item]) -> bool:
    """'Saturday closed' in a text that names no program: what a door says."""
    named = any(isinstance(one.value, Word) and one.value.kind == "program" for one in items)
    clauses = _clauses_of(items)
    return not named and any(
        any(item.value == CLOSED for item in clause) and _days_in(clause) for clause in clauses
    )


def _may_be_story(value: Value) -> bool:
    if isinstance(value, Times):
        return value.end is None
    return isinstance(value, Sign | Nothing | Unknown | Days | NoGroup)


def _is_story(clause: Sequence[Item]) -> bool:
    """Days or a lone time among other words and nothing else of a schedule: 'founded on a Monday in 1998'."""
    values = [item.value for item in clause]
    strange = any(isinstance(value, Unknown) for value in values)
    return strange and all(map(_may_be_story, values))


def _without_aside(clause: Sequence[Item]) -> tuple[Sequence[Item], Sequence[Item]]:
    """A clause up to the comma before what is no session of the week, and the rest.

    That is another service ('individual therapy once a week') or a refusal ('closed on holidays').
    A refusal that names days or times takes the whole clause with it, and so does a mere rhythm.
    """
    for place, item in enumerate(clause):
        if isinstance(item.value, Word) and item.value.kind in ("aside", "refuse"):
            of_year = item.value.meaning == "holiday"
            while place and not _parts_clause(clause[place - 1], of_year=of_year):
                place -= 1
            rest = clause[place:]
            whole = item.value.kind == "refuse" and (_is_timed(rest) or _is_rhythm(rest))
            return ((), clause) if whole else (clause[:place], rest)
    return clause, ()


def _denied(clause: Sequence[Item]) -> set[int]:
    """The days of 'no groups on Fridays'."""
    denies = any(item.value in (Word("refuse", "not"), CLOSED) for item in clause)
    return _days_in(clause) if denies else set()


def _parts_clause(item: Item, *, of_year: bool) -> bool:
    """True where something new begins: after a comma, or, for a holiday, after days and times."""
    if of_year and isinstance(item.value, Days | Times):
        return True
    return isinstance(item.value, Sign) and item.value.kind in {"comma", "and", "or", "("}


def _days_in(items: Iterable[Item]) -> set[int]:
    return {
        day for item in items if isinstance(item.value, Days | NoGroup) for day in item.value.days
    }


def _clauses_of(items: Sequence[Item]) -> list[list[Item]]:
    """The items between full stops, semicolons, bars and line ends; each ends with its mark."""
    clauses: list[list[Item]] = [[]]
    for item in items:
        clauses[-1].append(item)
        if isinstance(item.value, Sign) and item.value.kind in ENDS:
            clauses.append([])
    return [clause for clause in clauses if clause]
