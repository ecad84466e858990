"""A program that looks after its listing, in a running server's store: its link, and an account of its own."""

from datetime import timedelta

from directory.accounts import magic_links, staff
from directory.accounts.keeping import Keeper
from directory.accounts.staff import Wanted
from directory.catalog.staff import StaffBook
from tests.conftest import frozen

PROGRAM = "example-open-gate-online"
SECRET = "tests-" * 8


def make_link(book: StaffBook, program: str = PROGRAM) -> str:
    """The path of a new link to a listing."""
    keeper, lasts = Keeper([SECRET]), timedelta(days=30)
    return f"/staff/listing/{magic_links.make(book, keeper, frozen(), 'listing', program, lasts)}"


def make_editor(book: StaffBook) -> None:
    """An account of program staff, its organization linked to the listings."""
    if book.people.by_email("editor@example.org") is None:
        place = staff.add_organization(book, frozen(), 0, "Open Gate", PROGRAM)
        staff.add(book, frozen(), 0, Wanted("editor@example.org", "Jo Miller", "editor", place))
