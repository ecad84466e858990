"""Whether two rows mean one site: joined, put to a person, or nothing to do with each other.

A shared phone alone never joins, nor does a shared building. Two suites are two doors.
"""

from dataclasses import dataclass
from typing import Literal

from transcription.names import distinctive, street_key, unit_key
from transcription.sources import Door

Verdict = Literal["join", "review", "apart"]


@dataclass(frozen=True, slots=True)
class Judgment:
    """The verdict on two doors and the reason in words."""

    verdict: Verdict
    reason: str = ""


def names_agree(a: Door, b: Door) -> bool:
    """At least half of the telling words of the shorter name are in the other."""
    mine, theirs = distinctive(a.names), distinctive(b.names)
    shared = mine & theirs
    return bool(shared) and 2 * len(shared) >= min(len(mine), len(theirs))


def phones_agree(a: Door, b: Door) -> bool:
    """The same ten digits, whatever the extension."""
    return a.phone is not None and b.phone is not None and a.phone[:12] == b.phone[:12]


def streets_agree(a: Door, b: Door) -> bool:
    """The same house number and street."""
    if a.street is None or b.street is None:
        return False
    return street_key(a.street) == street_key(b.street)


def units_agree(a: Door, b: Door) -> bool:
    """The same unit, or none named on both sides."""
    return unit_key(a.unit) == unit_key(b.unit)


def judge(a: Door, b: Door) -> Judgment:
    """Same door or not, in the order of the rules."""
    name, phone, street = names_agree(a, b), phones_agree(a, b), streets_agree(a, b)
    if street and a.zip == b.zip:
        return _same_building(a, b, name, phone)
    if phone and name and (street or a.street is None or b.street is None):
        return Judgment("join", "same phone and name, same or withheld street")
    if phone:
        return Judgment(
            "review", f"same phone, {'same name' if name else 'other name'}, two streets"
        )
    if name and a.city == b.city:
        return Judgment("review", "same name and city, but phone and street differ or are withheld")
    return Judgment("apart")


def _same_building(a: Door, b: Door, name: bool, phone: bool) -> Judgment:
    if units_agree(a, b) and (name or phone):
        return Judgment("join", f"same address and {'name' if name else 'phone'}")
    one_unit_missing = not unit_key(a.unit) or not unit_key(b.unit)
    if name and one_unit_missing:
        return Judgment("join", "same building and name, one list leaves the suite out")
    if name:
        return Judgment("review", "same name and building, two suites")
    if units_agree(a, b) or phone:
        return Judgment("review", "same address, but the names differ")
    return Judgment("apart")


def withholds(hidden: Door, shown: Door) -> bool:
    """True if `hidden` keeps back the street of what may be the place `shown` names.

    The careful reading: same ZIP and the same name or phone is enough to hide a street.
    """
    same = phones_agree(hidden, shown) or names_agree(hidden, shown)
    return hidden.withheld and hidden.zip == shown.zip and same
