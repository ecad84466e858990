"""What the checked-in file promises."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from zoneinfo import available_timezones

import pytest

from directory.places.spelling import fold
from directory.places.states import STATE_NAMES
from tests.places.conftest import US_SQLITE


@pytest.fixture(scope="module")
def rows() -> Iterator[sqlite3.Connection]:
    uri = f"{US_SQLITE.as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        yield database


def test_it_is_small_enough_to_check_in() -> None:
    assert US_SQLITE.stat().st_size < 6_000_000


def test_it_was_built_from_the_pinned_packages(rows: sqlite3.Connection) -> None:
    pinned = (US_SQLITE.parent / "requirements-build.txt").read_text(encoding="utf-8").splitlines()
    expected = {line for line in pinned if line and not line.startswith("#")}
    inputs = rows.execute("SELECT package, version FROM inputs")
    assert {f"{package}=={version}" for package, version in inputs} == expected


def test_every_zip_has_a_state_a_point_and_a_time_zone(rows: sqlite3.Connection) -> None:
    zips = rows.execute(
        "SELECT zip, state, lat, lon, t.name FROM zips JOIN time_zones t ON t.id = time_zone"
    ).fetchall()
    known = available_timezones()
    assert len(zips) > 41_000
    wrong = [
        row
        for row in zips
        if row[1] not in STATE_NAMES or (row[2], row[3]) == (0, 0) or row[4] not in known
    ]
    assert wrong == []


def test_no_precise_point_is_shared_by_two_cities_or_three_zips(rows: sqlite3.Connection) -> None:
    shared = rows.execute(
        "SELECT lat, lon FROM zips WHERE precision = 'zip' GROUP BY lat, lon "
        "HAVING count(*) > 2 OR count(DISTINCT city || state) > 1"
    ).fetchall()
    assert shared == []


def test_names_are_folded_as_visitors_text_is(rows: sqlite3.Connection) -> None:
    places = rows.execute("SELECT id, name FROM places").fetchall()
    names = set(rows.execute("SELECT place, folded FROM names"))
    assert [name for number, name in places if (number, fold(name)) not in names] == []
