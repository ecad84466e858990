"""Somebody chooses: the weeks of a program, a calendar, a call sheet; several side by side; a slip told."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest
from playwright.sync_api import expect

from tests.journeys.steps import (
    GAADS_PAGE,
    WORKER,
    answer_the_form,
    sealed_address,
)

LAMPLIGHT = "Lamplight Evening Program"
PROGRAM = "/programs/lamplight-example-lamplight-evening-program"
SILENT = "/programs/sparrow-hill-example-sparrow-hill-recovery"
CANARY = "Zebediah Quackenbush"
MIND = {**WORKER, "help": "My mental health"}
MUCH_ASKED = {
    "need": ["mh", "sud"], "age": "34", "lang": "es", "start_by": "2026-12-10", "pay": "plan", "plan": "kaiser",
    "services": ["dbt", "child_care", "family_therapy"], "conditions": ["trauma", "anxiety"],
}  # fmt: skip


def test_a_program_becomes_weeks_a_calendar_and_a_sheet_of_paper(hand):
    page = hand.page
    page.goto("/")
    answer_the_form(hand, MIND)
    hand.follow(LAMPLIGHT)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Your 8 weeks")
    expect(main).to_contain_text("If you start Mon, Dec 7: 24 days, 72 hours in all.")
    expect(main).to_contain_text("Settle in")
    hand.open("Put these weeks in a calendar")
    page.get_by_label("Your first day there").fill("2027-02-22")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the calendar file").press("Enter")
    assert saved.value.suggested_filename == f"{PROGRAM.rpartition('/')[2]}.ics"
    assert "2027" not in page.url
    calendar = icalendar.Calendar.from_ical(Path(saved.value.path()).read_bytes())
    events = calendar.walk("VEVENT")
    assert sorted(event["DTSTART"].dt.strftime("%a %H:%M") for event in events) == [
        "Mon 18:00",
        "Thu 18:00",
        "Wed 18:00",
    ]
    assert {event["RRULE"]["COUNT"][0] for event in events} == {8}
    assert len(calendar.walk("VTIMEZONE")) == 1


@pytest.mark.parametrize("address", [PROGRAM, SILENT, GAADS_PAGE])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_call_sheet_is_one_page_whatever_was_asked(visit, live_server, address, paper):
    page = visit().page
    sealed = sealed_address(live_server, **MUCH_ASKED).rpartition("/")[2]
    page.goto(f"{address}?for={sealed}")
    printed = page.pdf(format=paper, prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    sheet = page.locator(".sheet")
    expect(sheet).to_contain_text("They said")
    expect(sheet).to_contain_text("What will I pay in all?")
    expect(sheet).to_contain_text("800-854-7771")


def test_what_is_known_stands_on_the_sheet_with_its_day(visit):
    page = visit().page
    page.goto(PROGRAM)
    page.emulate_media(media="print")
    row = page.locator(".sheet tr").filter(has_text="How many weeks does it take?")
    expect(row).to_contain_text("8 weeks (Nov 12, 2026)")
    open_row = page.locator(".sheet tr").filter(has_text="Who will know that I come?")
    expect(open_row).to_contain_text("Not known")


def test_four_are_kept_and_compared_on_one_week(hand):
    page = hand.page
    page.goto("/")
    answer_the_form(hand, MIND)
    kept = page.locator(".prog h3 a").all_inner_texts()[:4]
    for name in kept:
        hand.keep(name)
    hand.press("Compare the ones I keep")
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("4 programs, side by side")
    assert len(parse_qs(urlsplit(page.url).query)["p"]) == 4
    assert "91101" not in page.url
    expect(main.get_by_role("table", name="The programs day by day")).to_be_visible()
    hand.follow(f"Take away {kept[0]}")
    expect(main.get_by_role("heading", level=1)).to_have_text("3 programs, side by side")
    hand.follow("Add another program")
    expect(page.get_by_label(f"Keep {kept[1]}", exact=True)).to_be_checked()
    expect(page.get_by_label(f"Keep {kept[0]}", exact=True)).not_to_be_checked()


def test_printing_and_sharing_are_asked_for(visit):
    page = visit().page
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(f"/compare?p={PROGRAM.rpartition('/')[2]}")
    link = page.get_by_label("The link.")
    expect(link).to_be_hidden()
    page.locator("summary").filter(has_text="Show a link to share").click()
    assert urlsplit(link.input_value()).query == f"p={PROGRAM.rpartition('/')[2]}"
    assert not page.evaluate("window.printed")
    page.get_by_role("button", name="Print this page").click()
    assert page.evaluate("window.printed")


def test_a_slip_is_told_and_nothing_of_a_person_is_kept(hand, live_server):
    page = hand.page
    page.goto(PROGRAM)
    hand.follow("Something wrong? Tell us.")
    hand.pick("The phone number is wrong, or nobody answers")
    hand.write("What is right? You can leave this out.", f"Ask {CANARY}")
    hand.press("Send")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Please leave out names. We know which program you mean.")
    expect(page.get_by_label("What is right?")).to_have_value(f"Ask {CANARY}")
    hand.write("What is right? You can leave this out.", "nobody answers in the evening")
    hand.press("Send")
    expect(main).to_contain_text("Thank you")
    assert "Zebediah" not in page.url
    for file in [live_server.log, *live_server.home.rglob("*")]:
        assert not file.is_file() or b"Zebediah" not in file.read_bytes(), file
