"""What every page keeps: help, the way out, no sideways scroll, no barrier that axe can see."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import NARROW, WIDE
from tests.journeys.steps import GAADS_PAGE, Hand, sealed_address

FOUR = "&".join(
    f"p={slug}"
    for slug in (
        GAADS_PAGE.rpartition("/")[2],
        "lamplight-example-lamplight-evening-program",
        "blue-door-example-blue-door-behavioral-health",
        "sparrow-hill-example-sparrow-hill-recovery",
    )
)
LOOKS = [("light", WIDE), ("dark", WIDE), ("light", NARROW), ("dark", NARROW)]

# name -> how to come there. `results` and its kin are made from the worker's answers.
PLAIN = {
    "home": "/",
    "guide": "/guide",
    "self-check": "/self-check",
    "work": "/work",
    "work for a program": "/work?program=" + GAADS_PAGE.rpartition("/")[2],
    "paying": "/paying",
    "aftercare": "/aftercare",
    "family": "/family",
    "meetings": "/meetings",
    "ranking": "/about/ranking",
    "data": "/about/data",
    "program": GAADS_PAGE,
    "report": GAADS_PAGE + "/report",
    "reported": GAADS_PAGE + "/report?sent=yes",
    "compare, empty": "/compare",
    "compare": f"/compare?{FOUR}",
    "not found": "/no-such-page",
    "closed": "/results/gAAAA-too-old",
    "broken": "/broken/heroin",
}
SEALED = {
    "results": "{results}",
    "change": "/change/{sealed}",
    "share": "/share/{sealed}",
    "program for a week": GAADS_PAGE + "?for={sealed}",
    "compare for a week": f"/compare?{FOUR}&for={{sealed}}",
}
ODD_PLACES = {"unknown place": "Passadena", "ambiguous place": "Springfield"}
# Refusals are meant, and the headers have a test of their own.
EXPECTED = re.compile("the server responded with|Permissions-Policy")
STATUS = {
    "not found": 404,
    "closed": 410,
    "broken": 500,
    "unknown place": 422,
    "ambiguous place": 422,
}
# What somebody answers on the way there: choices of the self-check, hours of the calculator.
CHECKS = {
    "self-check, danger": ["Yes, now"],
    "self-check, thoughts": ["I think about dying, but I am safe now"],
    "self-check, withdrawal": ["No", "Yes, or I drink or take them every day"],
    "self-check, hurt": ["No", "No", "Somebody hurts me or scares me there"],
    "self-check, end": ["No", "No", "Yes", "Nothing yet", "Most days", "An hour or two a week"],
}
MEETINGS = {
    "meetings found": {"ZIP code or city": "91101"},
    "meetings, which place": {"ZIP code or city": "Springfield"},
}
HOURS = {
    "hours of work": {"Tuesday, group from": "09:00", "Tuesday, group until": "14:00"},
    "hours refused": {},
}
PAGES = [
    *PLAIN,
    *SEALED,
    *ODD_PLACES,
    *CHECKS,
    *HOURS,
    *MEETINGS,
    "clashes",
    "nothing fits",
    "refused answer",
]


def come_to(name, page, server):
    """Open the page; answers its response."""
    if name in PLAIN:
        return page.goto(PLAIN[name])
    if name == "refused answer":
        page.goto("/")
        page.get_by_label("ZIP code or city").fill("91101")
        page.get_by_text("My own week").click()
        Hand(page).press("Show programs")
        return None
    if name in {*CHECKS, *HOURS, *MEETINGS}:
        return walk_to(name, page)
    if name in ODD_PLACES:
        return page.goto(sealed_address(server, place=ODD_PLACES[name]))
    if name == "nothing fits":
        return page.goto(sealed_address(server, place="59001", within="5"))
    results = sealed_address(server)
    if name == "clashes":
        page.goto(results)
        Hand(page).follow(re.compile("that clash"))
        return None
    return page.goto(SEALED[name].format(results=results, sealed=results.rpartition("/")[2]))


def walk_to(name, page):
    """Answer the self-check's questions in turn; type the hours of a group; ask for meetings."""
    hand = Hand(page)
    start = "/self-check" if name in CHECKS else "/work" if name in HOURS else "/meetings"
    page.goto(start)
    for choice in CHECKS.get(name, ()):
        hand.pick(choice)
        hand.press("Next")
    for label, text in {**HOURS, **MEETINGS}.get(name, {}).items():
        page.get_by_label(label).fill(text)
    if name not in CHECKS:
        hand.press("Count my hours" if name in HOURS else "Show meetings")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_helps_fits_a_phone_and_has_no_barrier(name, visit, live_server):
    found = []
    for scheme, size in LOOKS:
        opened = visit(color_scheme=scheme, viewport=size)
        response = come_to(name, opened.page, live_server)
        look = f"{scheme} {size['width']}"
        if response is not None and response.status != STATUS.get(name, 200):
            found.append(f"{look}: status {response.status}")
        found += [f"{look}: {one}" for one in wrong_with(opened.page)]
        found += [
            f"{look}: console: {said}" for said in opened.messages if not EXPECTED.search(said)
        ]
        opened.context.close()
    assert not found, "\n" + "\n".join(found)


def wrong_with(page):
    """Everything a visitor would stumble over."""
    if not page.locator("nav a[href='tel:988']").first.is_visible():
        yield "988 is not in sight"
    if not page.locator("a[data-leave]").is_visible():
        yield "no way to leave in a hurry"
    heading = page.get_by_role("heading", level=1)
    if heading.count() != 1:
        yield f"{heading.count()} headings of level 1"
    elif heading.evaluate("it => it.firstChild.textContent").strip() not in page.title():
        yield f"the title {page.title()!r} does not say what the heading says"
    width, shown = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    if width > shown:
        yield f"scrolls sideways: {width} in {shown} pixels ({widest(page)})"
    for barrier in Axe().run(page).response["violations"]:
        where = "; ".join(" ".join(node["target"]) for node in barrier["nodes"][:3])
        yield f"axe {barrier['id']} ({barrier['impact']}): {barrier['help']}: {where}"


def test_the_check_notices_what_is_wrong(visit):
    """Or the silence above would prove nothing."""
    page = visit(viewport=NARROW).page
    page.set_content(
        "<main><h1>One</h1><h1>Two</h1><img src='x'><p style='width:900px;color:#ddd'>Words</p></main>"
    )
    found = "\n".join(wrong_with(page))
    for wrong in (
        "988",
        "no way to leave",
        "2 headings",
        "sideways",
        "axe image-alt",
        "axe color-contrast",
        "axe html-has-lang",
    ):
        assert wrong in found


def test_every_page_of_every_other_language_is_as_good(visit, app):
    found = []
    for code in [code for code in app.extensions["languages"] if code != "en"]:
        for scheme, size in (("light", NARROW), ("dark", WIDE)):
            opened = visit(color_scheme=scheme, viewport=size)
            for address in (
                "/",
                "/guide",
                "/self-check",
                "/work",
                "/paying",
                "/aftercare",
                "/family",
                "/meetings",
                "/about/ranking",
                "/about/data",
                GAADS_PAGE,
                GAADS_PAGE + "/report",
                f"/compare?{FOUR}",
                "/no-such-page",
            ):
                opened.page.goto(f"/{code}{address}")
                if opened.page.locator("html").get_attribute("lang") != code:
                    found.append(f"/{code}{address}: another language")
                found += [f"/{code}{address} {scheme}: {one}" for one in wrong_with(opened.page)]
            opened.context.close()
    assert not found, "\n" + "\n".join(found)


def test_the_browser_understands_every_header(visit):
    opened = visit()
    for address in PLAIN.values():
        opened.page.goto(address)
    assert {said for said in opened.messages if "the server responded with" not in said} == set()


def widest(page):
    """What sticks out to the right."""
    return page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(it =>
             it.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
             .slice(0, 3).map(it => it.tagName + '.' + it.className).join(', ')"""
    )


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
    for address in ("/", "/guide", "/no-such-page"):
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to the page"
        page.keyboard.press("Tab")
        assert page.locator(":focus").get_attribute("href") == "tel:988"
