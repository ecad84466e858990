"""The program's side of a ticket: a signed link opens one page, without an account and a password.

Looking at the page changes nothing, so a mail scanner opens no ticket; a button says that somebody did.
Every answer names the turn it was given at: one that comes twice counts once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import magic_links, trail
from directory.accounts.sessions import SignedIn
from directory.accounts.staff import StaleLink
from directory.catalog.referral import Asked, Case, Reason, Status, Ticket
from directory.catalog.staff import StaffBook
from directory.errors import BadValue, Refusal, TellsOfAPerson, TooManyReports
from directory.referrals.days import weeks_from
from directory.referrals.tickets import (
    WEEKS_AHEAD,
    Act,
    CannotMove,
    Moved,
    SaidAlready,
    TooManyTurns,
    is_open,
    may_move,
)
from directory.web.i18n import gettext, same_page
from directory.web.services import services
from directory.web.staff import referral_words
from directory.web.staff.cases import let_time_in
from directory.web.staff.referral_view import listing_of, name_of
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go
from directory.web.staff.tending import act
from directory.web.staff.tickets import moved_words


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens: a ticket that is still open, its case, and who asks.

    `by_asker`: staff of the organization that asks are signed in here. They may look, not answer.
    """

    ticket: Ticket
    case: Case
    requester: str
    by_asker: bool


@dataclass
class OnlyTheProgram(Refusal):
    """Whoever asked may not answer for the program, although they know its link."""

    def __str__(self) -> str:
        return "Only the program answers. You are signed in for the organization that asked."


@blueprint.get("/staff/answer/<token>")
def answer(token: str) -> Response:
    """The ticket and what one may answer."""
    let_time_in()
    return page(token)


@blueprint.post("/staff/answer/<token>/open")
def open_ticket(token: str) -> AnyResponse:
    """Somebody at the program has it in hand: the clock of the answer starts."""
    now = staff_services.clock()
    try:
        with staff_services.book() as book:
            found = answerable(book, token)
            if found.ticket.status == "sent":
                turn = found.ticket.turn
                act(book, now, trail.BY_LINK, found.ticket, Act("seen"), "program", turn)
    except StaleLink:
        return stale()
    except OnlyTheProgram:
        return page(token, 403)
    return go("answer", token=token)


@blueprint.post("/staff/answer/<token>")
def answer_ticket(token: str) -> AnyResponse:
    """Take an answer; one that cannot be taken comes back with the form."""
    now, turn = staff_services.clock(), request.form.get("turn", "")
    seen = int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 9 else -1
    try:
        chosen = chosen_act()
        with staff_services.book() as book:
            found = answerable(book, token)
            step = act(book, now, trail.BY_LINK, found.ticket, chosen, "program", seen)
    except StaleLink:
        return stale()
    except SaidAlready:
        return go("answer", token=token, said="answered")
    except (OnlyTheProgram, Moved, TooManyTurns, BadValue, CannotMove) as refusal:
        return not_taken(token, refusal)
    if step.ticket.reason == "payer":
        flag_payer(step.ticket, found.case)
    if is_open(step.ticket):
        return go("answer", token=token, said="answered")
    same_page("staff.sign_in")
    told = referral_words.status(step.ticket)
    return desk_page("staff/answered.html", case=found.case, told=told)


def not_taken(token: str, refusal: Refusal) -> Response:
    """The page again, with why an answer was not taken."""
    if isinstance(refusal, OnlyTheProgram):
        return page(token, 403)
    if isinstance(refusal, Moved):
        return page(token, 409, refused=moved_words())
    if isinstance(refusal, TooManyTurns):
        return page(token, 422, typed=request.form, refused=too_many_words())
    field = refusal.field if isinstance(refusal, BadValue) else "to"
    return page(token, 422, typed=request.form, wrong={field: missing(field)})


def chosen_act() -> Act:
    """The answer that was picked, with the one choice that belongs to it; other choices do not count."""
    to = cast(Status, request.form.get("to", ""))
    reason = request.form.get("reason") or None
    asked = request.form.get("asked") or None
    return Act(
        to,
        reason=cast(Reason | None, reason) if to == "declined" else None,
        asked=cast(Asked | None, asked) if to == "needs_info" else None,
        week=_week(request.form.get(f"week-{to}", "")) if to in ("offered", "waitlisted") else None,
    )


def _week(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def opened(book: StaffBook, token: str) -> Opened:
    """The ticket behind a token. Raises `StaleLink`."""
    now = staff_services.clock()
    link = magic_links.opened(book, staff_services.keeper, now, "ticket", token)
    ticket = book.referrals.ticket(int(link.subject))
    case = book.referrals.case(ticket.case) if ticket else None
    if ticket is None or case is None or not is_open(ticket):
        raise StaleLink
    names = {one.number: one.name for one in book.people.organizations()}
    signed_in: SignedIn | None = g.signed_in
    by_asker = signed_in is not None and signed_in.member.organization.number == case.organization
    return Opened(ticket, case, names[case.organization], by_asker)


def answerable(book: StaffBook, token: str) -> Opened:
    """The same, for who may answer. Raises `StaleLink`, `OnlyTheProgram`."""
    found = opened(book, token)
    if found.by_asker:
        raise OnlyTheProgram
    return found


def page(
    token: str,
    status: int = 200,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    refused: str = "",
) -> Response:
    """The ticket, and what may be answered now; an answer that cannot be taken as it was given."""
    try:
        with staff_services.book(write=False) as book:
            found = opened(book, token)
    except StaleLink:
        return stale()
    allowed = may_move(found.ticket, "program")
    today = staff_services.clock().date()
    same_page("staff.answer", token=token)
    return desk_page(
        "staff/answer.html",
        status,
        token=token,
        ticket=found.ticket,
        case=found.case,
        requester=found.requester,
        by_asker=found.by_asker,
        program=name_of(listing_of(found.ticket)),
        needs=referral_words.needs(found.case),
        fit=referral_words.fit(found.ticket.fit),
        now=referral_words.status(found.ticket),
        due=referral_words.due(found.ticket, today),
        acts=[(to, words) for to, words in referral_words.acts("program").items() if to in allowed],
        weeks=weeks(today),
        reasons=referral_words.reasons(),
        asked=referral_words.asked(),
        typed=typed or {},
        wrong=wrong or {},
        refused=refused,
        said=referral_words.done(request.args.get("said", "")),
    )


def weeks(today: date) -> Sequence[tuple[str, str]]:
    """The weeks that may be named."""
    return [(one.isoformat(), referral_words.week(one)) for one in weeks_from(today, WEEKS_AHEAD)]


def stale() -> Response:
    """The link opens no more; why is nobody's business who holds an old one."""
    same_page("staff.sign_in")
    return desk_page("staff/stale_ticket.html", 410)


def too_many_words() -> str:
    """What is still taken after so many answers."""
    return gettext(
        "This referral was answered so often that only an answer that closes it is taken now. Please"
        " call who sent it."
    )


def missing(field: str) -> str:
    """What to pick."""
    said = {
        "week": gettext("Pick the week."),
        "reason": gettext("Pick why you cannot take them."),
        "asked": gettext("Pick what you need first."),
    }
    return said.get(field, gettext("Pick your answer."))


def flag_payer(ticket: Ticket, case: Case) -> None:
    """Put a report into the curators' queue: the payer that is listed may be wrong."""
    listing = listing_of(ticket)
    if listing is None or case.needs.payer is None:
        return
    payer = services.vocabularies["payers"].label(case.needs.payer)
    try:
        services.report(listing, "payer", f"{PAYER_FLAG} {payer}")
    except (TellsOfAPerson, TooManyReports):
        return  # the answer counts, whatever becomes of the flag


# For curators, who read English; the listing is named by the report itself.
PAYER_FLAG = "The program declined a referral because of how the person pays:"
