"""What groups take from each other: 'MWF. Daytime 10-1 and evening 6-9' gives both the days."""

from collections.abc import Sequence
from dataclasses import replace

from directory.curation.phrases.groups import Group

SHARED = ("days", "excepted", "count", "choice")


def shared(groups: Sequence[Group]) -> list[Group]:
    """The groups with the days of their heading, or of the alternative beside them."""
    forward = _forward(_merged(groups))
    return _backward(forward)


def _merged(groups: Sequence[Group]) -> list[Group]:
    """A group that only says how long or how often goes into the one it heads or follows."""
    found: list[Group] = []
    for group in groups:
        before = found[-1] if found else None
        if before is not None and _completes(before, group):
            found[-1] = _together(before, group)
        else:
            found.append(group)
    return found


def _completes(before: Group, group: Group) -> bool:
    """True if the two say different things of the same sessions."""
    if group.join or _apart(before, group):
        return False
    both = any(
        getattr(before, name) is not None and getattr(group, name) is not None
        for name in ("days", "count", "choice", "length", "season", "phase", "mode", "part")
    )
    return not both and not (before.times and group.times) and not group.session_label


def _apart(one: Group, other: Group) -> bool:
    return bool(other.label and one.label != other.label) or bool(
        other.phase and one.phase != other.phase
    )


def _together(before: Group, group: Group) -> Group:
    names = ("days", "count", "choice", "length", "part", "mode", "season", "phase", "label")
    more = {name: getattr(group, name) for name in names if getattr(before, name) is None}
    return replace(
        before,
        times=before.times or group.times,
        excepted=before.excepted or group.excepted,
        optional=before.optional or group.optional,
        items=(*before.items, *group.items),
        **more,
    )


def _forward(groups: Sequence[Group]) -> list[Group]:
    found: list[Group] = []
    heading: Group | None = None
    for group in groups:
        if _says_days(group):
            heading = group
        elif heading and group.times and _shares(heading, group):
            group = _with_days(group, heading)
        found.append(group)
    return _without_headings(found)


def _shares(heading: Group, group: Group) -> bool:
    """Alternatives and parts of the day share the days; other people and other seasons do not."""
    if group.session_label or _apart(heading, group):
        return False
    return bool(not heading.times or group.join == "or" or group.part)


def _without_headings(groups: Sequence[Group]) -> list[Group]:
    """A group of days without times whose days went to the next is a heading, not a session."""
    kept = []
    for place, group in enumerate(groups):
        after = groups[place + 1] if place + 1 < len(groups) else None
        heads = after is not None and after.times and not group.times and _says_days(group)
        same = heads and after is not None and _day_facts(after) == _day_facts(group)
        if not (same and after is not None and not _apart(group, after)):
            kept.append(group)
    return kept


def _backward(groups: Sequence[Group]) -> list[Group]:
    """'9-12 or 6-9, Monday to Thursday': the days come last and are meant for both."""
    found = list(groups)
    for place in range(len(found) - 2, -1, -1):
        one, after = found[place], found[place + 1]
        linked = after.join == "or" or (one.part and after.part)
        if (
            linked
            and one.times
            and not _says_days(one)
            and _says_days(after)
            and not _apart(one, after)
        ):
            found[place] = _with_days(one, after)
    return found


def _says_days(group: Group) -> bool:
    return bool(group.days or group.count or group.choice)


def _day_facts(group: Group) -> tuple[object, ...]:
    return tuple(getattr(group, name) for name in SHARED)


def _with_days(group: Group, heading: Group) -> Group:
    length = group.length or heading.length
    return replace(group, length=length, **{name: getattr(heading, name) for name in SHARED})
