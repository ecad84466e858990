"""Days of the week: names, letters, ranges, lists, exceptions.

Refused rather than guessed: 'T-Th' (a range, or Tuesday and Thursday), 'M/F' (also a form's way to
say men and women), a single letter or short word that stands alone ('Sun Valley').
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from directory.catalog.schedule import DAYS
from directory.curation.phrases.amounts import has
from directory.curation.phrases.tokens import Token

Tokens = Sequence[Token]
KINDS = ("day", "days", "day_short", "day_letter", "day_adverb")
WHOLE_WEEK = 7
JOINS = ("comma", "and", "slash", "or")
TIMELY = ("number", "clock", "noon", "meridiem")
UNREAD_KINDS = frozenset({"none", "ordinal"})
"""Kinds of words that mean something beside a day only."""


@dataclass(frozen=True, slots=True)
class Days:
    """Named days, 0 is Monday. `any_one`: 'Monday or Wednesday'. None are named: refused."""

    days: tuple[int, ...]
    any_one: bool = False


@dataclass(frozen=True, slots=True)
class Except:
    """Days taken out of those before."""

    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoGroup:
    """Days that are named to say that nothing is held: 'Tue: —'."""

    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Element:
    days: tuple[int, ...]
    place: int
    join: str
    """How it is joined to the one before: 'to', 'or', 'and', ''."""


def days_at(tokens: Tokens, place: int) -> tuple[Days, int] | None:
    """The longest list of days that begins here."""
    if not has(tokens, place, *KINDS):
        return None
    elements, after = _one_alternative(*_elements(tokens, place))
    after, strange = _past_strange(tokens, after)
    if strange or _follows_strange(tokens, place):
        return Days(()), after
    if len(elements) == 1 and not _stands_alone(tokens, place):
        return None
    if _is_doubtful(tokens, elements):
        return Days(()), after
    return _listed(elements), after


def except_at(tokens: Tokens, place: int) -> tuple[Except, int] | None:
    """'except Wednesday', 'excluding the weekend'."""
    if not has(tokens, place, "except"):
        return None
    place += 1
    while has(tokens, place, "filler"):
        place += 1
    found = days_at(tokens, place)
    return (Except(found[0].days), found[1]) if found and found[0].days else None


def named_at(tokens: Tokens, place: int) -> tuple[tuple[int, ...], int] | None:
    """The days of a list, whatever follows it; a letter alone only as a heading ('T:')."""
    if not has(tokens, place, *KINDS):
        return None
    elements, after = _elements(tokens, place)
    heads = tokens[place].text.isupper() and has(tokens, after, "colon")
    if len(elements) == 1 and not (heads or has(tokens, place, "day", "days", "day_short")):
        return None
    days = _listed(elements).days
    return (days, after) if days else None


def _elements(tokens: Tokens, place: int) -> tuple[list[_Element], int]:
    elements = [_Element(_days_of(tokens[place]), place, "")]
    place += 1
    while True:
        join, after = _join(tokens, place)
        if not has(tokens, after, *KINDS) or _is_new_clause(tokens, after):
            return elements, place
        elements.append(_Element(_days_of(tokens[after]), after, join))
        place = after + 1


def _one_alternative(elements: list[_Element], after: int) -> tuple[list[_Element], int]:
    """Up to an 'or' between two lists ('Mon, Wed or Tue, Thu'); a last 'or' stays in its list."""
    for at, one in enumerate(elements[1:-1], 1):
        if one.join == "or" and any(later.join != "or" for later in elements[at + 1 :]):
            return elements[:at], elements[at - 1].place + 1
    return elements, after


def _join(tokens: Tokens, place: int) -> tuple[str, int]:
    if has(tokens, place, "to"):
        return "to", place + 1
    join = "and"
    while has(tokens, place, *JOINS):
        join = "or" if "or" in tokens[place] else join
        place += 1
    while has(tokens, place, "filler") and not has(tokens, place, *KINDS):
        place += 1
    return join, place


def _is_new_clause(tokens: Tokens, place: int) -> bool:
    """A letter that is no day: the next word is a word, as in 'Monday, we meet'."""
    if "filler" not in tokens[place] or has(tokens, place - 1, "slash", "to"):
        return False
    return not has(tokens, place + 1, *TIMELY, *JOINS, *KINDS, "to", "colon", "bracket")


def _days_of(token: Token) -> tuple[int, ...]:
    names = next(token[kind] for kind in KINDS if kind in token)
    return tuple(DAYS.index(name) for name in names.split())


def _stands_alone(tokens: Tokens, place: int) -> bool:
    """A full name always; a short form or a letter only in company of a time."""
    token = tokens[place]
    if "day" in token or "days" in token:
        return True
    timely = has(tokens, place + 1, *TIMELY, "part") or has(tokens, place - 1, *TIMELY)
    if "day_letter" in token:
        return timely and token.text[0].isupper()
    if "day_adverb" in token:
        timed = place + 1 + has(tokens, place + 1, "filler")
        return has(tokens, timed, *TIMELY, "between") or has(
            tokens, place + 1, "comma", "colon", "except"
        )
    if "month" in token or token.text.lower().startswith("mar"):
        return has(tokens, place + 1, "clock")
    return timely or not has_unknown_word(tokens, place + 1)


def _past_strange(tokens: Tokens, place: int) -> tuple[int, bool]:
    """Past letters of the same list that are no days: the 'R/F' of 'M/T/W/R/F'."""
    start = place
    while has(tokens, place, "slash") and _is_letter(tokens, place + 1):
        place += 2
    return place, place > start


def _follows_strange(tokens: Tokens, place: int) -> bool:
    return has(tokens, place - 1, "slash") and _is_letter(tokens, place - 2)


def _is_letter(tokens: Tokens, place: int) -> bool:
    return (
        0 <= place < len(tokens) and len(tokens[place].text) == 1 and tokens[place].text.isalpha()
    )


def has_unknown_word(tokens: Tokens, place: int) -> bool:
    """True if a word stands here that we do not know."""
    if not 0 <= place < len(tokens) or not tokens[place].text[0].isalpha():
        return False
    return not tokens[place].kinds.keys() - UNREAD_KINDS


def _is_doubtful(tokens: Tokens, elements: Sequence[_Element]) -> bool:
    if len(elements) != 2 or any("day_letter" not in tokens[one.place] for one in elements):
        return False
    both = elements[0].days + elements[1].days
    ranged = elements[1].join == "to"
    return (both == (1, 3) and ranged) or (both == (0, 4) and not ranged)


def _listed(elements: Sequence[_Element]) -> Days:
    """Ranges where two are joined by a dash; a chain of dashes ('M-W-F') is a list."""
    named = [one for one in elements if len(one.days) < WHOLE_WEEK]
    elements = named or elements[:1]
    joins = [one.join for one in elements[1:]]
    chain = len(joins) > 1 and set(joins) == {"to"}
    found: list[int] = list(elements[0].days)
    for before, one in pairwise(elements):
        if one.join == "to" and not chain:
            if len(before.days) != 1 or len(one.days) != 1:
                return Days(())
            ranged = _range(before.days[0], one.days[0])
            if len(ranged) == WHOLE_WEEK and before.days[0] not in (0, 6):
                return Days(())
            found.extend(ranged)
        else:
            found.extend(one.days)
    if "or" in joins:
        either = len(set(found)) == len(elements) and "to" not in joins and joins[-1] == "or"
        return Days(tuple(found), True) if either else Days(())
    return Days(tuple(dict.fromkeys(found)))


def _range(first: int, last: int) -> list[int]:
    """From one day to another, past Sunday where the week wraps."""
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]
