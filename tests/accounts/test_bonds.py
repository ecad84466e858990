"""Bonds with accounts at an identity provider: one of an account, one of a subject."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from directory.accounts import administering, staff
from directory.accounts.administering import BOND_WAITS
from directory.accounts.staff import Wanted
from directory.catalog.identity import Bond

ISSUER = "https://login.example"


@pytest.fixture
def pair(records, watch):
    """Ada, an administrator, and Jo."""
    with records.book() as book:
        place = staff.add_organization(book, watch(), 0, "Hillside Hospital")
        return tuple(
            staff.add(book, watch(), 0, Wanted(f"{name}@example.org", name, role, place))
            for name, role in (("ada", "administrator"), ("jo", "referrer"))
        )


def test_an_account_waits_a_week_and_is_bound_for_good(records, watch, pair):
    ada, jo = pair
    with records.book() as book:
        administering.await_provider(book, watch(), ada, jo.number, ISSUER)
        waits = book.bonds.of(jo.number)
        assert waits == Bond(jo.number, ISSUER, None, watch() + BOND_WAITS)
        assert waits.waits(ISSUER, watch())
        assert not waits.waits("https://other.example", watch())
        assert not waits.waits(ISSUER, watch() + BOND_WAITS)
        assert book.bonds.bound() == frozenset()
        book.bonds.put(Bond(jo.number, ISSUER, "subject-1"))
    with records.book() as book:
        bound = book.bonds.by_subject(ISSUER, "subject-1")
        assert bound == Bond(jo.number, ISSUER, "subject-1")
        assert not bound.waits(ISSUER, watch())
        assert book.bonds.by_subject("https://other.example", "subject-1") is None
        assert book.bonds.bound() == {jo.number}
        administering.await_provider(book, watch(), ada, jo.number, ISSUER)
        assert book.bonds.of(jo.number) == bound  # asked again, nothing is opened again
        administering.leave_provider(book, watch(), ada, jo.number)
        assert book.bonds.of(jo.number) is None
        assert not book.bonds.remove(jo.number)


def test_another_issuer_begins_anew(records, watch, pair):
    ada, jo = pair
    with records.book() as book:
        book.bonds.put(Bond(jo.number, "https://old.example", "subject-1"))
        administering.await_provider(book, watch(), ada, jo.number, ISSUER)
        assert book.bonds.of(jo.number).waits(ISSUER, watch() + timedelta(days=6))


def test_two_accounts_never_have_one_subject(records, pair):
    ada, jo = pair
    with records.book() as book:
        book.bonds.put(Bond(ada.number, ISSUER, "subject-1"))
    with pytest.raises(IntegrityError), records.book() as book:
        book.bonds.put(Bond(jo.number, ISSUER, "subject-1"))
    with records.book() as book:
        assert book.bonds.of(jo.number) is None
