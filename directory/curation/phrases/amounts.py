"""How many: numbers and ranges of numbers, and what they count.

Each reader takes the tokens and a place and answers what it found with the place after it, or
nothing. None of them guesses: '3 days' alone is no frequency, 'three and a half' no number.
"""

from collections.abc import Callable, Sequence

from directory.curation.phrases.quantities import Amount, Choice, Count, Hours, Length, Range, Weeks
from directory.curation.phrases.tokens import Token

Tokens = Sequence[Token]
MINUTES = {"hour": 60, "minute": 1}
MOST_SESSIONS = 14
WORDS_BETWEEN = 2


Read = tuple[Amount, int] | None


def has(tokens: Tokens, place: int, *kinds: str) -> bool:
    """True if there is a token at this place and it can be one of these."""
    return 0 <= place < len(tokens) and any(kind in tokens[place] for kind in kinds)


def number_at(tokens: Tokens, place: int) -> tuple[float, int] | None:
    """A number in digits or letters, 'three (3)' too."""
    if not has(tokens, place, "number"):
        return None
    value, after = float(tokens[place]["number"]), place + 1
    again = has(tokens, after, "bracket") and has(tokens, after + 1, "number")
    if again and float(tokens[after + 1]["number"]) == value and has(tokens, after + 2, "bracket"):
        return value, after + 3
    return value, after


def range_at(tokens: Tokens, place: int) -> tuple[Range, int] | None:
    """'3', '3-5', '3 or 5', 'between 3 and 5', 'at least 3', 'up to four'."""
    place = _past(tokens, place, "about")
    if has(tokens, place, "least"):
        found = number_at(tokens, _past(tokens, place + 1, "of"))
        return found and (Range(found[0], None), found[1])
    if has(tokens, place, "most") or _is_hasta(tokens, place):
        found = number_at(tokens, _past(tokens, place + 1, "of"))
        return found and (Range(None, found[0]), found[1])
    between = has(tokens, place, "between")
    first = number_at(tokens, place + between)
    if first is None:
        return None
    joins = ("and",) if between else ("to", "or")
    second = number_at(tokens, first[1] + 1) if has(tokens, first[1], *joins) else None
    if second and second[0] > first[0]:
        return Range(first[0], second[0]), second[1]
    return None if between else (Range(first[0], first[0]), first[1])


def _is_hasta(tokens: Tokens, place: int) -> bool:
    """'hasta cuatro días': a bound, where no number stands before."""
    spanish = has(tokens, place, "to") and tokens[place].text.lower() == "hasta"
    return spanish and not has(tokens, place - 1, "number", "clock", "meridiem", "day", "days")


def _past(tokens: Tokens, place: int, *kinds: str) -> int:
    return place + 1 if has(tokens, place, *kinds) else place


def per_at(tokens: Tokens, place: int, unit: str) -> int | None:
    """The place after 'a week', 'per week', '/week' or 'weekly'."""
    if has(tokens, place, "per") and tokens[place]["per"] == unit:
        return place + 1
    if has(tokens, place, "slash") and has(tokens, place + 1, "unit"):
        return place + 2 if tokens[place + 1]["unit"] == unit else None
    return None


def unit_at(tokens: Tokens, place: int, *units: str) -> tuple[str, int] | None:
    """One of these units, a hyphen before it allowed: '3-hour'."""
    if has(tokens, place, "dash") and has(tokens, place + 1, "unit"):
        place += 1
    if has(tokens, place, "unit") and tokens[place]["unit"] in units:
        return tokens[place]["unit"], place + 1
    return None


def hours_at(tokens: Tokens, place: int) -> Read:
    """'9 hours per week', '9-12 hours a week'."""
    found = range_at(tokens, place)
    unit = found and unit_at(tokens, found[1], "hour")
    after = unit and _per_week(tokens, unit[1])
    return (Hours(found[0]), after) if found and after else None


def _per_week(tokens: Tokens, place: int) -> int | None:
    """'per week', a few words that say nothing before it allowed ('hours of therapy per week')."""
    place += has(tokens, place, "comma") and has(tokens, place + 1, "per")
    for skipped in range(WORDS_BETWEEN + 1):
        if after := per_at(tokens, place + skipped, "week"):
            return after
        if not has(tokens, place + skipped, "filler", "of", "program"):
            return None
    return None


def weeks_at(tokens: Tokens, place: int) -> Read:
    """'8 weeks', '8-week', 'eight to twelve weeks': how long, not how often."""
    found = range_at(tokens, place)
    unit = found and unit_at(tokens, found[1], "week")
    if not found or not unit or not _whole(found[0], 104):
        return None
    return Weeks(found[0]), unit[1]


def count_at(tokens: Tokens, place: int) -> Read:
    """'3 days a week', '3x/week', 'twice a week', 'three evenings', '3 to 5 sessions per week'."""
    if has(tokens, place, "often"):
        after = _per_week(tokens, place + 1 + has(tokens, place + 1, "dash"))
        often = float(tokens[place]["often"])
        return (Count(Range(often, often)), after) if after else None
    found = _counted_at(tokens, place)
    if found is None:
        return None
    range_, part, after = found
    end = _per_week(tokens, after)
    if end is None and part is None:
        return None
    return Count(range_, part), end or after


def _counted_at(tokens: Tokens, place: int) -> tuple[Range, str | None, int] | None:
    """A range with days, sessions or a part of the day as its unit; what is said twice is joined."""
    found = range_at(tokens, place)
    if not found or not _whole(found[0], MOST_SESSIONS):
        return None
    after = found[1]
    for skipped in range(WORDS_BETWEEN + 1):
        unit = unit_at(tokens, after + skipped, "day", "session")
        if unit:
            return _or_more(tokens, found[0], unit[1])
        if _is_part(tokens, after + skipped):
            return found[0], tokens[after + skipped]["part"], after + skipped + 1
        if not has(tokens, after + skipped, "filler"):
            return None
    return None


def _is_part(tokens: Tokens, place: int) -> bool:
    """'evenings' as a unit; not 'day', and not the half of the day in 'a 9 de la noche'."""
    if not has(tokens, place, "part") or has(tokens, place, "meridiem"):
        return False
    return tokens[place]["part"] != "day"


def _or_more(tokens: Tokens, one: Range, place: int) -> tuple[Range, str | None, int]:
    """'5 days or 3 days a week' is 3 to 5."""
    if has(tokens, place, "or") and (other := number_at(tokens, place + 1)):
        unit = unit_at(tokens, other[1], "day", "session")
        if unit and one.is_one and one.least and per_at(tokens, unit[1], "week"):
            low, high = sorted((one.least, other[0]))
            return Range(low, high), None, unit[1]
    return one, None, place


def bare_count_at(tokens: Tokens, place: int) -> Read:
    """'3 days', for a text that counts days a week elsewhere ('then 2 days')."""
    found = _counted_at(tokens, place)
    return (Count(found[0], found[1]), found[2]) if found else None


def choice_at(tokens: Tokens, place: int) -> Read:
    """'choose 3 of 5 mornings', '3 of the 5 days', 'pick any 3 days'."""
    said = has(tokens, place, "choose")
    after = place
    while has(tokens, after, "choose") or (said and has(tokens, after, "filler")):
        after += 1
    found = range_at(tokens, after)
    if not found or not _whole(found[0], MOST_SESSIONS):
        return None
    unit_after, part = _noun(tokens, found[1])
    if has(tokens, unit_after, "of"):
        return _of(tokens, found[0], unit_after + 1, part, said=said or unit_after > found[1])
    return (Choice(found[0], None, part), _weekly(tokens, unit_after)) if said else None


def _of(tokens: Tokens, range_: Range, place: int, part: str | None, *, said: bool) -> Read:
    while has(tokens, place, "filler", "of"):
        place += 1
    whole = number_at(tokens, place)
    if whole is None or not whole[0].is_integer() or whole[0] > MOST_SESSIONS:
        return None
    after, of_part = _noun(tokens, whole[1])
    if not (said or after > whole[1]) or (range_.most or 0) > whole[0]:
        return None
    return Choice(range_, int(whole[0]), part or of_part), _weekly(tokens, after)


def _noun(tokens: Tokens, place: int) -> tuple[int, str | None]:
    if unit := unit_at(tokens, place, "day", "session"):
        return unit[1], None
    if _is_part(tokens, place):
        return place + 1, tokens[place]["part"]
    return place, None


def _weekly(tokens: Tokens, place: int) -> int:
    return _per_week(tokens, place) or place


def length_at(tokens: Tokens, place: int) -> Read:
    """'three hours a day', '3-hour', 'for 2 hours'; 'three 50-minute groups' are contact minutes."""
    groups = number_at(tokens, place)
    if groups and (each := _minutes_at(tokens, groups[1])) and each[2]:
        one = each[0]
        if groups[0] == 1:
            return Length(one), each[1]
        return Length(Range(_times(one.least, groups[0]), _times(one.most, groups[0])), True), each[
            1
        ]
    found = _minutes_at(tokens, place)
    return (Length(found[0]), found[1]) if found else None


def _minutes_at(tokens: Tokens, place: int) -> tuple[Range, int, bool] | None:
    """Minutes, the place after, and whether they are those of a group."""
    found = range_at(tokens, place)
    unit = found and unit_at(tokens, found[1], "hour", "minute")
    if not found or not unit or not (found[0].most or found[0].least):
        return None
    scale = MINUTES[unit[0]]
    minutes = Range(_times(found[0].least, scale), _times(found[0].most, scale))
    after = unit[1]
    group = unit_at(tokens, after, "session")
    if (minutes.most or minutes.least or 0) > 12 * 60 or (minutes.least or 15) < 15:
        return None
    after = group[1] if group else after
    return minutes, per_at(tokens, after, "day") or after, group is not None


def _times(one: float | None, by: float) -> float | None:
    return None if one is None else one * by


def _whole(range_: Range, most: int) -> bool:
    ends = [end for end in (range_.least, range_.most) if end is not None]
    return all(end.is_integer() and 1 <= end <= most for end in ends)


READERS: tuple[Callable[[Tokens, int], Read], ...] = (
    choice_at,
    hours_at,
    count_at,
    length_at,
    weeks_at,
)
