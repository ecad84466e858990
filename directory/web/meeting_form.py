"""The form that asks for support meetings: a place, how far, painted free time, from home or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.errors import BadValue
from directory.matching.meetings import MeetingNeed
from directory.places.gazetteer import Gazetteer
from directory.places.place import AmbiguousPlace, Place, UnknownPlace
from directory.web.need_fields import BadNeed, read_weeks
from directory.web.week_form import PARTS, free_time, never_free

Form = Mapping[str, Sequence[str]]
FIELDS = ("place", "within", "free", "home")
WITHIN = (3, 5, 10, 25)
USUAL_MILES = 5
LONGEST_PLACE = 120


@dataclass
class WhichPlace(BadNeed):
    """A place that is not one place; `found` has those that may be meant."""

    found: AmbiguousPlace | UnknownPlace


def read(form: Form, gazetteer: Gazetteer) -> MeetingNeed:
    """The form as it is meant. Raises `WhichPlace`, or `BadNeed` for a week nobody can read."""
    problems: list[BadValue] = []
    free = [_free(box) for box in form.get("free") or ()]
    weeks = read_weeks("free", {"free": free}, problems)
    problems += never_free("free", weeks)
    within = _one(form, "within")
    if within and within not in {str(far) for far in WITHIN}:
        problems.append(BadValue("within", within[:20], "one of the distances"))
    if problems:
        raise BadNeed(tuple(problems))
    found = gazetteer.locate(_one(form, "place")[:LONGEST_PLACE])
    if not isinstance(found, Place):
        raise WhichPlace((BadValue("place", found.text[:40], "one place"),), found)
    return MeetingNeed(
        found, int(within or USUAL_MILES), weeks[0], from_home=bool(_one(form, "home"))
    )


def _free(box: str) -> object:
    """A painted part of a day as a free time; what is none is passed on as it came."""
    day, _, part = box.partition("-")
    return free_time(day, *PARTS[part]) if part in PARTS else box[:20]


def _one(form: Form, field: str) -> str:
    values = form.get(field) or ("",)
    return values[0].strip()
