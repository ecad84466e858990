import json
import re
from datetime import date

import pytest

from directory.app import create_app
from directory.catalog.evidence import Source
from directory.cli.meetings import take_in
from directory.config import Config
from directory.house import build_house
from tests.conftest import frozen
from tests.support.page import Visitor

ROWS = [
    {"name": "Lamp Circle", "slug": "lamp", "day": 1, "time": "18:30", "end_time": "19:30", "types": ["O", "X", "ZZ"],
     "location": "Hall", "address": "1 Main St", "city": "Pasadena", "state": "CA", "postal_code": "91101", "url": "https://lamp.example/"},
    {"name": "Video Circle", "slug": "video", "day": 2, "time": "18:30", "conference_url": "https://meet.example/v"},
    {"name": "Morning Circle", "slug": "morning", "day": 1, "time": "07:00", "conference_url": "https://meet.example/m"},
]  # fmt: skip
EVENINGS = {"place": "91101", "within": "5", "free": ["mon-evening", "tue-evening"]}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with one list; answers a visitor, and what a list of another day gives."""
    home = tmp_path_factory.mktemp("home")
    (home / "feed.json").write_text(json.dumps(ROWS))
    config = Config(home=home, secret="tests-" * 8)

    def on(seen, method="published"):
        house = build_house(config, frozen)
        take_in(house, home / "feed.json", Source("The county list", seen, method))
        return Visitor(create_app(config, frozen))

    return on


@pytest.fixture
def visitor(site):
    return site(date(2026, 11, 20))


def test_meetings_that_fit_are_shown_by_day_with_their_source(visitor):
    page = visitor.post("/meetings", {**EVENINGS, "home": "1"})
    assert "2 meetings fit your week" in page.text
    assert page.text.index("Monday") < page.text.index("Lamp Circle") < page.text.index("Tuesday")
    assert "6:30 to 7:30 pm" in page.text
    assert "Hall, 1 Main St, Pasadena, CA" in page.text
    assert "Anyone may come · Wheelchair access" in page.text
    assert "The county list, read on Nov 20, 2026." in page.text
    assert "Morning Circle" not in page.text
    assert page.links("Their page") == ["https://lamp.example/"]


def test_video_meetings_come_only_if_asked_for(visitor):
    assert "Video Circle" not in visitor.post("/meetings", EVENINGS).text
    assert visitor.post("/meetings", {**EVENINGS, "home": "1"}).links("Join by video")


def test_what_was_asked_is_in_no_address_and_the_form_is_as_it_was(visitor):
    page = visitor.post("/meetings", EVENINGS)
    assert re.fullmatch(r"/meetings/[\w-]+", page.response.request.path)
    assert page.response.headers["Cache-Control"] == "no-store"
    form = page.form("/meetings")
    assert (form["place"], form["free"]) == (["91101"], EVENINGS["free"])


def test_an_older_list_says_check_and_a_very_old_one_is_not_shown(site):
    older = site(date(2026, 9, 1)).post("/meetings", EVENINGS)
    assert "The county list, read on Sep 1, 2026. Check before you go." in older.text
    oldest = site(date(2025, 1, 1)).post("/meetings", EVENINGS)
    assert "Lamp Circle" not in oldest.text
    assert "We have no list of meetings here yet." in oldest.text


def test_an_invented_meeting_is_called_an_example_beside_its_name(site):
    page = site(date(2026, 11, 20), "example").post("/meetings", EVENINGS)
    (name,) = [one.text for one in page.read.all("h4") if "Lamp" in one.text]
    assert name.strip().endswith("Example")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"place": "Passadena"}, "Did you mean: Pasadena"),
        ({"place": "Springfield"}, "There is more than one."),
        ({"place": ""}, "Type a ZIP code like 91101, or a city."),
        ({"free": []}, "Tick at least one part of the week"),
        ({"free": ["mon-midnight"]}, "Tick at least one part of the week"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost(visitor, changed, told):
    page = visitor.post("/meetings", {**EVENINGS, **changed}, status=422)
    assert told in page.text
    assert page.form("/meetings")["within"] == ["5"]
    spanish = visitor.get(page.link("Español"), status=422).form("/es/meetings")
    assert (spanish["within"], spanish["place"]) == (["5"], page.form("/meetings")["place"])


def test_nothing_fits_says_what_to_try(visitor):
    page = visitor.post("/meetings", {**EVENINGS, "free": ["sun-morning"]})
    assert "No meeting on our lists fits this week" in page.text
    assert "Try more of the week" in page.text
