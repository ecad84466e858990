"""Support meetings that fit a week. The place and the free time travel sealed; nothing is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from directory.catalog.schedule import DAYS
from directory.matching.meetings import meetings_that_fit
from directory.places.place import AmbiguousPlace
from directory.web import meeting_form
from directory.web.i18n import gettext, page_url, same_page
from directory.web.meeting_form import WITHIN, WhichPlace
from directory.web.need_fields import BadNeed
from directory.web.pages.site import blueprint, private
from directory.web.services import services
from directory.web.showing import meetings_view, words
from directory.web.showing.danger import in_danger
from directory.web.showing.paint_words import parts_of_day

# Evenings from Monday to Thursday: to change rather than to tick.
USUAL = {"free": tuple(f"{day}-evening" for day in DAYS[:4]), "within": ("5",)}
MOST_SHOWN = 60

Filled = Mapping[str, Sequence[str]]


@blueprint.get("/meetings")
def meetings() -> str:
    """What a support meeting is, and the form."""
    return render_template("pages/meetings.html", **asking(USUAL))


@blueprint.post("/meetings")
def find_meetings() -> AnyResponse:
    """Seal the answers and go to the meetings; what cannot be read comes back with the form."""
    sent = request.form.to_dict(flat=False)
    filled = {name: values for name, values in sent.items() if name in meeting_form.FIELDS}
    token = services.sealer.seal({"meetings": filled})
    try:
        meeting_form.read(filled, services.gazetteer)
    except BadNeed as bad:
        same_page("meetings_found", sealed=token)
        return refused(filled, bad)
    return redirect(page_url("meetings_found", sealed=token), 303)


@blueprint.get("/meetings/<sealed>")
def meetings_found(sealed: str) -> Response:
    """The meetings that fit, by day."""
    filled: Filled = services.sealer.open_part(sealed, "meetings")
    try:
        need = meeting_form.read(filled, services.gazetteer)
    except BadNeed as bad:
        return refused(filled, bad)
    today = services.clock().date()
    found = meetings_that_fit(meetings_view.current_lists(), need, today)
    return private(
        "pages/meetings.html",
        **asking(filled),
        heading=meetings_view.heading(found),
        found=meetings_view.by_day(found[:MOST_SHOWN]),
        left_out=max(0, len(found) - MOST_SHOWN),
        near=need.place.name,
    )


def refused(filled: Filled, bad: BadNeed) -> Response:
    """The form with every answer kept, and what to change."""
    wrong = (
        complaint_of_place(bad)
        if isinstance(bad, WhichPlace)
        else gettext("Tick at least one part of the week when you are free.")
    )
    return private("pages/meetings.html", 422, **asking(filled, wrong))


def asking(filled: Filled, wrong: str = "") -> dict[str, Any]:
    """Everything the form shows."""
    lists = meetings_view.current_lists()
    return {
        "filled": filled,
        "wrong": wrong,
        "danger": in_danger(filled),
        "within": WITHIN,
        "parts": parts_of_day(),
        "days": tuple(
            (code, words.day_name(day), words.day_short(day)) for day, code in enumerate(DAYS)
        ),
        "lists": tuple(meetings_view.told(one.source) for one in lists),
    }


def complaint_of_place(which: WhichPlace) -> str:
    """What to type instead."""
    found = which.found
    several = isinstance(found, AmbiguousPlace)
    places = found.choices if isinstance(found, AmbiguousPlace) else found.suggestions
    names = "; ".join(place.name for place in places[:4])
    if several:
        return gettext("There is more than one. Type one of these: %(places)s", places=names)
    if names:
        return gettext("We could not find it. Did you mean: %(places)s", places=names)
    return gettext("Type a ZIP code like 91101, or a city.")
