"""What an act on a referral brings along: time is let in first, links close, the trail is written."""

from collections.abc import Iterable
from datetime import datetime

from directory.accounts import trail
from directory.catalog.referral import Ticket
from directory.catalog.staff import StaffBook
from directory.referrals import desk
from directory.referrals.desk import Step, Tended
from directory.referrals.tickets import Act, Actor, is_open


def tend(book: StaffBook, now: datetime) -> Tended:
    """Expire what nobody moved and delete what closed long ago."""
    tended = desk.tend(book.referrals, now.date())
    shut(book, (*tended.expired, *tended.purged))
    if tended != Tended():
        figures = {
            "expired": len(tended.expired),
            "purged": len(tended.purged),
            "cases": tended.cases,
        }
        trail.record(book, now, trail.COMMAND_LINE, "referrals_tended", "case", 0, **figures)
    return tended


def act(
    book: StaffBook, now: datetime, actor: int, ticket: Ticket, chosen: Act, by: Actor, turn: int
) -> Step:
    """Do something with a ticket. Raises what `referrals.desk.act` raises."""
    step = desk.act(book.referrals, now.date(), ticket, chosen, by, turn)
    for one in (step.ticket, *step.withdrawn):
        # Not where to and why: that is of a person, goes with the ticket, and this line stays for ever.
        turn = one.turn
        trail.record(book, now, actor, "ticket_moved", "ticket", one.number, by=by, turn=turn)
    shut(book, [one for one in (step.ticket, *step.withdrawn) if not is_open(one)])
    return step


def shut(book: StaffBook, tickets: Iterable[Ticket]) -> None:
    """The links to these tickets open no more."""
    for one in tickets:
        book.magic_links.close_all("ticket", str(one.number))
