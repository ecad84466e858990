"""A sentence about a schedule as tracks of the listing format, with an honest remainder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from directory.catalog.program import Span
from directory.catalog.schedule import Session, Track
from directory.catalog.track_format import dump_track
from directory.curation.phrases.clauses import sessions_only
from directory.curation.phrases.flags import MEANINGS, Flag
from directory.curation.phrases.groups import Group, Grouping
from directory.curation.phrases.items import Item, Nothing, Sign, Unknown, items_of
from directory.curation.phrases.quantities import Hours, Range, Weeks
from directory.curation.phrases.sharing import shared
from directory.curation.phrases.tokens import Token, Words, tokens_of
from directory.curation.phrases.tracks import tracks_of

LONGEST_TEXT = 20_000
FIFTEEN_MINUTES = 0.25
SPAN_OVER_STATED = 1.25


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the text that was not understood: `text[start:end]`, word for word."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class HoursRange:
    """Hours a week, from and to; None where the text does not bound it."""

    min: float | None
    max: float | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says of a schedule. Facts it does not state are absent, never filled in."""

    tracks: tuple[Track, ...] = ()
    weeks: Span | None = None
    hours_per_week: HoursRange | None = None
    flags: tuple[Flag, ...] = ()
    unread: tuple[Part, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The reading in the listing format's terms."""
        return {
            "tracks": [dump_track(track) for track in self.tracks],
            "weeks": self.weeks and {"min": self.weeks.min, "max": self.weeks.max},
            "hours_per_week": self.hours_per_week
            and {"min": self.hours_per_week.min, "max": self.hours_per_week.max},
            "flags": list(self.flags),
            "unread": [
                {"text": part.text, "start": part.start, "end": part.end} for part in self.unread
            ],
        }


def read(text: str, words: Words) -> Reading:
    """Read one text. Whatever is not understood stands in `unread`; any text is allowed.

    Of a text beyond 20,000 characters the rest is unread.
    """
    tokens = tokens_of(text[:LONGEST_TEXT], words)
    items = items_of(tokens)
    kept, dropped, flags = sessions_only(items)
    grouping = Grouping(kept)
    drawn = tracks_of(shared(grouping.read()))
    unread = [*dropped, *grouping.unread, *drawn.unread]
    weeks, left = _weeks(kept, drawn.tracks)
    hours = _stated_hours(kept)
    flags |= set(drawn.flags) | _more_flags(tokens, drawn.tracks, hours)
    hours = hours or _counted_hours(drawn.tracks, grouping.done)
    if not (drawn.tracks or weeks or hours or "opening_hours" in flags):
        flags = {"nothing_read"}
        unread = list(items)
    parts = _parts(text, tokens, items, [*unread, *left])
    return Reading(drawn.tracks, weeks, hours, _in_order(flags), parts)


def _in_order(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    return tuple(flag for flag in MEANINGS if flag in set(flags))


# weeks and hours


def _weeks(items: Sequence[Item], tracks: Sequence[Track]) -> tuple[Span | None, list[Item]]:
    """How long it lasts, if that is said once; in phases it is the length of a phase."""
    found = [item for item in items if isinstance(item.value, Weeks)]
    ranges = {item.value.range for item in found if isinstance(item.value, Weeks)}
    phases = len({track.season for track in tracks}) > 1
    if len(ranges) != 1 or phases:
        return None, found
    one = ranges.pop()
    return Span(_whole(one.least), _whole(one.most)), []


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _stated_hours(items: Sequence[Item]) -> HoursRange | None:
    ranges = {item.value.range for item in items if isinstance(item.value, Hours)}
    if len(ranges) != 1:
        return None
    one = ranges.pop()
    return HoursRange(one.least, one.most)


def _counted_hours(tracks: Sequence[Track], groups: Sequence[Group]) -> HoursRange | None:
    """Days times hours a day, where days are counted and not named (named ones add up by themselves)."""
    if len(tracks) != 1 or len(tracks[0].sessions) != 1:
        return None
    session, choose = tracks[0].sessions[0], tracks[0].choose
    if session.count is None or (choose and choose.at_most is None) or session.contact_minutes:
        return None
    minutes = _day_range(session, groups)
    if minutes is None or minutes.least is None or minutes.most is None:
        return None
    if choose and any(group.choice for group in groups):
        return None
    fewest = choose.at_least if choose else session.count
    most = choose.at_most if choose and choose.at_most else session.count
    return HoursRange(fewest * minutes.least / 60, most * minutes.most / 60)


def _day_range(session: Session, groups: Sequence[Group]) -> Range | None:
    if session.start is not None and session.end is not None:
        span = float(session.end - session.start)
        return Range(span, span)
    lengths = {group.length.range for group in groups if group.length and not group.length.contact}
    return lengths.pop() if len(lengths) == 1 else None


def _more_flags(
    tokens: Sequence[Token], tracks: Sequence[Track], stated: HoursRange | None
) -> set[Flag]:
    flags: set[Flag] = set()
    if any("about" in token for token in tokens):
        flags.add("approximate")
    if stated and any(_contradicts(track, stated) for track in tracks):
        flags.add("hours_do_not_add_up")
    return flags


def _contradicts(track: Track, stated: HoursRange) -> bool:
    """True if the sessions last less than the stated hours, or far longer than breaks explain."""
    spans = [
        _session_hours(session) for session in track.sessions if session.attendance != "optional"
    ]
    if track.choose or None in spans or track.season:
        return False
    hours = sum(span for span in spans if span)
    least = stated.min if stated.min is not None else 0.0
    most = stated.max if stated.max is not None else 168.0
    return hours < least - FIFTEEN_MINUTES or hours > most * SPAN_OVER_STATED


def _session_hours(session: Session) -> float | None:
    times = session.count or 1
    if session.start is not None and session.end is not None:
        return times * (session.end - session.start) / 60
    return None if session.span_minutes is None else times * session.span_minutes / 60


# the remainder


def _parts(
    text: str, tokens: Sequence[Token], items: Sequence[Item], unread: Iterable[Item]
) -> tuple[Part, ...]:
    """What was not understood, neighbours together; marks and fillers between them included."""
    left = {item.first for item in unread}
    found: list[tuple[int, int]] = []
    goes_on = False
    for item in items:
        if isinstance(item.value, Unknown) or (item.first in left and _says(item)):
            start, end = tokens[item.first].start, tokens[item.after - 1].end
            if goes_on:
                start = found.pop()[0]
            found.append((start, end))
            goes_on = True
        elif _says(item):
            goes_on = False
    if len(text) > LONGEST_TEXT:
        found.append((LONGEST_TEXT, len(text)))
    return tuple(Part(text[start:end], start, end) for start, end in found)


def _says(item: Item) -> bool:
    return not isinstance(item.value, Sign | Nothing)
