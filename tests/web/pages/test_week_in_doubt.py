"""A week that two sources tell differently, or that is too old, is a question to who gave no week, too."""

from dataclasses import replace
from datetime import date

import icalendar
import pytest

from directory.catalog.evidence import Rival, Source
from directory.catalog.program import Price, Span
from directory.catalog.schedule import Start
from directory.web.staff.referral_view import text
from tests.support.outcomes import MON, PAGE, THU, WED, listing, match, outcome, sessions, track
from tests.web.conftest import FORM

LIST = Source("State list", date(2026, 8, 21), "list", edition="August 2026")
LONG_AGO = Source("Their website", date(2024, 1, 8), "published")
EVENING = track(*sessions(MON, WED, THU), label="Evening", start=Start("rolling", (), 3))
OTHER_WEEK = [{"sessions": [{"day": "tue", "start": "09:00", "end": "12:00"}]}]
CLAIMS = {
    "torn": "Two sources disagree about their days or hours. One says: Mon, Wed, Thu, 6 to 9 pm. Ask which is right.",
    "old": "We read their week too long ago. It was: Mon, Wed, Thu, 6 to 9 pm. Ask if that is still so.",
}
QUESTION = "On which days does the group meet, and from when to when?"


def doubtful(kind):
    one = listing("Lamplight", EVENING, weeks=Span(8, 8), price=Price(31_000, "day"))
    one = replace(one, site=replace(one.site, time_zone="America/Los_Angeles"))
    known = {**one.program.evidence, "weeks": PAGE, "price": PAGE}
    rivals = {"tracks": (Rival(OTHER_WEEK, LIST),)} if kind == "torn" else {}
    evidence = known | {"tracks": PAGE if kind == "torn" else LONG_AGO}
    return replace(one, program=replace(one.program, evidence=evidence, rivals=rivals))


@pytest.fixture(params=["torn", "old"])
def site(request, visiting):
    """A site that lists one such program, and what it has to say of its week."""
    return visiting(outcome(match(doubtful(request.param)))), CLAIMS[request.param]


def test_the_program_page_asks_and_states_no_week(site):
    visitor, claim = site
    page = visitor.get("/programs/lamplight")
    assert claim in page.text
    assert "Meets:" not in page.text
    assert "Group 6 to 9 pm" not in page.text, "no bar is drawn as known"
    assert "Could be this day, 6 to 9 pm. Ask." in page.text
    assert "Pasadena. 8 weeks. " in page.text, "the first lines do not tell the week"
    (asked,) = [
        one for one in page.read.all("tr") if QUESTION in one.text and "Not known" in one.text
    ]
    assert claim.partition(". ")[2] in asked.text


def test_the_call_sheet_asks_for_days_and_hours(site):
    page = site[0].get("/programs/lamplight")
    (sheet,) = [
        one for one in page.read.all("section") if "sheet" in (one.attributes.get("class") or "")
    ]
    assert QUESTION in sheet.text


def test_nothing_is_reckoned_from_such_a_week(site):
    page = site[0].get("/programs/lamplight")
    assert "With breaks Ask" in page.text
    assert "days, " not in page.text.partition("Your 8 weeks")[2].partition("What usually")[0]
    assert "$7,440" not in page.text


def test_a_card_and_the_comparison_ask_too(site):
    visitor, claim = site
    card = visitor.post("/find", {key: value for key, value in FORM.items() if key != "week"})
    assert claim in card.text
    compared = visitor.get("/compare?p=lamplight")
    assert claim in compared.text
    assert "A: Could be this day, 6 to 9 pm. Ask." in compared.text
    assert "9 hours a week" not in compared.text


@pytest.mark.parametrize("query", ["", "?from=2026-12-07"])
def test_no_event_of_such_a_week_is_sure_and_each_says_why(site, query):
    visitor, claim = site
    found = icalendar.Calendar.from_ical(visitor.raw(f"/programs/lamplight.ics{query}").data)
    events = found.walk("VEVENT")
    assert {str(event["STATUS"]) for event in events} == {"TENTATIVE"}
    assert all(claim in event["DESCRIPTION"] for event in events)


def test_an_appointment_without_a_name_does_not_say_why(site):
    found = icalendar.Calendar.from_ical(site[0].raw("/programs/lamplight.ics?plain=1").data)
    assert {str(event["STATUS"]) for event in found.walk("VEVENT")} == {"TENTATIVE"}
    assert not any(event.get("DESCRIPTION") for event in found.walk("VEVENT"))


@pytest.mark.parametrize("kind", CLAIMS)
def test_a_text_message_to_a_person_leaves_such_a_week_out(speaking, kind):
    assert text(doubtful(kind), 160) == "Lamplight. 626-555-0142. Pasadena"
