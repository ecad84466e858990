"""One fact of a listing, changed by its own program: the form, what is wrong, a clash, the week."""

from dataclasses import dataclass

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from directory.catalog.listing import Json
from directory.catalog.program import Listing
from directory.catalog.whereabouts import REMOVED
from directory.curation import proposals, self_reports
from directory.curation.mending import Stated
from directory.curation.own_word import listed, source_of
from directory.curation.proposals import Asked, ListedOtherwise
from directory.curation.self_reports import Outcome
from directory.errors import BadValue, TellsOfAPerson
from directory.web.services import services
from directory.web.showing.names import track_name
from directory.web.staff import fact_forms, telling_view, telling_words
from directory.web.staff.curator_services import curating
from directory.web.staff.mend_view import as_listed, as_typed, fact_form
from directory.web.staff.parts import (
    MOST_DATES,
    REMOVAL,
    SCHEDULE,
    START,
    Part,
    part_of,
    read_starts,
    rules,
    start_fields,
)
from directory.web.staff.provider_services import providing
from directory.web.staff.schedule_part import LONGEST, read_schedule
from directory.web.staff.services import staff_services
from directory.web.staff.site import desk_page
from directory.web.staff.telling import At, gone, note, refuse_too_many, seen_fact, thanks


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps a form from being taken. `now`: what is listed by now, where somebody was faster."""

    said: str = ""
    now: tuple[str, ...] | None = None


def show_part(at: At, key: str) -> Response:
    """The form of one fact, as it is listed."""
    part, listing = _found(at, key)
    return gone() if listing is None else _page(at, part, listing, Trouble())


def change_part(at: At, key: str) -> AnyResponse:
    """Take it, show the week back first, or give the form back as it was typed."""
    part, listing = _found(at, key)
    if listing is None:
        return gone()
    try:
        value = _read(part, listing)
        if part.key == SCHEDULE and (step := request.form.get("step")) != "keep":
            page = _page(at, part, listing, Trouble()) if step == "again" else None
            return page or _look(at, part, listing)
        refuse_too_many(at, staff_services.listings())
        outcome = _tell(at, part, value)
    except (BadValue, TellsOfAPerson) as bad:
        return _page(at, part, listing, Trouble(telling_words.complaint(bad)), 422)
    except ListedOtherwise:
        fresh = staff_services.listings().get(at.program) or listing
        trouble = Trouble(telling_words.clash(), telling_view.now(fresh, part))
        return _page(at, part, fresh, trouble, 409)
    if outcome is None:
        return gone()
    if outcome == Outcome():
        return at.on("show", said="same")
    return thanks(at, outcome.change)


def _found(at: At, key: str) -> tuple[Part, Listing | None]:
    part = part_of(key)
    if part is None:
        abort(404)
    return part, staff_services.listings().get(at.program)


def _read(part: Part, listing: Listing) -> Json:
    """The value of the form, checked. Raises `BadValue`, `TellsOfAPerson`."""
    today = staff_services.clock().date()
    if part == REMOVAL:
        return proposals.removal_value(request.form.get("why", ""))
    if part.key == START:
        value = read_starts(request.form, listing, today)
    elif part.key == SCHEDULE:
        value = read_schedule(request.form, listing).value()
    else:
        key = (part.kind, part.fact)
        value = fact_forms.Typed(request.form, key, listing, today, curating.read_phrase).value()
    stated = Stated(part.kind, part.fact, value)
    return curating.checks.checked(stated, listing, source_of(listing, today)).value


def _tell(at: At, part: Part, value: Json) -> Outcome | None:
    """Keep it with its line of the trail; None if the program is gone. Raises `ListedOtherwise`."""
    now = staff_services.clock()
    with staff_services.listings().together() as records, records.desk() as desk:
        listing = desk.listing(at.program)
        if listing is None:
            return None
        is_as_seen = request.form.get("seen", "") == seen_fact(listing, part.kind, part.fact)
        current = listed(listing, part.kind, part.fact)
        asked = Asked(part.kind, part.fact, value, current if is_as_seen else "")
        outcome = self_reports.tell(desk, listing, [asked], providing.handlings, now, at.by)
        for wish in outcome.waits:
            note(desk, at, listing, "listing_told", wish=wish.number)
        if outcome.change:
            note(desk, at, listing, "listing_told", change=outcome.change)
        return outcome


def _page(at: At, part: Part, listing: Listing, trouble: Trouble, status: int = 200) -> Response:
    at.is_here("part", part=part.key)
    is_typed = request.method == "POST"
    key = (part.kind, part.fact)
    form = None
    if part.fact != REMOVED and part.key not in (START, SCHEDULE):
        fields = as_typed(request.form, key) if is_typed else as_listed(listing, key)
        form = fact_form(listing, key, fields)
    return desk_page(
        "staff/listing_part.html",
        status,
        own=at,
        part=part,
        listing=listing,
        form=form,
        typed=request.form if is_typed else start_fields(listing) if part.key == START else {},
        now=telling_view.now(listing, part),
        seen=seen_fact(listing, part.kind, part.fact),
        waits=providing.handlings[part.kind, part.fact] == "waits",
        groups=[track_name(one) for one in listing.program.tracks],
        rules=list(rules().items()),
        dates=range(MOST_DATES),
        modes=list(telling_words.modes().items()),
        whys=list(telling_words.whys().items()),
        longest=LONGEST,
        trouble=trouble,
    )


def _look(at: At, part: Part, listing: Listing) -> Response:
    """The week as we read it, to be kept or mended. Nothing is stored."""
    told = read_schedule(request.form, listing)
    at.is_here("part", part=part.key)
    return desk_page(
        "staff/listing_week.html",
        own=at,
        part=part,
        listing=listing,
        pictures=telling_view.pictures(told.new),
        lines=part.lines(told.value()),
        flags=telling_words.flags(told.reading.flags),
        unread=[one.text for one in told.reading.unread],
        typed=request.form,
        seen=request.form.get("seen", ""),
        now=telling_view.now(listing, part),
        today=services.clock().date(),
    )
