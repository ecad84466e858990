"""A program's weeks as a file for a calendar: from the first group, or from the day that was typed."""

from datetime import date

from flask import Response, request

from directory.catalog.program import Listing
from directory.errors import BadValue
from directory.exchange.calendar_file import calendar_file
from directory.matching.weeks_ahead import Plan, plans
from directory.web.addresses import listed
from directory.web.i18n import gettext
from directory.web.need_fields import shown
from directory.web.pages.site import blueprint
from directory.web.problem import Problem, RefusedWith
from directory.web.services import services
from directory.web.showing.calendar_view import timetable

MOST_DAYS_AWAY = 730


@blueprint.route("/programs/<slug>.ics", methods=["GET", "POST"])
def calendar(slug: str) -> Response:
    """The published sessions of one track (`track`), else of all, from a day (`from`).

    What is posted, no address tells. Without a day it holds what the API's calendar holds.
    """
    listing = listed(slug)
    chosen = plans_of(listing, request.values.get("track", ""))
    first = day_of(request.values.get("from", ""))
    plain = bool(request.values.get("plain"))
    found = timetable(listing, chosen, first, plain=plain)
    if not found:
        raise RefusedWith(no_calendar())
    file = calendar_file(found, listing.site.time_zone, services.clock(), listing.version)
    name = "calendar" if plain else listing.slug
    response = Response(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response.headers["Cache-Control"] = "no-store"
    return response


def no_calendar() -> Problem:
    """No page leads here: the program publishes no day with its hours, or the group does not."""
    lead = gettext(
        "They do not publish both days and hours, so we have nothing for a calendar. Ask them."
    )
    return Problem(404, "no-calendar", gettext("There is no calendar here to save"), lead)


def plans_of(listing: Listing, key: str) -> tuple[Plan, ...]:
    """The plan with this key; all where none is named, or where there is none at all."""
    found = plans(listing.program.tracks)
    named = tuple(plan for plan in found if key in ("", plan.key))
    if found and not named:
        raise BadValue("track", shown(key), "a group", tuple(plan.key for plan in found))
    return named


def day_of(typed: str) -> date | None:
    """The day that was typed, if any."""
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise BadValue("from", shown(typed), "a day such as 2026-12-07") from None
    if abs((day - services.clock().date()).days) > MOST_DAYS_AWAY:
        raise BadValue("from", shown(typed), "a day within two years from now")
    return day
