"""Support meetings: open, free, weekly. Not programs: nobody is listed by name, nothing is judged."""

from dataclasses import dataclass

from directory.catalog.evidence import Source


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a list, at the same time on each of its days (0 is Monday).

    `start` and `end` are minutes after midnight at the meeting; an end that is not after its start
    lies on the next day. `lat` and `lon` are where it is held in person, None if it is not.
    `link` and `phone` are how one joins from home, `page` is its own page.
    """

    id: str
    name: str
    days: tuple[int, ...]
    start: int
    end: int
    lat: float | None = None
    lon: float | None = None
    place: str = ""
    address: str = ""
    time_zone: str | None = None
    link: str = ""
    phone: str = ""
    page: str = ""
    types: tuple[str, ...] = ()

    @property
    def in_person(self) -> bool:
        """True if one can go there."""
        return self.lat is not None

    @property
    def from_home(self) -> bool:
        """True if one can join by video or phone."""
        return bool(self.link or self.phone)


@dataclass(frozen=True, slots=True)
class MeetingList:
    """The meetings that one source tells."""

    source: Source
    meetings: tuple[Meeting, ...]
