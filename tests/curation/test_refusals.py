"""Every malformed value gets a clear answer: where, what we got, what we expected."""

import copy
from typing import Any

import pytest

from directory.store.sql_records import SqlRecords
from tests.curation.builders import (
    full_file,
    listing_file,
    one_program,
    one_site,
    organization,
    program,
    session,
    site,
    source,
    track,
)
from tests.curation.conftest import Import

PROGRAM = "organizations[0].sites[0].programs[0]"


def _session(**changes: Any) -> dict[str, Any]:
    return {"tracks": [track(session(**changes))]}


BAD_PROGRAMS: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "wrong day": (_session(day="monday"), "tracks[0].sessions[0].day", "monday", "'mon'"),
    "wrong time": (_session(start="6pm"), "tracks[0].sessions[0].start", "6pm", "HH:MM"),
    "end before start": (
        _session(start="18:00", end="09:00"), "tracks[0].sessions[0].end", "09:00", "overnight",
    ),
    "end at start": (
        _session(start="18:00", end="18:00"), "tracks[0].sessions[0].end", "18:00", "overnight",
    ),
    "overnight by day": (
        _session(overnight=True), "tracks[0].sessions[0].overnight", "True", "next day",
    ),
    "a day too long": (
        _session(start="07:00", end="20:00"), "tracks[0].sessions[0].end", "20:00", "12 hours",
    ),
    "count": (_session(day=None, count=8), "tracks[0].sessions[0].count", "8", "1 to 7"),
    "count of a named day": (
        _session(count=2), "tracks[0].sessions[0].count", "2", "nothing where the day is named",
    ),
    "span": (
        _session(span_minutes=10), "tracks[0].sessions[0].span_minutes", "10", "15 to 1,020",
    ),
    "span against times": (
        _session(span_minutes=170), "tracks[0].sessions[0].span_minutes", "170", "180",
    ),
    "contact": (
        _session(contact_minutes=200), "tracks[0].sessions[0].contact_minutes", "200", "180",
    ),
    "more days than are among": (
        {"tracks": [track({"day": None, "count": 3, "day_among": ["sat", "sun"]})]},
        "tracks[0].sessions[0].count", "3", "at most the 2 days",
    ),
    "a start at midnight of the day before": (
        {"tracks": [track(session(start="24:00", end="02:00"))]},
        "tracks[0].sessions[0].start", "24:00", "up to 23:59",
    ),
    "payer": ({"payers": [{"payer": "medical"}]}, "payers[0].payer", "medical", "'medi-cal'"),
    "payer twice": (
        {"payers": [{"payer": "aetna"}, {"payer": "aetna"}]}, "payers[1].payer", "aetna", "once",
    ),
    "service": ({"services": ["cbt", "reiki"]}, "services[1]", "reiki", "cbt, dbt"),
    "service twice": ({"services": ["cbt", "cbt"]}, "services[1]", "cbt", "once"),
    "population": ({"populations": {"women": "yes"}}, "populations.women", "yes", "dedicated"),
    "language": ({"languages": {"klingon": "group"}}, "languages.klingon", "group", "en, es"),
    "description": (
        {"description": "x" * 5_000_000}, "description", "5,000,000 characters", "10,000",
    ),
    "control character": ({"name": "A\x00B"}, "name", r"A\x00B", "control characters"),
    "lone surrogate": ({"name": "A\ud800"}, "name", "ud800", "control characters"),
    "ages": ({"ages": {"min": 30, "max": 18}}, "ages", "min", "min not above max"),
    "date": (
        {"tracks": [track(start={"rule": "cohort", "dates": ["2026-02-30"]})]},
        "tracks[0].start.dates[0]", "2026-02-30", "date",
    ),
    "level": ({"level_of_care": "IOP"}, "level_of_care", "IOP", "iop, php"),
    "grade without level": ({"level_evidence": "stated"}, "level_of_care", "nothing", "level"),
    "unknown key": ({"pairs": 1}, "pairs", "pairs", "only the keys"),
    "no name": ({"name": None}, "name", "nothing", "a value"),
    "not an object": ({"tracks": ["evening"]}, "tracks[0]", "evening", "an object"),
    "price": ({"price": {"cents": 12.5, "per": "day"}}, "price.cents", "12.5", "whole number"),
    "evidence of nothing": (
        {"evidence": {"price": source()}}, "evidence.price", "name", "stated beside it",
    ),
    "evidence without a date": (
        {"evidence": {"name": {"name": "x", "method": "list"}}},
        "evidence.name.seen_on", "nothing", "a value",
    ),
    "example among real": (
        {"evidence": {"name": source("example")}},
        "evidence.name.method", "example", "separate files",
    ),
    "two editions for one fact": (
        {"services": ["cbt"], "evidence": {"services:cbt": source(seen_on="2026-01-01")}},
        "evidence.services:cbt", "seen_on", "one edition",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_PROGRAMS)
def test_a_bad_program_is_refused_and_the_rest_of_the_file_goes_in(
    case: str, take: Import, records: SqlRecords
) -> None:
    changes, field, got, expected = BAD_PROGRAMS[case]
    bad, good = program("bad", **changes), program("good")
    report = take(listing_file(organization(site(bad, good))))
    first = report.refused[0]
    assert (first.row, first.field) == (PROGRAM, field)
    assert got in first.got
    assert expected in first.expected
    assert report.created == ("good",)
    assert [listing.program.id for listing in records.all()] == ["good"]


BAD_SITES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "ZIP": ({"address": {"zip": "1101"}}, "address.zip", "1101", "5 digits"),
    "ZIP as number": ({"address": {"zip": 91101}}, "address.zip", "91101", "5 digits"),
    "state": ({"address": {"state": "Cal"}}, "address.state", "Cal", "two letters"),
    "phone": ({"phone": "626-55"}, "phone", "626-55", "626-555-0142"),
    "latitude": ({"lat": 341.4, "lon": -118.1}, "lat", "341.4", "-90 to 90"),
    "latitude alone": ({"lat": 34.1}, "lat", "34.1", "together"),
    "time zone": ({"time_zone": "Pacific"}, "time_zone", "Pacific", "America/Los_Angeles"),
    "withheld and shown": (
        {"address": {"street": "12 N Lake Ave", "withheld": True}},
        "address.street", "12 N Lake Ave", "no street",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_SITES)
def test_bad_facts_of_a_site_refuse_its_programs(case: str, take: Import) -> None:
    changes, field, got, expected = BAD_SITES[case]
    report = take(one_site(**changes))
    first = report.refused[0]
    assert (first.row, first.field) == ("organizations[0].sites[0]", field)
    assert got in first.got
    assert expected in first.expected
    assert (report.read, report.accepted) == (1, 0)
    assert (report.refused[-1].row, report.refused[-1].field) == (PROGRAM, "site")


def test_every_program_that_was_read_and_not_accepted_has_a_row(take: Import) -> None:
    lost = organization(
        site(program("a"), program("b", level_of_care="none"), id="s1", phone="7"), id="o1"
    )
    bad = organization(site(program("c"), id="s2"), id="o2", npi="1234567890")
    report = take(listing_file(lost, bad, organization(site(program("d"), id="s3"))))
    rows = {one.row: (one.field, one.got) for one in report.refused if "programs" in one.row}
    assert (report.read, report.accepted, len(rows)) == (4, 1, 3)
    assert rows == {
        "organizations[0].sites[0].programs[0]": ("site", "s1"),
        "organizations[0].sites[0].programs[1]": ("level_of_care", "none"),
        "organizations[1].sites[0].programs[0]": ("organization", "o2"),
    }


def test_a_bad_organization_refuses_its_programs_only(take: Import) -> None:
    bad = organization(site(program("a"), id="s1"), id="bad", npi="1234567890")
    report = take(listing_file(bad, organization(site(program("b"), id="s2"))))
    assert report.created == ("b",)
    assert report.refused[0].field == "npi"


@pytest.mark.parametrize("sign", ["\ud800", "\x00", "\x7f"])
def test_a_web_address_with_a_letter_that_no_store_takes_is_refused_alone(
    sign: str, take: Import
) -> None:
    bad = organization(site(program("a"), id="s1"), id="bad", website=f"https://a.b/{sign}")
    report = take(listing_file(bad, organization(site(program("b"), id="s2"))))
    assert report.created == ("b",)
    assert report.refused[0].field == "website"
    assert report.refused[0].got.isprintable()


def test_an_id_used_twice_is_refused_the_second_time(take: Import) -> None:
    report = take(listing_file(organization(site(program("a"), program("a", name="Other")))))
    assert report.created == ("a",)
    assert report.refused[0].got == "a"
    assert report.refused[0].row.endswith("programs[1]")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"seen_on": None}, "seen_on"),
        ({"seen_on": "yesterday"}, "seen_on"),
        ({"method": "rumor"}, "method"),
        ({"name": " "}, "name"),
    ],
)
def test_without_a_source_with_a_date_nothing_goes_in(
    changes: dict[str, Any], field: str, take: Import, records: SqlRecords
) -> None:
    report = take(one_program({}, **changes))
    assert (report.refused[0].row, report.refused[0].field) == ("source", field)
    assert (report.read, report.accepted, records.count()) == (1, 0, 0)


def test_a_night_session_past_midnight_is_fine(take: Import) -> None:
    late = one_program(_session(start="21:00", end="00:30"))
    assert take(late).accepted == 1


def test_an_overnight_session_says_so(take: Import, records: SqlRecords) -> None:
    assert take(one_program(_session(start="20:00", end="09:00", overnight=True))).accepted == 1


def test_examples_carry_numbers_that_reach_nobody(take: Import) -> None:
    real = listing_file(organization(site(phone="626-795-9988")), method="example")
    assert take(real).refused[0].got == "626-795-9988"
    assert take(copy.deepcopy(real) | {"organizations": []}).read == 0
    invented = listing_file(organization(site(phone="626-555-0142")), method="example")
    assert take(invented).accepted == 1


def test_any_null_is_unknown(take: Import, records: SqlRecords) -> None:
    nulls = dict.fromkeys(full_file()["organizations"][0]["sites"][0]["programs"][0])
    assert take(one_program(nulls | {"id": "p", "name": "P"})).accepted == 1
    listing = records.get("p")
    assert listing is not None
    assert listing.program.evidence.keys() == {"name"}
