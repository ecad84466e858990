"""Others on the machine see nothing of a home that we make; one that is there stays as it is."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from directory.catalog.evidence import Source
from directory.catalog.meeting import MeetingList
from directory.config import Config, sealing_secrets
from directory.curation.meeting_lists import MeetingLists
from directory.store.backups.making import Holdings, back_up
from directory.store.backups.noting import note_backup
from directory.store.backups.restoring import restore
from directory.store.connect import Database
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def _usual_umask() -> Iterator[None]:
    """As of a shell: what nobody cares about is readable by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@contextmanager
def opened(home: Path) -> Iterator[Database]:
    """The database of a home, in use."""
    with closing(Database(home, f"sqlite:///{home / 'directory.sqlite'}")) as database:
        database.engine()
        yield database


def a_database(home: Path) -> None:
    with opened(home):
        pass


def a_list_of_meetings(home: Path) -> None:
    source = Source("A list", NOW.date(), "published")
    MeetingLists(home / "meetings", examples=True).keep(MeetingList(source, ()))


def a_backup_brought_back(home: Path) -> None:
    before = home.with_name("before")
    a_database(before)
    made = back_up(holdings(before), home.with_name("kept"), NOW)
    restore(made, holdings(home), NOW, lambda _: [])


def holdings(home: Path) -> Holdings:
    return Holdings(sa.make_url(f"sqlite:///{home / 'directory.sqlite'}"), home / "meetings", "")


MAKERS: dict[str, Callable[[Path], object]] = {
    "database": a_database,
    "secret": lambda home: sealing_secrets(Config(home=home)),
    "meetings": a_list_of_meetings,
    "restore": a_backup_brought_back,
    "note of a backup": lambda home: note_backup(home, NOW),
}


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_whatever_makes_a_home_makes_it_for_us_alone(tmp_path, make):
    home = tmp_path / "new" / "home"
    make(home)
    assert oct(mode(home)) == oct(0o700)


@pytest.mark.parametrize("make", [a_database, a_backup_brought_back])
def test_others_cannot_read_the_files_of_a_database_that_we_make(tmp_path, make):
    make(tmp_path / "home")
    with opened(tmp_path / "home"):
        files = {path.name: oct(mode(path)) for path in (tmp_path / "home").glob("*.sqlite*")}
    assert files.keys() >= {"directory.sqlite", "directory.sqlite-wal", "directory.sqlite-shm"}
    assert set(files.values()) == {oct(0o600)}


def test_what_is_there_stays_as_it_is(tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o750)
    file = home / "directory.sqlite"
    file.touch(mode=0o640)
    a_database(home)
    assert (oct(mode(home)), oct(mode(file))) == (oct(0o750), oct(0o640))
