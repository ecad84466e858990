"""What happens at the referral desk, over the book of referrals, within one transaction of the caller."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from directory.catalog.referral import (
    NOTES,
    Case,
    CoarseNeeds,
    Fit,
    KindOfCase,
    Note,
    Referrals,
    Ticket,
)
from directory.errors import BadValue, Refusal
from directory.referrals.codes import new_code
from directory.referrals.days import monday_of
from directory.referrals.tickets import (
    EXPIRES,
    Act,
    Actor,
    CannotMove,
    is_open,
    is_out,
    moved,
)

MOST_PARALLEL = 3
MOST_SHORTLISTED = 12
MOST_CASES, MOST_KINDS = 2_000, 200
"""What an organization keeps at once: more than a desk works with, and a small part of all codes."""
KEPT = timedelta(days=90)
"""How long a closed ticket is kept, at the longest: counted from the Monday of its last week."""


@dataclass
class TooManyOffers(Refusal):
    """As many programs as may be asked at once have a ticket of this case."""

    most: int = MOST_PARALLEL

    def __str__(self) -> str:
        return f"At most {self.most} tickets of a case are open at once. Withdraw one first."


@dataclass
class LastOfCase(Refusal):
    """The only program of a case: without it the case would be empty, and go with it."""

    def __str__(self) -> str:
        return "This is the only program of its case. Add another one first, or close the case."


@dataclass
class TooMany(Refusal):
    """An organization keeps as many cases, or kinds of case, as one may."""

    most: int

    def __str__(self) -> str:
        return f"An organization keeps at most {self.most} of these. Close what is over first."


@dataclass(frozen=True, slots=True)
class Step:
    """What one act brought about: the ticket after it, and those that it withdrew."""

    ticket: Ticket
    withdrawn: tuple[Ticket, ...] = ()


@dataclass(frozen=True, slots=True)
class Tended:
    """What time has done: tickets that expired, tickets and cases that are gone."""

    expired: tuple[Ticket, ...] = ()
    purged: tuple[Ticket, ...] = ()
    cases: int = 0


def open_case(
    book: Referrals,
    today: date,
    organization: int,
    needs: CoarseNeeds,
    programs: Mapping[str, Fit],
) -> Case:
    """Keep a new case under a code of its own, with programs on its shortlist.

    Raises `TooMany`, `NoCodeLeft`.
    """
    if len(book.cases(organization)) >= MOST_CASES:
        raise TooMany(MOST_CASES)
    code = new_code(book.is_taken)
    case = Case(code, organization, needs, monday_of(today))
    case = replace(case, number=book.add_case(case))
    shortlist(book, today, case, programs)
    return case


def save_kind(book: Referrals, kind: KindOfCase) -> int | None:
    """Keep a kind of case and answer its number; None if it is there already. Raises `TooMany`."""
    kept = [replace(one, number=0) for one in book.kinds(kind.organization)]
    if kind in kept:
        return None
    if len(kept) >= MOST_KINDS:
        raise TooMany(MOST_KINDS)
    return book.add_kind(kind)


def shortlist(
    book: Referrals, today: date, case: Case, programs: Mapping[str, Fit]
) -> tuple[Ticket, ...]:
    """Put programs on the shortlist that are not on it. Raises `BadValue` if there is no room."""
    kept = {one.program for one in book.tickets([case.number]) if is_open(one)}
    new = {program: fit for program, fit in programs.items() if program not in kept}
    if len(kept) + len(new) > MOST_SHORTLISTED:
        raise BadValue("programs", len(kept) + len(new), f"at most {MOST_SHORTLISTED} of one case")
    drafts = [
        Ticket(case.number, program, monday_of(today), fit, expires_on=today + EXPIRES)
        for program, fit in new.items()
    ]
    return tuple(replace(one, number=book.add_ticket(one)) for one in drafts)


def act(book: Referrals, today: date, ticket: Ticket, chosen: Act, by: Actor, turn: int) -> Step:
    """Do something with a ticket; the first start withdraws the others of its case.

    Raises `TooManyOffers` beside what `tickets.moved` raises.
    """
    after = moved(ticket, chosen, by, today, turn)
    others = [one for one in book.tickets([ticket.case]) if one.number != ticket.number]
    if after.status == "sent" and sum(map(is_out, others)) >= MOST_PARALLEL:
        raise TooManyOffers
    book.put_ticket(after)
    withdrawn = _withdraw(book, others, today) if after.status == "started" else ()
    return Step(after, withdrawn)


def _withdraw(book: Referrals, others: Iterable[Ticket], today: date) -> tuple[Ticket, ...]:
    """Take back what is out; what nobody was asked is dropped from the shortlist."""
    taken = []
    for one in filter(is_open, others):
        if one.status == "draft":
            book.drop_ticket(one.number)
        else:
            after = moved(one, Act("withdrawn"), "system", today)
            book.put_ticket(after)
            taken.append(after)
    return tuple(taken)


def take_off(book: Referrals, ticket: Ticket) -> None:
    """Drop a program from the shortlist.

    Raises `CannotMove` if it was asked already, `LastOfCase` if nothing would be left of the case.
    """
    if ticket.status != "draft":
        raise CannotMove(ticket.status, "draft", "referrer")
    if len(book.tickets([ticket.case])) == 1:
        raise LastOfCase
    book.drop_ticket(ticket.number)


def note(book: Referrals, ticket: Ticket, said: Note | None) -> None:
    """Keep a note of the list with a program, or none. Raises `BadValue`."""
    if said is not None and said not in NOTES:
        raise BadValue("note", str(said)[:40], "a note of the list", NOTES)
    book.put_ticket(replace(ticket, note=said))


def close(book: Referrals, today: date, case: Case) -> tuple[Ticket, ...]:
    """Withdraw everything that is open; a case that asked nobody is gone at once."""
    withdrawn = _withdraw(book, book.tickets([case.number]), today)
    if not book.tickets([case.number]):
        book.drop_case(case.number)
    return withdrawn


def tend(book: Referrals, today: date) -> Tended:
    """Let time do its work: expire what nobody moved, delete what closed long ago."""
    expired = []
    for one in book.run_out(today):
        if one.status == "draft":
            book.drop_ticket(one.number)
        else:
            expired.append(moved(one, Act("expired"), "system", today))
            book.put_ticket(expired[-1])
    purged = tuple(book.closed_before(_first_kept(today)))
    for one in purged:
        book.drop_ticket(one.number)
    empty = book.empty_cases()
    for number in empty:
        book.drop_case(number)
    return Tended(tuple(expired), purged, len(empty))


def needs_tending(book: Referrals, today: date) -> bool:
    """True if `tend` has something to do; only reads."""
    return bool(book.run_out(today) or book.closed_before(_first_kept(today)) or book.empty_cases())


def _first_kept(today: date) -> date:
    return today - KEPT + timedelta(days=1)


def by_what_is_due(tickets: Sequence[Ticket]) -> list[Ticket]:
    """Open tickets that a program has, the most overdue first."""
    out = [one for one in tickets if is_out(one)]
    return sorted(out, key=lambda one: (one.due_on or date.max, one.number))
