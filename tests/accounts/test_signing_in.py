"""One answer and one amount of work for every reason why not; guessing is slow."""

from dataclasses import replace
from datetime import timedelta

import pytest

from directory.accounts import staff
from directory.accounts.sessions import SessionRules, recognize
from directory.accounts.signing_in import Asked, NotSignedIn, SigningIn
from directory.accounts.staff import Wanted
from directory.accounts.throttle import (
    MOST_OF_ACCOUNT,
    MOST_OF_NETWORK,
    MOST_TOGETHER,
    Throttle,
)
from directory.store import staff_tables as t
from directory.store.connect import reading
from tests.support.desk import PASSWORD

HERE, THERE = bytes([192, 0, 2]), bytes([198, 51, 100])
UNKNOWN = b""
RULES = SessionRules(timedelta(minutes=30), timedelta(hours=12))


@pytest.fixture
def way_in(records, passwords, keeper):
    return SigningIn(lambda: records, passwords, Throttle(keeper), RULES)


@pytest.fixture
def add(records, passwords, watch):
    """`add("jo")` is an account with a password."""

    def one(name, *, joined=True):
        kept = passwords.kept(PASSWORD)
        with records.book() as book:
            known = book.people.organizations()
            place = known[0] if known else staff.add_organization(book, watch(), 0, "Hillside")
            wanted = Wanted(f"{name}@example.org", name, "referrer", place)
            member = staff.add(book, watch(), 0, wanted)
            if joined:
                staff.join(book, watch(), staff.link(book, watch(), 0, member), kept)
            return book.people.get(member.number)

    return one


def asked(name, password=PASSWORD, network=HERE):
    return Asked(f"{name}@example.org", password, network, "safari")


def refused(way_in, watch, one):
    with pytest.raises(NotSignedIn) as why:
        way_in.sign_in(one, watch())
    return str(why.value)


def test_mail_address_and_password_let_in_whatever_the_size_of_letters(way_in, records, watch, add):
    jo = add("jo")
    token = way_in.sign_in(Asked(" JO@Example.org ", PASSWORD, HERE, "safari"), watch())
    with records.book(write=False) as book:
        assert recognize(book, RULES, token, watch()).member == jo


def test_every_reason_why_not_has_the_same_answer_and_the_same_work(
    way_in, records, watch, add, hasher, keeper
):
    """Unknown, wrong, disabled, never joined, locked: words and hashing tell nothing (6.3.8)."""
    add("jo")
    add("never", joined=False)
    gone = add("gone")
    add("locked")
    with records.book() as book:
        book.people.put(replace(gone, disabled_at=watch()))
    for _ in range(MOST_TOGETHER):
        refused(way_in, watch, asked("locked", "wrong"))
    told = set()
    for one in (
        asked("nobody"),
        asked("jo", "wrong"),
        asked("gone"),
        asked("never"),
        asked("never", ""),
        asked("locked"),
        asked("jo", ""),
        Asked("", PASSWORD, HERE, "safari"),
        Asked("x" * 5_000, PASSWORD * 50, HERE, "safari"),
    ):
        before = hasher.hashed, hasher.verified
        told.add(refused(way_in, watch, one))
        assert (hasher.hashed, hasher.verified) == (before[0], before[1] + 1), one.email[:20]
    assert len(told) == 1


def test_after_too_many_tries_the_right_password_waits_a_quarter_of_an_hour(way_in, watch, add):
    add("jo")
    for _ in range(MOST_TOGETHER):
        refused(way_in, watch, asked("jo", "wrong"))
    refused(way_in, watch, asked("jo"))
    watch.forward(minutes=14)
    refused(way_in, watch, asked("jo"))
    watch.forward(minutes=2)
    assert way_in.sign_in(asked("jo"), watch())


def test_guessing_from_elsewhere_does_not_lock_its_owner_out_at_once(way_in, watch, add):
    add("jo")
    for _ in range(MOST_TOGETHER * 2):
        refused(way_in, watch, asked("jo", "wrong", THERE))
    assert way_in.sign_in(asked("jo"), watch())


def test_guessing_one_account_from_many_networks_stops(way_in, watch, add):
    add("jo")
    for number in range(MOST_OF_ACCOUNT):
        refused(way_in, watch, asked("jo", "wrong", bytes([203, 0, number])))
    refused(way_in, watch, asked("jo"))


def test_guessing_many_accounts_from_one_network_stops(way_in, watch, add):
    add("jo")
    for number in range(MOST_OF_NETWORK):
        refused(way_in, watch, asked(f"no{number}", "wrong"))
    refused(way_in, watch, asked("jo"))
    assert way_in.sign_in(asked("jo", network=THERE), watch())


def test_what_floods_in_from_one_network_costs_no_work_whatever_the_account(
    way_in, watch, add, hasher
):
    add("jo")
    for number in range(MOST_OF_NETWORK):
        refused(way_in, watch, asked(f"no{number}", "wrong"))
    before = hasher.verified
    for one in (asked("jo"), asked("jo", "wrong"), asked("nobody")):
        refused(way_in, watch, one)
    assert hasher.verified == before


def test_who_comes_in_starts_with_a_clean_slate(way_in, watch, add):
    add("jo")
    for _ in range(3):
        for _ in range(MOST_TOGETHER - 1):
            refused(way_in, watch, asked("jo", "wrong"))
        assert way_in.sign_in(asked("jo"), watch())


def test_tries_are_kept_for_a_day_as_digests_only(way_in, engine, watch, add):
    add("jo")
    refused(way_in, watch, asked("jo", "wrong"))
    refused(way_in, watch, asked("nobody", "wrong"))
    with reading(engine) as connection:
        rows = connection.execute(t.sign_in_attempt.select()).all()
    assert len(rows) == 2
    assert len({row.network for row in rows}) == 1
    assert all(len(row.account) == len(row.network) == 64 for row in rows)
    assert not any("jo@" in str(row) or HERE.hex() in str(row.account) for row in rows)
    watch.forward(days=1, minutes=1)
    refused(way_in, watch, asked("later", "wrong"))
    with reading(engine) as connection:
        assert len(connection.execute(t.sign_in_attempt.select()).all()) == 1


def test_where_a_proxy_hides_who_asks_only_accounts_are_counted(way_in, watch, add):
    add("jo")
    for number in range(MOST_OF_NETWORK + 1):
        refused(way_in, watch, asked(f"no{number}", "wrong", UNKNOWN))
    assert way_in.sign_in(asked("jo", network=UNKNOWN), watch())
    for _ in range(MOST_TOGETHER):
        refused(way_in, watch, asked("jo", "wrong", UNKNOWN))
    refused(way_in, watch, asked("jo", network=UNKNOWN))


def test_an_account_disabled_while_its_password_is_compared_stays_out(
    records, keeper, watch, add, hasher
):
    jo = add("jo")

    class Meanwhile(type(hasher)):
        def verify(self, hash, password):
            with records.book() as book:
                book.people.put(replace(jo, disabled_at=watch()))
            return super().verify(hash, password)

    from directory.accounts.passwords import Passwords

    way_in = SigningIn(lambda: records, Passwords(Meanwhile()), Throttle(keeper), RULES)
    refused(way_in, watch, asked("jo"))
