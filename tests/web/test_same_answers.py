"""Pages, API and finder give one answer: the same programs, in the same order, with the same verdicts."""

import json
import random
import re
from dataclasses import replace

import pytest
from flask import render_template
from werkzeug.datastructures import MultiDict

from directory.app import create_app
from directory.matching.outcome import Outcome
from directory.web import needs
from directory.web.showing.chips import CLASHES
from directory.web.showing.results_view import sections
from tests.conftest import frozen
from tests.support.builders import DAY_NAMES

PLACES = ("91101", "91030", "Glendale, CA", "Altadena", "90012", "91754", "S. Pasadena", "90026")
WORDS = (
    "evening",
    "cbt",
    "women",
    "panic",
    "drinking",
    "trauma",
    "GAADS",
    "dbt teen",
    "zzzz",
    'name:* OR "x~2',
)
SECTIONS = {"fits": "fits", "ask": "cannot_tell", "clash": "misses", "all": None}
WORKER = {"near": "91101", "level_of_care": ["iop"], "focus": ["substance_use"], "payer": "medi-cal",
          "week": {"busy": [{"day": day, "start": "09:00", "end": "17:00"} for day in DAY_NAMES[:5]]}}  # fmt: skip


def a_week(dice):
    """A free or busy week, rotating now and then."""

    def times():
        days = dice.sample(DAY_NAMES, dice.randint(1, 7))
        return [
            {
                "day": day,
                "start": f"{dice.randint(6, 11):02d}:00",
                "end": f"{dice.randint(13, 22):02d}:30",
            }
            for day in days
        ]

    shape = dice.choice(("busy", "free", "free", "rotates"))
    return (
        {"rotates": [{"free": times()}, {"busy": times()}]}
        if shape == "rotates"
        else {shape: times()}
    )


def a_need(number):
    """A varied need, the same one each time for its number."""
    dice = random.Random(number)
    maybe = {
        "within_miles": lambda: dice.choice((3, 5, 10, 25, 50)),
        "travel_minutes": lambda: dice.choice((0, 10, 45)),
        "travel_by": lambda: dice.choice(("car", "transit", "walk")),
        "week": lambda: a_week(dice),
        "level_of_care": lambda: dice.choice((["iop"], ["iop", "php"])),
        "focus": lambda: [dice.choice(("substance_use", "mental_health"))],
        "conditions": lambda: ["eating_disorders"],
        "services": lambda: dice.sample(("cbt", "dbt", "family_therapy"), 2),
        "payer": lambda: dice.choice(("medi-cal", "medicare", "private-insurance", "self-pay")),
        "languages": lambda: ["es"],
        "age": lambda: dice.choice((15, 25, 67)),
        "populations": lambda: ["women"],
        "mode": lambda: dice.choice((["virtual"], ["in_person"], ["in_person", "virtual"])),
        "start_by": lambda: "2026-12-10",
        "text": lambda: dice.choice(WORDS),
        "sort": lambda: dice.choice(("fit", "distance", "soonest")),
        "must": lambda: dice.sample(("near", "schedule", "payer", "focus", "age"), 3),
    }
    asked = dice.sample(sorted(maybe), dice.randint(2, 7))
    place = {} if dice.random() < 0.1 else {"near": dice.choice(PLACES)}
    if not place and "within_miles" in asked:  # miles around nothing are refused
        asked.remove("within_miles")
    return {**place, **{key: maybe[key]() for key in asked}}


NEVER = {
    "near": "91101",
    "week": {"busy": [{"day": day, "start": "00:00", "end": "24:00"} for day in DAY_NAMES]},
}
TICKED_NOTHING = {"near": "91101", "week": {"rotates": [{"free": []}, {"busy": []}]}}
NEEDS = [
    WORKER,
    {},
    {"near": "91101"},
    NEVER,
    TICKED_NOTHING,
    *(a_need(number) for number in range(27)),
]


def by_finder(house, body):
    """What the finder itself says, all pages."""
    need = needs.read(body, house.vocabularies)
    found, offset = [], 0
    while True:
        outcome = house.finder.find(replace(need, offset=offset))
        assert isinstance(outcome, Outcome)
        found += [
            (one.listing.slug, one.schedule and one.schedule.verdict) for one in outcome.matches
        ]
        offset += need.limit
        if offset >= outcome.total:
            return found, outcome.total


def by_api(client, body):
    """What `POST /api/v1/match` says, page after page by its cursor."""
    found, asked = [], dict(body)
    while True:
        answer = client.post("/api/v1/match", json=asked)
        assert answer.status_code == 200, answer.text
        data = answer.json
        found += [
            (one["program"]["slug"], one["schedule"] and one["schedule"]["verdict"])
            for one in data["data"]
        ]
        if not data["page"]["next"]:
            return found, data["page"]["total"]
        asked["cursor"] = data["page"]["next"]


def by_page(app, client, body):
    """What a person reads who asks to see clashes too, page after page by 'Show more'."""
    sealer = app.extensions["directory"].sealer
    address, found = f"/results/{sealer.seal({'body': body, 'form': {CLASHES: ['1']}})}", []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        found += list(read(answer.text))
        later = re.search(
            r'<a class="btn quiet" href="(/results/[^"]+)">Show \d+ more</a>', answer.text
        )
        address = later and later[1]
    return found


def read(page):
    """Slug and section of each card, in the order they are read."""
    section = None
    for mark in re.finditer(
        r'<div class="group-head" id="(\w+)">|<h3 id="p\d+"><a href="/programs/([^"?]+)', page
    ):
        if mark[1]:
            section = SECTIONS[mark[1]]
        else:
            yield mark[2], section


@pytest.mark.parametrize("body", NEEDS, ids=lambda body: json.dumps(body)[:60])
def test_page_api_and_finder_agree(body, house, app, client):
    expected, total = by_finder(house, body)
    assert len(expected) == total
    assert by_api(client, body) == (expected, total)
    assert by_page(app, client, body) == expected


@pytest.mark.parametrize("body", [NEVER, TICKED_NOTHING], ids=["never free", "one week of two"])
def test_a_week_without_a_free_hour_misses_every_group_with_known_times(body, house):
    found, total = by_finder(house, body)
    verdicts = {verdict for _, verdict in found}
    assert verdicts <= {"misses", "cannot_tell"}
    assert "misses" in verdicts
    assert total == by_finder(house, {"near": "91101"})[1]


def test_a_readable_link_with_no_free_hour_leads_on_to_a_form_that_asks_back(client):
    page = client.get(f"/results?{needs.to_params(NEVER)}")
    assert page.status_code == 200
    form = client.get(re.search(r"/change/[\w-]+", page.text)[0])
    assert form.status_code == 200
    asked_back = client.post("/find", data={"place": "91101", "week": "own"})
    assert asked_back.status_code == 422
    assert "Your week has no free hour yet." in asked_back.text


def test_a_page_reads_the_same_whatever_is_kept(config, client):
    """Parts of cards are kept between pages; made anew they say the same."""
    anew = create_app(config, frozen)
    anew.extensions["kept"].most = 0
    for body in NEEDS:
        address = f"/results?{needs.to_params(body)}"
        for _ in range(2):
            assert unsealed(client.get(address).text) == unsealed(
                anew.test_client().get(address).text
            )


def unsealed(page):
    """A page without its sealed words, which differ each time."""
    return re.sub(
        r'(/results/|/change/|/share/|[?;]for=|name="(?:sealed|for)" value=")[\w-]+', r"\1", page
    )


def test_the_needs_are_varied(house):
    """Or the comparison above would prove little."""
    totals = [by_finder(house, body)[1] for body in NEEDS]
    assert len({*totals}) > 12
    assert sum(total == 0 for total in totals) < 10
    assert {key for body in NEEDS for key in body} == set(needs.KEYS) - {"limit", "cursor", "lang"}


def test_the_form_and_the_api_ask_the_same(house, client):
    """The worker's form, filled in on the page, gives what the API gives for the body it is turned into."""
    form = {"place": "91101", "week": "evening", "need": "sud", "pay": "medi-cal"}
    found = client.post("/find", data=form)
    page = [slug for slug, verdict in read(client.get(found.location).text) if verdict != "misses"]
    asked = needs.from_form(MultiDict(form), house.vocabularies)
    assert asked["near"] == "91101"
    assert asked["week"] == {
        "free": [{"day": day, "start": "17:00", "end": "22:00"} for day in DAY_NAMES]
    }
    assert (asked["focus"], asked["payer"]) == (["substance_use"], "medi-cal")
    api = client.post("/api/v1/match", json=asked).json["data"]
    assert page
    assert page == [one["program"]["slug"] for one in api if one["schedule"]["verdict"] != "misses"]


def test_readable_and_sealed_addresses_give_the_same(app, client):
    sealed = client.get(
        f"/results/{app.extensions['directory'].sealer.seal({'body': WORKER, 'form': {}})}"
    ).text
    readable = client.get(f"/results?{needs.to_params(WORKER)}").text
    assert list(read(readable)) == list(read(sealed)) != []


def test_public_programs_of_the_api_are_those_of_the_match(client):
    found = client.get("/api/v1/programs?near=91101&level_of_care=iop&limit=100").json
    asked = {"near": "91101", "level_of_care": ["iop"], "limit": 100}
    assert found["data"] == client.post("/api/v1/match", json=asked).json["data"]
    assert found["page"]["total"] > 50


def test_a_program_page_says_what_the_card_said(client):
    """Each card's verdict stands on the program's own page, for the same week."""
    found = client.post(
        "/find", data={"place": "91101", "week": "nine", "need": "sud", "pay": "medi-cal"}
    )
    results = client.get(found.location).text
    cards = re.findall(
        r'<h3 id="p\d+"><a href="([^"]+)".*?<p class="verdict[^"]*">(.*?)</p>', results, re.DOTALL
    )
    assert len(cards) == 20
    for address, verdict in cards:
        page = client.get(address).text
        if "No days or hours published" in verdict:  # the page asks instead
            assert "On which days does the group meet, and from when to when?" in page
        else:
            assert verdict in page, address


def test_the_partial_that_a_frame_can_show_holds_the_same_cards(app, house):
    """Cards without masthead or foot, from the same outcome: what a partner's frame will show."""
    outcome = house.finder.find(needs.read(WORKER, house.vocabularies))
    state = needs.State(WORKER, {CLASHES: ["1"]})
    with app.test_request_context("/"):
        partial = render_template(
            "partials/answers.html", sections=sections(outcome, state), sealed="x"
        )
    told = [(one.listing.slug, one.schedule.verdict) for one in outcome.matches]
    assert list(read(partial)) == told
    assert "<html" not in partial
