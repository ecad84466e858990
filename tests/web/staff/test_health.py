"""Administrators see if all is well, and what to do where it is not; the lists and their terms."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from directory.catalog.operating import LastImport, NoLongerNamed, QuotedList, Tables
from directory.catalog.records import Change, Place
from directory.catalog.report import Report
from directory.store.backups.noting import last_backup, note_backup
from directory.store.sql_records import SqlRecords
from directory.web.staff import health
from directory.web.staff.operating import Disk
from tests.support.desk import services_of
from tests.web.staff.referring import Referring

HEALTH, LISTS = "/staff/health", "/staff/lists"
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
TODAY = NOW.date()
HALF_FREE = Disk(100, 50)
WELL = Tables("sqlite", "0016", "0016")
A_LIST = QuotedList(
    name="California DHCS",
    method="list",
    edition="2026-08-21",
    dated=date(2026, 8, 21),
    read_first=TODAY,
    read_last=TODAY,
    sources=1,
    rows=2266,
    programs=60,
    facts=473,
    imported_at=NOW,
)


@dataclass
class Seen:
    """A store as a test wants it seen."""

    now: Tables = WELL
    quoted: tuple[QuotedList, ...] = ()
    dropped: tuple[NoLongerNamed, ...] = ()
    newest: LastImport | None = None

    def tables(self):
        return self.now

    def lists(self):
        return self.quoted

    def no_longer_named(self):
        return self.dropped

    def last_import(self):
        return self.newest


@pytest.fixture
def installed(app, counted, people):
    """`installed(condition, disk=, last_backup=)` has the desk see such an installation."""
    before = services_of(app)
    records = SqlRecords(before.records()._engine)

    def see(condition=None, disk=HALF_FREE, at=NOW):
        operating = replace(
            before.operating,
            condition=lambda: condition or Seen(newest=LastImport(NOW, "A list")),
            disk=lambda: disk,
            last_backup=lambda: at,
        )
        app.extensions["staff"] = replace(
            services_of(app), operating=operating, listings=lambda: records
        )
        return records

    yield see
    app.extensions["staff"] = before


@pytest.fixture
def desk(people, browser_of):
    return browser_of(people.add("administrator"))


def test_what_is_wrong_is_told_with_what_to_do(desk, installed):
    installed(Seen(Tables("sqlite", "0001", "0016")), Disk(1000, 20), None)
    page = desk.get(HEALTH)
    assert "5 things need a look." in page.text
    for seen, do in (
        ("Nothing is published: visitors cannot search.", "python -m directory publish"),
        ("its tables are of 0001, this release knows 0016", "Run one release everywhere"),
        ("0.0 GB of 0.0 GB are free", "Delete what is not needed"),
        ("None was made on this machine.", "python -m directory backup FOLDER"),
        ("Nothing was ever taken in.", "python -m directory import SOURCE FILE"),
    ):
        assert seen in page.text
        assert do in page.text
    assert page.text.count("Mend it:") == 3


def test_what_is_well_asks_for_nothing(desk, installed):
    installed()
    page = desk.get(HEALTH)
    assert "1 thing needs a look." in page.text, "nothing is published over an empty house"
    assert "SQLite answers; its tables are up to date (0016)." in page.text
    assert "The last one was made Nov 24, 2026." in page.text
    assert "Nov 24, 2026, from A list." in page.text
    assert page.text.count("Nothing waits.") == 3


def test_a_backup_of_the_day_before_yesterday_is_too_old(desk, installed):
    installed(at=NOW - timedelta(days=2))
    assert "Mend it: The last one was made Nov 22, 2026." in desk.get(HEALTH).text


def test_a_queue_is_told_by_size_and_age(desk, installed):
    records = installed()
    with records.desk() as open_desk:
        place = {"p": Place("o", "s", "p")}
        open_desk.apply(Change("A list", NOW, ("o",), {"s": "o"}, place))
        for ago in (3, 20):
            told = TODAY - timedelta(days=ago)
            open_desk.reports.add(Report(program="p", what="phone", text="", told_on=told))
    page = desk.get(HEALTH)
    assert "Look at it: 2 wait, the oldest since Nov 4, 2026." in page.text
    assert "Ask a curator to look" in page.text


def test_listings_are_fresh_for_a_day(over_listings):
    app, _ = over_listings
    with app.test_request_context("/staff/health"):
        as_of = app.extensions["directory"].finder.as_of
        states = [health.listings(as_of + timedelta(days=days)).state for days in (0, 1, 2)]
        assert states == ["yes", "yes", "ask"]
        assert " programs, as of " in health.listings(as_of).seen


def test_tickets_past_their_time_are_told(referring: Referring):
    planner = referring.planner()
    referring.open_case(planner, referring.slugs[0])
    with referring.app.test_request_context("/staff/health"):
        today = referring.watch().date()
        assert health.tickets(today).state == "yes"
        late = health.tickets(today + timedelta(days=200))
    assert (late.state, late.command) == ("ask", "python -m directory referrals tend")


def test_the_moment_of_a_backup_is_remembered(tmp_path):
    assert last_backup(tmp_path / "home") is None
    note_backup(tmp_path / "home", NOW)
    assert last_backup(tmp_path / "home") == NOW
    (tmp_path / "home" / "last-backup").write_text("yesterday", encoding="ascii")
    assert last_backup(tmp_path / "home") is None


def test_lists_are_told_with_edition_terms_and_what_they_dropped(desk, installed):
    pages = replace(A_LIST, name="", method="published", edition=None, dated=None, sources=40)
    strange = replace(A_LIST, name="A list", edition=None, dated=None, rows=1)
    dropped = (NoLongerNamed("California DHCS", 3, NOW),)
    installed(Seen(quoted=(pages, A_LIST, strange), dropped=dropped))
    page = desk.get(LISTS)
    assert "California DHCS 2026-08-21" in page.text
    assert "60 programs, 473 facts, 2266 rows of the list" in page.text
    assert page.link("CC-BY-4.0") == "https://creativecommons.org/licenses/by/4.0/"
    assert "Name the source and say what was changed." in page.text
    assert "40 pages of programs Each of its own day" in page.text
    assert "Not dated" in page.text
    assert "California DHCS: 3 programs, the first since Nov 24, 2026" in page.text


def test_no_lists_are_said_to_be_none(desk, installed):
    installed(Seen())
    text = desk.get(LISTS).text
    assert "No list is taken in yet." in text
    assert "Every program is still named" in text
