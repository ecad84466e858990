"""The room of referrals over real stores: the same rules on SQLite and on PostgreSQL."""

from datetime import UTC, date, datetime

import pytest

from directory.accounts import staff
from directory.catalog.referral import CoarseNeeds
from directory.referrals import desk
from directory.referrals.tickets import Act
from directory.store.staff_records import SqlStaffRecords

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def engine(engine):
    """A store with one organization, on both databases."""
    with SqlStaffRecords(engine).book() as book:
        staff.add_organization(book, datetime(2026, 11, 24, tzinfo=UTC), 0, "Hillside Hospital")
    return engine


@pytest.fixture
def book(engine):
    """The book of referrals in one long transaction."""
    with SqlStaffRecords(engine).book() as opened:
        yield opened.referrals


class Day:
    """A referral desk whose day is moved by hand."""

    def __init__(self, book):
        self.book, self.today = book, TUESDAY

    def case(self, *programs, needs=None):
        fits = dict.fromkeys(programs, "yes")
        return desk.open_case(self.book, self.today, 1, needs or CoarseNeeds("iop"), fits)

    def tickets(self, case):
        return self.book.tickets([case.number])

    def act(self, ticket, to, by="program", **choices):
        """One act on a ticket as it stands now."""
        now = self.book.ticket(ticket.number)
        return desk.act(self.book, self.today, now, Act(to, **choices), by, now.turn)

    def send(self, ticket):
        return self.act(ticket, "sent", "referrer").ticket


@pytest.fixture
def day(book):
    return Day(book)
