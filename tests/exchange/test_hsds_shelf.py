"""What lists of HSDS services find: everything asked holds, and what is not published is no yes."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from directory.catalog.program import Address
from directory.catalog.schedule import Session
from directory.exchange.hsds.entry_columns import METRES_IN_A_MILE, Around, Spot, Window
from directory.exchange.hsds.keys import identifier
from directory.exchange.hsds.shelf import Asked
from directory.places.distance import miles_between
from tests.exchange.shelves import a_shelf, found, near
from tests.matching.test_laws import a_random_listing
from tests.support.builders import PASADENA, a_listing, a_track

EVENINGS = Window(day=0, start=17 * 60, end=22 * 60)


def with_sessions(key: str, *sessions: Session):
    return a_listing(*([a_track(sessions=sessions)] if sessions else []), id=key)


MEETINGS = (
    with_sessions("evening", Session(0, 18 * 60, 21 * 60)),
    with_sessions("at-the-edges", Session(0, 17 * 60, 22 * 60)),
    with_sessions("morning", Session(0, 9 * 60, 12 * 60)),
    with_sessions("another-day", Session(2, 18 * 60, 21 * 60)),
    with_sessions("too-long", Session(0, 18 * 60, 22 * 60 + 15)),
    with_sessions("past-midnight", Session(0, 21 * 60, 60)),
    with_sessions("day-open", Session(None, 18 * 60, 21 * 60, count=3)),
    with_sessions("another-day-open", Session(None, 18 * 60, 21 * 60, day_among=(5, 6))),
    with_sessions("times-open", Session(0)),
    with_sessions("end-open", Session(0, 18 * 60)),
    with_sessions("late-with-end-open", Session(0, 22 * 60)),
    with_sessions("nothing-published"),
)


def test_a_service_meets_where_a_published_session_lies_within_the_hours_asked() -> None:
    assert found(MEETINGS, window=EVENINGS) == {"evening", "at-the-edges"}


def test_unpublished_days_and_times_are_no_yes_and_are_there_when_asked_for() -> None:
    with_unknown = found(MEETINGS, window=EVENINGS, include_unknown=True)
    assert with_unknown - found(MEETINGS, window=EVENINGS) == {
        "day-open", "times-open", "end-open", "nothing-published",
    }  # fmt: skip


def test_an_end_at_23_59_is_midnight() -> None:
    late = with_sessions("late", Session(0, 20 * 60, 23 * 60 + 59))
    assert found([late], window=Window(0, 20 * 60, 24 * 60)) == {"late"}
    assert found([late], window=Window(0, 20 * 60, 23 * 60 + 59)) == set()


def test_ages_overlap_and_an_open_end_has_no_limit() -> None:
    some = (
        a_listing(id="adults", ages=(18, None)),
        a_listing(id="teens", ages=(13, 17)),
        a_listing(id="not-told"),
    )
    assert found(some, ages=(17, 20)) == {"adults", "teens"}
    assert found(some, ages=(30, 40)) == {"adults"}
    assert found(some, ages=(30, 40), include_unknown=True) == {"adults", "not-told"}


def test_a_payer_is_answered_as_the_matcher_answers() -> None:
    some = (
        a_listing(id="in", payers={"medi-cal": "in"}),
        a_listing(id="out", payers={"medi-cal": "out"}),
        a_listing(id="network-unknown", payers={"medi-cal": "unknown"}),
        a_listing(id="not-told"),
    )
    assert found(some, payer="medi-cal") == {"in"}
    unknown = {"in", "network-unknown", "not-told"}
    assert found(some, payer="medi-cal", include_unknown=True) == unknown


def test_a_level_that_is_only_suggested_is_no_yes() -> None:
    stated = a_listing(id="stated")
    suggested = a_listing(id="suggested", level_evidence="suggested")
    other = a_listing(id="other", level_of_care="php")
    assert found((stated, suggested, other), level_of_care="iop") == {"stated"}


def test_a_circle_holds_what_the_geodesic_puts_inside() -> None:
    rng = random.Random(5)
    points = [
        (PASADENA[0] + rng.uniform(-1, 1), PASADENA[1] + rng.uniform(-1, 1)) for _ in range(80)
    ]
    some = [a_listing(id=f"p{n}", at=point) for n, point in enumerate(points)]
    centre = Spot(*PASADENA)
    for number in rng.sample(range(80), 20):
        metres = miles_between(centre, Spot(*points[number])) * METRES_IN_A_MILE
        for circle in (metres, metres - 0.5):
            inside = {
                f"p{n}" for n, point in enumerate(points)
                if miles_between(centre, Spot(*point)) * METRES_IN_A_MILE <= circle
            }  # fmt: skip
            assert found(some, around=(Around(centre, circle),)) == inside


def test_distances_do_not_tell_where_a_withheld_street_is() -> None:
    open_door = a_listing(id="door", at=(34.19, -118.13))
    hidden_address = Address("Pasadena", "CA", "91101", withheld=True)
    hidden = replace(open_door, site=replace(open_door.site, address=hidden_address))
    at_the_door = (Around(Spot(34.19, -118.13), 100.0),)
    assert found([open_door], around=at_the_door) == {"door"}
    assert found([hidden], around=at_the_door) == set()
    middle = near("91101", "", "")
    assert found([hidden], around=(Around(Spot(middle.lat, middle.lon), 1.0),)) == {"door"}


def test_nobody_is_near_a_place_that_nobody_knows() -> None:
    assert found([a_listing(id="a")], around=(Around(None, 1000.0),), include_unknown=True) == set()


def test_modified_after_takes_the_moment_itself_along() -> None:
    moment = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    changed = replace(a_listing(id="a"), changed_at=moment + timedelta(microseconds=900_000))

    def after(asked: datetime) -> set[str]:
        return found([changed], modified_after=asked.replace(tzinfo=None))

    assert after(moment) == {"a"}
    assert after(moment + timedelta(seconds=1)) == set()
    assert a_shelf(changed).service(0)["last_modified"] == "2026-11-20T09:30:00Z"


def test_terms_are_those_that_the_record_carries() -> None:
    some = (
        a_listing(id="cbt", services=("cbt",), payers={"medi-cal": "out"}),
        a_listing(id="plain"),
    )
    term = identifier("term", "services", "cbt")
    assert found(some, term=term) == {"cbt"}
    assert found(some, taxonomy=identifier("taxonomy", "payers")) == {"cbt"}
    assert found(some, taxonomy=identifier("taxonomy", "levels_of_care")) == {"cbt", "plain"}
    assert found(some, term=identifier("term", "services", "no-such")) == set()


def test_organizations_come_with_the_services_that_are_found() -> None:
    first, second = a_listing(id="a"), a_listing(id="b", ages=(18, 20))
    third = replace(a_listing(id="c"), organization=second.organization)
    shelf = a_shelf(first, second, third)
    groups = shelf.organization_rows(Asked())
    names = [{shelf.service(row)["x_id"] for row in rows} for rows in groups]
    assert sorted(names, key=len) == [{"a"}, {"b", "c"}]
    (only,) = shelf.organization_rows(Asked(ages=(19, 19)))
    assert [shelf.service(row)["x_id"] for row in only] == ["b"]
    assert len(shelf.services_of(only[0])) == 2


@pytest.mark.parametrize("seed", range(3))
def test_everything_asked_holds_at_once(seed: int) -> None:
    rng = random.Random(seed)
    some = [a_random_listing(rng, number) for number in range(120)]
    asked = {
        "window": Window(rng.randrange(7), 8 * 60, 21 * 60),
        "ages": (15, 40),
        "payer": rng.choice(["medi-cal", "aetna", "medicare"]),
        "level_of_care": "iop",
        "around": (Around(Spot(*PASADENA), 40_000.0),),
    }
    for include_unknown in (False, True):
        for names in (["window", "ages"], ["payer", "around"], list(asked)):
            one_by_one = [
                found(some, **{name: asked[name]}, include_unknown=include_unknown)
                for name in names
            ]
            both = found(
                some, **{name: asked[name] for name in names}, include_unknown=include_unknown
            )
            assert both == set.intersection(*one_by_one)
            assert found(some, **{name: asked[name] for name in names}) <= both


def test_every_record_is_found_by_its_ids_and_no_other_id_finds_one() -> None:
    rng = random.Random(1)
    some = [a_random_listing(rng, number) for number in range(40)]
    shelf = a_shelf(*some)
    for row in range(40):
        service = shelf.service(row)
        (place,) = service["service_at_locations"]
        assert shelf.row_of_service(service["id"]) == row
        assert shelf.row_of_place(place["id"]) == row
        there = shelf.row_of_organization(service["organization_id"])
        assert there is not None
        assert shelf.service(there)["organization_id"] == service["organization_id"]
        assert shelf.row_of_service(place["id"]) is None
    assert a_shelf().row_of_service("x") is None
    assert a_shelf().service_rows(Asked(window=EVENINGS, search="x")) == []
