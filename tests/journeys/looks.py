"""What every page keeps, as the browser computes it. Each check answers what is wrong, in words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
# 1280 by 1024 pixels at 400 % (WCAG 1.4.10).
ZOOMED = {"width": 320, "height": 256}
Look = tuple[str, dict[str, int]]
LOOKS: list[Look] = [("light", WIDE), ("dark", WIDE), ("dark", NARROW), ("light", NARROW)]
_JS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def ask(page: Page, what: str) -> Any:
    """The answer of one function of `looks.js`."""
    return page.evaluate(f"{_JS.strip()}.{what}()")


def wrong_with(page: Page) -> Iterator[str]:
    """Everything a visitor would stumble over, as the page stands."""
    if not page.locator("nav a[href='tel:988']").first.is_visible():
        yield "988 is not in sight"
    if not page.locator("a[data-leave]").is_visible():
        yield "no way to leave in a hurry"
    heading = page.get_by_role("heading", level=1)
    if heading.count() != 1:
        yield f"{heading.count()} headings of level 1"
    elif heading.evaluate("it => it.firstChild.textContent").strip() not in page.title():
        yield f"the title {page.title()!r} does not say what the heading says"
    yield from sideways(page)
    yield from barriers(page)


def barriers(page: Page | Frame) -> Iterator[str]:
    """What axe finds, whose script is put in once."""
    settled(page)
    script = "0" if page.evaluate("!!window.axe") else AXE_SCRIPT
    for barrier in Axe(script).run(page).response["violations"]:
        where = "; ".join(" ".join(node["target"]) for node in barrier["nodes"][:3])
        yield f"axe {barrier['id']} ({barrier['impact']}): {barrier['help']}: {where}"


def settled(page: Page | Frame) -> None:
    """Colours are judged where they come to rest, not on their way from light to dark."""
    page.evaluate("document.getAnimations().forEach(it => it.finish())")


def sideways(page: Page | Frame) -> Iterator[str]:
    """The page does not scroll sideways."""
    width, shown = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    if width > shown:
        yield f"scrolls sideways: {width} in {shown} pixels ({widest(page)})"


def widest(page: Page | Frame) -> str:
    """What sticks out to the right."""
    return page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(it =>
             it.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
             .slice(0, 3).map(it => it.tagName + '.' + it.className).join(', ')"""
    )


def wrong_in_use(page: Page) -> Iterator[str]:
    """With a thumb, with the keyboard, with letters four times as large, and with motion turned off."""
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        yield from (f"{size['width']}: {one}" for one in ask(page, "small"))
        page.keyboard.press("Tab")
        yield from (f"{size['width']}: {one}" for one in ask(page, "focus"))
    page.set_viewport_size(ZOOMED)
    yield from (f"at 400 %: {one}" for one in sideways(page))
    yield from (f"at 400 %: {one}" for one in ask(page, "covering"))
    page.emulate_media(reduced_motion="reduce")
    yield from ask(page, "moving")
    page.emulate_media(reduced_motion="no-preference")
    page.set_viewport_size(WIDE)


def wrong_in_forced_colours(page: Page) -> Iterator[str]:
    """In the colours that a person chose for every page."""
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        yield from (f"forced {scheme}: {one}" for one in ask(page, "unforced"))
        looks = ask(page, "blocks")
        alike = {kind for kind in looks if [*looks.values()].count(looks[kind]) > 1}
        if alike:
            yield f"forced {scheme}: {', '.join(sorted(alike))} look alike in the week"
    page.emulate_media(forced_colors="none", color_scheme="light")


def weeks_read_out(page: Page) -> list[tuple[str, list[str], list[str]]]:
    """Each picture of a week as a screen reader has it: its name, names of columns, texts of cells."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}

    def below(node: Any, role: str) -> Iterator[Any]:
        for child in (by_id[one] for one in node.get("childIds", []) if one in by_id):
            if child["role"]["value"] == role:
                yield child
            yield from below(child, role)

    def name(node: Any) -> str:
        own = node.get("name", {}).get("value", "")
        texts = (one.get("name", {}).get("value", "") for one in below(node, "StaticText"))
        return own or " ".join(texts)

    found = []
    for table in (node for node in nodes if node["role"]["value"] == "table"):
        heads = [name(one) for one in below(table, "columnheader")]
        if len(heads) == 7:
            found.append((name(table), heads, [name(one) for one in below(table, "cell")]))
    return found
