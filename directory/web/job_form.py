"""The job calculator's form: hours of work and of a group, as they are typed, day by day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory.catalog.schedule import DAYS, Session, Track
from directory.errors import BadValue
from directory.matching.week import Interval
from directory.matching.work_missed import Job, minutes_of
from directory.web.need_fields import BadNeed, minute_of_day, shown

Form = Mapping[str, Sequence[str]]

SIZES = ("under-5", "5-24", "25-49", "50-up", "public", "unsure")
HOW = ("in_person", "virtual")
MOST_TRAVEL = 180
MOST_PAID_HOURS = 100
FIELDS = (
    *("size", "paid", "how", "travel", "program"),
    *(
        f"{kind}-{end}-{day}"
        for kind in ("work", "group")
        for day in DAYS
        for end in ("from", "to")
    ),
)
# A usual week of work, to change rather than to type.
USUAL: Form = {
    **{f"work-from-{day}": ("09:00",) for day in DAYS[:5]},
    **{f"work-to-{day}": ("17:00",) for day in DAYS[:5]},
    "how": ("in_person",),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the job, the employer's size, and a group by its hours or by its program."""

    job: Job
    size: str
    group: Track | None
    travel_minutes: int
    program: str


def read(form: Form) -> Asked:
    """The form as it is meant. Raises `BadNeed` with every answer that cannot be read."""
    problems: list[BadValue] = []
    work = tuple(_hours(form, "work", problems))
    group = tuple(_hours(form, "group", problems))
    if not problems and not work:
        problems.append(BadValue("work", "no hours", "the hours of at least one day"))
    if not problems and not group and not _one(form, "program"):
        problems.append(BadValue("group", "no hours", "the hours of at least one day"))
    paid = _number(form, "paid", MOST_PAID_HOURS, problems)
    travel = _number(form, "travel", MOST_TRAVEL, problems)
    size = _choice(form, "size", SIZES, "unsure", problems)
    how = _choice(form, "how", HOW, "in_person", problems)
    if problems:
        raise BadNeed(tuple(problems))
    job = Job(work, paid * 60 or minutes_of(work))
    return Asked(job, size, _track(group, how), travel, _one(form, "program"))


def _track(group: tuple[Interval, ...], how: str) -> Track | None:
    if not group:
        return None
    sessions = tuple(Session(day=one.day, start=one.start, end=one.end) for one in group)
    return Track(mode="virtual" if how == "virtual" else "in_person", sessions=sessions)


def _hours(form: Form, kind: str, problems: list[BadValue]) -> Iterator[Interval]:
    """The hours of each day that has any."""
    for number, day in enumerate(DAYS):
        given = [_one(form, f"{kind}-{end}-{day}") for end in ("from", "to")]
        if not any(given):
            continue
        start, end = (minute_of_day(text) for text in given)
        if start is None or end is None or start == end or start == 24 * 60:
            got = f"{shown(given[0])} to {shown(given[1])}"
            problems.append(BadValue(f"{kind}.{day}", got, "a start and an end such as 09:00"))
        else:
            yield Interval(number, start, end)


def _number(form: Form, field: str, most: int, problems: list[BadValue]) -> int:
    """A whole number from 0; 0 if it is left out."""
    text = _one(form, field)
    if text.isascii() and text.isdigit() and len(text) < 5 and int(text) <= most:
        return int(text)
    if text:
        problems.append(BadValue(field, shown(text), f"a whole number up to {most}"))
    return 0


def _choice(
    form: Form, field: str, allowed: Sequence[str], default: str, problems: list[BadValue]
) -> str:
    text = _one(form, field) or default
    if text not in allowed:
        problems.append(BadValue(field, shown(text), "one of the choices", tuple(allowed)))
    return text


def _one(form: Form, field: str) -> str:
    values = form.get(field) or ("",)
    return values[0].strip()
