"""The link that opens once."""

import pytest

from directory.accounts import staff
from directory.accounts.staff import Wanted
from tests.support.desk import PASSWORD


@pytest.fixture
def invited(people):
    """An account that has not joined yet, and the address of its link."""
    place, now = people.organization("Hillside Hospital"), people.services.clock()
    with people.services.book() as book:
        member = staff.add(book, now, 0, Wanted("jo@example.org", "Jo", "referrer", place))
        return member, f"/staff/join/{staff.link(book, now, 0, member)}"


def link_for(people, member):
    with people.services.book() as book:
        return f"/staff/join/{staff.link(book, people.services.clock(), 0, member)}"


def test_a_link_sets_a_password_once(invited, browser_of):
    jo, link = invited
    desk = browser_of()
    assert desk.get(link).heading == "Choose your password"
    assert desk.get(link).heading == "Choose your password", "looking does not use it up"
    assert "Your password is set." in desk.post(link, {"password": PASSWORD}).text
    assert desk.get(link, 410).heading == "This link opens no more"
    assert browser_of().post(link, {"password": "another thing 7 x"}, 410)
    assert desk.sign_in(jo).heading == "Your desk"


def test_a_link_in_spanish_opens_too(invited, browser_of):
    _, link = invited
    assert browser_of().get(f"/es{link}").form(f"/es{link}")["password"] == [""]


def test_a_weak_password_leaves_the_link_as_it_was(invited, browser_of):
    _, link = invited
    desk = browser_of()
    assert "Use at least 12 characters" in desk.post(link, {"password": "short"}, 422).text
    assert "Too easy to guess" in desk.post(link, {"password": "Password1234"}, 422).text
    assert desk.post(link, {"password": PASSWORD}).heading == "Sign in to the desk"


def test_a_link_lasts_two_days(invited, browser_of, watch):
    _, link = invited
    watch.forward(hours=48)
    assert browser_of().get(link, 410).heading == "This link opens no more"
    assert browser_of().post(link, {"password": PASSWORD}, 410)


def test_a_newer_link_closes_the_older_one(invited, browser_of, people):
    jo, link = invited
    newer = link_for(people, jo)
    assert browser_of().get(link, 410)
    assert browser_of().get(newer)


def test_a_link_of_a_disabled_account_opens_no_more(invited, browser_of, people):
    from dataclasses import replace

    jo, link = invited
    with people.services.book() as book:
        book.people.put(replace(jo, disabled_at=people.services.clock()))
    assert browser_of().get(link, 410)
    assert browser_of().post(link, {"password": PASSWORD}, 410)


def test_setting_a_new_password_ends_every_sign_in(people, browser_of):
    jo = people.add()
    desk = browser_of(jo)
    new = "seven quiet lanterns"
    browser_of().post(link_for(people, jo), {"password": new})
    assert desk.get("/staff").heading == "Sign in to the desk"
    assert browser_of().sign_in(jo, status=422)
    assert browser_of().sign_in(jo, new).heading == "Your desk"


def test_a_link_that_never_was_opens_nothing(browser_of):
    for token in ("x", "a" * 43, "%00", "' OR 1=1 --"):
        assert browser_of().get(f"/staff/join/{token}", 410)
