"""Whether two doors are one site. The order of the rules is the order of `RULES`.

A shared phone alone never links, nor does a shared building; two suites are two doors; a list that
names two places at once knows that they are two.
"""

from dataclasses import dataclass
from enum import StrEnum

from directory.curation.linking.door import Door


class Outcome(StrEnum):
    """What is made of a pair."""

    CERTAIN = "certain"
    DOUBTFUL = "doubtful"
    DIFFERENT = "different"


# Strongest first: what is certain is linked in this order, and a doubt shows its first reason.
RULES: dict[str, tuple[Outcome, str]] = {
    "number": (Outcome.CERTAIN, "the same license or provider number"),
    "door-name-phone": (Outcome.CERTAIN, "the same address, name and phone"),
    "door-name": (Outcome.CERTAIN, "the same address and name"),
    "door-phone": (Outcome.CERTAIN, "the same address and phone"),
    "building-name-phone": (
        Outcome.CERTAIN,
        "the same building, name and phone; one list leaves the suite out",
    ),
    "phone-name-street": (Outcome.CERTAIN, "the same phone, name and street; the ZIP differs"),
    "phone-name": (Outcome.CERTAIN, "the same phone and whole name; one list shows no street"),
    "number-elsewhere": (Outcome.DOUBTFUL, "the same number, but two addresses"),
    "building-name": (
        Outcome.DOUBTFUL,
        "the same building and name, but one list leaves the suite out and the phones differ",
    ),
    "suites-name": (Outcome.DOUBTFUL, "the same building and name, but two suites"),
    "moved": (Outcome.DOUBTFUL, "the same phone and name, but two addresses"),
    "no-street": (Outcome.DOUBTFUL, "the same phone and a like name, but one list shows no street"),
    "street-spelling": (Outcome.DOUBTFUL, "the same name, and nearly the same street"),
    "renamed": (Outcome.DOUBTFUL, "the same address, but the names and phones differ"),
    "building-phone": (
        Outcome.DOUBTFUL,
        "the same building and phone, but the names or suites differ",
    ),
    "phone-other-name": (Outcome.DOUBTFUL, "the same phone in the same ZIP, but the names differ"),
    "name-city": (Outcome.DOUBTFUL, "the same name and city, but phone and street differ"),
    "one-list": (Outcome.DIFFERENT, "one list names both, at two doors"),
    "apart": (Outcome.DIFFERENT, "nothing that tells says they are one"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of two doors."""

    rule: str

    @property
    def outcome(self) -> Outcome:
        """Certain, doubtful or different."""
        return RULES[self.rule][0]

    @property
    def reason(self) -> str:
        """The reason, as half a sentence."""
        return RULES[self.rule][1]


def judge(a: Door, b: Door) -> Verdict:
    """The first rule that fits."""
    rule = _same(a, b) or ("one-list" if a.directory == b.directory else _doubt(a, b))
    return Verdict(rule or "apart")


def names_agree(a: Door, b: Door) -> bool:
    """One whole name is the same, or half of the telling words of the shorter are in the other."""
    shared = len(a.name & b.name)
    return bool(a.whole & b.whole) or (shared > 0 and 2 * shared >= min(len(a.name), len(b.name)))


def _phones_agree(a: Door, b: Door) -> bool:
    return bool(a.phone) and a.phone == b.phone


def _same_street(a: Door, b: Door) -> bool:
    """House number and street; kind and direction may be left out, but not contradict."""
    if not a.street or a.street != b.street:
        return False
    both = {use for use, _ in a.sides} & {use for use, _ in b.sides}
    return all(
        {one for one in a.sides if one[0] == use} == {one for one in b.sides if one[0] == use}
        for use in both
    )


def _same_unit(a: Door, b: Door) -> bool:
    return bool(a.unit & b.unit) or not (a.unit or b.unit)


def _two_units(a: Door, b: Door) -> bool:
    return bool(a.unit and b.unit) and not a.unit & b.unit


def conflict(a: Door, b: Door) -> bool:
    """True if two doors cannot be one, whoever links them: two streets of one list, two suites."""
    if a.directory == b.directory and a.street and b.street and not _same_street(a, b):
        return True
    return _same_street(a, b) and _two_units(a, b)


def _same(a: Door, b: Door) -> str | None:
    """The rule by which they are one for certain."""
    name, phone = names_agree(a, b), _phones_agree(a, b)
    shared = a.seen.numbers & b.seen.numbers
    street = _same_street(a, b)
    if any(not one.startswith("npi:") for one in shared) or (shared and street):
        return "number"
    if street and a.zip == b.zip:
        return _same_building(a, b, name, phone)
    if not (phone and name):
        return None
    if street and _same_unit(a, b):
        return "phone-name-street"
    return "phone-name" if _one_hides_its_street(a, b) else None


def _one_hides_its_street(a: Door, b: Door) -> bool:
    """True if a missing street is all that could tell two namesakes of two lists apart."""
    near = a.zip == b.zip if a.zip and b.zip else a.city == b.city
    namesakes = bool(a.whole & b.whole) and a.directory != b.directory
    return near and namesakes and not (a.street and b.street)


def _same_building(a: Door, b: Door, name: bool, phone: bool) -> str | None:
    if _same_unit(a, b):
        if name and phone:
            return "door-name-phone"
        return "door-name" if name else "door-phone" if phone else None
    return "building-name-phone" if name and phone and not _two_units(a, b) else None


def _doubt(a: Door, b: Door) -> str | None:
    """The rule by which a person has to look."""
    name, phone = names_agree(a, b), _phones_agree(a, b)
    if a.seen.numbers & b.seen.numbers:
        return "number-elsewhere"
    if _same_street(a, b) and a.zip == b.zip:
        return _doubt_in_building(a, b, name, phone)
    if phone and name:
        return "moved" if a.street and b.street else "no-street"
    if name and a.street and a.street == b.street:
        return "street-spelling"
    if phone and a.zip == b.zip:
        return "phone-other-name"
    return "name-city" if name and a.city == b.city and bool(a.city) else None


def _doubt_in_building(a: Door, b: Door, name: bool, phone: bool) -> str | None:
    if name:
        return "suites-name" if _two_units(a, b) else "building-name"
    if phone:
        return "building-phone"
    return "renamed" if _same_unit(a, b) else None


def withholds(hidden: Door, shown: Door) -> bool:
    """True if `hidden` keeps back the street of what may be the place `shown` names.

    The careful reading: the same ZIP and the same name or phone is enough to hide a street.
    """
    same = _phones_agree(hidden, shown) or names_agree(hidden, shown)
    return hidden.seen.address.withheld and hidden.zip == shown.zip and same
