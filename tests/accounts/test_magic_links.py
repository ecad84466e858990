"""Links that do one thing without a password: signed, for one errand, until a moment, replay-safe."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.accounts import magic_links
from directory.accounts.keeping import Keeper
from directory.accounts.staff import StaleLink

WEEK = timedelta(days=7)


@pytest.fixture
def make(records, keeper, watch):
    def one(errand="ticket", subject="7", lasts=WEEK):
        with records.book() as book:
            return magic_links.make(book, keeper, watch(), errand, subject, lasts)

    return one


@pytest.fixture
def opened(records, keeper, watch):
    def one(token, errand="ticket", by=keeper):
        with records.book(write=False) as book:
            return magic_links.opened(book, by, watch(), errand, token)

    return one


def test_a_link_opens_its_thing_as_often_as_it_is_looked_at(make, opened):
    token = make(subject="7")
    assert [opened(token).subject for _ in range(3)] == ["7"] * 3


def test_a_link_is_for_one_errand_only(make, opened):
    with pytest.raises(StaleLink):
        opened(make("ticket"), "listing")
    with pytest.raises(StaleLink):
        opened(make("listing"), "ticket")


def test_a_link_runs_out(make, opened, watch):
    token = make(lasts=WEEK)
    watch.forward(days=7, seconds=-1)
    assert opened(token)
    watch.forward(seconds=1)
    with pytest.raises(StaleLink):
        opened(token)


def test_a_newer_link_closes_the_older_one_to_the_same_thing_and_no_other(make, opened):
    old, other = make(subject="7"), make(subject="8")
    new = make(subject="7")
    assert new != old, "even within one second"
    assert opened(new)
    assert opened(other)
    with pytest.raises(StaleLink):
        opened(old)


def test_a_link_that_stands_is_told_again_to_who_may_hand_it_over(make, records, keeper, watch):
    token = make()
    with records.book(write=False) as book:
        assert magic_links.standing(book, keeper, watch(), "ticket", "7") == token
        assert magic_links.standing(book, keeper, watch(), "ticket", "9") is None
    watch.forward(days=8)
    with records.book(write=False) as book:
        assert magic_links.standing(book, keeper, watch(), "ticket", "7") is None


def test_a_copy_of_the_database_opens_nothing(make, opened):
    with pytest.raises(StaleLink):
        opened(make(), by=Keeper(["another installation's secret " * 2]))


def test_a_link_opens_on_after_a_secret_was_added_and_no_more_once_the_old_one_is_gone(
    make, opened
):
    token, new, old = make(), "a newer secret " * 3, "tests-" * 8
    assert opened(token, by=Keeper([new, old]))
    with pytest.raises(StaleLink):
        opened(token, by=Keeper([new]))


@pytest.mark.parametrize("change", [{"subject": "8"}, {"errand": "listing"}, {"id": 99}])
def test_a_row_that_was_changed_opens_no_more(make, opened, engine, change):
    token = make()
    with engine.begin() as connection:
        names = ", ".join(f"{name} = :{name}" for name in change)
        connection.execute(sa.text(f"UPDATE magic_link SET {names}"), change)
    with pytest.raises(StaleLink):
        opened(token)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=200,
    deadline=None,
)
@given(text=st.text(max_size=60))
def test_nothing_that_is_made_up_opens(make, opened, text):
    token = make()
    for guess in (text, token + text, token[: len(text)], token.replace("-", text or ".", 1)):
        if guess != token:
            with pytest.raises(StaleLink):
                opened(guess)
