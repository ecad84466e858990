"""From tokens to items: days, times, amounts and the words that say how they belong together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from directory.curation.phrases.absences import lone_dash_at, no_group_at, rhythm_at
from directory.curation.phrases.amounts import READERS, bare_count_at, has, range_at
from directory.curation.phrases.clocks import Times, times_at
from directory.curation.phrases.days import (
    KINDS,
    Days,
    Except,
    NoGroup,
    days_at,
    except_at,
    has_unknown_word,
)
from directory.curation.phrases.quantities import Amount, Choice, Count
from directory.curation.phrases.tokens import Token

Tokens = Sequence[Token]
MEANT = (
    "refuse",
    "opening",
    "part",
    "season",
    "mode",
    "phase",
    "optional",
    "session_label",
    "aside",
)
MEANT_LATER = ("program", "label", "about")
SIGNS = (
    "stop",
    "line",
    "bar",
    "comma",
    "and",
    "or",
    "slash",
    "colon",
    "bracket",
    "dash",
    "ellipsis",
)
SAYS_NOTHING = ("filler", "per", "of", "unit", "begin", "to", "between", "track", "phase_noun")
LONGEST_LABEL = 6
HEADING_HOURS = frozenset({"hours", "horas", "horario", "horarios"})
FARTHEST_COMPANY = 12
ENDS = frozenset({"stop", "line", "bar"})
COMPANY = frozenset({"part", "part_label", "season", "label", "session_label"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word with a meaning for the whole: ('part', 'evening'), ('season', 'summer')."""

    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands between: a comma, 'or', the end of a sentence."""

    kind: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """A word that says nothing about the week."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not understood."""


Value = Days | Except | NoGroup | Times | Amount | Word | Sign | Nothing | Unknown


@dataclass(frozen=True, slots=True)
class Item:
    """A value and the tokens it was read from: `first` up to but without `after`."""

    value: Value
    first: int
    after: int


Found = tuple[Value, int] | None


def items_of(tokens: Tokens) -> list[Item]:
    """Every token in exactly one item, in order."""
    items: list[Item] = []
    readers = READERS
    if any("phase" in token for token in tokens):
        readers = (*READERS, bare_count_at)
    place = 0
    while place < len(tokens):
        value, after = _item_at(tokens, place, items, readers)
        items.append(Item(value, place, after))
        place = after
    return list(_in_company(tokens, items))


def _item_at(
    tokens: Tokens,
    place: int,
    before: Sequence[Item],
    amounts: Sequence[Callable[[Tokens, int], Found]],
) -> tuple[Value, int]:
    at_start = _is_clause_start(before)
    readers: tuple[Callable[[], Found], ...] = (
        lambda: no_group_at(tokens, place) or lone_dash_at(tokens, place),
        lambda: _not_times(tokens, place),
        lambda: _runs_on(tokens, place, before),
        lambda: _numbered(tokens, place),
        lambda: _heading(tokens, place) if at_start else None,
        lambda: _rhythm(tokens, place),
        lambda: _word(tokens, place, MEANT[:2]),
        lambda: except_at(tokens, place),
        lambda: days_at(tokens, place),
        *(lambda read=read: read(tokens, place) for read in amounts),
        lambda: times_at(tokens, place),
        lambda: _word(tokens, place, MEANT[2:] + MEANT_LATER),
    )
    for read in readers:
        if found := read():
            return found
    return _rest(tokens[place]), place + 1


def _rest(token: Token) -> Value:
    for kind in SIGNS:
        if kind in token:
            return Sign(token[kind] if kind == "bracket" else kind)
    return Nothing() if any(kind in token for kind in SAYS_NOTHING) else Unknown()


def _is_clause_start(before: Sequence[Item]) -> bool:
    """At the beginning, or after a mark that ends something."""
    if not before:
        return True
    value = before[-1].value
    return isinstance(value, Sign) and value.kind in {
        "stop",
        "line",
        "bar",
        "slash",
        "comma",
        "or",
        "and",
    }


def _not_times(tokens: Tokens, place: int) -> Found:
    """'ages 13-17', 'Suite 108', 'January 15', '8-10 participants': numbers that are no times."""
    if has(tokens, place, "month") and (found := range_at(tokens, place + 1)):
        dated = has(tokens, place - 1 - has(tokens, place - 1, "comma"), *KINDS)
        return (Word("refuse", "date") if dated else Unknown()), found[1]
    if has(tokens, place, "number_noun") and (found := range_at(tokens, place + 1)):
        return Unknown(), found[1]
    counted = range_at(tokens, place) if has(tokens, place, "number") else None
    if counted and has(tokens, counted[1], "counted", "month"):
        return Unknown(), counted[1] + 1
    return None


def _runs_on(tokens: Tokens, place: int, before: Sequence[Item]) -> Found:
    """'Mon 9am to Fri 5pm' is one stretch, not two sessions."""
    value = before[-1].value if before else None
    single = isinstance(value, Times) and value.end is None
    if single and has(tokens, place, "to") and has(tokens, place + 1, *KINDS):
        return Word("refuse", "stretch"), place + 1
    return None


def _numbered(tokens: Tokens, place: int) -> Found:
    """'Phase 1' and 'Weeks 1-4' are phases, 'Track A' is a label."""
    if has(tokens, place, "phase_noun") and (found := range_at(tokens, place + 1)):
        return Word("phase", _said(tokens, place, found[1])), found[1]
    named = (
        tokens[place + 1].text if has(tokens, place, "track") and place + 1 < len(tokens) else ""
    )
    if len(named) == 1 and (named.isupper() or named.isdigit()):
        return Word("label", _said(tokens, place, place + 2)), place + 2
    return None


def _rhythm(tokens: Tokens, place: int) -> Found:
    after = rhythm_at(tokens, place)
    return (Word("refuse", "rotating"), after) if after else None


def _heading(tokens: Tokens, place: int) -> Found:
    """'Hours:' alone heads opening hours; other words before a colon are a label."""
    if tokens[place].text.lower() in HEADING_HOURS and has(
        tokens, place + 1, "colon", "filler", *KINDS
    ):
        return Word("opening", "opening"), place + 1
    colon = next(
        (
            at
            for at in range(place, min(place + LONGEST_LABEL, len(tokens)))
            if "colon" in tokens[at]
        ),
        None,
    )
    if colon is None or colon == place:
        return None
    inside = tokens[place:colon]
    named = ("opening", "refuse", "season", "phase", "mode", "program", "number", "clock", "stop")
    if any(kind in token for token in inside for kind in (*named, *KINDS, "session_label")):
        return None
    if _is_doors(inside):
        return Word("opening", "opening"), colon
    if len(inside) == 1 and "part" in inside[0]:
        return Word("part_label", inside[0]["part"]), colon + 1
    if all("filler" in token or "unit" in token for token in inside) and not _is_day(inside):
        return None
    return Word("label", _said(tokens, place, colon)), colon + 1


def _is_doors(inside: Tokens) -> bool:
    """'Library hours:' and the like; 'Evening hours:' speaks of groups."""
    hours = any(token.text.lower() in HEADING_HOURS for token in inside)
    return hours and not any("part" in token for token in inside)


def _is_day(inside: Tokens) -> bool:
    """'Day:' or 'Days:', a track by day."""
    return len(inside) == 1 and inside[0].kinds.get("unit") == "day"


def _said(tokens: Tokens, first: int, after: int) -> str:
    """The words as one label in small letters."""
    words = " ".join(token.text for token in tokens[first:after]).lower()
    return words.replace(" - ", "-").replace(" – ", "-")


def _word(tokens: Tokens, place: int, kinds: Sequence[str]) -> Found:
    kind = next((kind for kind in kinds if kind in tokens[place]), None)
    if kind is None or (kind == "phase" and times_at(tokens, place + 1)):
        return None
    return Word(kind, tokens[place][kind]), place + 1


def _in_company(tokens: Tokens, items: Sequence[Item]) -> Iterator[Item]:
    """Bare numbers are times only beside a day, a part of the day or other times."""
    for place, item in enumerate(items):
        if isinstance(item.value, Times) and item.value.bare:
            alone = not (_neighbour(items, place, -1) or _neighbour(items, place, 1))
            if alone or has_unknown_word(tokens, item.after) or has(tokens, item.after, "counted"):
                yield Item(Unknown(), item.first, item.after)
                continue
        yield item


def _neighbour(items: Sequence[Item], place: int, step: int) -> bool:
    """True if the next thing said is one that times belong to."""
    for _ in range(FARTHEST_COMPANY):
        place += step
        value = items[place].value if 0 <= place < len(items) else Sign("stop")
        if isinstance(value, Sign) and value.kind in ENDS:
            return False
        bare = isinstance(value, Times) and value.bare
        if not bare and not isinstance(value, Sign | Nothing):
            return _is_company(value)
    return False


def _is_company(value: Value) -> bool:
    if isinstance(value, Word):
        return value.kind in COMPANY
    return isinstance(value, Days | Except | Times | Count | Choice)
