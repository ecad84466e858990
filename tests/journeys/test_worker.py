"""Somebody works 9 to 5, lives in 91101, needs help with alcohol or drugs, and has Medi-Cal."""

import json
import re

from playwright.sync_api import expect

from tests.journeys.steps import (
    FORM,
    GAADS,
    Hand,
    answer_the_form,
    card_of,
    chips,
    read_sections,
    turn_pages_until,
)

ANSWERS = ["Near 91101", "I work 9 to 5", "By car", "Medi-Cal", "Alcohol or drugs"]
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
NINE_TO_FIVE = {"busy": [{"day": day, "start": "09:00", "end": "17:00"} for day in WORKDAYS]}


def test_a_worker_finds_evening_care_and_what_to_ask(hand):
    page = hand.page
    page.goto("/")
    answer_the_form(hand)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"^\d+ programs? fits? your week$")
    )
    assert chips(page) == ANSWERS
    assert [title for title, _ in read_sections(page)] == ["Fits your week", "Ask them"]
    assert all(verdicts for _, verdicts in read_sections(page))
    results = page.url
    reads_what_is_not_published(hand)
    page.goto(results)
    sees_what_clashes_on_request(hand)
    finds_the_form_as_it_was(hand)


def reads_what_is_not_published(hand):
    """A program that does not publish its days: what is known, what to ask, and back to the list."""
    page = hand.page
    turn_pages_until(hand, GAADS)
    expect(card_of(page, GAADS)).to_contain_text("They do not publish their days.")
    hand.follow(GAADS)
    expect(page.get_by_role("heading", level=1)).to_have_text(GAADS)
    main = page.get_by_role("main")
    expect(main).to_contain_text("They do not publish their days.")
    expect(main).to_contain_text(
        "3 evenings a week, 6:30 to 9:30 pm and 1 morning a week, 9 am to 12:15 pm"
    )
    questions = page.get_by_role("table", name="Questions", exact=True)
    expect(questions).to_contain_text("Which days does the group meet?")
    expect(questions).to_contain_text("Are you in network with Medi-Cal?")
    hand.back()
    expect(page.get_by_role("link", name=GAADS, exact=True)).to_be_visible()


def sees_what_clashes_on_request(hand):
    """Last of all, with how much of each week would be missed."""
    hand.follow(re.compile(r"^Show \d+ that clash"))
    titles = [title for title, _ in read_sections(hand.page)]
    assert titles[-1] == "Clashes with your week"
    minutes = re.compile(r"\d+ (hours?|minutes)")
    assert all(
        minutes.search(verdict)
        for verdict in dict(read_sections(hand.page))["Clashes with your week"]
    )


def finds_the_form_as_it_was(hand):
    """'Change my answers' keeps them."""
    hand.follow("Change my answers")
    expect(hand.page.get_by_label("ZIP code or city", exact=True)).to_have_value("91101")
    for label in ("I work 9 to 5", "Alcohol or drugs", "Medi-Cal"):
        expect(hand.box(label)).to_be_checked()


def test_back_goes_to_the_form_and_forward_to_the_same_results(hand):
    page = hand.page
    page.goto("/")
    answer_the_form(hand)
    heading = page.get_by_role("heading", level=1).inner_text()
    hand.back()
    expect(page.get_by_role("button", name="Show programs")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_a_chip_takes_its_answer_away_and_leaves_the_others(hand):
    page = hand.page
    page.goto("/")
    answer_the_form(hand)
    hand.press("Remove: Medi-Cal")
    assert chips(page) == ["Near 91101", "I work 9 to 5", "By car", "Alcohol or drugs"]
    hand.press("Remove: I work 9 to 5")
    assert chips(page) == ["Near 91101", "By car", "Alcohol or drugs"]
    assert [title for title, _ in read_sections(page)] == ["Programs"]
    hand.follow("Change my answers")
    expect(hand.box("Medi-Cal")).not_to_be_checked()
    expect(hand.box("Alcohol or drugs")).to_be_checked()


def test_a_misspelled_place_offers_the_right_one_and_keeps_the_other_answers(hand):
    page = hand.page
    page.goto("/")
    answer_the_form(
        hand,
        {
            "place": "Passadena",
            "week": "I work 9 to 5",
            "help": "Alcohol or drugs",
            "pay": "Medi-Cal",
        },
    )
    main = page.get_by_role("main")
    expect(main).to_contain_text("We could not find “Passadena”")
    expect(main).to_contain_text("Nothing is lost. Your other answers are still here.")
    hand.follow(re.compile(r"^Pasadena, (CA|California)$"))
    assert chips(page) == ["Near Pasadena, CA", *ANSWERS[1:]]
    expect(main).to_contain_text("of Pasadena, CA")


def test_a_misspelled_place_can_be_typed_anew(hand):
    page = hand.page
    page.goto("/")
    answer_the_form(
        hand,
        {
            "place": "Passadena",
            "week": "Evenings only",
            "help": "Alcohol or drugs",
            "pay": "Medi-Cal",
        },
    )
    hand.write("ZIP code or city", "91101")
    hand.press("Show programs")
    assert chips(page) == ["Near 91101", "Evenings only", "By car", "Medi-Cal", "Alcohol or drugs"]


def test_an_answer_we_cannot_read_comes_back_with_all_the_others(hand):
    page = hand.page
    page.goto("/")
    hand.write("ZIP code or city", "91101")
    hand.pick("Alcohol or drugs")
    hand.open("Age, language and more")
    hand.write("Age of the person", "old")
    hand.pick("Medi-Cal")
    hand.press("Show programs")
    expect(page.get_by_role("alert")).to_contain_text("Type the age as a number, like 34.")
    expect(page.get_by_label("ZIP code or city", exact=True)).to_have_value("91101")
    expect(hand.box("Alcohol or drugs")).to_be_checked()
    expect(hand.box("Medi-Cal")).to_be_checked()


def test_a_painted_week_without_an_hour_is_said_and_nothing_is_lost(hand):
    page = hand.page
    page.goto("/")
    hand.write("ZIP code or city", "91101")
    hand.pick("My own week")
    hand.pick("Medi-Cal")
    hand.press("Show programs")
    expect(page.get_by_role("alert")).to_contain_text("Your week has no free hour yet.")
    expect(hand.box("My own week")).to_be_checked()
    expect(hand.box("Medi-Cal")).to_be_checked()


def test_a_link_to_share_opens_the_same_programs(visit):
    page = visit().page
    hand = Hand(page)
    page.goto("/")
    answer_the_form(hand)
    before = page.locator("h3").all_inner_texts()
    hand.follow("Copy a link to share")
    link = page.get_by_label("The link. Press and hold to copy it.").input_value()
    assert "near=91101" in link
    page.goto(link.partition("8000")[2] or link)
    assert page.locator("h3").all_inner_texts() == before
    assert chips(page) == ANSWERS


def test_ucla_misses_a_nine_to_five_week_by_780_minutes_before_travel(live_server):
    asked = {
        "near": "91101",
        "within_miles": 50,
        "travel_minutes": 0,
        "week": NINE_TO_FIVE,
        "limit": 100,
    }
    found = {}
    while True:
        status, _, text = live_server.ask("/api/v1/match", json.dumps(asked).encode())
        assert status == 200, text
        answer = json.loads(text)
        found |= {one["program"]["id"]: one["schedule"] for one in answer["data"]}
        if not answer["page"]["next"]:
            break
        asked["cursor"] = answer["page"]["next"]
    ucla = found["ucla-resnick-adult-iop"]
    assert (ucla["verdict"], ucla["missed_minutes"]) == ("misses", 780)
    assert ucla["weekly_span_minutes"] == 780


def gaads(live_server, free):
    asked = {
        "near": "91101",
        "travel_minutes": 0,
        "text": "GAADS",
        "must": ["text"],
        "week": {"free": free},
    }
    _, _, text = live_server.ask("/api/v1/match", json.dumps(asked).encode())
    found = {one["program"]["id"]: one["schedule"] for one in json.loads(text)["data"]}
    return found["gaads-glendale-iop"]["verdict"]


def times(days, *spans):
    return [{"day": day, "start": start, "end": end} for day in days for start, end in spans]


def test_gaads_fits_every_morning_and_evening_and_misses_weekday_mornings_alone(live_server):
    every = (*WORKDAYS, "sat", "sun")
    assert gaads(live_server, times(every, ("08:00", "13:00"), ("17:00", "22:00"))) == "fits"
    assert gaads(live_server, times(WORKDAYS, ("08:00", "13:00"))) == "misses"
    worker = times(WORKDAYS, ("00:00", "09:00"), ("17:00", "24:00")) + times(
        ("sat", "sun"), ("00:00", "24:00")
    )
    assert gaads(live_server, worker) == "cannot_tell"


def test_the_form_of_the_steps_is_what_the_page_sends(visit, live_server):
    opened = visit()
    opened.page.goto("/")
    with opened.page.expect_request("**/find") as sent:
        answer_the_form(Hand(opened.page))
    given = dict(
        pair.split("=")
        for pair in (sent.value.post_data or "").split("&")
        if not pair.endswith("=")
    )
    assert given == FORM
