"""The tracks of a program, and files to keep: its weeks as a calendar, its door as a card."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from urllib.parse import quote

from flask import Response
from werkzeug.exceptions import NotFound

from directory.catalog.program import Listing
from directory.catalog.schedule import Track
from directory.exchange.calendar_file import calendar_file
from directory.exchange.contact_card import contact_card
from directory.matching.weeks_ahead import Plan, plans
from directory.web.api import dump, examples, list_examples, list_schemas
from directory.web.api.exchange import as_list, described, path_value
from directory.web.api.lookup import MOVED, listed
from directory.web.api.paging import whole
from directory.web.api.proofs import conflicts_of, evidence_of
from directory.web.first_groups import first_group_of
from directory.web.services import services
from directory.web.showing.calendar_view import timetable
from directory.web.showing.contact_view import card
from directory.web.strict import StrictBlueprint

PROGRAM = path_value("program_id", "The id or the slug of a program.", examples.BRIEF["id"])
KEY = path_value("key", "The key of a track, from the list of tracks.", "evening-group")

blueprint = StrictBlueprint("tracks", __name__, url_prefix="/api/v1", description="Tracks")

CALENDAR, CARD = "text/calendar", "text/vcard"
TEXT = {"type": "string"}
ABOUT_TRACKS = ("tracks", "openings")


@described(
    blueprint.route("/programs/<program_id>/tracks", parameters=[PROGRAM]),
    blueprint.doc(operationId="tracks"),
    blueprint.takes_none(),
    blueprint.response(200, list_schemas.Tracks, example=list_examples.TRACKS),
    blueprint.alt_response(301, **MOVED),
    blueprint.alt_response(404, "NOT_FOUND"),
    blueprint.alt_response(410, "GONE"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def tracks(program_id: str) -> Response:
    """What a person attends: every track of a program, with sessions, start and openings.

    Times are wall-clock times at the site. What is null is not published: it is not a no.
    """
    listing, as_of = listed(program_id), services.finder.as_of
    told = [_told(listing, plan, track) for track, plan in _by_track(listing.program.tracks)]
    evidence = evidence_of((listing.program,), services.freshness, as_of)
    conflicts = conflicts_of((listing.program,), services.freshness, as_of)
    return as_list(
        whole(told, services.finder.generation),
        program=dump.brief(listing),
        time_zone=listing.site.time_zone,
        findings=dump.findings(listing, "tracks"),
        evidence={fact: evidence[fact] for fact in ABOUT_TRACKS if fact in evidence},
        conflicts={fact: conflicts[fact] for fact in ABOUT_TRACKS if fact in conflicts},
    )


def _by_track(found: Sequence[Track]) -> list[tuple[Track, Plan]]:
    """Each track with the calendar that holds it, in the order in which they are listed."""
    calendars = plans(found)
    return [
        (track, plan)
        for track in found
        for plan in calendars
        if any(one is track for one in plan.phases)
    ]


def _told(listing: Listing, plan: Plan, track: Track) -> dump.Json:
    freshness, today = services.freshness, services.clock().date()
    first = first_group_of(listing.program, track)
    here = f"/api/v1/programs/{quote(listing.program.id)}/tracks/{plan.key}.ics"
    return {
        "key": plan.key,
        **dump.track(track, freshness, today),
        "first_group": dump.beginning(first),
        "links": {"calendar": here if plan.published else None},
    }


@described(
    blueprint.route("/programs/<program_id>.ics", parameters=[PROGRAM]),
    blueprint.doc(operationId="programCalendar"),
    blueprint.takes_none(),
    blueprint.response(200, TEXT, content_type=CALENDAR, example=list_examples.CALENDAR),
    blueprint.alt_response(301, **MOVED),
    blueprint.alt_response(404, "NOT_FOUND"),
    blueprint.alt_response(410, "GONE"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def program_calendar(program_id: str) -> Response:
    """All published sessions of a program as iCalendar, every group by its name.

    404 where no day with its hours is published.
    """
    listing = listed(program_id)
    return _calendar(listing, plans(listing.program.tracks))


@described(
    blueprint.route("/programs/<program_id>/tracks/<key>.ics", parameters=[PROGRAM, KEY]),
    blueprint.doc(operationId="trackCalendar"),
    blueprint.takes_none(),
    blueprint.response(200, TEXT, content_type=CALENDAR, example=list_examples.CALENDAR),
    blueprint.alt_response(301, **MOVED),
    blueprint.alt_response(404, "NOT_FOUND"),
    blueprint.alt_response(410, "GONE"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def track_calendar(program_id: str, key: str) -> Response:
    """The published sessions of one track as iCalendar; its `key` is in the list of tracks.

    They begin with the first group one could attend; where none is known, today, as TENTATIVE.
    404 where no day with its hours is published.
    """
    listing = listed(program_id)
    return _calendar(listing, [one for one in plans(listing.program.tracks) if one.key == key])


def _calendar(listing: Listing, chosen: Sequence[Plan]) -> Response:
    found = timetable(listing, chosen)
    if not found:
        raise NotFound("a calendar that the list of tracks links to: the others publish no hours")
    # The day on which facts were aged, and not this moment: the same answer has the same bytes.
    written = datetime.combine(services.finder.as_of, time(), UTC)
    file = calendar_file(found, listing.site.time_zone, written, listing.version)
    return _file(file, f"{CALENDAR}; charset=utf-8", f"{listing.slug}.ics")


@described(
    blueprint.route("/programs/<program_id>.vcf", parameters=[PROGRAM]),
    blueprint.doc(operationId="programCard"),
    blueprint.takes_none(),
    blueprint.response(200, TEXT, content_type=CARD, example=list_examples.CARD),
    blueprint.alt_response(301, **MOVED),
    blueprint.alt_response(404, "NOT_FOUND"),
    blueprint.alt_response(410, "GONE"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def program_card(program_id: str) -> Response:
    """Whom to call, as vCard 4.0: no person, no street where it is withheld, and how sure it is."""
    listing = listed(program_id)
    return _file(contact_card(card(listing)), f"{CARD}; charset=utf-8", f"{listing.slug}.vcf")


def _file(body: bytes, kind: str, name: str) -> Response:
    made = Response(body, content_type=kind)
    made.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return made
