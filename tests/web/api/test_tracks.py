"""Tracks, calendars and cards over the API, read back."""

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.catalog.evidence import Source
from directory.catalog.program import Address, Span
from directory.catalog.schedule import DAYS, Openings, Start
from directory.exchange.calendar_file import calendar_file
from directory.matching.weeks_ahead import plans
from directory.web.api import list_schemas
from directory.web.showing.calendar_view import timetable
from tests.support import card
from tests.support.builders import NOW, a_listing, a_track, sessions
from tests.support.published_site import site_with
from tests.support.random_tracks import some_track
from tests.web.api.test_match import problem

COHORT = Start("cohort", (date(2027, 2, 22),))
EVENING = a_track("mon wed thu", label="Evening", begins=COHORT)
WEEKEND = a_track("sat", "09:00", "12:00", label="Weekend")
SILENT = a_track(label="Morning")
EXAMPLE = Source("Stepwise example", date(2026, 9, 10), "example")
OLD = Source("SAMHSA 2024", date(2026, 11, 20), "list", edition="2024", dated=date(2024, 12, 31))
HIDDEN = Address("Pasadena", "CA", "91101", "1 Hidden Lane", "Suite 9", withheld=True)


@pytest.fixture
def opened(tmp_path):
    """A client of a site that lists these programs."""
    return lambda *listings: site_with(tmp_path, *listings).test_client()


def at(listing, **site):
    return replace(listing, site=replace(listing.site, **site))


def tracks(client, name):
    body = client.get(f"/api/v1/programs/{name}/tracks").json
    assert list_schemas.Tracks().validate(body) == {}
    return body


def events(answer):
    assert answer.status_code == 200, answer.text
    return icalendar.Calendar.from_ical(answer.data).walk("VEVENT")


def expanded(event):
    """Day, start and end of every time an event is held, as clocks at the site show them."""
    start, length = event["DTSTART"].dt, event["DTEND"].dt - event["DTSTART"].dt
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start.replace(tzinfo=None))
    for day in rule:
        ends = day + length
        yield day.replace(tzinfo=start.tzinfo), f"{day:%H:%M}", f"{ends:%H:%M}"


def test_every_track_comes_as_it_is_listed(opened):
    listing = a_listing(EVENING, WEEKEND, SILENT, id="acme")
    body = tracks(opened(listing), "acme")
    assert [one["label"] for one in body["data"]] == ["Evening", "Weekend", "Morning"]
    assert [len(one["sessions"]) for one in body["data"]] == [3, 1, 0]
    assert [one["first_group"]["date"] for one in body["data"]] == ["2027-02-22", None, None]
    assert body["page"] == {"total": 3, "limit": 3, "next": None, "prev": None}
    assert body["meta"]["program"]["id"] == "acme"
    assert body["meta"]["time_zone"] == "America/Los_Angeles"


def test_tracks_say_who_says_so_and_how_far_it_may_be_trusted(opened):
    meta = tracks(opened(a_listing(a_track("mon"), id="acme", source=OLD)), "acme")["meta"]
    assert meta["evidence"]["tracks"]["source"] == "SAMHSA 2024"
    assert meta["evidence"]["tracks"]["state"] == "unknown"


@pytest.mark.parametrize(
    ("reported_on", "state"),
    [
        (date(2026, 11, 24), "current"),
        (date(2026, 11, 10), "call_to_confirm"),
        (date(2026, 10, 1), "unknown"),
        (None, "unknown"),
    ],
)
def test_openings_are_as_old_as_their_report_wherever_they_are_told(opened, reported_on, state):
    client = opened(a_listing(a_track("mon", openings=Openings("yes", 3, reported_on)), id="acme"))
    (track,) = tracks(client, "acme")["data"]
    (listed,) = client.get("/api/v1/programs/acme").json["data"]["tracks"]
    (match,) = client.post("/api/v1/match", json={}).json["data"]
    for told in (track, listed, match["track"]):
        assert told["openings"]["state"] == state


def test_the_tracks_of_an_invented_program_say_so(opened):
    body = tracks(opened(a_listing(EVENING, id="acme", source=EXAMPLE)), "acme")
    assert body["meta"]["program"]["example"] is True


def test_a_track_without_days_and_hours_has_no_calendar(opened):
    client = opened(a_listing(EVENING, SILENT, id="acme"))
    kept, silent = tracks(client, "acme")["data"]
    assert kept["links"]["calendar"] == "/api/v1/programs/acme/tracks/evening.ics"
    assert silent["links"]["calendar"] is None
    assert problem(client.get("/api/v1/programs/acme/tracks/morning.ics"))["status"] == 404
    assert problem(client.get("/api/v1/programs/acme/tracks/none.ics"))["status"] == 404


def test_a_calendar_holds_the_sessions_of_its_track_before_and_after_the_clocks_change(opened):
    client = opened(a_listing(EVENING, WEEKEND, id="acme", weeks=Span(8, 8)))
    (told, _) = tracks(client, "acme")["data"]
    found = [
        one for event in events(client.get(told["links"]["calendar"])) for one in expanded(event)
    ]
    assert len(found) == 24
    assert len({when.utcoffset() for when, *_ in found}) == 2, "no change of clocks in these weeks"
    assert {(DAYS[when.weekday()], start, end) for when, start, end in found} == {
        (one["day"], one["start"], one["end"]) for one in told["sessions"]
    }
    assert min(when.date() for when, *_ in found) == date(2027, 2, 22)


def test_the_calendar_of_a_program_has_all_of_its_tracks(opened):
    client = opened(a_listing(EVENING, WEEKEND, SILENT, id="acme"))
    found = events(client.get("/api/v1/programs/acme.ics"))
    assert {re.split(r"[ ,]", event["SUMMARY"])[0] for event in found} == {"Evening", "Weekend"}
    alone = [tracks(client, "acme")["data"][at]["links"]["calendar"] for at in (0, 1)]
    single = [event["UID"] for one in alone for event in events(client.get(one))]
    assert [event["UID"] for event in found] == single


def test_a_program_without_any_days_and_hours_has_no_calendar(opened):
    client = opened(a_listing(SILENT, id="acme"))
    assert problem(client.get("/api/v1/programs/acme.ics"))["status"] == 404


def test_where_no_first_group_is_known_a_calendar_begins_today_and_says_maybe(opened):
    client = opened(a_listing(WEEKEND, id="acme"))
    (event,) = events(client.get("/api/v1/programs/acme/tracks/weekend.ics"))
    assert event["STATUS"] == "TENTATIVE"
    assert "Starts are not published. Ask." in event["DESCRIPTION"]
    assert event["DTSTART"].dt.date() - date(2026, 11, 24) < timedelta(days=7)


def test_a_session_past_midnight_ends_on_the_next_day(opened):
    night = a_track(sessions=sessions("fri", "22:00", "01:00"), label="Night", begins=COHORT)
    (event,) = events(opened(a_listing(night, id="acme")).get("/api/v1/programs/acme.ics"))
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=3)
    assert event["DTEND"].dt.weekday() == 5


def test_phases_share_one_calendar(opened):
    first = a_track("mon", label="Steps", season="Weeks 1 to 4", begins=COHORT)
    then = a_track("wed", label="Steps", season="Weeks 5 to 8", begins=COHORT)
    body = tracks(opened(a_listing(first, then, id="acme")), "acme")["data"]
    assert len({one["links"]["calendar"] for one in body}) == 1
    assert [one["season"] for one in body] == ["Weeks 1 to 4", "Weeks 5 to 8"]


def test_an_invented_program_and_an_old_fact_say_so_in_the_calendar(opened):
    client = opened(
        a_listing(EVENING, id="invented", source=EXAMPLE), a_listing(EVENING, id="old", source=OLD)
    )
    event, *_ = events(client.get("/api/v1/programs/invented.ics"))
    assert event["SUMMARY"].startswith("Example: ")
    assert "This program is invented" in event["DESCRIPTION"]
    event, *_ = events(client.get("/api/v1/programs/old.ics"))
    assert "From a federal list of 2024. Call to check." in event["DESCRIPTION"]


def test_a_program_tells_what_else_there_is_of_it(opened):
    client = opened(a_listing(EVENING, id="acme"), a_listing(SILENT, id="silent"))
    links = client.get("/api/v1/programs/acme").json["data"]["links"]
    assert set(links) == {
        "self", "page", "tracks", "calendar", "card", "organization", "location"
    }  # fmt: skip
    for address in set(links.values()):
        assert client.get(address).status_code == 200, address
    assert "calendar" not in client.get("/api/v1/programs/silent").json["data"]["links"]


def test_a_calendar_that_is_not_there_says_where_those_are(opened):
    client = opened(a_listing(SILENT, id="acme"))
    (wrong,) = problem(client.get("/api/v1/programs/acme.ics"))["errors"]
    assert "the list of tracks" in wrong["expected"]


def test_the_same_calendar_has_the_same_bytes(opened):
    client = opened(a_listing(EVENING, id="acme"))
    assert (
        client.get("/api/v1/programs/acme.ics").data == client.get("/api/v1/programs/acme.ics").data
    )


ZONES = ("America/Los_Angeles", "America/New_York", "America/Phoenix", "Pacific/Honolulu")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    seed=st.integers(0, 10**9),
    zone=st.sampled_from(ZONES),
    first=st.dates(date(2026, 11, 24), date(2027, 10, 1)),
)
def test_any_calendar_expands_to_the_sessions_of_its_track(app, seed, zone, first):
    """Through a year, on the clocks of the site, whatever the clocks do meanwhile."""
    track = replace(some_track(random.Random(seed)), label="One", start=Start("cohort", (first,)))
    listing = at(a_listing(track, weeks=Span(53, 53)), time_zone=zone)
    with app.test_request_context("/api/v1/programs"):
        (plan,) = plans(listing.program.tracks)
        found = timetable(listing, (plan,))
    published = Counter(
        (DAYS[one.day], one.start, one.end)
        for one in track.sessions
        if None not in (one.day, one.start, one.end)
    )
    if not published:
        assert found == ()
        return
    file = calendar_file(found, zone, NOW, 1)
    held = [
        one
        for event in icalendar.Calendar.from_ical(file).walk("VEVENT")
        for one in expanded(event)
    ]
    assert Counter(
        (DAYS[when.weekday()], minutes(start), minutes(end)) for when, start, end in held
    ) == Counter({one: 53 * count for one, count in published.items()})
    moved = {when.utcoffset() for when, *_ in held}
    assert len(moved) == (2 if zone in ZONES[:2] else 1)


def minutes(clock):
    return int(clock[:2]) * 60 + int(clock[3:])


def carded(client, name="acme"):
    answer = client.get(f"/api/v1/programs/{name}.vcf")
    assert answer.status_code == 200
    assert answer.mimetype == "text/vcard"
    return card.read(answer.data)


def test_a_card_tells_whom_to_call_and_where(opened):
    shown = Address("Pasadena", "CA", "91101", "12 N Lake Ave; rear, left", "Suite 4")
    listing = at(a_listing(EVENING, id="acme"), address=shown, phone="626-555-0142 x5")
    found = carded(opened(listing))
    assert found["TEL"][0].value == "tel:+1-626-555-0142;ext=5"
    assert found["ADR"][0].parts == [
        [""], [""], ["12 N Lake Ave; rear, left", "Suite 4"], ["Pasadena"], ["CA"], ["91101"], ["USA"],
    ]  # fmt: skip
    assert found["ORG"][0].parts == [["Acme Recovery"], ["Program acme"]]
    assert found["FN"][0].text == "Program acme, Acme Recovery"
    assert found["GEO"][0].value == f"geo:{listing.site.lat},{listing.site.lon}"
    assert found["TZ"][0].text == "America/Los_Angeles"
    assert found["URL"][0].value.endswith("/programs/acme")
    assert found["KIND"][0].value == "org"


def test_a_card_names_no_person(opened):
    found = carded(opened(a_listing(EVENING, id="acme")))
    assert not found.keys() & {
        "N",
        "NICKNAME",
        "BDAY",
        "GENDER",
        "EMAIL",
        "RELATED",
        "ROLE",
        "TITLE",
    }


def test_a_withheld_street_is_on_no_card_and_on_no_list(opened):
    client = opened(at(a_listing(EVENING, id="acme"), address=HIDDEN, lat=34.15312, lon=-118.13247))
    found = carded(client)
    assert found["ADR"][0].parts[2] == [""]
    assert "GEO" not in found
    assert "They do not publish their street. Ask for it." in found["NOTE"][0].text
    for address in (
        "programs/acme.vcf", "programs/acme.ics", "programs/acme/tracks", "programs.geojson",
        "locations", "locations/acme-site", "organizations/acme-org", "organizations", "programs",
    ):  # fmt: skip
        text = client.get(f"/api/v1/{address}").text
        for told in ("Hidden Lane", "Suite 9", "34.153", "118.132"):
            assert told not in text.replace("\r\n ", ""), address


def test_a_card_says_how_far_it_may_be_trusted(opened):
    note = carded(opened(a_listing(EVENING, id="acme", source=OLD)))["NOTE"][0].text
    assert "Phone: From a federal list of 2024. Call to check." in note


def test_an_invented_program_says_so_on_its_card(opened):
    found = carded(opened(a_listing(EVENING, id="acme", source=EXAMPLE)))
    assert found["FN"][0].text.startswith("Example: ")
    assert "This program is invented" in found["NOTE"][0].text


def test_a_long_name_in_any_script_is_folded_and_read_back(opened):
    name = "Centro de recuperación “Ángel”, 恢复中心; " * 6
    found = carded(opened(a_listing(EVENING, id="acme", name=name.strip())))
    assert found["ORG"][0].parts[1] == [name.strip()]


@pytest.mark.parametrize("what", ["/tracks", ".ics", ".vcf", "/tracks/evening.ics"])
def test_a_program_is_found_by_its_slug_too(opened, what):
    client = opened(replace(a_listing(EVENING, id="acme"), slug="the-evening"))
    assert client.get(f"/api/v1/programs/the-evening{what}").status_code == 200
    assert problem(client.get(f"/api/v1/programs/none{what}"))["status"] == 404
