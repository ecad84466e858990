"""What every page keeps, in every language: help, the way out, no barrier, for eyes, thumbs, keys and readers."""

import json
import re

import pytest

from tests.journeys.looks import (
    LOOKS,
    NARROW,
    weeks_read_out,
    wrong_in_forced_colours,
    wrong_in_use,
    wrong_with,
)
from tests.journeys.pages import BROKEN, FILES, PAGES, of_the_desk
from tests.journeys.steps import GAADS_PAGE, sealed_address
from tests.journeys.walking import prefixes, walk

TIMES = re.compile(r"\b(noon|mediodía|\d+(:\d\d)?\s(am|pm|[ap]\.\sm\.)|\d+:\d\d (to|a)\b)")


@pytest.mark.parametrize("name", [*(name for name in PAGES if not of_the_desk(name)), "broken"])
def test_every_page_helps_fits_a_phone_and_has_no_barrier(name, visit, live_server, app):
    found = walk(PAGES.get(name, BROKEN), visit, live_server, app, LOOKS[0::2], LOOKS[1::2])
    assert not found, "\n" + "\n".join(found)


def test_every_address_that_shows_a_page_is_visited(app):
    """Add a new page to `pages.py`."""
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(("pages.", "staff."))
    ]
    shown = {rule.endpoint.partition(".")[2] for rule in rules if "GET" in rule.methods} - FILES
    assert shown - {way.shows for way in PAGES.values()} == set()


def test_the_check_notices_what_is_wrong(visit):
    """Or the silence above would prove nothing."""
    page = visit(viewport=NARROW).page
    page.set_content(
        "<style>.help{position:sticky;top:0} *{outline:0!important} b{transition:color 1s}"
        "b{forced-color-adjust:none;color:#abc}</style><nav class='help'></nav>"
        "<main><h1>One</h1><h1>Two</h1><img src='x'><p style='width:900px;color:#ddd'>Words</p>"
        "<a href='/'>Go</a> <b>Loud</b><table class='week'><td><svg>"
        "<rect class='free'/><rect class='fits'/></svg></table></main>"
    )
    found = "\n".join([*wrong_with(page), *wrong_in_use(page), *wrong_in_forced_colours(page)])
    for wrong in (
        "988",
        "no way to leave",
        "2 headings",
        "scrolls sideways",
        "at 400 %: scrolls sideways",
        "axe image-alt",
        "axe color-contrast",
        "axe html-has-lang",
        "a “Go” is 22 x",
        "a “Go” does not show its focus",
        "b “Loud” moves",
        "b “Loud”: is written in",
        "fits, free look alike",
    ):
        assert wrong in found, found


def test_the_picture_of_a_week_is_read_out_in_days_and_hours(visit, live_server, app):
    """From the tree that a screen reader gets, not from the page's source."""
    for prefix in prefixes(app):
        page = visit().page
        days = []
        for name in ("results", "program for a week", "program"):
            PAGES[name].go(page, live_server, prefix)
            pictures = page.locator("table.week").count()
            read = weeks_read_out(page)
            assert pictures == len(read) > 0 or name == "program"
            for title, heads, cells in read:
                assert title
                assert len(set(heads)) == 7
                assert all(heads + cells[-7:]), (title, cells)
                days += cells
        assert any(TIMES.search(one) for one in days), days


def test_data_for_search_engines_is_read_and_neither_run_nor_refused(visit):
    opened = visit()
    opened.page.goto(GAADS_PAGE)
    opened.page.wait_for_load_state()
    (written,) = opened.page.locator("script[type='application/ld+json']").all_text_contents()
    told = json.loads(written)
    assert told["@type"] == "MedicalClinic"
    assert told["name"] == opened.page.locator("h1").inner_text()
    assert opened.messages == []


def test_leaving_in_a_hurry_takes_the_page_out_of_the_back_button(visit, live_server):
    opened = visit()
    page = opened.page
    elsewhere = "https://www.weather.gov/"
    opened.context.route(
        elsewhere,
        lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"),
    )
    page.goto("/guide")
    page.goto(sealed_address(live_server))
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(elsewhere)
    page.go_back()
    assert page.url.endswith("/guide")


def test_the_way_out_is_a_link_without_javascript(visit):
    page = visit(java_script_enabled=False).page
    page.goto("/no-such-page")
    link = page.locator("a[data-leave]")
    assert link.get_attribute("href") == "https://www.weather.gov/"
    assert "noreferrer" in (link.get_attribute("rel") or "")


def test_the_skip_link_is_the_first_stop_and_help_the_second(visit):
    page = visit().page
    for address in ("/", "/guide", GAADS_PAGE, "/no-such-page"):
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to the page"
        page.keyboard.press("Tab")
        assert page.locator(":focus").get_attribute("href") == "tel:988"
