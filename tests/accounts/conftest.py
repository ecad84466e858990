"""The room of accounts over a real store, with a clock that is moved by hand."""

import shutil

import pytest

from directory.accounts.keeping import Keeper
from directory.accounts.passwords import Passwords
from directory.store.connect import open_database, upgrade
from directory.store.staff_records import SqlStaffRecords
from tests.support import postgres as postgresql
from tests.support.desk import Counting, Watch


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A SQLite file with the newest tables and nothing in them."""
    path = tmp_path_factory.mktemp("empty") / "staff.sqlite"
    made = open_database(f"sqlite:///{path}")
    upgrade(made)
    made.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path, empty):
    """Both databases there are: the same rules on each."""
    if request.param == "postgresql":
        yield postgresql.emptied(request.getfixturevalue("postgres"))
        return
    shutil.copy(empty, tmp_path / "staff.sqlite")
    made = open_database(f"sqlite:///{tmp_path / 'staff.sqlite'}")
    yield made
    made.dispose()


@pytest.fixture
def records(engine):
    return SqlStaffRecords(engine)


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def keeper():
    return Keeper(["tests-" * 8])


@pytest.fixture
def hasher():
    return Counting()


@pytest.fixture
def passwords(hasher):
    return Passwords(hasher)
