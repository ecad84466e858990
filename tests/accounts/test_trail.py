"""The trail only grows, holds no words, and shows every line that was touched."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from directory.accounts import trail
from directory.accounts.trail import read_head, verify
from directory.catalog.trail import Head, Wanted
from directory.errors import BadValue
from directory.store import staff_tables as t
from directory.store.connect import writing


@pytest.fixture
def write(records, watch):
    """`write(5)` adds lines, a minute apart."""

    def add(lines):
        for number in range(lines):
            with records.book() as book:
                trail.record(book, watch(), 1 + number % 2, "signed_in", "staff", 1 + number % 2)
            watch.forward(minutes=1)

    return add


def verdict(records, kept=None):
    with records.book(write=False) as book:
        return verify(book.trail.read(), book.trail.head(), kept)


def tamper(engine, statement):
    with writing(engine) as connection:
        assert connection.execute(statement).rowcount >= 1


def test_an_empty_trail_holds(records):
    assert verdict(records).holds


def test_lines_are_numbered_and_the_trail_holds(records, write):
    write(5)
    found = verdict(records)
    assert found.holds
    assert found.head.number == 5


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2020-01-01T00:00:00.000000+00:00"),
        ("actor", 9),
        ("act", "signed_out"),
        ("kind", "session"),
        ("subject", "9"),
        ("details", '{"role":"administrator"}'),
        ("digest", "0" * 64),
    ],
)
def test_a_changed_line_is_told(records, engine, write, column, value):
    write(5)
    tamper(engine, sa.update(t.staff_act).where(t.staff_act.c.number == 3).values({column: value}))
    (broken,) = verdict(records).broken
    assert (broken.number, broken.how) == (3, "changed")


def test_a_line_taken_out_of_the_middle_is_told(records, engine, write):
    write(5)
    tamper(engine, sa.delete(t.staff_act).where(t.staff_act.c.number == 3))
    (broken,) = verdict(records).broken
    assert (broken.number, broken.how) == (3, "missing")


def test_a_line_taken_out_and_the_rest_numbered_anew_is_told(records, engine, write):
    write(5)
    number = t.staff_act.c.number
    tamper(engine, sa.delete(t.staff_act).where(number == 3))
    for old in (4, 5):
        tamper(engine, sa.update(t.staff_act).where(number == old).values(number=old - 1))
    (broken,) = verdict(records).broken
    assert (broken.number, broken.how) == (3, "changed")


def test_lines_cut_off_at_the_end_are_told(records, engine, write):
    write(5)
    tamper(engine, sa.delete(t.staff_act).where(t.staff_act.c.number > 3))
    (broken,) = verdict(records).broken
    assert (broken.number, broken.how) == (4, "cut")


def test_a_cut_that_mends_the_head_too_is_told_to_who_noted_the_head(records, engine, write):
    write(3)
    early = verdict(records).head
    write(2)
    kept = verdict(records).head
    tamper(engine, sa.delete(t.staff_act).where(t.staff_act.c.number > 3))
    tamper(engine, sa.update(t.staff_act_head).values(number=3, digest=early.digest))
    assert verdict(records).holds, "nothing inside of the database tells"
    (broken,) = verdict(records, kept).broken
    assert (broken.number, broken.how) == (4, "cut")


def test_a_trail_written_anew_is_told_to_who_noted_the_head(records, engine, write, watch):
    write(3)
    kept = verdict(records).head
    for table in (t.staff_act, t.staff_act_head):
        tamper(engine, sa.delete(table))
    watch.forward(hours=1)
    write(4)
    assert verdict(records).holds
    (broken,) = verdict(records, kept).broken
    assert (broken.number, broken.how) == (3, "replaced")


def test_a_head_noted_earlier_stands_while_the_trail_grows(records, write):
    write(3)
    kept = verdict(records).head
    write(3)
    assert verdict(records, read_head(str(kept))).holds


@pytest.mark.parametrize("text", ["", "3", "3:abc", "x:" + "0" * 64, "3:" + "G" * 64])
def test_a_head_that_is_none_is_refused(text):
    with pytest.raises(BadValue, match="64 hex digits"):
        read_head(text)


@pytest.mark.parametrize("words", ["jo@example.org", "Jo Miller", "she called", "x" * 81, "a\nb"])
def test_a_line_takes_no_words_about_anybody(records, watch, words):
    with records.book() as book, pytest.raises(BadValue, match="no words"):
        trail.record(book, watch(), 1, "account_added", "staff", 2, note=words)
    assert verdict(records).head == Head(0, "0" * 64)


def test_an_act_that_fails_leaves_no_line(records, watch):
    with pytest.raises(BadValue), records.book() as book:  # noqa: PT012 - both in one transaction
        trail.record(book, watch(), 1, "signed_in", "staff", 1)
        trail.record(book, watch(), 1, "signed_in", "staff", "Jo Miller")
    assert verdict(records).head.number == 0


def test_fifty_writers_at_once_make_one_chain(records, watch):
    def write_one(number):
        with records.book() as book:
            trail.record(book, watch(), number, "signed_in", "staff", number)

    with ThreadPoolExecutor(50) as together:
        list(together.map(write_one, range(1, 51)))
    found = verdict(records)
    assert found.holds
    assert found.head.number == 50
    with records.book(write=False) as book:
        assert {one.actor for one in book.trail.read()} == set(range(1, 51))


def test_a_long_trail_is_read_to_its_end(records, watch):
    with records.book() as book:
        for number in range(1_010):
            trail.record(book, watch(), 1, "signed_in", "staff", number)
    found = verdict(records)
    assert (found.holds, found.head.number) == (True, 1_010)


def test_lines_are_found_by_who_what_and_when_the_newest_first(records, write):
    write(6)
    with records.book(write=False) as book:
        find = book.trail.find
        assert [one.number for one in find(Wanted(actor=2), 10)] == [6, 4, 2]
        assert [one.number for one in find(Wanted(), 2, before=4)] == [3, 2]
        assert find(Wanted(act="signed_out"), 10) == []
        since = Wanted(since="2026-11-24T18:04", until="2026-11-24T18:05")
        assert [one.number for one in find(since, 10)] == [5]
