"""What is promised to be gone after a while is gone, though nobody at the desk looks."""

import io
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from directory.accounts import staff
from directory.accounts.staff import Wanted
from directory.catalog.referral import CoarseNeeds
from directory.catalog.report import Report
from directory.catalog.staff import Attempt
from directory.catalog.upload import Upload
from directory.cli import following
from directory.cli.importing import import_one
from directory.cli.publishing import publish_all
from directory.cli.tending import Daily
from directory.config import Config
from directory.curation.publishing import keep_report
from directory.curation.uploading.aside import put_aside
from directory.errors import StoreAway
from directory.house import build_house
from directory.referrals import desk as referrals
from directory.store.connect import Database
from tests.faults.killing import listed
from tests.support.desk import Watch

KINDS = ("ticket", "report", "try", "file")


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def house(tmp_path, watch):
    """A house with one of each, kept today."""
    with closing(build_house(Config(home=tmp_path, secret="tests-" * 8), watch)) as own:
        import_one(own, "listing", listed(tmp_path, "one", "a"))
        with own.staff_records().book() as book:
            hospital = staff.add_organization(book, watch.now, 0, "Hillside Hospital")
            staff.add(book, watch.now, 0, Wanted("jo@example.org", "Jo", "curator", hospital))
            today, wanted = watch.now.date(), CoarseNeeds("iop")
            referrals.open_case(book.referrals, today, hospital.number, wanted, {"a": "yes"})
        keep(own, watch.now)
        yield own


def keep(house, now):
    """A report, a try to sign in and an uploaded file of a moment."""
    with house.records().desk() as desk:
        keep_report(desk, Report("a", "phone", "", now.date()))
    file = put_aside(house.workshop.home, io.BytesIO(b"{}"))
    sent = Upload(0, file.name, "listing", file.size, file.digest, 1, now, date(2024, 6, 1))
    with house.staff_records().book() as book:
        book.attempts.add(Attempt("whose", "where", now))
        book.uploads.add(sent)


def kept(house):
    """Which of them are there."""
    with house.records().desk(write=False) as desk:
        reports = desk.reports.all()
    with house.staff_records().book(write=False) as book:
        tries = book.attempts.count("whose", "where", house.clock() - timedelta(days=1000))
        cases = book.referrals.cases(1)
    there = (cases, reports, tries.together, list(house.workshop.home.iterdir()))
    return {kind for kind, found in zip(KINDS, there, strict=True) if found}


@dataclass
class Busy:
    """A database that takes no changes for a while."""

    real: Database
    until_now: bool = True

    def engine(self):
        if self.until_now:
            raise StoreAway("database is locked")
        return self.real.engine()


def looked(house, daily):
    """What `follow` does again and again, to its end."""
    open_data = following.OpenData(house)
    following._looked(house, following.Said(), open_data, daily)
    open_data._work.join()


def test_publishing_deletes_what_is_past_its_time_and_nothing_else(house, watch):
    publish_all(house)
    assert kept(house) == set(KINDS)
    watch.forward(days=2)
    publish_all(house)
    assert kept(house) == {"ticket", "report"}
    watch.forward(days=89)
    publish_all(house)
    assert kept(house) == set()


def test_a_node_that_follows_does_it_each_day_though_nothing_is_published(house, watch):
    house.publish(house.records())
    daily = Daily(house)
    looked(house, daily)
    assert kept(house) == set(KINDS)
    watch.forward(hours=7)
    daily.keep_up()
    assert kept(house) == set(KINDS)
    watch.forward(days=1)
    daily.keep_up()
    assert kept(house) == {"ticket", "report"}


def test_while_the_database_is_busy_it_waits_for_the_next_look_and_the_node_goes_on(house, watch):
    """A long import holds the writers' lock: that is no reason to say that the database is away."""
    watch.forward(days=91)
    busy = Busy(house.database)
    daily = Daily(replace(house, database=busy))
    daily.keep_up()
    assert kept(house) == set(KINDS)
    busy.until_now = False
    daily.keep_up()
    assert kept(house) == set()


def test_it_begins_with_what_is_long_past_its_time_and_goes_on_when_files_cannot_be_deleted(
    house, watch, capsys
):
    watch.forward(days=91)
    house.publish(house.records())
    (house.workshop.home / "nowhere").symlink_to(house.workshop.home / "gone")
    looked(house, Daily(house))
    assert kept(house) == {"file"}
    assert "What is past its time: [Errno 2]" in capsys.readouterr().err
