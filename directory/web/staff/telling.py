"""Whose page a listing is looked after at: a program that holds a link, or one of its staff.

Both see the same pages under addresses of their own; what they do is done here.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import trail
from directory.accounts.trail import What
from directory.catalog.listing import Kind
from directory.catalog.program import Listing
from directory.catalog.proposal import Teller
from directory.catalog.records import Desk, WritableRecords
from directory.curation import proposals, self_reports
from directory.curation.claims import canonical
from directory.curation.own_word import listed
from directory.curation.proposals import NotWaiting
from directory.errors import BadValue, CannotUndo, UnknownChange
from directory.web.i18n import page_url, same_page
from directory.web.services import services
from directory.web.staff import telling_view, telling_words
from directory.web.staff.services import staff_services
from directory.web.staff.site import desk_page, go

LONGEST_SUBJECT = 80
DIGEST = 16


@dataclass(frozen=True, slots=True)
class At:
    """A program's page: how the program came there, who acts, and what its addresses are called."""

    program: str
    by: Teller
    actor: int
    suffix: str
    values: Mapping[str, str]

    def address(self, step: str, **more: object) -> str:
        """The address of a step ('confirm', 'part') of this page."""
        return page_url(f"staff.{step}_{self.suffix}", None, **self.values, **more)

    def on(self, step: str, **more: object) -> AnyResponse:
        """On to a step, once a form was taken."""
        return go(f"{step}_{self.suffix}", **self.values, **more)

    def is_here(self, step: str, **more: object) -> None:
        """Links to other languages lead to this step, where the answer can be read again."""
        same_page(f"staff.{step}_{self.suffix}", **self.values, **more)


def digest(text: str) -> str:
    """A word for a value, to tell on a form what was seen."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST]


def seen_fact(listing: Listing, kind: Kind, fact: str) -> str:
    """What a form says that it saw of one fact."""
    return digest(listed(listing, kind, fact))


def seen_whole(listing: Listing) -> str:
    """What the page says that it saw: all that its button would confirm."""
    today = staff_services.clock().date()
    return digest(canonical(self_reports.still_right(listing, services.freshness, today)))


def page(at: At, status: int = 200, wrong: str = "") -> Response:
    """Today's facts with their age, one button, a way to change each; what was told before."""
    records = staff_services.listings()
    listing = records.get(at.program)
    if listing is None:
        return gone()
    with records.desk(write=False) as desk:
        wishes = desk.proposals.of(at.program)
    at.is_here("show")
    return desk_page(
        "staff/still_right.html",
        status,
        own=at,
        listing=listing,
        seen=seen_whole(listing),
        groups=telling_view.groups(listing, wishes),
        pictures=telling_view.pictures(listing.program.tracks),
        history=telling_view.history(self_reports.own_changes(records, at.program), wishes),
        open_questions=bool(
            self_reports.unsettled(listing, services.freshness, staff_services.clock().date())
        ),
        wrong=wrong,
        said=telling_words.done(request.args.get("said", "")),
    )


def gone() -> Response:
    """The program is not listed any more."""
    same_page("staff.sign_in")
    return desk_page("staff/stale_listing.html", 410)


def refuse_too_many(at: At, records: WritableRecords) -> None:
    """Raises `BadValue` if a program did as much today as anybody may mean to."""
    if self_reports.has_told_enough(records, at.program, staff_services.clock().date()):
        raise BadValue("many", "one more", "fewer changes on one day")


def confirm(at: At) -> AnyResponse:
    """All of it is still right; if the page is old, it is shown again first."""
    now = staff_services.clock()
    try:
        with staff_services.listings().together() as records, records.desk() as desk:
            listing = desk.listing(at.program)
            is_as_seen = listing is not None and request.form.get("seen", "") == seen_whole(listing)
            change = None
            if listing is not None and is_as_seen:
                refuse_too_many(at, records)
                change = self_reports.confirm(desk, listing, services.freshness, now).change
                if change:
                    note(desk, at, listing, "listing_confirmed", change=change)
    except BadValue as bad:
        return page(at, 422, telling_words.complaint(bad))
    if listing is None:
        return gone()
    if not is_as_seen:
        return page(at, 409, telling_words.changed_meanwhile())
    return thanks(at, change)


def thanks(at: At, change: int | None) -> AnyResponse:
    """Put out what was kept, and go to the page that says what became of it."""
    is_out = staff_services.put_out() if change else True
    return at.on("told", **({"change": change} if change else {}), out="1" if is_out else "0")


def told(at: At) -> Response:
    """What is shown now, and what waits for our staff."""
    records = staff_services.listings()
    listing = records.get(at.program)
    if listing is None:
        return gone()
    with records.desk(write=False) as desk:
        wishes = [one for one in desk.proposals.of(at.program) if one.state == "waiting"]
    number = _number(request.args.get("change", ""))
    changes = self_reports.own_changes(records, at.program)
    return desk_page(
        "staff/told.html",
        own=at,
        listing=listing,
        change=telling_view.one_change(next((x for x in changes if x.number == number), None)),
        wishes=telling_view.wishes(wishes),
        is_out=request.args.get("out", "1") == "1",
    )


def take_back(at: At) -> AnyResponse:
    """Undo what was shown at once, or take back a wish that waits."""
    now, records = staff_services.clock(), staff_services.listings()
    wish = _number(request.form.get("wish", ""))
    # The trail tells what was done alone.
    change = 0 if wish else _number(request.form.get("change", ""))
    try:
        with records.together() as own, own.desk() as desk:
            listing = desk.listing(at.program)
            if listing is None:
                return gone()
            refuse_too_many(at, own)
            if wish:
                proposals.withdraw(desk, wish, at.program, now)
            else:
                self_reports.take_back(own, at.program, change, now)
            note(desk, at, listing, "listing_taken_back", change=change, wish=wish)
    except (NotWaiting, UnknownChange, CannotUndo):
        return page(at, 409, telling_words.cannot_take_back())
    except BadValue as bad:
        return page(at, 422, telling_words.complaint(bad))
    if change:
        staff_services.put_out()
    return at.on("show", said="taken_back")


def _number(text: str) -> int:
    """The number of a wish or a change, 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def note(desk: Desk, at: At, listing: Listing, act: What, **details: str | int) -> None:
    """A line of the trail in the transaction of the act."""
    now, subject = staff_services.clock(), listing.slug[:LONGEST_SUBJECT]
    trail.record(desk, now, at.actor, act, "listing", subject, **details)
