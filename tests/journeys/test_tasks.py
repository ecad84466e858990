"""What people come to do beside finding: with a mouse, without a script, and with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import (
    GAADS,
    GAADS_PAGE,
    answer_the_form,
    chips,
    sealed_address,
)

LAMPLIGHT = "/programs/lamplight-example-lamplight-evening-program"


def test_a_wish_becomes_a_must_and_an_answer_goes(hand):
    page = hand.page
    page.goto("/")
    answer_the_form(hand)
    hand.press("Nice to have: Medi-Cal. Press to make it a must-have.")
    expect(page.get_by_role("button", name=re.compile("^Must have: Medi-Cal"))).to_be_visible()
    hand.press("Remove: I work 9 to 5")
    assert "I work 9 to 5" not in chips(page)
    hand.press("Nearest")
    expect(page.get_by_role("button", name="Nearest")).to_have_attribute("aria-current", "true")


def test_the_weeks_of_a_group_go_into_a_calendar(hand):
    page = hand.page
    page.goto(LAMPLIGHT)
    hand.open("Put these weeks in a calendar")
    hand.write("Your first day there", "2026-12-07")
    file = hand.take("Save the calendar file").path()
    text = file.read_text(encoding="utf-8")
    assert text.startswith("BEGIN:VCALENDAR")
    assert "DTSTART;TZID=America/Los_Angeles:202612" in text
    assert page.url.endswith(LAMPLIGHT), "no address tells the day"


def test_a_program_becomes_a_call_sheet_on_paper(hand):
    page = hand.page
    page.goto(GAADS_PAGE)
    page.emulate_media(media="print")
    sheet = page.locator(".sheet")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text(f"Call sheet: {GAADS}")
    expect(sheet).to_contain_text("Which days does the group meet?")
    expect(page.get_by_role("navigation").first).to_be_hidden()


def test_a_mistake_is_told(hand):
    page = hand.page
    page.goto(GAADS_PAGE)
    hand.follow("Something wrong? Tell us.")
    hand.pick("The days or hours are wrong")
    hand.write("What is right? You can leave this out.", "my daughter goes there")
    hand.press("Send")
    expect(page.get_by_role("alert")).to_contain_text("Please leave out who it is about.")
    hand.write("What is right? You can leave this out.", "they meet at seven now")
    hand.press("Send")
    expect(page.get_by_role("main")).to_contain_text("Thank you")


def test_two_programs_are_kept_and_compared(hand, live_server):
    page = hand.page
    page.goto(sealed_address(live_server))
    names = page.locator("article h3 a").all_inner_texts()[:2]
    for name in names:
        hand.tick(f"Keep {name}")
    hand.press("Compare the ones I keep")
    for name in names:
        expect(page.locator(".names")).to_contain_text(name)
    expect(page.get_by_role("table", name="The programs day by day")).to_be_visible()
    hand.follow("Back to your programs")
    expect(page.get_by_label(f"Keep {names[0]}", exact=True)).to_be_checked()


def test_a_plan_is_written(hand):
    page = hand.page
    page.goto("/aftercare")
    hand.write("My support meeting", "Tuesday at noon")
    hand.write("Things that help me for ten minutes", "a walk")
    page.emulate_media(media="print")
    expect(page.get_by_label("My support meeting", exact=True)).to_have_value("Tuesday at noon")
    expect(page.get_by_label("Things that help me for ten minutes")).to_be_visible()


def test_the_page_is_read_in_another_language(hand, app):
    others = [code for code in app.extensions["languages"] if code != "en"]
    if not others:
        pytest.skip("One language only: there is nothing to change")
    page = hand.page
    page.goto("/guide")
    hand.follow(page.locator(f"a[hreflang={others[0]}]").inner_text())
    assert page.url.endswith(f"/{others[0]}/guide")
    assert page.locator("html").get_attribute("lang") == others[0]
