"""From groups to tracks: which sessions one person attends, and which are alternatives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from directory.catalog.schedule import Choose, Grade, Mode, Session, Track
from directory.catalog.track_format import dump_session
from directory.curation.listing_format.rules import grade_of
from directory.curation.phrases.flags import Flag
from directory.curation.phrases.groups import Group
from directory.curation.phrases.items import Item
from directory.curation.phrases.sessions import Meant, meant


@dataclass(frozen=True, slots=True)
class Draft:
    """A track being put together."""

    group: Group
    sessions: tuple[Session, ...]
    choose: Choose | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """The tracks, what to look at, what stayed unread."""

    tracks: tuple[Track, ...]
    flags: frozenset[Flag]
    unread: tuple[Item, ...]


def tracks_of(groups: Sequence[Group]) -> Drawn:
    """The tracks that these groups say."""
    drafts: list[Draft] = []
    flags: set[Flag] = set()
    unread: list[Item] = []
    for group in groups:
        found = meant(group)
        unread.extend(found.unread)
        if found.sessions:
            flags |= found.flags | _add(drafts, group, found)
    whole = [draft for draft in drafts if not _is_mixed(draft)]
    unread.extend(item for draft in drafts if _is_mixed(draft) for item in draft.items)
    tracks = tuple(_track(draft, len(whole)) for draft in whole)
    return Drawn(tracks, frozenset(flags | _flags(whole)) if whole else frozenset(), tuple(unread))


def _add(drafts: list[Draft], group: Group, found: Meant) -> set[Flag]:
    """Into the last track, or as a new one; answers what was taken to be meant."""
    draft = drafts[-1] if drafts else None
    if draft is None or _opens(draft, group):
        drafts.append(Draft(group, found.sessions, found.choose, group.items))
        return set()
    shared = _named(draft.sessions) & _named(found.sessions)
    if _are_counts(draft, found):
        drafts.append(Draft(group, found.sessions, found.choose, group.items))
        return {"tracks_assumed"}
    if not shared or group.session_label or group.optional:
        drafts[-1] = _joined(draft, group, found)
        return _doubt(draft, group)
    if _named(found.sessions) < _named(draft.sessions):
        return _within(drafts, draft, group, found)
    drafts.append(Draft(group, found.sessions, found.choose, group.items))
    return set() if draft.group.part and group.part else {"tracks_assumed"}


def _are_counts(draft: Draft, found: Meant) -> bool:
    """Numbers of days without times, said twice: of one week they would be too many to tell."""
    sessions = (*draft.sessions, *found.sessions)
    return all(one.count for one in sessions) and not all(map(_is_timed, sessions))


def _within(drafts: list[Draft], draft: Draft, group: Group, found: Meant) -> set[Flag]:
    """Some of the days again: other hours on them if both cannot be, else one session more."""
    if not all(map(_is_timed, (*draft.sessions, *found.sessions))):
        drafts.append(Draft(group, found.sessions, found.choose, group.items))
        return {"tracks_assumed"}
    clash = any(_overlap(one, other) for one in draft.sessions for other in found.sessions)
    if not clash:
        drafts[-1] = _joined(draft, group, found)
        return {"tracks_assumed"}
    days = _named(found.sessions)
    rest = tuple(one for one in draft.sessions if one.day not in days)
    drafts[-1] = _joined(replace(draft, sessions=rest), group, found)
    return {"day_shift"}


def _opens(draft: Draft, group: Group) -> bool:
    """True where the text itself sets the two apart."""
    if group.session_label:
        return False
    before = draft.group
    apart = any(
        getattr(before, name) != getattr(group, name) for name in ("label", "season", "phase")
    )
    return apart or group.join == "or"


def _doubt(draft: Draft, group: Group) -> set[Flag]:
    """Whether the text leaves open that these are two tracks: other parts of the day, no 'and'."""
    parts = {draft.group.part, group.part} - {None}
    several = len(parts) > 1 or (group.count is not None and draft.group.count is not None)
    return {"tracks_assumed"} if several and not group.session_label else set()


def _joined(draft: Draft, group: Group, found: Meant) -> Draft:
    return replace(
        draft,
        sessions=(*draft.sessions, *found.sessions),
        choose=draft.choose or found.choose,
        items=(*draft.items, *group.items),
    )


def _named(sessions: Sequence[Session]) -> set[int]:
    return {session.day for session in sessions if session.day is not None}


def _overlap(one: Session, other: Session) -> bool:
    if one.day != other.day or one.start is None or other.start is None:
        return False
    return one.start < (other.end or other.start) and other.start < (one.end or one.start)


def _is_mixed(draft: Draft) -> bool:
    """A choice beside sessions it does not speak of: which ones are chosen from is not told."""
    kinds = {session.attendance for session in draft.sessions if not session.label}
    return {"choose", "required"} <= kinds


def _track(draft: Draft, tracks: int) -> Track:
    group = draft.group
    part = group.part if tracks > 1 else None
    plain: list[Mapping[str, Any]] = [dump_session(session) for session in draft.sessions]
    return Track(
        label=group.label or part,
        mode=_mode(draft),
        season=group.season or group.phase,
        schedule_grade=cast(Grade, grade_of(plain)),
        choose=draft.choose,
        sessions=draft.sessions,
    )


def _mode(draft: Draft) -> Mode | None:
    if draft.group.mode == "hybrid":
        return "hybrid"
    modes = {session.mode for session in draft.sessions}
    if len(modes) > 1:
        return "hybrid" if None not in modes else None
    return modes.pop()


def _flags(drafts: Sequence[Draft]) -> set[Flag]:
    sessions = [session for draft in drafts for session in draft.sessions]
    found: dict[Flag, bool] = {
        "days_unknown": any(one.day is None for one in sessions),
        "times_unknown": any(not _is_timed(one) for one in sessions),
        "seasonal": any(draft.group.season for draft in drafts),
        "taper": any(draft.group.phase for draft in drafts),
    }
    return {flag for flag, holds in found.items() if holds}


def _is_timed(session: Session) -> bool:
    return session.start is not None and (session.end or session.span_minutes) is not None
