"""Somebody wants to know first: is it right for me, can I keep my job, what comes after."""

import re

from playwright.sync_api import expect

from tests.journeys.steps import GAADS, GAADS_PAGE

CANARY = "plan-canary-4b1"


def test_danger_comes_first_and_help_is_one_press_away(hand):
    page = hand.page
    page.goto("/guide")
    hand.follow("Self-check")
    expect(page.get_by_role("main")).to_contain_text("Is anyone in danger right now?")
    hand.pick("Yes, now")
    hand.press("Next")
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    expect(main.get_by_role("link", name="Call 988")).to_have_attribute("href", "tel:988")
    assert "danger" not in page.url
    hand.press("I am safe now. Go on.")
    hand.pick("Yes, or I drink or take them every day")
    hand.press("Next")
    expect(main).to_contain_text("Do not stop all at once on your own")
    expect(main.get_by_role("link", name="Call 800-854-7771")).to_be_visible()
    hand.back()
    expect(main).to_contain_text("Question 2 of 6")


def test_the_self_check_ends_with_care_to_ask_about(hand):
    page = hand.page
    page.goto("/self-check")
    for choice in ("No", "No", "Yes", "A counselor or doctor, once a week or less", "Most days"):
        hand.pick(choice)
        hand.press("Next")
    hand.press("Next")  # the last one is skipped
    main = page.get_by_role("main")
    expect(main).to_contain_text("You could ask about")
    expect(main).to_contain_text("Intensive outpatient program (IOP)")
    expect(main).to_contain_text("This is not a test")
    hand.follow("Start again")
    expect(main).to_contain_text("Question 1 of 6")


def test_a_worker_counts_the_hours_of_a_day_group(hand):
    page = hand.page
    page.goto("/work")
    for day, end in (("Tuesday", "14:00"), ("Wednesday", "12:00"), ("Friday", "14:00")):
        hand.write(f"{day}, group from", "09:00")
        hand.write(f"{day}, group until", end)
    hand.pick("5 to 24")
    hand.press("Count my hours")
    main = page.get_by_role("main")
    expect(main).to_contain_text("You would miss 13 hours of work a week.")
    expect(main).to_contain_text("California family rights (CFRA): worth asking about.")
    expect(main).to_contain_text(
        "Federal family and medical leave (FMLA): not for this kind of employer."
    )
    page.reload()
    expect(main).to_contain_text("You would miss 13 hours of work a week.")
    expect(page.get_by_label("Tuesday, group until")).to_have_value("14:00")


def test_a_program_page_leads_to_its_hours_of_work(hand):
    page = hand.page
    page.goto(GAADS_PAGE)
    hand.follow("I work. How many hours would I miss?")
    expect(page.get_by_role("main")).to_contain_text(f"We take the hours of {GAADS}.")
    hand.press("Count my hours")
    expect(page.get_by_role("main")).to_contain_text(
        re.compile("We cannot tell yet|You would miss")
    )


def test_somebody_finds_a_meeting_for_a_free_evening(hand):
    page = hand.page
    page.goto("/aftercare")
    hand.follow("Find a meeting")
    hand.write("ZIP code or city", "91101")
    hand.press("Show meetings")
    main = page.get_by_role("main")
    expect(main).to_contain_text(re.compile(r"\d+ meetings? fits? your week"))
    card = main.get_by_role("listitem").filter(has_text="Friends and Family Circle")
    expect(card).to_contain_text("Example")
    expect(card).to_contain_text("6 to 7:15 pm")
    assert "91101" not in page.url


def test_the_plan_for_after_is_printed_and_never_sent(visit):
    opened = visit()
    page = opened.page
    page.goto("/aftercare")
    page.wait_for_load_state("networkidle")
    before = len(opened.requests)
    fields = page.locator("main input, main textarea")
    assert fields.count() > 10
    for field in fields.all():
        field.fill(CANARY)
        field.press("Enter")
        assert field.get_attribute("name") is None
        assert field.evaluate("it => it.form") is None
    printed = page.pdf()
    assert printed.startswith(b"%PDF")
    page.emulate_media(media="print")
    for field in fields.all():
        expect(field).to_be_visible()
    assert opened.requests[before:] == []
    page.goto("/guide")
    page.go_back()
    assert CANARY not in page.url
    assert [url for url in opened.requests if CANARY in url] == []
    assert (
        page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    )
