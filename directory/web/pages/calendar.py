"""A track's weeks as a file for a calendar: from the first group, or from the day that was typed."""

from datetime import date

from flask import Response, request

from directory.catalog.program import Listing
from directory.errors import BadValue
from directory.exchange.calendar_file import calendar_file
from directory.matching.need import Need
from directory.matching.weeks_ahead import Plan, plans
from directory.web.addresses import listed
from directory.web.need_fields import shown
from directory.web.pages.site import blueprint
from directory.web.services import services
from directory.web.showing.calendar_view import entries

MOST_DAYS_AWAY = 730


@blueprint.route("/programs/<slug>.ics", methods=["GET", "POST"])
def calendar(slug: str) -> Response:
    """The published sessions of one track (`track`), from a day (`from`); posted, no address tells it."""
    listing = listed(slug)
    plan = plan_of(listing, request.values.get("track", ""))
    first = first_day(listing, plan, request.values.get("from", ""))
    plain = bool(request.values.get("plain"))
    found = entries(listing, plan, first, plain=plain)
    if not found:
        raise BadValue("track", plan.key, "a group whose days and hours are published")
    file = calendar_file(found, listing.site.time_zone, services.clock(), listing.version)
    name = "calendar" if plain else listing.slug
    response = Response(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response.headers["Cache-Control"] = "no-store"
    return response


def plan_of(listing: Listing, key: str) -> Plan:
    """The plan with this key; the first one where none is named."""
    found = plans(listing.program.tracks)
    if not found:
        raise BadValue("track", shown(key), "a group whose days and hours are published")
    named = [plan for plan in found if key in ("", plan.key)]
    if not named:
        raise BadValue("track", shown(key), "a group", tuple(plan.key for plan in found))
    return named[0]


def first_day(listing: Listing, plan: Plan, typed: str) -> date:
    """The day that was typed; else the first group one could attend."""
    today = services.clock().date()
    if typed:
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            raise BadValue("from", shown(typed), "a day such as 2026-12-07") from None
        if abs((day - today).days) > MOST_DAYS_AWAY:
            raise BadValue("from", shown(typed), "a day within two years from now")
        return day
    for track, _, first in services.finder.tracks(Need(), listing):
        if track.label == plan.phases[0].label and first.date:
            return first.date
    raise BadValue("from", "nothing", "the day of your first group, such as 2026-12-07")
