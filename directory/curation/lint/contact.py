"""How much treatment a published week can hold: bounds, since breaks and choices may be open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directory.catalog.schedule import Choose, Session, Track
from directory.catalog.track_format import span_minutes


@dataclass(frozen=True, slots=True)
class Bounds:
    """Contact minutes a week: at `least`, and at `most`; None if no most follows."""

    least: int
    most: int | None


def contact(track: Track) -> Bounds:
    """What someone who attends a track as it is published gets, at least and at most.

    A session whose breaks are not published is at most as long as its span, and may be shorter.
    Optional sessions count towards the most.
    """
    return Bounds(_least(track), _most(track))


def at_most(session: Session) -> int | None:
    """The most contact minutes of one session: as published, else from its start to its end."""
    if session.contact_minutes is not None:
        return session.contact_minutes
    if session.start is not None and session.end is not None:
        return span_minutes(session.start, session.end)
    return session.span_minutes


def pool(track: Track) -> tuple[Session, ...]:
    """The sessions to choose from."""
    return tuple(one for one in track.sessions if one.attendance == "choose")


def choice(track: Track) -> Choose:
    """How many of the pool are attended; 'choose' without a number is at least one."""
    return track.choose or Choose()


def times_a_week(session: Session) -> int | None:
    """How often one entry meets in a week; None if that is not published."""
    return 1 if session.day is not None else session.count


def _most(track: Track) -> int | None:
    fixed = [one for one in track.sessions if one.attendance != "choose"]
    chosen = pool(track)
    known = [_each(one) for one in (*fixed, *chosen)]
    if not known or any(one is None for one in known):
        return None
    total = sum(minutes for one in fixed for minutes in _each(one) or ())
    offered = sorted((minutes for one in chosen for minutes in _each(one) or ()), reverse=True)
    if chosen and len(offered) < choice(track).at_least:
        return None  # more are attended than are listed
    return total + sum(offered[: choice(track).at_most])


def _least(track: Track) -> int:
    required = [one for one in track.sessions if one.attendance == "required"]
    total = sum((one.contact_minutes or 0) * (times_a_week(one) or 1) for one in required)
    offered = sorted(minutes for one in pool(track) for minutes in _published(one))
    return total + sum(offered[: choice(track).at_least])


def _each(session: Session) -> Sequence[int] | None:
    minutes, times = at_most(session), times_a_week(session)
    return None if minutes is None or times is None else [minutes] * times


def _published(session: Session) -> Iterator[int]:
    yield from [session.contact_minutes or 0] * (times_a_week(session) or 1)
