"""Several programs on one week: days down, time across, a lane and a letter for each program."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directory.web.i18n import gettext
from directory.web.showing import week_picture, words
from directory.web.showing.week_picture import Block, DayBlocks, Scale, Week

LANE = 15
EMPTY = 22


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle in a lane: percent across, pixels down."""

    kind: str
    x: float
    width: float
    y: float


@dataclass(frozen=True, slots=True)
class Letter:
    """A program's letter in its block; `inside` where the block is solid."""

    text: str
    x: float
    y: float
    inside: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One day, ready to draw; `sentence` says the same in words."""

    name: str
    short: str
    height: int
    free: tuple[tuple[float, float], ...]
    shapes: tuple[Shape, ...]
    letters: tuple[Letter, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """The week. `ticks` are percent across and words, the first and last hour among them."""

    hours: str
    ticks: tuple[tuple[float, str], ...]
    days: tuple[Day, ...]


def draw(weeks: Sequence[tuple[str, Week | None]]) -> Lanes | None:
    """The weeks by letter; None if nothing of any of them is published."""
    drawn = [week for _, week in weeks if week]
    if not drawn:
        return None
    scale = week_picture.scale_for(drawn)
    first, last = scale.first * 60, scale.last * 60
    inner = [minute for minute in (720, 1080) if first + 60 < minute < last - 60]
    ticks = tuple((_x(minute, scale), words.tick(minute)) for minute in (first, *inner, last))
    days = tuple(_day(number, weeks, drawn[0], scale) for number in range(7))
    return Lanes(words.hours(first, last), ticks, days)


def _x(minute: int, scale: Scale) -> float:
    share = (minute / 60 - scale.first) / (scale.last - scale.first)
    return round(100 * max(0.0, min(1.0, share)), 2)


def _day(
    number: int, weeks: Sequence[tuple[str, Week | None]], of_person: Week, scale: Scale
) -> Day:
    own = of_person.days[number]
    lanes = [
        (letter, at, week.days[number])
        for at, (letter, week) in enumerate(weeks)
        if week and week.days[number].blocks
    ]
    free = tuple(_across(start, end, scale) for start, end in own.free)
    return Day(
        name=words.day_name(number),
        short=words.day_short(number),
        height=LANE * len(weeks) + 2 if lanes else EMPTY,
        free=tuple(one for one in free if one[1] > 0),
        shapes=tuple(shape for _, at, day in lanes for shape in _shapes(day, at, scale)),
        letters=tuple(_letter(*lane, scale) for lane in lanes),
        sentence=" ".join(_sentence(own, lanes, of_person.asked)),
    )


def _across(start: int, end: int, scale: Scale) -> tuple[float, float]:
    x = _x(start, scale)
    return x, round(_x(end, scale) - x, 2)


def _shapes(day: DayBlocks, at: int, scale: Scale) -> Iterator[Shape]:
    clashes = {(one.start, one.end) for one in day.blocks if one.kind == "clash"}
    for block in day.blocks:
        if block.kind == "fits" and (block.start, block.end) in clashes:
            continue
        x, width = _across(block.start, block.end, scale)
        if block.kind == "clash":
            width = max(width, 2.4)
        yield Shape(block.kind, min(x, 100 - width), width, LANE * at + 2.5)


def _letter(letter: str, at: int, day: DayBlocks, scale: Scale) -> Letter:
    solid = [one for one in day.blocks if one.kind == "fits"]
    block: Block = (solid or [*day.blocks])[0]
    x, width = _across(block.start, block.end, scale)
    whole = any(
        one.kind == "clash" and (one.start, one.end) == (block.start, block.end)
        for one in day.blocks
    )
    text = f"{letter}?" if block.kind == "maybe" else letter
    return Letter(text, round(x + width / 2, 2), LANE * at + 13, bool(solid) and not whole)


def _sentence(
    own: DayBlocks, lanes: Sequence[tuple[str, int, DayBlocks]], asked: bool
) -> Iterator[str]:
    if asked:
        yield week_picture.free_words(own.free)
    for letter, _, day in lanes:
        said = " ".join(block.said for block in day.blocks if block.said)
        yield gettext("%(letter)s: %(said)s", letter=letter, said=said)
    if not lanes:
        yield gettext("No group.")
