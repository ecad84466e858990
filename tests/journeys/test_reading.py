"""How the first page and the results are read aloud, walked through, pressed and seen by everybody."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.looks import NARROW
from tests.journeys.steps import sealed_address

SMALL = """() => [...document.querySelectorAll(
  'main button, main .btn, main select, main summary, main label.choice, main .paint input, .exit,' +
  'main input:not([type=hidden], [type=radio], [type=checkbox], [type=file])')]
  .filter(it => it.checkVisibility({ visibilityProperty: true }))
  .map(it => [it.innerText || it.name, it.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.9 || box.width < 43.9)
  .map(([name, box]) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`)"""
ORDER = """() => { const it = document.activeElement; const before = window.walked;
  const follows = !before || !before.isConnected || !!(before.compareDocumentPosition(it) & 4);
  window.walked = it;
  return [it === document.body, follows, it.innerText || it.name || it.id]; }"""


@pytest.fixture(params=["/", "results"])
def address(request, live_server):
    return sealed_address(live_server) if request.param == "results" else request.param


def test_what_one_presses_is_as_large_as_a_thumb(visit, address):
    page = visit(viewport=NARROW, has_touch=True).page
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate(SMALL) == []


def test_tab_walks_in_the_order_of_reading(visit, address):
    page = visit().page
    page.goto(address)
    walked = []
    for _ in range(60):
        page.keyboard.press("Tab")
        at_end, follows, name = page.evaluate(ORDER)
        if at_end:
            break
        assert follows, (walked[-1], name)
        walked.append(name)
    assert walked[0] == "Skip to the page"
    assert len(walked) > 25


def test_the_results_are_read_in_an_order_that_makes_sense(visit, live_server):
    page = visit().page
    page.goto(sealed_address(live_server))
    said = page.get_by_role("main").aria_snapshot()
    wanted = (
        r'heading "\d+ programs? fits? your week" \[level=1\]',
        r'form "Your answers"',
        r'button "Must have: Alcohol or drugs. Press to make it nice to have."',
        r'button "Remove: Alcohol or drugs"',
        r'link "Change my answers"',
        r'form "Order of the programs"',
        r'heading "Fits your week" \[level=2\]',
        r'article',
        r'table "[^"]+Fits your week',
        r'heading "Ask them" \[level=2\]',
        r'complementary',
        r'heading "Change one thing" \[level=2\]',
        r'Number 1: [\d.]+ miles, to the \w+',
    )  # fmt: skip
    at = 0
    for one in wanted:
        found = re.compile(one).search(said, at)
        assert found, f"{one} is not read after {said[max(0, at - 200) : at]}"
        at = found.end()


def test_landmarks_are_named_and_each_is_there_once(visit, live_server):
    page = visit().page
    page.goto(sealed_address(live_server))
    for role, name in (("banner", None), ("main", None), ("contentinfo", None),
                       ("navigation", "Help right now"), ("navigation", "Pages")):  # fmt: skip
        found = page.get_by_role(role, name=name) if name else page.get_by_role(role)
        expect(found).to_have_count(1)


def test_the_map_and_the_week_stay_legible_in_forced_colours(visit, live_server):
    page = visit(forced_colors="active").page
    page.goto(sealed_address(live_server))
    fills = page.evaluate(
        """() => ['.map .p', '.map .p + text', '.map .land', '.week .free', '.week .fits'].map(
             one => getComputedStyle(document.querySelector(one)).fill)"""
    )
    pin, number, land, free, fits = fills
    assert number not in (pin, land)
    assert free != fits


def test_nothing_moves_for_who_asks_for_less_motion(visit, address):
    page = visit(reduced_motion="reduce").page
    page.goto(address)
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(one => { const s = getComputedStyle(one);
             return parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none'; }).length"""
    )
    assert moving == 0
