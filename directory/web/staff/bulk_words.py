"""The words of acts on many programs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, get_args

from directory.catalog.program import Listing
from directory.curation.bulk import MOST, sources_of
from directory.errors import BadValue, TellsOfAPerson
from directory.web.i18n import gettext, ngettext
from directory.web.showing.fact_names import fact_names
from directory.web.showing.findings import sentences
from directory.web.staff import curator_words
from directory.web.staff.fact_forms import FORMS, key_text
from directory.web.staff.fact_words import name_of

Act = Literal["confirm", "set", "remove"]
ACTS: tuple[Act, ...] = get_args(Act)
Pairs = Sequence[tuple[str, str]]

# Facts that one value can be right of for many programs; a name or an address is of one.
_FORMS = ("codes", "choices", "level", "span", "price")
_MORE = (("site", "phone"), ("program", "attendance"), ("organization", "website"))
SETTABLE = [key for key, form in FORMS.items() if form in _FORMS or key in _MORE]


def acts() -> Mapping[Act, str]:
    """What can be done to many programs."""
    return {
        "confirm": gettext("Confirm facts as they are listed"),
        "set": gettext("Set one fact for all of them"),
        "remove": gettext("Take them off the list"),
    }


def settable() -> Pairs:
    """The facts that may be set for many."""
    return [(key_text(key), name_of(key)) for key in SETTABLE]


def confirmable() -> Pairs:
    """The facts that may be confirmed for many."""
    return [(key_text(key), name_of(key)) for key in FORMS]


def findings() -> Pairs:
    """Each finding in words."""
    return list(sentences("…").items())


def facts() -> Pairs:
    """Facts that may be old."""
    names = fact_names()
    return [(fact, names[fact]) for _, fact in FORMS if fact in names]


def sources(listings: Iterable[Listing]) -> Sequence[str]:
    """Everybody who is quoted."""
    return sorted(frozenset[str]().union(*(sources_of(one) for one in listings)))


def counted(num: int) -> str:
    """How many programs there are."""
    return ngettext("%(num)d program", "%(num)d programs", num)


def too_many() -> str:
    """That it is more than one act may touch."""
    return gettext("At most %(num)d at once. Narrow it down.", num=MOST)


def complaint(bad: BadValue | TellsOfAPerson) -> str:
    """What to type instead."""
    if isinstance(bad, BadValue):
        said = {
            "facts": gettext("Tick at least one fact."),
            "why": gettext("Pick why."),
            "programs": too_many(),
        }
        if bad.field in said:
            return said[bad.field]
    return curator_words.complaint(bad)
