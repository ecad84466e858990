"""Whose a thing of the desk is."""

from collections.abc import Callable, Mapping

from directory.catalog.staff import StaffBook
from directory.web.staff.access.asking import Owner, Touched


def owner_of(touched: Touched, book: StaffBook, name: int | str) -> Owner | None:
    """Whose a thing is, by its number (of a listing: the program's id); None if there is no such thing."""
    if isinstance(name, str):
        return _of_listing(book, name) if touched == "listing" else None
    return _OWNERS[touched](book, name)


def _of_listing(book: StaffBook, program: str) -> Owner | None:
    listed_as = book.people.listed_under(program)
    return None if listed_as is None else Owner(0, 0, listed_as)


def _of_session(book: StaffBook, number: int) -> Owner | None:
    session = book.sessions.get(number)
    return None if session is None else _of_account(book, session.staff)


def _of_account(book: StaffBook, number: int) -> Owner | None:
    member = book.people.get(number)
    return None if member is None else Owner(member.number, member.organization.number)


def _of_organization(book: StaffBook, number: int) -> Owner | None:
    known = {one.number for one in book.people.organizations()}
    return Owner(0, number) if number in known else None


def _of_case(book: StaffBook, number: int) -> Owner | None:
    case = book.referrals.case(number)
    return None if case is None else Owner(0, case.organization)


def _of_ticket(book: StaffBook, number: int) -> Owner | None:
    ticket = book.referrals.ticket(number)
    return None if ticket is None else _of_case(book, ticket.case)


def _of_kind(book: StaffBook, number: int) -> Owner | None:
    kind = book.referrals.kind(number)
    return None if kind is None else Owner(0, kind.organization)


def _of_partner(book: StaffBook, number: int) -> Owner | None:
    partner = book.partners.numbered(number)
    return None if partner is None else Owner(0, partner.organization or 0)


def _of_api_key(book: StaffBook, number: int) -> Owner | None:
    return Owner(0, 0) if any(one.number == number for one in book.api_keys.all()) else None


def _of_upload(book: StaffBook, number: int) -> Owner | None:
    return _of_account(book, upload.staff) if (upload := book.uploads.get(number)) else None


_OWNERS: Mapping[str, Callable[[StaffBook, int], Owner | None]] = {
    "session": _of_session,
    "account": _of_account,
    "organization": _of_organization,
    "case": _of_case,
    "ticket": _of_ticket,
    "kind": _of_kind,
    "partner": _of_partner,
    "api_key": _of_api_key,
    "upload": _of_upload,
}
