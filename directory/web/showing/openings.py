"""Whether a group takes people: as it was last told, how long ago, and if one should call to check."""

from datetime import date

from directory.catalog.evidence import State
from directory.catalog.program import Program
from directory.catalog.schedule import Track
from directory.matching.first_group import told_on
from directory.web.i18n import gettext
from directory.web.services import services
from directory.web.showing import words


def openings(program: Program, track: Track) -> str:
    """'They had a place 5 days ago.', as long as that counts; later on, that one should call."""
    told, since = track.openings, told_on(track.openings, program)
    if told.accepting == "unknown" or since is None:
        return ""
    if told.accepting == "no":
        return full(since)
    return _as_of(since, gettext("They had a place %(when)s.", when=_ago(since)))


def full(since: date) -> str:
    """The same of a group that said it is full."""
    return _as_of(since, gettext("They said %(when)s that they are full.", when=_ago(since)))


def _as_of(since: date, said: str) -> str:
    state = services.freshness.state_at_age("openings", _days(since))
    if state is State.UNKNOWN:
        return ""
    return said if state is State.CURRENT else gettext("%(told)s Call to check.", told=said)


def _ago(since: date) -> str:
    return words.ago(_days(since))


def _days(since: date) -> int:
    return max(0, (services.clock().date() - since).days)
