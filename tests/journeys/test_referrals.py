"""The packet: filled in and printed in the browser, never sent. Canaries are typed and the wire is watched."""

import pytest

from tests.journeys.pages import PAGES

CANARY = "canary7f3"


@pytest.mark.parametrize("scripted", [True, False])
def test_what_is_typed_into_the_packet_never_leaves_the_browser(visit, live_server, scripted):
    opened = visit(java_script_enabled=scripted)
    page, wire = opened.page, []
    opened.context.on(
        "request", lambda one: wire.append(f"{one.url} {one.post_data} {one.headers}")
    )
    PAGES["packet"].go(page, live_server, "")
    address = page.url
    fill_in(page)
    assert page.url == address, "Enter sends nothing"
    page.emulate_media(media="print")
    assert page.locator("#who").is_visible(), "it is on paper"
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Ticket of").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    assert len(wire) > 3
    assert not [one for one in wire if CANARY in one or "Miller" in one]
    for kept in (live_server.log, *live_server.home.glob("*.sqlite*")):
        assert CANARY.encode() not in kept.read_bytes(), kept.name


def fill_in(page):
    """Type into every field, press Enter in it, tick every box."""
    lines, boxes = page.locator("main input[type=text]"), page.locator("main input[type=checkbox]")
    for field in (*lines.all(), *page.locator("main textarea").all()):
        field.fill(f"{CANARY} Jo Miller")
    for field in lines.all():
        field.press("Enter")
    for box in boxes.all():
        box.check()
    assert lines.count() > 10
    assert lines.nth(0).input_value() == f"{CANARY} Jo Miller"
