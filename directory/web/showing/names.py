"""Names that others gave, as a page says them: those of groups and of sources.

In English they stay as they were written. In another language we say what we know how to say; what
we do not know stays as it was written, and `written_in` tells a page that it is English.
"""

from collections.abc import Mapping

from directory.catalog.evidence import BY_CURATOR, OWN_WORD
from directory.catalog.schedule import Track
from directory.web.i18n import ENGLISH, gettext, language

WEBSITE, BLOG = " website", " blog"


def track_name(track: Track, with_season: bool = True) -> str:
    """What a group is called; 'The group' where the program gives it no name."""
    name = called(track.label) if track.label else gettext("The group")
    if not track.season or not with_season:
        return name
    return gettext("%(name)s, %(season)s", name=name, season=called(track.season))


def written_in(name: str | None) -> str | None:
    """The language of a group's name where it is not the page's."""
    if not name or language() == ENGLISH or name.casefold() in _groups():
        return None
    return ENGLISH


def called(label: str) -> str:
    """A group's name or season in the language of this page, if it is a common one."""
    return label if language() == ENGLISH else _groups().get(label.casefold(), label)


def source_name(name: str) -> str:
    """The name of a list or page, such as 'SAMHSA National Directory', 'Hoag website'."""
    if language() == ENGLISH:
        return name
    own, _, edition = name.rpartition(" ")
    if edition.isdigit():
        return f"{source_name(own)} {edition}"
    if name.endswith(WEBSITE):
        return gettext("Website of %(name)s", name=name.removesuffix(WEBSITE))
    if name.endswith(BLOG):
        return gettext("Blog of %(name)s", name=name.removesuffix(BLOG))
    known = {
        "SAMHSA National Directory": gettext("SAMHSA National Directory"),
        "California DHCS": gettext("California DHCS"),
        "Stepwise example": gettext("Stepwise example"),
        OWN_WORD: gettext("The program itself"),
        BY_CURATOR["phone"]: gettext("Call by a curator"),
        BY_CURATOR["self_report"]: gettext("Letter to a curator"),
        BY_CURATOR["published"]: gettext("Website, read by a curator"),
        BY_CURATOR["list"]: gettext("Public list, read by a curator"),
        BY_CURATOR["example"]: gettext("Example, changed by a curator"),
    }
    return known.get(name, name)


def _groups() -> Mapping[str, str]:
    """Common names of groups and seasons, without capitals."""
    return {
        "day": gettext("Day"),
        "day group": gettext("Day group"),
        "morning": gettext("Morning"),
        "morning group": gettext("Morning group"),
        "midday": gettext("Midday"),
        "afternoon": gettext("Afternoon"),
        "afternoon group": gettext("Afternoon group"),
        "after school": gettext("After school"),
        "evening": gettext("Evening"),
        "evening group": gettext("Evening group"),
        "evening and saturday": gettext("Evening and Saturday"),
        "evening and family morning": gettext("Evening and family morning"),
        "night": gettext("Night"),
        "late night": gettext("Late night"),
        "weekend": gettext("Weekend"),
        "in phases": gettext("In phases"),
        "first phase": gettext("First phase"),
        "later phase": gettext("Later phase"),
        "pick your days": gettext("Pick your days"),
        "pick your days in the afternoon": gettext("Pick your days in the afternoon"),
        "school term": gettext("School term"),
        "summer": gettext("Summer"),
    }
