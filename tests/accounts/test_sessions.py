"""Sign-ins that end while what they asked for is on its way."""

from datetime import timedelta

import pytest

from directory.accounts import sessions, staff
from directory.accounts.sessions import SessionRules, SignInEnded
from directory.accounts.staff import Wanted

RULES = SessionRules(timedelta(minutes=30), timedelta(hours=12))


@pytest.fixture
def begin(records, watch):
    """`begin("jo")` signs in an account of that name; answers its token and what it is recognized as."""
    with records.book() as book:
        place = staff.add_organization(book, watch(), 0, "Hillside")

    def one(name):
        with records.book() as book:
            wanted = Wanted(f"{name}@example.org", name, "referrer", place)
            member = book.people.by_email(wanted.email) or staff.add(book, watch(), 0, wanted)
            token = sessions.begin(book, RULES, member, "safari", watch())
            return token, sessions.recognize(book, RULES, token, watch())

    return one


def test_the_number_of_a_sign_in_that_ended_is_never_given_to_another(records, begin):
    _, jo = begin("jo")
    with records.book() as book:
        book.sessions.end(jo.session.number)
    _, ada = begin("ada")
    assert ada.session.number != jo.session.number


@pytest.mark.parametrize("how", ["ended", "renewed"])
def test_a_sign_in_that_ended_or_was_renewed_meanwhile_is_not_renewed(records, begin, watch, how):
    token, jo = begin("jo")
    with records.book() as book:
        if how == "ended":
            book.sessions.end(jo.session.number)
        else:
            token = sessions.renew(book, jo.session, passed=False)
    with pytest.raises(SignInEnded), records.book() as book:
        sessions.renew(book, jo.session, passed=True)
    with pytest.raises(SignInEnded), records.book() as book:
        sessions.still_holds(book, jo.session)
    with records.book(write=False) as book:
        found = sessions.recognize(book, RULES, token, watch())
    assert found is None if how == "ended" else not found.session.passed


def test_use_of_a_sign_in_that_was_renewed_meanwhile_is_not_noted_of_the_new_one(
    records, begin, watch
):
    _, jo = begin("jo")
    with records.book() as book:
        new = sessions.renew(book, jo.session, passed=False)
        sessions.note(book, jo.session, watch() + timedelta(minutes=20))
        assert sessions.recognize(book, RULES, new, watch()).session.seen_at == watch()
