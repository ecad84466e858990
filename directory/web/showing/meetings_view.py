"""Support meetings as they are shown: by day, with how to get there and who says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from directory.catalog.evidence import Source, State
from directory.catalog.meeting import MeetingList
from directory.matching.meetings import Fitting
from directory.web.i18n import gettext, ngettext
from directory.web.services import services
from directory.web.showing import words
from directory.web.showing.names import source_name


@dataclass(frozen=True, slots=True)
class Shown:
    """One meeting on one day."""

    name: str
    example: bool
    when: str
    where: str
    trip: str
    link: str
    phone: str
    page: str
    types: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class DayOfMeetings:
    """A day of the week with its meetings, the earliest first."""

    code: str
    name: str
    meetings: tuple[Shown, ...]


def current_lists() -> tuple[MeetingList, ...]:
    """The lists that may still be trusted: one that is too old is not shown as if it were true."""
    return tuple(one for one in services.meetings() if _state(one.source) is not State.UNKNOWN)


def _state(source: Source) -> State:
    return services.freshness.state("meetings", source, services.clock().date())


def meetings_by_state() -> Mapping[str, int]:
    """How many meetings are how fresh."""
    found: dict[str, int] = {}
    for one in services.meetings():
        state = _state(one.source).value
        found[state] = found.get(state, 0) + len(one.meetings)
    return found


def by_day(found: Sequence[Fitting]) -> tuple[DayOfMeetings, ...]:
    """The days that have a meeting, from Monday."""
    return tuple(
        DayOfMeetings(f"day-{day}", words.day_name(day), tuple(_shown(one) for one in held))
        for day, held in groupby(found, key=lambda one: one.day)
    )


def _shown(one: Fitting) -> Shown:
    meeting, went = one.meeting, one.way == "in_person"
    home = meeting.from_home
    return Shown(
        name=meeting.name,
        example=one.list.source.method == "example",
        when=words.capitalized(words.hours(one.start, one.end)),
        where=", ".join(filter(None, (meeting.place, meeting.address)))
        if went
        else gettext("By video or phone"),
        trip=words.travel(one.miles, one.minutes, "car") if went else "",
        link=meeting.link if home else "",
        phone=meeting.phone if home else "",
        page=meeting.page,
        types=tuple(_types(meeting.types)),
        source=told(one.list.source),
    )


def _types(codes: Sequence[str]) -> Iterator[str]:
    """Codes of the Meeting Guide list that help to choose; the others are left out."""
    known: Mapping[str, str] = {
        "O": gettext("Anyone may come"),
        "C": gettext("Only for people who want to stop"),
        "BE": gettext("Good for a first time"),
        "W": gettext("Women"),
        "M": gettext("Men"),
        "LGBTQ": gettext("LGBTQ"),
        "Y": gettext("Young people"),
        "S": gettext("In Spanish"),
        "ASL": gettext("Sign language"),
        "X": gettext("Wheelchair access"),
        "CF": gettext("You may bring children"),
        "DD": gettext("Mental health and alcohol or drugs"),
    }
    return (known[code] for code in codes if code in known)


def told(source: Source) -> str:
    """Who published the list and when we read it; a list of some age says to check."""
    if source.method == "example":
        return gettext("Invented, so that you can try this site")
    day = words.full_date(source.as_of)
    if _state(source) is State.CURRENT:
        return gettext("%(source)s, read on %(day)s.", source=source_name(source.name), day=day)
    return gettext(
        "%(source)s, read on %(day)s. Check before you go.",
        source=source_name(source.name),
        day=day,
    )


def heading(found: Sequence[Fitting]) -> str:
    """'12 meetings fit your week'."""
    if not found:
        return gettext("No meeting on our lists fits this week")
    return ngettext("%(num)d meeting fits your week", "%(num)d meetings fit your week", len(found))
