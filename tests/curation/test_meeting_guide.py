"""Meeting Guide JSON (code4recovery/spec) becomes meetings of a week; what may name a person stays out."""

import json
from dataclasses import replace
from datetime import date

import pytest

from directory.catalog.evidence import Source
from directory.catalog.meeting import MeetingList
from directory.curation.meeting_guide import read_meetings
from directory.curation.meeting_lists import MeetingLists
from directory.errors import UnreadableFile
from directory.places.place import Place
from tests.data.files import DATA

PASADENA = Place("Pasadena, CA 91101", 34.15, -118.14, "zip", "CA", "91101", "America/Los_Angeles")
SUNDAY = {"name": "Sunday Serenity", "slug": "sunday-serenity", "day": 0, "time": "18:00", "end_time": "19:30",
          "address": "123 Main Street", "city": "Pasadena", "state": "CA", "postal_code": "91101"}  # fmt: skip
PAGE = Source("A page", date(2026, 11, 20), "published", "https://meetings.example/")


def near(zip_code, city, state):
    """Only Pasadena is known here."""
    return PASADENA if zip_code == "91101" or (city, state) == ("Pasadena", "CA") else None


@pytest.fixture
def read(tmp_path):
    def one(*rows):
        path = tmp_path / "feed.json"
        path.write_text(json.dumps(rows))
        return read_meetings(path, near)

    return one


def meeting(read, **changed):
    row = {key: value for key, value in {**SUNDAY, **changed}.items() if value is not None}
    (found,) = read(row).meetings
    return found


@pytest.mark.parametrize(
    ("told", "days"), [(0, (6,)), (1, (0,)), (6, (5,)), ([0, 3], (2, 6)), ("2", (1,))]
)
def test_days_count_from_sunday_there_and_from_monday_here(read, told, days):
    assert meeting(read, day=told).days == days


def test_times_are_minutes_and_an_end_left_out_is_an_hour_later(read):
    assert (meeting(read).start, meeting(read).end) == (1080, 1170)
    assert meeting(read, end_time=None).end == 1140
    assert meeting(read, time="23:30", end_time=None).end == 30
    assert meeting(read, time="9:05").start == 545


def test_a_meeting_is_where_it_says_or_in_its_zip_or_city(read):
    assert meeting(read, latitude=34.2, longitude=-118.1).lat == 34.2
    assert meeting(read).lat == PASADENA.lat
    whole = meeting(read, address=None, city=None, state=None, postal_code=None, formatted_address="9 Main St, Pasadena, CA 91101, USA")  # fmt: skip
    assert (whole.lat, whole.address) == (PASADENA.lat, "9 Main St, Pasadena, CA 91101")
    assert meeting(read, postal_code=None).lat == PASADENA.lat


@pytest.mark.parametrize("changed", [
    {"approximate": "yes"}, {"types": ["TC"]}, {"address": None}, {"address": None, "formatted_address": "Pasadena, CA, USA"},
])  # fmt: skip
def test_a_closed_or_rough_place_is_joined_from_home_only(read, changed):
    found = meeting(read, conference_url="https://meet.example/a", **changed)
    assert (found.in_person, found.from_home, found.address) == (False, True, "")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://meet.example/a", "https://a b"])
def test_only_https_links_are_taken(read, address):
    assert meeting(read, conference_url=address).link == ""


def test_what_may_name_a_person_is_left_out(read):
    found = meeting(
        read,
        contact_1_name="Robin Q",
        contact_1_phone="626-555-0100",
        notes="Ask Robin Q",
        group_notes="Robin Q",
    )
    assert "Robin" not in repr(found)
    assert "555-0100" not in repr(found)


def test_markup_and_control_characters_become_plain_text(read):
    assert meeting(read, name="Tom &amp; <b>Jo</b>\u0007s").name == "Tom & Jo s"


@pytest.mark.parametrize(("changed", "field"), [
    ({"name": ""}, "name"), ({"slug": None}, "slug"), ({"day": None}, "day"), ({"day": 7}, "day"), ({"day": [1, "x"]}, "day"),
    ({"day": True}, "day"), ({"time": None}, "time"), ({"time": "25:00"}, "time"), ({"end_time": "late"}, "end_time"),
    ({"address": None}, "place"), ({"postal_code": "00000", "city": "Atlantis"}, "place"),
])  # fmt: skip
def test_a_bad_row_is_reported_and_never_stops_the_rest(read, changed, field):
    bad = {
        key: value
        for key, value in {**SUNDAY, "slug": "bad", **changed}.items()
        if value is not None
    }
    found = read(bad, SUNDAY)
    assert found.read == 2
    assert [one.id for one in found.meetings] == ["sunday-serenity"]
    (refused,) = found.refused
    assert (refused.row, refused.field) == ("[0]", field)
    assert refused.expected


def test_a_slug_twice_is_taken_once(read):
    found = read(SUNDAY, SUNDAY)
    assert (len(found.meetings), [one.field for one in found.refused]) == (1, ["slug"])


@pytest.mark.parametrize("text", ["{}", "not json", '"meetings"'])
def test_a_file_that_is_no_list_of_meetings_is_refused(tmp_path, text):
    path = tmp_path / "feed.json"
    path.write_text(text)
    with pytest.raises(UnreadableFile):
        read_meetings(path, near)
    with pytest.raises(UnreadableFile, match="no such file"):
        read_meetings(tmp_path / "absent.json", near)


def test_rows_that_are_no_objects_are_reported(read):
    assert [one.field for one in read(None, 5, "x", []).refused] == ["meeting"] * 4


def test_the_shipped_examples_are_whole_and_invented():
    found = read_meetings(DATA / "guide" / "meetings.json", near)
    assert not found.refused
    assert len(found.meetings) >= 10
    assert all("Example" in one.address or not one.in_person for one in found.meetings)
    assert all(".example" in one.link for one in found.meetings if one.link)


def test_a_list_takes_the_place_of_what_its_source_told_before(tmp_path, read):
    lists = MeetingLists(tmp_path / "meetings", examples=True)
    assert lists.current() == ()
    first, other = (
        MeetingList(PAGE, read(SUNDAY).meetings),
        MeetingList(replace(PAGE, name="Another"), ()),
    )
    lists.keep(first)
    lists.keep(other)
    assert set(map(repr, lists.current())) == {repr(first), repr(other)}
    lists.keep(MeetingList(PAGE, ()))
    assert [one.meetings for one in lists.current()] == [(), ()]
    assert [
        path.name for path in (tmp_path / "meetings").iterdir() if path.name.startswith(".")
    ] == []


def test_invented_meetings_are_shown_only_where_examples_are_wanted(tmp_path, read):
    invented = MeetingList(Source("Invented", date(2026, 11, 20), "example"), read(SUNDAY).meetings)
    folder = tmp_path / "meetings"
    MeetingLists(folder, examples=True).keep(invented)
    assert MeetingLists(folder, examples=True).current() == (invented,)
    assert MeetingLists(folder, examples=False).current() == ()


def test_a_damaged_list_is_named(tmp_path):
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(UnreadableFile, match=r"broken\.json"):
        MeetingLists(tmp_path, examples=True).current()
