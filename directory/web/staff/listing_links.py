"""The desk makes a link for a program and shows it once more to be handed over; nothing is mailed."""

from datetime import datetime, timedelta

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import magic_links, trail
from directory.accounts.keeping import Keeper
from directory.catalog.program import Listing
from directory.catalog.staff import StaffBook
from directory.matching.need import Need
from directory.matching.outcome import Outcome
from directory.web.i18n import page_url, same_page
from directory.web.services import services
from directory.web.showing import words
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, signed_in
from directory.web.staff.telling import LONGEST_SUBJECT

LASTS = timedelta(days=30)
MOST_FOUND = 20


@blueprint.get("/staff/listing-links")
def listing_links() -> Response:
    """Look a program up."""
    return _found()


@blueprint.post("/staff/listing-links")
def make_listing_link() -> AnyResponse:
    """Make the link of one program; older ones open no more."""
    listing = staff_services.listings().get(request.form.get("program", "")[:200])
    if listing is None:
        return _found(422)
    now, actor = staff_services.clock(), signed_in().member.number
    with staff_services.book() as book:
        token = make_link(book, staff_services.keeper, now, actor, listing)
    same_page("staff.listing_links")
    return desk_page(
        "staff/listing_link.html",
        listing=listing,
        link=services.base_url.rstrip("/") + page_url("staff.show_listing", token=token),
        until=words.full_date((now + LASTS).date()),
    )


def make_link(book: StaffBook, keeper: Keeper, now: datetime, actor: int, listing: Listing) -> str:
    """The token of a new link to a listing, with its line of the trail."""
    token = magic_links.make(book, keeper, now, "listing", listing.program.id, LASTS)
    subject = listing.slug[:LONGEST_SUBJECT]
    trail.record(book, now, actor, "listing_link_made", "listing", subject)
    return token


def _found(status: int = 200) -> Response:
    """Programs by their words, id or address."""
    text = " ".join(request.values.get("q", "")[:100].split())
    found = _programs(text) if text else []
    return desk_page(
        "staff/listing_links.html",
        status,
        at="listing_links",
        q=text,
        programs=found,
        wrong=status != 200,
    )


def _programs(text: str) -> list[Listing]:
    """Those of the words, as visitors find them; one of this id or address stands first."""
    outcome = services.finder.find(Need(text=text, limit=MOST_FOUND), changes=False)
    found = [one.listing for one in outcome.matches] if isinstance(outcome, Outcome) else []
    named = services.finder.program(text)
    first = [named] if named else []
    return [*first, *(one for one in found if named is None or one.slug != named.slug)]
