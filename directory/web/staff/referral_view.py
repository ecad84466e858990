"""What pages of referrals show: rows of tickets, each with its program as it is listed today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from directory.catalog.program import Listing
from directory.catalog.referral import Case, Ticket
from directory.errors import NoGeneration
from directory.matching.need import Need
from directory.referrals.tickets import is_out
from directory.web.i18n import gettext
from directory.web.proofs import week_proof
from directory.web.services import services
from directory.web.showing import words
from directory.web.showing.answering import Said
from directory.web.showing.cards import answers
from directory.web.staff import referral_words


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket as a line of a table."""

    number: int
    case: int
    code: str
    program: str
    slug: str | None
    example: bool
    phone: str
    fit: Said
    first: str
    paying: tuple[Said, ...]
    mark: str
    status: str
    note: str
    due: str
    late: bool
    is_out: bool
    is_draft: bool


def rows(tickets: Iterable[Ticket], cases: Iterable[Case], today: date) -> tuple[Row, ...]:
    """Tickets of these cases as lines, in their order."""
    by_number = {case.number: case for case in cases}
    return tuple(row(one, by_number[one.case], today) for one in tickets)


def row(ticket: Ticket, case: Case, today: date) -> Row:
    """One ticket as a line."""
    listing = listing_of(ticket)
    first, paying = _matched(listing, case)
    return Row(
        number=ticket.number,
        case=case.number,
        code=case.code,
        program=listing.program.name if listing else name_of(None),
        slug=listing.slug if listing else None,
        example=listing.example if listing else False,
        phone=(listing.site.phone if listing else None) or "",
        fit=referral_words.fit(ticket.fit),
        first=first,
        paying=paying,
        mark=referral_words.MARKS[ticket.status],
        status=referral_words.status(ticket),
        note=referral_words.notes()[ticket.note] if ticket.note else "",
        due=referral_words.due(ticket, today) if ticket.status != "draft" else "",
        late=referral_words.is_late(ticket, today),
        is_out=is_out(ticket),
        is_draft=ticket.status == "draft",
    )


def listing_of(ticket: Ticket) -> Listing | None:
    """The program of a ticket as it is listed now; None if it no longer is."""
    try:
        return services.finder.program(ticket.program)
    except NoGeneration:
        return None


def name_of(listing: Listing | None) -> str:
    """What to call a program where no tag can stand beside it: one that is invented says so."""
    if listing is None:
        return gettext("No longer listed")
    name = listing.program.name
    return gettext("%(name)s (Example)", name=name) if listing.example else name


def _matched(listing: Listing | None, case: Case) -> tuple[str, tuple[Said, ...]]:
    """The first group and the answer to how the person pays, for what is kept of the case."""
    match = services.finder.explain(Need(payer=case.needs.payer), listing) if listing else None
    if match is None:
        return gettext("Ask"), ()
    first, _ = words.first_group(match.first_group, services.clock().date())
    return first or gettext("Ask"), answers(match, {"payer"})


ONE_MESSAGE = 160
"""Letters that one text message holds."""


def texts(tickets: Sequence[Ticket], most: int = ONE_MESSAGE) -> tuple[str, ...]:
    """Each program in one text message: name, phone, when they meet. Nothing of the case."""
    return tuple(text(listing, most) for one in tickets if (listing := listing_of(one)) is not None)


def text(listing: Listing, most: int) -> str:
    """One program in at most so many letters."""
    counts = not week_proof(listing.program).in_doubt
    tracks = [words.meets(track) for track in listing.program.tracks] if counts else []
    parts: Mapping[str, None] = dict.fromkeys(
        part
        for part in (
            name_of(listing),
            listing.site.phone or gettext("No phone number listed"),
            listing.site.address.city or "",
            *tracks,
        )
        if part
    )
    said = ""
    for part in parts:
        longer = f"{said}. {part}" if said else part[:most]
        if len(longer) <= most:
            said = longer
    return said
