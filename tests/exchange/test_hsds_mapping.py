"""How a listing looks to those who know HSDS."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from directory.catalog.program import Address
from directory.catalog.schedule import Session, Track
from directory.exchange.hsds.keys import NAMESPACE, identifier
from directory.exchange.hsds.schedules import offset_hours
from directory.exchange.hsds.tables import TABLES, joined, rows_in
from directory.exchange.hsds.writing import service_of
from tests.support.builders import a_listing, a_track

WINTER = date(2026, 12, 1)


@pytest.fixture
def listing(house):
    return next(one for one in house.records().all() if one.example)


def written(listing, house, **program):
    changed = replace(listing, program=replace(listing.program, **program))
    return service_of(changed, house.vocabularies, WINTER)


def schedules(service):
    return service["service_at_locations"][0].get("schedules", [])


def evening(*days, **changes):
    return tuple(Session(day, 18 * 60, 21 * 60, **changes) for day in days)


def test_sessions_of_like_times_are_one_schedule(listing, house) -> None:
    track = Track("Evening", "in_person", sessions=(*evening(0, 2), Session(5, 540, 720)))
    first, second = schedules(written(listing, house, tracks=(track,)))
    assert (first["byday"], first["opens_at"], first["closes_at"]) == ("SA", "09:00", "12:00")
    assert (second["byday"], second["opens_at"], second["attending_type"]) == (
        "MO,WE", "18:00", "In person",
    )  # fmt: skip


def test_what_is_not_published_is_no_schedule(listing, house) -> None:
    unknown = (Session(0), Session(None, 540, 720, count=3), Session(1, 540, None))
    assert schedules(written(listing, house, tracks=(Track(sessions=unknown),))) == []


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/Los_Angeles", date(2026, 12, 1), -8),
        ("America/Los_Angeles", date(2026, 7, 1), -7),
        ("Asia/Kolkata", date(2026, 7, 1), 5.5),
    ],
)
def test_the_offset_is_the_one_in_force_that_day(zone, day, hours) -> None:
    assert offset_hours(zone, day) == hours


def test_summer_time_moves_the_offset_and_nothing_else(house) -> None:
    """Why who mirrors the feed is told to take the hour from the time zone."""
    evening = a_listing(a_track("mon"), id="evening")
    winter, summer = (
        service_of(evening, house.vocabularies, date(2026, month, 1)) for month in (12, 7)
    )
    assert [one.pop("timezone") for one in schedules(winter) + schedules(summer)] == [-8, -7]
    assert winter == summer


def test_a_withheld_street_is_nowhere_in_the_service(listing, house) -> None:
    hidden = Address("Pasadena", "CA", "91101", "12 Secret St", "Suite 4", withheld=True)
    site = replace(listing.site, address=hidden, lat=34.1234, lon=-118.1234)
    service = str(service_of(replace(listing, site=site), house.vocabularies, WINTER))
    assert not [
        secret for secret in ("Secret", "Suite 4", "34.1234", "118.1234") if secret in service
    ]


def test_an_example_says_so_to_everybody(listing, house) -> None:
    assert "invented" in written(listing, house)["alert"]


def test_ids_never_change(listing, house) -> None:
    once, again = written(listing, house), written(listing, house, name="Other")
    assert once["id"] == again["id"]
    assert once["service_at_locations"][0]["id"] == again["service_at_locations"][0]["id"]


def test_ids_are_version_5_uuids_of_our_name_space() -> None:
    for parts in (("service", "acme"), ("schedule", "acme", 3), ("organization", "Ñandú")):
        name = "\x1f".join(str(part) for part in parts)
        assert identifier(*parts) == str(uuid.uuid5(NAMESPACE, name))


def test_tables_join_to_the_same_service(listing, house) -> None:
    service = written(listing, house)
    tables: dict[str, list[dict[str, str]]] = {kind: [] for kind in TABLES}
    for kind, row in rows_in("service", service):
        tables[kind].append(row)
    (back,) = joined(tables)
    assert back == service
