"""Report a problem: a choice, a few words, thanks; from our own page only."""

from dataclasses import replace

import pytest

from directory.accounts.api_keys import KeyRing
from directory.errors import BadValue, TellsOfAPerson, TooManyReports
from directory.web.answers import Edition
from directory.web.gate import Gate
from directory.web.gate.rates import Policy
from tests.conftest import NOW
from tests.support.outcomes import app_with, listing, match, outcome, sessions, track
from tests.support.page import Visitor
from tests.web.conftest import register

ADDRESS = "/programs/lamplight/report"


def clock():
    return NOW


@pytest.fixture
def reporting():
    """A visitor, and what reached the one who keeps reports; `refusal` is raised instead."""

    def one(refusal=None):
        kept = []

        def report(found, what, text):
            if refusal:
                raise refusal
            kept.append((found.slug, what, text))

        app = app_with(outcome(match(listing("Lamplight", track(*sessions(0))))), register)
        app.extensions["directory"] = replace(app.extensions["directory"], report=report)
        policies = {"reports": Policy("reports", 3, 3600)}
        keys = KeyRing(lambda: None, clock)
        app.extensions["gate"] = Gate(policies, keys, lambda: Edition("", NOW.date()), clock)
        return Visitor(app), kept

    return one


def test_a_report_is_sent_from_the_programs_page_and_thanked_for(reporting):
    visitor, kept = reporting()
    form = visitor.get(visitor.get("/programs/lamplight").link("Something wrong?"))
    assert form.heading == "Something wrong?"
    page = visitor.post(ADDRESS, {"what": "hours", "text": "Tue and Thu now"})
    assert "Thank you" in page.text
    assert "We do not know who you are." in page.text
    assert kept == [("lamplight", "hours", "Tue and Thu now")]


@pytest.mark.parametrize(
    ("refusal", "status", "told"),
    [
        (BadValue("what", "", "a choice"), 422, "Pick what is wrong."),
        (BadValue("text", "400 letters", "300"), 422, "Write at most 300 letters."),
        (TellsOfAPerson("name"), 422, "Please leave out names."),
        (TellsOfAPerson("number"), 422, "Please leave out phone numbers"),
        (TellsOfAPerson("date"), 422, "days of birth"),
        (TellsOfAPerson("contact"), 422, "Please leave out mail addresses."),
        (TellsOfAPerson("person"), 422, "Please leave out who it is about."),
        (TooManyReports(), 429, "Please try again tomorrow."),
    ],
)
def test_what_is_not_taken_comes_back_with_a_kind_reason(reporting, refusal, status, told):
    visitor, kept = reporting(refusal)
    page = visitor.post(ADDRESS, {"what": "phone", "text": "What I typed"}, status=status)
    assert told in page.text
    assert page.form(ADDRESS) == {"what": ["phone"], "text": ["What I typed"]}
    assert kept == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "null"}, 303),
        ({}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
    ],
)
def test_only_our_own_form_is_read(reporting, headers, status):
    visitor, kept = reporting()
    answer = visitor.raw(ADDRESS, method="POST", data={"what": "phone"}, headers=headers)
    assert answer.status_code == status
    assert bool(kept) == (status == 303)


def test_reports_are_few_from_one_network(reporting):
    visitor, kept = reporting()
    far, near = ({"REMOTE_ADDR": f"192.0.{net}.7"} for net in (2, 3))
    answers = [
        visitor.raw(ADDRESS, method="POST", data={"what": "phone"}, environ_base=far)
        for _ in range(4)
    ]
    assert [one.status_code for one in answers] == [303, 303, 303, 429]
    assert answers[-1].headers["Retry-After"] == "1200"
    assert "Please try again in an hour." in answers[-1].text
    again = visitor.raw(ADDRESS, method="POST", data={"what": "phone"}, environ_base=near)
    assert (again.status_code, len(kept)) == (303, 4)


def test_a_program_that_is_not_listed_has_no_form(reporting):
    visitor, _ = reporting()
    visitor.get("/programs/nowhere/report", status=404)


def test_no_cache_keeps_what_somebody_typed(reporting):
    visitor, _ = reporting(TellsOfAPerson("name"))
    page = visitor.post(ADDRESS, {"what": "phone", "text": "Ana"}, status=422)
    assert page.response.headers["Cache-Control"] == "no-store"
