"""What a week cannot hold: days without a group ('Tue: —'), and what comes by the month.

Nothing is made of either: a table's empty cell is no session, two Tuesdays of a month are no week.
"""

from collections.abc import Sequence

from directory.curation.phrases.amounts import MINUTES, has, range_at
from directory.curation.phrases.clocks import Times, times_at
from directory.curation.phrases.days import JOINS, KINDS, TIMELY, WHOLE_WEEK, NoGroup, named_at
from directory.curation.phrases.tokens import Token

Tokens = Sequence[Token]
CELL_ENDS = ("stop", "line", "bar", "comma", "ellipsis")
DASH_ENDS = (*CELL_ENDS, "slash", "and", "or")
LONGEST_REMARK = 8
LONGEST_TIMES = 7
FULL_DAYS = ("day", "days", "day_short")
COUNTED = ("often", "unit", "part", *KINDS)
CLOSING = (")", "]", "}")
FARTHEST_RHYTHM = 4
LONGEST_ORDINALS = 12


# days without a group


def no_group_at(tokens: Tokens, place: int) -> tuple[NoGroup, int] | None:
    """'Tue: —', 'Tue: none', 'Tuesday | - |', and the empty cell of 'Tue: Wed: 6-9pm'."""
    named = named_at(tokens, place)
    if named is None:
        return None
    days, cell = named
    after = _empty(tokens, cell) or _none(tokens, cell) or _dash(tokens, cell)
    if after:
        return NoGroup(days), after
    return (NoGroup(days[:1]), place + 2) if _repeats(tokens, place, cell) else None


def lone_dash_at(tokens: Tokens, place: int) -> tuple[NoGroup, int] | None:
    """A cell of nothing but a dash, below some day or other: '6-9pm | - | 6-9pm', '6-9pm — 6-9pm'."""
    cell = place + has(tokens, place, "bar")
    if not has(tokens, cell, "dash"):
        return None
    after = cell + 1
    between = cell > place and (after >= len(tokens) or has(tokens, after, "bar", "line"))
    times = cell == place and _times_end(tokens, place) and times_at(tokens, after)
    return (NoGroup(tuple(range(WHOLE_WEEK))), after) if between or times else None


def _times_end(tokens: Tokens, place: int) -> Times | None:
    """The times that end right before this place."""
    for first in range(max(place - LONGEST_TIMES, 0), place):
        if (found := times_at(tokens, first)) and found[1] == place and found[0].end:
            return found[0]
    return None


def _repeats(tokens: Tokens, place: int, after: int) -> bool:
    """'Mon 6-9pm Tue - Wed 6-9pm': a range, or a cell with a dash; Wednesday it is in either."""
    pair = after == place + 3 and has(tokens, place + 1, "dash")
    if not pair or tokens[place].end == tokens[place + 1].start:
        return False
    before, following = _times_end(tokens, place), times_at(tokens, after)
    return before is not None and following is not None and before == following[0]


def _empty(tokens: Tokens, place: int) -> int | None:
    """A colon after the day, and then the next day with its colon."""
    if not has(tokens, place, "colon"):
        return None
    following = named_at(tokens, place + 1 + has(tokens, place + 1, *CELL_ENDS))
    return place + 1 if following and has(tokens, following[1], "colon") else None


def _none(tokens: Tokens, place: int) -> int | None:
    """'none', 'off', 'n/a' in the day's cell, and nothing more."""
    while has(tokens, place, "colon", "dash", "bracket", "line", "bar", "filler"):
        place += 1
    if not has(tokens, place, "none"):
        return None
    place += 1
    place += has(tokens, place, "bracket")
    return place if _ends(tokens, place, *CELL_ENDS, *KINDS) else None


def _dash(tokens: Tokens, place: int) -> int | None:
    """A dash in the day's cell; without a colon before it one dash to another day is a range."""
    colon = has(tokens, place, "colon")
    place += colon
    apart = has(tokens, place, "line", "bar")
    bracket = has(tokens, place + apart, "bracket")
    dash = after = place + apart + bracket
    while has(tokens, after, "dash"):
        after += 1
    if after == dash:
        return None
    alone = not apart and (colon or after - dash > 1)
    after = _past_remark(tokens, after + bracket) if alone else after + bracket
    if _ends(tokens, after, *DASH_ENDS):
        return None if _goes_on(tokens, after) else after
    return after if alone and has(tokens, after, *KINDS) else None


def _past_remark(tokens: Tokens, place: int) -> int:
    """Past '(holiday)'; `place` itself where there is none, or where it speaks of times."""
    if not has(tokens, place, "bracket") or tokens[place].text in CLOSING:
        return place
    for after in range(place + 1, min(place + LONGEST_REMARK, len(tokens))):
        if tokens[after].text in CLOSING:
            return after + 1
        if has(tokens, after, *TIMELY, *KINDS, "part"):
            break
    return place


def _ends(tokens: Tokens, place: int, *kinds: str) -> bool:
    return place >= len(tokens) or has(tokens, place, *kinds) or tokens[place].text in CLOSING


def _goes_on(tokens: Tokens, place: int) -> bool:
    """A dash before a line end, and the times of the day on the next line."""
    while has(tokens, place, "line"):
        place += 1
        if times := times_at(tokens, place):
            return not has(tokens, times[1], *FULL_DAYS)
    return False


# by the month


def rhythm_at(tokens: Tokens, place: int) -> int | None:
    """The place after 'twice a month', 'first week of the month', or the 'First and third' of a day."""
    if _a_month(tokens, place):
        return place + 1 + has(tokens, place, "slash")
    counted = range_at(tokens, place) if has(tokens, place, "number") else None
    after = counted[1] if counted else place + has(tokens, place, "often")
    ordinals = _ordinals(tokens, place)
    after = max(after, ordinals)
    if after == place:
        return None
    for end in range(after, after + FARTHEST_RHYTHM):
        if _is_monthly(tokens, end):
            return end + 1 + has(tokens, end, "slash")
        if _is_length(tokens, end) or not has(tokens, end, "number", "unit", "filler", "part"):
            break
    several = sum("ordinal" in token for token in tokens[place:ordinals]) > 1
    weeks = several and has(tokens, ordinals, "unit") and tokens[ordinals]["unit"] == "week"
    return ordinals if ordinals > place and (weeks or has(tokens, ordinals, *FULL_DAYS)) else None


def _is_monthly(tokens: Tokens, place: int) -> bool:
    rotating = has(tokens, place, "refuse") and tokens[place]["refuse"] == "rotating"
    return rotating or _a_month(tokens, place)


def _a_month(tokens: Tokens, place: int) -> bool:
    """'/month', and 'a month' after what is counted: 'for a month' is how long it lasts."""
    if has(tokens, place, "slash") and has(tokens, place + 1, "unit"):
        return tokens[place + 1]["unit"] == "month"
    monthly = has(tokens, place, "per") and tokens[place]["per"] == "month"
    return monthly and has(tokens, place - 1, *COUNTED) and not _is_length(tokens, place - 1)


def _is_length(tokens: Tokens, place: int) -> bool:
    """'36 hours a month' is no rhythm."""
    return has(tokens, place, "unit") and tokens[place]["unit"] in MINUTES


def _ordinals(tokens: Tokens, place: int) -> int:
    """The place after 'first', or 'first, second and the fourth'; `place` itself if there is none."""
    found = after = place
    while has(tokens, after, "ordinal") and after < place + LONGEST_ORDINALS:
        found = after = after + 1
        while has(tokens, after, *JOINS, "filler") and not has(tokens, after, "ordinal"):
            after += 1
    return found
