"""Suggestions under the box for words: with the keyboard alone, kept nowhere, and the box works without them."""

import re

from playwright.sync_api import expect

BOX = "In your own words"


def options_of(page):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_a_suggestion_is_taken_with_the_keyboard_alone(visit):
    opened = visit()
    page = opened.page
    page.goto("/")
    box = page.get_by_label(BOX, exact=True)
    box.focus()
    page.keyboard.type("cogn")
    options = options_of(page)
    expect(options.first).to_contain_text("Cognitive behavioral therapy")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#suggested + [role=status]")).to_have_text(
        re.compile(r"^Suggestions: [1-8]$")
    )
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "suggested-0")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Cognitive behavioral therapy (CBT)")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
    assert page.url.endswith("/"), "Enter takes the suggestion; it does not send the form"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"program"))
    assert opened.messages == []


def test_escape_closes_and_keeps_what_was_typed(visit):
    page = visit().page
    page.goto("/")
    box = page.get_by_label(BOX, exact=True)
    box.focus()
    page.keyboard.type("pasad")
    expect(options_of(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
    expect(box).to_have_value("pasad")


def test_what_is_typed_stands_in_no_address(visit):
    opened = visit()
    opened.page.goto("/")
    opened.page.get_by_label(BOX, exact=True).focus()
    opened.page.keyboard.type("suboxone")
    expect(options_of(opened.page).first).to_be_visible()
    asked = [address for address in opened.requests if "suggest" in address.rsplit("/", 1)[-1]]
    assert any(address.endswith("/api/v1/suggest") for address in asked)
    assert not [address for address in opened.requests if "subo" in address]


def test_without_javascript_it_is_a_plain_box(visit):
    page = visit(java_script_enabled=False).page
    page.goto("/")
    box = page.get_by_label(BOX, exact=True)
    assert box.get_attribute("role") is None
    box.fill("cbt")
    with page.expect_navigation():
        page.get_by_role("button", name="Show programs", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"program"))
