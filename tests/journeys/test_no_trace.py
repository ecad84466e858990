"""A visitor leaves no trace: nothing kept, nothing told, nothing left behind."""

import json
import re

import pytest

from tests.journeys.pages import FOUR
from tests.journeys.steps import (
    FORM,
    GAADS,
    Hand,
    answer_the_form,
    sealed_address,
    turn_pages_until,
)

CANARY = "heroin-canary-7f3"
HEADERS = {
    "no-referrer": "Referrer-Policy",
    "nosniff": "X-Content-Type-Options",
    "DENY": "X-Frame-Options",
}
KEPT = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(one => one.name),
  caches: window.caches ? await caches.keys() : [], workers: navigator.serviceWorker ?
    (await navigator.serviceWorker.getRegistrations()).length : 0, cookie: document.cookie})"""


def whole_journey(page, place="91101", words=CANARY):
    """Home, results, a program, back, the clashes, change, share, and a place that is unknown."""
    hand = Hand(page)
    page.goto("/")
    page.get_by_label("In your own words").fill(words)
    answer_the_form(hand)
    hand.press("Remove: Medi-Cal")
    page.goto("/")
    answer_the_form(hand)
    hand.press("Nearest")
    hand.press("Nice to have: I work 9 to 5. Press to make it a must-have.")
    turn_pages_until(hand, GAADS)
    hand.follow(GAADS)
    hand.follow("Back to your programs")
    hand.follow("Copy a link to share")
    page.go_back()
    hand.follow("Change my answers")
    page.get_by_label("ZIP code or city").fill(words)
    hand.press("Show programs")
    for address in ("/guide", "/about/ranking", "/about/data", "/no-such-page", f"/broken/{words}"):
        page.goto(address)
    learn(hand, place)


def learn(hand, place):
    """The self-check, the hours of work, meetings, and the pages to read."""
    page = hand.page
    page.goto("/self-check")
    hand.pick("I think about dying, but I am safe now")
    hand.press("Next")
    page.goto("/work")
    page.get_by_label("Monday, group from").fill("09:00")
    page.get_by_label("Monday, group until").fill("12:00")
    hand.press("Count my hours")
    page.goto("/meetings")
    page.get_by_label("ZIP code or city").fill(place)
    hand.press("Show meetings")
    for address in (f"/compare?{FOUR}", "/paying", "/family", "/aftercare"):
        page.goto(address)
    hand.write("My support meeting", CANARY)


def test_nothing_leaves_the_origin_and_nothing_is_kept_in_the_browser(visit, live_server):
    opened = visit()
    whole_journey(opened.page)
    elsewhere = [url for url in opened.requests if not url.startswith(live_server.origin + "/")]
    assert elsewhere == []
    assert opened.referers == []
    assert opened.context.cookies() == []
    kept = opened.page.evaluate(KEPT)
    assert {name: what for name, what in kept.items() if what} == {}
    refused = [said for said in opened.messages if "Content Security Policy" in said]
    assert refused == []


def test_no_address_shows_what_was_asked(visit):
    opened = visit()
    whole_journey(opened.page)
    asked = [url for url in opened.requests if "/broken/" not in url]
    shown = [url for url in asked if re.search(rf"{CANARY}|medi-cal|91101|near=|week=|need=", url)]
    assert shown == []


def test_no_log_and_no_file_keeps_what_was_asked(visit, live_server):
    whole_journey(visit().page)
    asked = {"near": CANARY, "text": CANARY}
    for body in (asked, {"near": "91101", "text": CANARY}, {"payer": CANARY}, {CANARY: 1}):
        for search in ("/api/v1/match", "/api/v1/programs"):
            live_server.ask(search, json.dumps(body).encode())
            live_server.ask(search, f'{{"near": "{CANARY}'.encode())
    assert suggested(live_server, {"q": CANARY}) == 200
    for body in ({"q": f"{CANARY} " * 3}, {"q": CANARY, CANARY: 1}, {"q": 1, "lang": CANARY}):
        assert suggested(live_server, body) == 422
    live_server.ask("/api/v1/suggest", f'{{"q": "{CANARY}'.encode())
    live_server.ask(f"/results?near=91101&text={CANARY}")
    for read in ("programs", "facets"):
        live_server.ask(f"/api/v1/{read}?text={CANARY}&near=91101")
        live_server.ask(f"/api/v1/{read}?{CANARY}=1")
    live_server.ask(f"/api/v1/organizations/{CANARY}")
    live_server.ask(f"/{CANARY}")
    log = live_server.log.read_text()
    assert "RuntimeError" in log  # the fault itself is told
    assert CANARY not in log
    assert "/results/" not in log
    assert "gAAAA" not in log
    files = [path for path in live_server.home.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []


def suggested(live_server, body):
    """The status of what a search box asks with every letter that is typed."""
    return live_server.ask("/api/v1/suggest", json.dumps(body).encode())[0]


@pytest.mark.parametrize(
    "address", ["{results}", "/change/{sealed}", "/share/{sealed}", "/results?near=91101"]
)
def test_pages_with_answers_are_kept_by_no_cache(address, app, live_server):
    results = sealed_address(live_server)
    client = app.test_client()
    answer = client.get(address.format(results=results, sealed=results.rpartition("/")[2]))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    for value, name in HEADERS.items():
        assert answer.headers[name] == value


def test_no_answer_of_ours_sets_a_cookie(client):
    for address in (
        "/",
        "/guide",
        "/about/ranking",
        "/about/data",
        "/no-such-page",
        "/api/v1/programs",
    ):
        assert "Set-Cookie" not in client.get(address).headers
    found = client.post("/find", data=FORM)
    assert found.status_code == 303
    assert "Set-Cookie" not in found.headers
    assert "Set-Cookie" not in client.get(found.location).headers


@pytest.mark.parametrize("search", ["/api/v1/match", "/api/v1/programs"])
def test_a_search_in_a_body_is_kept_by_no_cache(client, search):
    answer = client.post(search, json={"near": "91101"})
    assert answer.headers["Cache-Control"] == "no-store"
