"""The week picture: a person's free time and a group's sessions as seven bars.

Plain numbers for `templates/components/week.html`. What nobody published is never drawn as known:
it becomes a dashed outline on every day it could be, or no picture at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from directory.catalog.schedule import Mode, Session, Track
from directory.matching.attend import Trip
from directory.matching.expand import Meeting
from directory.matching.week import DAY, DAY_MINUTES, FreeWeek, Interval, intervals_of, runs
from directory.web.i18n import gettext
from directory.web.kept import recalled, remembered
from directory.web.showing import words

Kind = Literal["fits", "clash", "maybe"]
LEAST_HATCH = 5.0
WINDOWS = {
    "morning": (6 * 60, 13 * 60),
    "afternoon": (12 * 60, 19 * 60),
    "evening": (16 * 60, 23 * 60),
}
MARKS: dict[Kind, words.Mark] = {"clash": "no", "maybe": "ask", "fits": "yes"}


@dataclass(frozen=True, slots=True)
class Block:
    """One session, or the part of one, on one day: minutes after midnight."""

    kind: Kind
    start: int
    end: int
    said: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class DayBlocks:
    """One day before it is drawn: free time and blocks in minutes."""

    day: int
    free: tuple[tuple[int, int], ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Week:
    """A week before it is drawn. `asked` is False where no free week is known.

    Weeks, bars and drawings are kept between pages, so each is equal to itself only: telling
    whether two are alike would take longer than looking one up.
    """

    days: tuple[DayBlocks, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The hours that a bar shows, and pixels an hour."""

    first: int = 7
    last: int = 22
    pixels: int = 9

    @property
    def height(self) -> int:
        """Pixels of a bar."""
        return (self.last - self.first) * self.pixels

    def y(self, minute: int) -> float:
        """Pixels from the top, kept inside the bar."""
        return max(0.0, min(float(self.height), (minute / 60 - self.first) * self.pixels))

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """The dotted lines: noon and 6 pm."""
        shown = [minute for minute in (720, 1080) if self.first * 60 < minute < self.last * 60]
        return tuple((self.y(minute), words.tick(minute)) for minute in shown)


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle in a bar."""

    kind: str
    y: float
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class Bar:
    """One day, ready to draw; `sentence` says the same in words."""

    name: str
    short: str
    shapes: tuple[Shape, ...]
    mark: words.Mark
    hours: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn week with its caption, which says whose it is."""

    caption: str
    drawing: "Drawing"


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """Seven bars."""

    height: int
    ticks: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]

    @property
    def days(self) -> tuple[tuple[str, str], ...]:
        """Name and short name of each day."""
        return tuple((bar.name, bar.short) for bar in self.bars)


def week_of(
    track: Track | None, free: Sequence[FreeWeek], trip: Trip, *, doubtful: bool = False
) -> Week | None:
    """The blocks of a track against a free week; None if no day and no hour is published.

    Of weeks that rotate only the time free in all of them is yellow. Of a `doubtful` track every
    session is one that could be.
    """
    sessions = words.judged(track) if track else ()
    if track is None or not any(_drawable(session) for session in sessions):
        return None
    mode, bits = track.mode, _always_free(free)
    if doubtful:
        key: tuple[object, ...] = ("week", sessions, bits)
        return recalled(key, lambda: _week(map(_could_be, sessions), bits), large=True)
    key = ("week", sessions, mode, bits, trip)
    each = (_blocks(session, mode, bits, trip) for session in sessions)
    return recalled(key, lambda: _week(each, bits), large=True)


def _week(sessions: Iterable[Iterable[tuple[int, Block]]], bits: int | None) -> Week:
    blocks = [one for session in sessions for one in session]
    free = _free_days(bits or 0)
    by_day: dict[int, dict[Block, None]] = {day: {} for day in range(7)}
    for day, block in blocks:
        by_day[day][block] = None
    days = tuple(DayBlocks(day, free[day], tuple(own)) for day, own in by_day.items())
    return Week(days, bits is not None)


def scale_for(weeks: Iterable[Week | None], pixels: int = 9) -> Scale:
    """7 am to 10 pm, longer if a group, or free time of its own, lies outside; one for a page."""
    first, last = 7, 22
    for start, end in (edge for week in weeks if week for edge in _edges(week)):
        first, last = min(first, start // 60), max(last, -(-end // 60))
    return Scale(first, last, pixels)


def draw(week: Week, scale: Scale, caption: str) -> Picture:
    """The week in pixels and words."""
    key = ("drawing", week, scale)
    return Picture(caption, recalled(key, lambda: _drawing(week, scale), large=True))


def _drawing(week: Week, scale: Scale) -> Drawing:
    bars = tuple(_bar(day, week.asked, scale) for day in week.days)
    return Drawing(scale.height, scale.ticks(), bars)


# --- which blocks ---------------------------------------------------------------------------


def _drawable(session: Session) -> bool:
    return session.day is not None or session.start is not None or session.part_of_day is not None


def _always_free(free: Sequence[FreeWeek]) -> int | None:
    if not free:
        return None
    bits = free[0].bits
    for week in free[1:]:
        bits &= week.bits
    return bits


def _blocks(
    session: Session, mode: Mode | None, bits: int | None, trip: Trip
) -> Iterator[tuple[int, Block]]:
    if session.day is not None and session.start is not None and session.end is not None:
        meeting = _meeting(session.day, session)
        around = trip.needed(meeting, "in_person") | trip.needed(meeting, "virtual")
        near = None if bits is None else bits & around  # no other hour decides what is drawn
        yield from _known(session.day, session, mode, near, trip)
    else:
        yield from _could_be(session)


def _could_be(session: Session) -> Iterator[tuple[int, Block]]:
    if _drawable(session):
        for day in _possible_days(session):
            yield day, _maybe(session)


def _possible_days(session: Session) -> tuple[int, ...]:
    if session.day is not None:
        return (session.day,)
    return session.day_among or tuple(range(7))


@remembered
def _maybe(session: Session) -> Block:
    named = session.day is not None
    if session.start is not None and session.end is not None:
        start, end = session.start, session.end if session.end > session.start else DAY_MINUTES
        shown = words.hours(session.start, session.end)
        return Block(
            "maybe", start, end, gettext("Could be this day, %(hours)s. Ask.", hours=shown), "?"
        )
    start, end = WINDOWS.get(session.part_of_day or words.part_of_day(session), (0, DAY_MINUTES))
    said = (
        gettext("Group this day. Hours not published. Ask.")
        if named
        else gettext("Could be this day. Ask.")
    )
    return Block("maybe", start, end, said, "?")


def _meeting(day: int, session: Session) -> Meeting:
    start, end = Interval(day, session.start or 0, session.end or 0).minutes()
    return Meeting(start // 15, -(-end // 15), None)


@remembered
def _known(
    day: int, session: Session, mode: Mode | None, bits: int | None, trip: Trip
) -> tuple[tuple[int, Block], ...]:
    start, end = Interval(day, session.start or 0, session.end or 0).minutes()
    meeting, found = _meeting(day, session), []
    for on, begin, stop, first in _per_day(start, end):
        found.append((on, _judged(session, mode, meeting, bits, trip, (begin, stop, first))))
        hatches = _hatches(meeting, session, mode, bits, trip, (on, begin, stop))
        found += [(on, one) for one in hatches]
    return tuple(found)


def _per_day(start: int, end: int) -> Iterator[tuple[int, int, int, bool]]:
    day, begin = divmod(start, DAY_MINUTES)
    length = end - start
    yield day % 7, begin, min(begin + length, DAY_MINUTES), True
    if begin + length > DAY_MINUTES:
        yield (day + 1) % 7, 0, begin + length - DAY_MINUTES, False


def _missing(
    meeting: Meeting, session: Session, mode: Mode | None, bits: int | None, trip: Trip
) -> tuple[int, ...]:
    """The quarter hours that are not free, for each way the session may be held."""
    if bits is None:
        return (0,)
    held = session.mode or mode
    if held == "virtual":
        return (trip.needed(meeting, "virtual") & ~bits,)
    there = trip.needed(meeting, "in_person") & ~bits
    return (there,) if held == "in_person" else (there, trip.needed(meeting, "virtual") & ~bits)


def _judged(
    session: Session,
    mode: Mode | None,
    meeting: Meeting,
    bits: int | None,
    trip: Trip,
    at: tuple[int, int, bool],
) -> Block:
    start, end, first = at
    missing = _missing(meeting, session, mode, bits, trip)
    shown = words.hours(session.start or 0, session.end or 0) if first else ""
    group = (
        gettext("Group %(hours)s.", hours=shown)
        if first
        else gettext("The group goes on past midnight.")
    )
    if bits is None:
        return Block("fits", start, end, group, shown)
    if all(missing) and first:
        least = min(one.bit_count() for one in missing) * 15
        whole = least >= (meeting.end - meeting.start) * 15
        miss = (
            gettext("Clashes.")
            if whole
            else gettext("Misses by %(time)s.", time=words.duration(least))
        )
        return Block("fits", start, end, f"{group} {miss}", shown)
    if any(missing) and not all(missing):
        by_video = gettext("Fits by video only. Ask.")
        return Block("maybe", start, end, f"{group} {by_video}", shown)
    fits = gettext("Fits.")
    return Block("fits", start, end, f"{group} {fits}" if first else group, shown)


def _hatches(
    meeting: Meeting,
    session: Session,
    mode: Mode | None,
    bits: int | None,
    trip: Trip,
    at: tuple[int, int, int],
) -> Iterator[Block]:
    """The parts of a session that are missed; a sliver at its edge if only the way is."""
    missing = _missing(meeting, session, mode, bits, trip)
    if not all(missing):
        return
    day, start, end = at
    least = min(missing, key=int.bit_count)
    found = [(a * 15, b * 15) for a, b in runs((least >> (day * DAY)) & ((1 << DAY) - 1))]
    inside = [(max(a, start), min(b, end)) for a, b in found if a < end and b > start]
    if inside:
        yield from (Block("clash", a, b) for a, b in inside)
    elif any(b <= start for _, b in found):
        yield Block("clash", start, start)
    else:
        yield Block("clash", end, end)


@remembered
def _free_days(bits: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """For each day, the times that are free."""
    times = intervals_of(bits)
    return tuple(tuple((one.start, one.end) for one in times if one.day == day) for day in range(7))


def _edges(week: Week) -> Iterator[tuple[int, int]]:
    """Groups, and free time that lies wholly outside the usual hours."""
    usual = (7 * 60, 22 * 60)
    for day in week.days:
        yield from ((one.start, one.end) for one in day.blocks if one.kind != "maybe")
        yield from (free for free in day.free if free[1] <= usual[0] or free[0] >= usual[1])


# --- drawing --------------------------------------------------------------------------------


@remembered
def _bar(day: DayBlocks, asked: bool, scale: Scale) -> Bar:
    free = [_shape("free", start, end, scale) for start, end in day.free]
    shapes = [one for one in free if one.height > 0]
    for block in day.blocks:
        shape = _shape(block.kind, block.start, block.end, scale)
        shapes.append(_at_least(shape, scale) if block.kind == "clash" else shape)
    return Bar(
        name=words.day_name(day.day),
        short=words.day_short(day.day),
        shapes=tuple(_without_covered(shapes)),
        mark=_mark(day, asked),
        hours=words.narrow(
            ", ".join(
                dict.fromkeys(one.hours for one in day.blocks if one.hours and one.hours != "?")
            )
        ),
        sentence=_sentence(day, asked),
    )


def _shape(kind: str, start: int, end: int, scale: Scale) -> Shape:
    top = scale.y(start)
    return Shape(kind, round(top, 1), round(scale.y(end) - top, 1))


def _at_least(shape: Shape, scale: Scale) -> Shape:
    if shape.height >= LEAST_HATCH:
        return shape
    top = min(max(0.0, shape.y - 1), scale.height - LEAST_HATCH)
    return replace(shape, y=top, height=LEAST_HATCH)


def _without_covered(shapes: Sequence[Shape]) -> Iterator[Shape]:
    """A block that is missed as a whole is drawn as a clash alone."""
    clashes = {(one.y, one.height) for one in shapes if one.kind == "clash"}
    for shape in shapes:
        if shape.kind != "fits" or (shape.y, shape.height) not in clashes:
            yield shape


def _mark(day: DayBlocks, asked: bool) -> words.Mark:
    kinds = {block.kind for block in day.blocks}
    if not asked:
        return "ask" if "maybe" in kinds else ""
    return next((MARKS[kind] for kind in MARKS if kind in kinds), "")


def _sentence(day: DayBlocks, asked: bool) -> str:
    said = [block.said for block in day.blocks if block.said] or [gettext("No group.")]
    return " ".join(([free_words(day.free)] if asked else []) + said)


def free_words(free: Sequence[tuple[int, int]]) -> str:
    """The free time of one day in a sentence."""
    if not free:
        return gettext("You are not free.")
    if free == ((0, DAY_MINUTES),):
        return gettext("You are free all day.")
    times = [words.hours(start, end) for start, end in free]
    return gettext("You are free %(times)s.", times=words.in_a_row(times))
