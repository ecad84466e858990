"""The room of accounts over a real store, with a clock that is moved by hand."""

import pytest

from directory.accounts.keeping import Keeper
from directory.accounts.passwords import Passwords
from directory.store.staff_records import SqlStaffRecords
from tests.support.desk import Counting, Watch


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
