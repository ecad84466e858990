"""One ticket as referral staff see it: send it, hand its link over, note, withdraw, print the packet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import magic_links, trail
from directory.catalog.program import Listing
from directory.catalog.referral import STATUSES, Case, Note, Status, Ticket
from directory.catalog.staff import StaffBook
from directory.errors import BadValue
from directory.matching.need import Need
from directory.referrals import desk
from directory.referrals.desk import LastOfCase, TooManyOffers
from directory.referrals.tickets import Act, CannotMove, Moved, is_out, may_move
from directory.web.addresses import site_url
from directory.web.i18n import ENGLISH, gettext, page_url
from directory.web.pages.program import tracks
from directory.web.services import services
from directory.web.showing.asking import Question
from directory.web.showing.program_view import program_page
from directory.web.staff import referral_words
from directory.web.staff.cases import case_page, let_time_in
from directory.web.staff.referral_view import listing_of, name_of, row
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, signed_in
from directory.web.staff.tending import act

LINK_LASTS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Shown:
    """A ticket, its case, and the token of the link that opens it, if one does."""

    ticket: Ticket
    case: Case
    token: str | None


@blueprint.get("/staff/tickets/<int:number>")
def ticket(number: int) -> Response:
    """The page."""
    let_time_in()
    return ticket_page(number)


def ticket_page(number: int, status: int = 200, wrong: str = "") -> Response:
    """The ticket, its link while one opens, what may be done, and what could not be done."""
    with staff_services.book(write=False) as book:
        shown = _shown(book, number)
    one, today = shown.ticket, staff_services.clock().date()
    allowed = may_move(one, "referrer")
    return desk_page(
        "staff/ticket.html",
        status,
        at="ticket",
        number=number,
        ticket=one,
        case=shown.case,
        row=row(one, shown.case, today),
        link=link_to(shown.token) if shown.token else "",
        is_out=is_out(one),
        acts=[
            (to, words) for to, words in referral_words.acts("referrer").items() if to in allowed
        ],
        notes=referral_words.notes(),
        wrong=wrong,
        said=referral_words.done(request.args.get("said", "")),
    )


def link_to(token: str) -> str:
    """The whole address of a link: in English, whatever staff speak; the page offers the others."""
    return site_url(page_url("staff.answer", ENGLISH, token=token))


def _shown(book: StaffBook, number: int) -> Shown:
    one = book.referrals.ticket(number)
    case = book.referrals.case(one.case) if one else None
    if one is None or case is None:  # expired and deleted a moment ago
        abort(404)
    now = staff_services.clock()
    token = magic_links.standing(book, staff_services.keeper, now, "ticket", str(number))
    return Shown(one, case, token if is_out(one) else None)


@blueprint.post("/staff/tickets/<int:number>/send")
def send_ticket(number: int) -> AnyResponse:
    """Make the ticket ready for its program, and the link that opens it."""
    return _do(number, _send, "sent")


def _send(book: StaffBook, one: Ticket) -> None:
    now, actor = staff_services.clock(), signed_in().member.number
    act(book, now, actor, one, Act("sent"), "referrer", one.turn)
    _make_link(book, one)


def _make_link(book: StaffBook, one: Ticket) -> None:
    now, actor = staff_services.clock(), signed_in().member.number
    magic_links.make(book, staff_services.keeper, now, "ticket", str(one.number), LINK_LASTS)
    trail.record(book, now, actor, "link_made", "ticket", one.number, purpose="ticket")


@blueprint.post("/staff/tickets/<int:number>/act")
def act_on_ticket(number: int) -> AnyResponse:
    """Say what became of it on our side: told more, or it is over."""
    return _do(number, _act, "moved")


def _act(book: StaffBook, one: Ticket) -> None:
    to, turn = request.form.get("to", ""), request.form.get("turn", "")
    if to not in STATUSES or to == "sent":
        raise BadValue("to", to[:40], "something that may be done", STATUSES)
    now, actor = staff_services.clock(), signed_in().member.number
    seen = int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 9 else -1
    act(book, now, actor, one, Act(cast(Status, to)), "referrer", seen)


@blueprint.post("/staff/tickets/<int:number>/link")
def new_ticket_link(number: int) -> AnyResponse:
    """A new link; the old one opens no more."""
    return _do(number, _renew, "link")


def _renew(book: StaffBook, one: Ticket) -> None:
    if not is_out(one):
        raise CannotMove(one.status, "sent", "referrer")
    _make_link(book, one)


@blueprint.post("/staff/tickets/<int:number>/note")
def note_ticket(number: int) -> AnyResponse:
    """Keep a note of the list beside the program."""
    return _do(number, _note, "noted")


def _note(book: StaffBook, one: Ticket) -> None:
    said = request.form.get("note", "") or None
    desk.note(book.referrals, one, cast(Note | None, said))
    now, actor = staff_services.clock(), signed_in().member.number
    trail.record(book, now, actor, "ticket_noted", "ticket", one.number)


@blueprint.post("/staff/tickets/<int:number>/remove")
def take_off(number: int) -> AnyResponse:
    """Take a program off the shortlist that was not asked."""
    with staff_services.book(write=False) as book:
        case = _shown(book, number).case
    try:
        return _do(number, _take_off, "off", then=("case", case.number))
    except LastOfCase:
        wrong = gettext(
            "It is the only program of this case. Add another one first, or close the case."
        )
        return case_page(case.number, 422, wrong)


def _take_off(book: StaffBook, one: Ticket) -> None:
    desk.take_off(book.referrals, one)
    now, actor = staff_services.clock(), signed_in().member.number
    trail.record(book, now, actor, "shortlist_changed", "case", one.case)


def _do(
    number: int,
    what: Callable[[StaffBook, Ticket], None],
    said: str,
    then: tuple[str, int] | None = None,
) -> AnyResponse:
    """Do one thing in one transaction; what cannot be done is said on the ticket's page."""
    let_time_in()
    try:
        with staff_services.book() as book:
            what(book, _shown(book, number).ticket)
    except TooManyOffers as many:
        wrong = gettext(
            "%(num)d programs have a ticket of this case. Take one back first.", num=many.most
        )
        return ticket_page(number, 422, wrong)
    except Moved:
        return ticket_page(number, 409, moved_words())
    except (CannotMove, BadValue):
        return ticket_page(number, 422, gettext("That cannot be done with this ticket now."))
    page, its = then or ("ticket", number)
    return go(page, number=its, said=said)


def moved_words() -> str:
    """Somebody was faster; nothing is lost."""
    return gettext(
        "Something happened since you opened this page. Nothing was changed. Look again."
    )


@blueprint.get("/staff/tickets/<int:number>/packet")
def packet(number: int) -> Response:
    """A call sheet and an empty referral form: filled in and printed in the browser, never sent."""
    with staff_services.book(write=False) as book:
        shown = _shown(book, number)
    listing = listing_of(shown.ticket)
    return desk_page(
        "staff/packet.html",
        case=shown.case,
        ticket=shown.ticket,
        program=listing.program.name if listing else name_of(None),
        listing=listing,
        needs=referral_words.needs(shown.case),
        sheet=call_sheet(listing) if listing else (),
        documents=documents(),
    )


def call_sheet(listing: Listing) -> tuple[Question, ...]:
    """What to ask this program, with what we know already: nothing of a person's week in it."""
    match = services.finder.explain(Need(), listing)
    return program_page(match, Need(), tracks(Need(), match)).sheet if match else ()


def documents() -> tuple[str, ...]:
    """What programs ask for with a referral."""
    return (
        gettext("Face sheet"),
        gettext("Insurance card, both sides"),
        gettext("History and physical, not older than 30 days"),
        gettext("List of medicines"),
        gettext("Last notes"),
        gettext("Discharge summary"),
        gettext("Consent to share, signed"),
    )
