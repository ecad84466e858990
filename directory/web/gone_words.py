"""What people and machines are told at the address of a program that is no longer listed."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from directory.catalog.whereabouts import Gone, Whereabouts, Why
from directory.web.i18n import lazy_gettext
from directory.web.problem import Problem

TITLE = lazy_gettext("This program is no longer listed")

WHY: Mapping[Why | None, LazyString] = {
    "closed": lazy_gettext("As far as we know, it has closed."),
    "not_iop": lazy_gettext(
        "It is not an intensive outpatient program, so it was here by mistake."
    ),
    "listed_twice": lazy_gettext("It was in our list twice, and the other entry is gone, too."),
    "asked": lazy_gettext("The program asked us to take it off our list."),
    None: lazy_gettext("No source that we read speaks of it any more."),
}


def problem(there: Whereabouts) -> Problem:
    """Why it is gone; for machines which program, since when, why (null: no source), the ZIP it was in."""
    gone = there.gone or Gone()
    facts = {
        "program": there.program,
        "slug": there.slug,
        "since": there.at.date(),
        "reason": gone.why,
        "near": gone.near,
    }
    return Problem(410, "no-longer-listed", TITLE, WHY[gone.why], facts=facts)
