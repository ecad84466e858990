"""Our finder on sites of partners: two other loopback origins, one of them named at the key."""

import gzip
import json
import re
import time
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from directory.store.connect import Database
from tests.conftest import ROOT
from tests.journeys.looks import LOOKS, barriers, sideways
from tests.journeys.partner_sites import FALLBACK, SECRET_PATH, bare, element, serve

RELEASED = ROOT / "integrations" / "widget"
INTEGRITY = json.loads((RELEASED / "released.json").read_text(encoding="utf-8"))["v1.0.0.js"]
CANARY = "heroin-canary-in-a-frame-7f3"
FIRST_VIEW, REQUESTS = 30 * 1024, 4
NOT_ALLOWED = {"SecurityError", "TypeError"}


@pytest.fixture(scope="module")
def sites():
    """Two sites: the partner's and another."""
    with serve("127.0.0.2") as partner, serve("127.0.0.3") as stranger:
        yield partner, stranger


@pytest.fixture(scope="module")
def desk(house, live_server):
    """Where keys to the running server are made."""
    config = replace(house.config, home=live_server.home)
    own = replace(house, config=config, database=Database(config.home, config.url))
    yield own.partner_desk
    own.close()


@pytest.fixture(scope="module")
def key(desk, live_server, sites):
    """A key for the partner's site, known to the server."""
    made = desk.add("River Clinic", [sites[0].origin])
    wait_until(lambda: live_server.ask(f"/widget/{made.key}")[0] == 200)
    return made.key


def wait_until(holds, page=None):
    """Until a condition holds; a page that is named goes on telling what happens in it."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(100) if page else time.sleep(0.1)
    pytest.fail("it never came about")


@pytest.fixture
def shows(visit, live_server, sites, key):
    """Open a page that holds the element; answers the visit and the frame's content."""

    def one(
        site=None, path="/", *, before="", after="", wishes="", key=key, headers=None, **options
    ):
        opened = visit(**options)
        body = before + element(live_server.origin, key, INTEGRITY, wishes) + after
        address = (site or sites[0]).page(path, body, **(headers or {}))
        opened.page.goto(address)
        return opened, opened.page.frame_locator("iop-finder iframe")

    return one


def search(frame, **more):
    """Fill in the frame as a worker, and ask."""
    frame.get_by_label("ZIP code or city").fill("91101")
    frame.locator("input[value=nine]").check()
    frame.get_by_label("How will you pay?").select_option("medi-cal")
    frame.get_by_role("button", name="Show programs").click()
    expect(frame.get_by_role("link", name="Change my answers")).to_be_visible()


def go_back(opened):
    """The browser's Back, where only the frame has moved: the page around it loads nothing."""
    opened.page.evaluate("history.back()")


def inner(opened):
    """The frame itself, for what only its own scripts could do."""
    return next(one for one in opened.page.frames if "/widget/" in one.url)


def loaded(opened):
    """Until the frame has its style and its scripts: its words are there before."""
    inner(opened).wait_for_load_state()


def height(opened):
    return opened.page.locator("iop-finder iframe").evaluate("it => it.offsetHeight")


def tall(opened):
    return inner(opened).evaluate(
        "Math.ceil(document.documentElement.getBoundingClientRect().height)"
    )


def test_the_named_origin_shows_the_finder_which_grows_and_matches(shows, live_server):
    opened, frame = shows()
    expect(frame.get_by_role("heading", level=1)).to_have_text("Find a program that fits your week")
    expect(opened.page.get_by_text(FALLBACK)).to_be_hidden()
    wait_until(lambda: height(opened) == tall(opened) > 200)
    search(frame)
    wait_until(lambda: height(opened) == min(tall(opened), 4000) > 900)
    expect(frame.get_by_text("Takes Medi-Cal").first).to_be_visible()
    expect(opened.page.locator("iop-finder")).to_be_in_viewport()
    with opened.context.expect_page() as tab:
        frame.locator("article h3 a").first.click()
    tab.value.wait_for_load_state()
    assert tab.value.url.startswith(f"{live_server.origin}/programs/")
    assert tab.value.evaluate("window.opener === null && document.referrer === '' && !!origin")
    go_back(opened)
    expect(frame.get_by_role("button", name="Show programs")).to_be_visible()


def refused(opened):
    return any("frame-ancestors" in said for said in opened.messages)


def test_another_origin_sees_the_link(shows, sites):
    opened, _ = shows(sites[1])
    wait_until(lambda: refused(opened), opened.page)
    expect(opened.page.get_by_role("link", name=FALLBACK)).to_be_visible()
    expect(opened.page.locator("iop-finder iframe")).to_be_hidden()


def test_spoofed_messages_of_host_and_sibling_open_nothing_and_an_unknown_key_sees_the_link(
    shows, live_server
):
    says = "{stepwise: 1, type: 'ready', height: 3000}"
    sibling = (
        "<iframe id=sibling sandbox=allow-scripts srcdoc=\"<script>addEventListener('message', "
        f"() => parent.postMessage({says}, '*'))</script>\"></iframe>"
        "<script>heard = []; addEventListener('message', it => heard.push(it.data.type))</script>"
    )
    opened, _ = shows(path="/spoofed", before=sibling, key="pk_nobody")
    page = opened.page
    wait_until(lambda: refused(opened), opened.page)
    page.evaluate(f"postMessage({says}, '*'); postMessage({{...{says}, type: 'height'}}, '*')")
    page.evaluate("document.querySelector('#sibling').contentWindow.postMessage('go', '*')")
    wait_until(lambda: page.evaluate("heard.length") == 3)
    expect(page.get_by_role("link", name=FALLBACK)).to_be_visible()
    expect(page.locator("iop-finder iframe")).to_be_hidden()


def test_spoofed_and_malformed_messages_do_not_move_a_frame_that_is_shown(shows):
    listen = "<script>heard = 0; addEventListener('message', () => heard++)</script>"
    opened, frame = shows(path="/shown", before=listen)
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    loaded(opened)
    wait_until(lambda: height(opened) == tall(opened) > 200)
    stands, before = height(opened), opened.page.evaluate("heard")
    opened.page.evaluate("postMessage({stepwise: 1, type: 'height', height: 3000}, '*')")
    wrong = (
        "null",
        "'x'",
        "{stepwise: 1, type: 'height', height: '3000'}",
        "{stepwise: 1, type: 'height', height: NaN}",
        "{stepwise: 1, type: 'open', height: 3000}",
        "{stepwise: 2, type: 'height', height: 3000}",
        "{type: 'height', height: 3000}",
    )
    for message in wrong:
        inner(opened).evaluate(f"parent.postMessage({message}, '*')")
    wait_until(lambda: opened.page.evaluate("heard") >= before + 1 + len(wrong))
    assert height(opened) == stands
    inner(opened).evaluate("parent.postMessage({stepwise: 1, type: 'height', height: 9e9}, '*')")
    wait_until(lambda: height(opened) == 4000)
    inner(opened).evaluate("parent.postMessage({stepwise: 1, type: 'height', height: -5}, '*')")
    wait_until(lambda: height(opened) == 200)


KEEP = {
    "localStorage": "localStorage.setItem('a', '1')",
    "sessionStorage": "sessionStorage.setItem('a', '1')",
    "a cookie": "document.cookie = 'a=1'; if (document.cookie) throw new Error('kept')",
    "IndexedDB": "await new Promise((yes, no) => { const it = indexedDB.open('a'); it.onsuccess = yes;"
    " it.onerror = () => no(it.error) })",
    "a cache": "await caches.open('a')",
    "a worker": "await navigator.serviceWorker.register('/static/js/page.js')",
}


def test_nothing_can_be_stored_in_the_frame_and_the_page_around_it_cannot_be_read(shows):
    opened, frame = shows()
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    search(frame)
    for what, script in KEEP.items():
        told = inner(opened).evaluate(
            f"async () => {{ try {{ {script}; return 'kept' }} catch (error) {{ return error.name }} }}"
        )
        assert told in NOT_ALLOWED, (what, told)
    assert inner(opened).evaluate("self.origin") == "null"
    assert (
        inner(opened).evaluate("(() => { try { return parent.document } catch { return 0 } })()")
        == 0
    )
    assert opened.context.cookies() == []
    assert opened.context.storage_state() == {"cookies": [], "origins": []}


def test_nothing_of_the_page_around_it_arrives(visit, key, sites, live_server):
    opened, asked = visit(), []
    opened.context.on("request", lambda one: asked.append(one))
    opened.page.goto(sites[0].page(SECRET_PATH, element(live_server.origin, key, INTEGRITY)))
    frame = opened.page.frame_locator("iop-finder iframe")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    search(frame)
    ours = [one for one in asked if one.url.startswith(live_server.origin)]
    assert len(ours) > REQUESTS
    for one in ours:
        sent = one.all_headers()
        assert not sent.get("referer"), one.url
        assert SECRET_PATH not in json.dumps(sent) + one.url + (one.post_data or "")
        names_host = sites[0].origin in json.dumps(sent) + one.url + (one.post_data or "")
        # A script with a checksum is fetched by CORS, which names the origin; nothing else does.
        assert names_host == one.url.endswith("/widget/v1.0.0.js"), one.url
    log = live_server.log.read_text(encoding="utf-8")
    assert SECRET_PATH not in log
    assert sites[0].origin not in log


def test_a_strict_policy_of_the_page_is_enough_and_its_window_stays_as_it_was(
    shows, sites, live_server, visit
):
    ours = live_server.origin
    policy = (
        f"default-src 'none'; script-src {ours}; frame-src {ours}; base-uri 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    opened, frame = shows(path="/strict", headers={"Content_Security_Policy": policy})
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    expect(opened.page.get_by_text(FALLBACK)).to_be_hidden()
    loaded(opened)
    wait_until(lambda: height(opened) == tall(opened) > 200)
    assert [said for said in opened.messages if "favicon" not in said] == []
    names = "Object.getOwnPropertyNames(window).filter(it => !/^[0-9]+$/.test(it)).sort()"
    with_it = opened.page.evaluate(names)
    opened.page.goto(sites[0].page("/plain", "<p>Nothing</p>"))
    assert with_it == opened.page.evaluate(names)


def test_a_script_that_was_changed_is_not_run_and_the_link_stays(visit, sites, live_server, key):
    opened = visit()
    wrong = "sha384-" + "A" * 64
    opened.page.goto(sites[0].page("/wrong", element(live_server.origin, key, wrong)))
    wait_until(lambda: any("integrity" in said for said in opened.messages), opened.page)
    expect(opened.page.get_by_role("link", name=FALLBACK)).to_be_visible()
    assert not opened.page.evaluate("!!customElements.get('iop-finder')")
    assert not [one for one in opened.requests if f"/widget/{key}" in one]


def test_the_frame_is_loaded_when_it_comes_near_the_window(shows, key):
    opened, frame = shows(path="/far", before='<p style="height:4000px">Far above</p>')
    expect(opened.page.locator("iop-finder a")).to_have_count(1)
    opened.page.wait_for_load_state("networkidle")
    assert not [one for one in opened.requests if f"/widget/{key}" in one]
    opened.page.get_by_text(FALLBACK).scroll_into_view_if_needed()
    expect(frame.get_by_role("heading", level=1)).to_be_visible()


def test_the_first_view_is_small_in_few_requests_and_of_nobody_else(shows, live_server):
    opened, frame = shows(path="/small")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    loaded(opened)
    opened.page.wait_for_load_state("networkidle")
    elsewhere = [one for one in opened.requests if not one.startswith("http://127.0.0.")]
    assert elsewhere == []
    framed = [one for one in opened.requests if one.startswith(live_server.origin)]
    framed = [one for one in framed if not one.endswith("/widget/v1.0.0.js")]
    assert len(framed) == REQUESTS, framed
    sizes = {one: size_of(opened, one) for one in framed}
    assert sum(sizes.values()) <= FIRST_VIEW, sizes


def size_of(opened, address):
    """Bytes of an answer as compressed as a server sends it; a font is compressed already."""
    body = opened.context.request.get(address).body()
    return len(body) if address.endswith(".woff2") else len(gzip.compress(body))


def test_no_log_and_no_file_keeps_what_was_asked_in_a_frame(live_server, key):
    kind = "application/x-www-form-urlencoded"
    for form in (f"place=91101&q={CANARY}", f"place={CANARY}", f"week={CANARY}", f"{CANARY}=1"):
        live_server.ask(f"/widget/{key}/find", form.encode(), kind)
    for asked in (f"/widget/{key}?place={CANARY}", f"/widget/{CANARY}", f"/embed?place={CANARY}"):
        live_server.ask(asked)
    live_server.ask(f"/widget/{key}/results/{CANARY}")
    assert CANARY not in live_server.log.read_text(encoding="utf-8")
    kept = [*live_server.home.rglob("*"), *live_server.temporary.rglob("*")]
    assert [one for one in kept if one.is_file() and CANARY.encode() in one.read_bytes()] == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_everybody_can_use_what_is_in_the_frame(shows, language, scheme, size):
    opened, frame = shows(
        path="/use",
        wishes=f'lang="{language}" accent="#7a2d5b"',
        color_scheme=scheme,
        viewport=size,
    )
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    assert list(wrong_with(opened)) == []
    frame.locator("#place").fill("91101")
    frame.locator("input[value=nine]").check()
    frame.locator("button[type=submit]").click()
    expect(frame.locator("article").first).to_be_visible()
    assert list(wrong_with(opened)) == []
    assert inner(opened).evaluate("document.documentElement.lang") == language


def wrong_with(opened):
    """What a visitor would stumble over inside the frame, and around it."""
    loaded(opened)
    yield from sideways(inner(opened))
    yield from sideways(opened.page)
    yield from barriers(inner(opened))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_bare_frame_works_and_goes_back(visit, sites, live_server, key, scripts):
    opened = visit(java_script_enabled=scripts, viewport={"width": 320, "height": 800})
    opened.page.goto(sites[0].page("/bare", bare(live_server.origin, key)))
    frame = opened.page.frame_locator("iframe")
    search(frame)
    help_line = frame.get_by_role("link", name="988 talk or text")
    expect(help_line).to_be_in_viewport()
    frame.get_by_role("link", name="Where our facts come from").scroll_into_view_if_needed()
    expect(help_line).to_be_in_viewport()
    frame.get_by_role("link", name="Change my answers").click()
    expect(frame.locator("input[value=nine]")).to_be_checked()
    go_back(opened)
    expect(frame.get_by_role("link", name="Change my answers")).to_be_visible()
    go_back(opened)
    expect(frame.get_by_role("button", name="Show programs")).to_be_visible()


def test_a_revoked_key_closes_within_seconds_and_what_was_counted_stays(desk, live_server, sites):
    made = desk.add("Closing Clinic", [sites[0].origin])
    wait_until(lambda: live_server.ask(f"/widget/{made.key}")[0] == 200)
    desk.revoke(made.key)
    wait_until(lambda: live_server.ask(f"/widget/{made.key}")[0] == 404)
    assert len(desk.counts(made.key)) == 30


def test_the_maker_previews_a_choice_at_once_and_refuses_a_color_nobody_could_read(visit):
    opened = visit()
    opened.page.goto("/embed")
    pasted = opened.page.locator("#as-element")
    opened.page.get_by_label("Light or dark").select_option("dark")
    expect(pasted).to_have_value(re.compile('scheme="dark"'))
    preview = opened.page.frame_locator("#preview").locator("html[data-scheme=dark]")
    expect(preview).to_have_count(1)
    accent = opened.page.get_by_label("Color of what can be pressed")
    accent.fill("#ffcc00")
    accent.blur()
    expect(opened.page.get_by_text("People could not read this color everywhere")).to_be_visible()
    expect(pasted).not_to_have_value(re.compile("accent"))
    accent.fill("#7a2d5b")
    accent.blur()
    expect(pasted).to_have_value(re.compile('accent="#7a2d5b"'))
    assert [said for said in opened.messages if "422" not in said] == []
