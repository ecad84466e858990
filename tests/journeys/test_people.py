"""People who are not the worker: a parent, a night nurse, someone in danger, someone far away, someone with a name."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import Hand, chips, read_sections

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
FOUND = re.compile(r"^\d+ programs? (fits? your week|may fit\. Ask them\.)$")


@pytest.fixture(params=["with JavaScript", "no JavaScript"])
def person(request, visit):
    """Someone with a mouse, with or without scripts."""
    opened = visit(java_script_enabled=request.param == "with JavaScript")
    opened.page.goto("/")
    return Hand(opened.page)


def heading(page):
    return page.get_by_role("heading", level=1)


def test_a_parent_with_the_school_run_makes_the_week_a_must(hand):
    page = hand.page
    page.goto("/")
    hand.write("ZIP code or city", "Altadena, CA")
    hand.pick("While kids are at school")
    hand.pick("My mental health")
    hand.press("Show programs")
    expect(heading(page)).to_have_text(FOUND)
    week = "While kids are at school"
    hand.press(f"Nice to have: {week}. Press to make it a must-have.")
    assert "Clashes with your week" not in [title for title, _ in read_sections(page)]
    expect(page.get_by_role("link", name=re.compile("^Show .* that clash"))).to_have_count(0)
    hand.press("Nearest")
    expect(page.locator(".order [aria-current]")).to_have_text("Nearest")
    assert chips(page)[:2] == ["Near Altadena, CA", week]
    hand.back()
    hand.back()
    expect(page.get_by_role("button", name=f"Nice to have: {week}.")).to_be_visible()


def test_a_night_nurse_paints_two_weeks_in_turn(hand):
    """One week of nights, one of days: a group has to fit both."""
    page = hand.page
    page.goto("/")
    hand.write("ZIP code or city", "91101")
    hand.pick("My shifts rotate")
    hand.open("Paint your own week")
    hand.paint("free", *(f"{day}-{part}" for day in WEEKDAYS for part in ("afternoon", "evening")))
    hand.open("My shifts rotate: paint the other week")
    hand.paint("free2", *(f"{day}-evening" for day in WEEKDAYS))
    hand.press("Show programs")
    expect(heading(page)).to_have_text(FOUND)
    assert "My shifts rotate" in chips(page)
    fits = dict(read_sections(page)).get("Fits your week", [])
    assert not [verdict for verdict in fits if " am" in verdict]
    hand.follow("Change my answers")
    expect(hand.box("My shifts rotate")).to_be_checked()
    expect(page.locator("input[name=free2][value=fri-evening]")).to_be_checked()


def test_who_writes_of_a_crisis_sees_help_before_any_program(person):
    page = person.page
    person.write("In your own words", "i want to kill myself")
    person.press("Show programs")
    first = page.get_by_role("main").get_by_role("heading").first
    expect(first).to_have_text("You do not have to wait for a program")
    expect(page.get_by_role("main").get_by_role("link", name="Call 988")).to_be_visible()


def test_who_needs_another_kind_of_care_is_told_so(person):
    person.write("In your own words", "detox")
    person.press("Show programs")
    main = person.page.get_by_role("main")
    expect(main).to_contain_text("We list intensive outpatient programs only.")
    expect(main.get_by_role("link", name="800-854-7771").first).to_be_visible()


def test_who_is_far_from_every_program_is_shown_video_and_how_far_the_first_ones_are(person):
    """Redding lies some 500 miles north, in the same state: groups by video reach it."""
    page = person.page
    person.write("ZIP code or city", "96001")
    person.press("Show programs")
    expect(page.locator("article").first).to_contain_text("From home, by video")
    near = page.locator("article").count()
    person.follow(re.compile(r"^\d+ miles instead of \d+$"))
    assert page.locator("article").count() > near


def test_where_no_program_is_at_all_there_is_a_door_and_a_person(person):
    """Billings, Montana."""
    page = person.page
    person.write("ZIP code or city", "59001")
    person.press("Show programs")
    expect(heading(page)).to_have_text("No program fits all of this yet")
    expect(page.get_by_role("link", name=re.compile("At any distance"))).to_be_visible()
    expect(page.get_by_role("heading", name="Talk to a person")).to_be_visible()


def test_who_knows_only_a_name_finds_the_program(person):
    page = person.page
    person.write("In your own words", "Casa Treatment Center")
    person.press("Show programs")
    expect(page.locator("article h3").first).to_contain_text("Casa Treatment Center")


def test_the_next_page_begins_at_its_first_program_and_back_returns(person):
    page = person.page
    person.write("ZIP code or city", "91101")
    person.press("Show programs")
    person.follow(re.compile(r"^Show \d+ more$"))
    assert page.url.endswith("#p21")
    expect(page.locator("#p21")).to_be_in_viewport()
    person.follow("Back to the ones before")
    expect(page.locator("#p20")).to_be_in_viewport()
    person.back()
    expect(page.locator("#p21")).to_be_visible()
