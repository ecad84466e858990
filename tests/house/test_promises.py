"""Promises that hold for the whole house: published weights, no traces of the workshop, health."""

import re
import tomllib

import pytest

from tests.house.files import ROOT, project_files, short, text_files

# Lists of words and of towns hold every word and every town.
WORD_LISTS = {"data/gazetteer/us.sqlite", "data/words/english.txt"}
# Written apart, so that this file does not hold what it looks for.
WORKSHOP = ("/wo" + "rk/", "far" + "m-", "anthro" + "pic", "clau" + "de",
            # papers that nobody who reads this project has
            "prod" + "uct.md", "sched" + "ules.md", "sta" + "ck.md", "eng" + "ine.md", "refer" + "ence/",
            "(contr" + "act,", "in contr" + "act (", "beside contr" + "act", "(des" + "ign ")  # fmt: skip


def test_no_file_speaks_of_the_workshop():
    found = [
        f"{short(path)}:{number}: {needle}"
        for path, text in text_files()
        if short(path) not in WORD_LISTS
        for number, line in enumerate(text.lower().splitlines(), 1)
        for needle in WORKSHOP
        if needle in line
    ]
    assert found == []


def test_no_file_name_or_binary_speaks_of_the_workshop():
    needles = [needle.encode() for needle in WORKSHOP]
    found = []
    for path in project_files():
        if short(path) in WORD_LISTS:
            continue
        whole = path.read_bytes().lower()
        if any(needle in whole for needle in needles) or any(
            needle in short(path).lower() for needle in WORKSHOP[1:]
        ):
            found.append(short(path))
    assert found == []


def test_the_weights_on_the_page_are_the_weights_that_rank(client):
    with (ROOT / "data" / "ranking.toml").open("rb") as file:
        formula = tomllib.load(file)
    page = client.get("/about/ranking").text
    table = re.search(r"<caption[^>]*>Points by part</caption>(.*?)</table>", page, re.DOTALL)
    shown = [float(cell) for cell in re.findall(r"<div>\s*([\d.]+)\s*</div>", table[1])]
    assert shown == list(formula["weights"].values())
    prose = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    answers, schedule, near = formula["answers"], formula["schedule"], formula["near"]
    assert (
        f"a yes gives {answers['yes']:g} of the part. Not known gives {answers['unknown']:g}"
        in prose
    )
    assert f"A no gives {answers['no']:g}." in prose
    assert (
        f"A group that fits gives {schedule['fits']:g} of the part, one that may fit {schedule['cannot_tell']:g}."
        in prose
    )
    assert f"up to {schedule['misses']:g}" in prose
    assert f"from {schedule['misses_minutes']:g} minutes on" in prose
    assert f"half of them at {near['half_miles']:g} miles" in prose


def test_the_receipts_of_an_answer_use_the_published_weights(client):
    with (ROOT / "data" / "ranking.toml").open("rb") as file:
        weights = tomllib.load(file)["weights"]
    asked = {
        "near": "91101",
        "payer": "medi-cal",
        "text": "evening",
        "week": {"free": [{"day": "mon", "start": "17:00", "end": "22:00"}]},
    }
    matches = client.post("/api/v1/match", json=asked).json["data"]
    assert matches
    scores = []
    for match in matches:
        receipt = match["receipt"]
        assert receipt["weights"].items() <= weights.items()
        points = sum(
            receipt["weights"][part] * receipt["parts"][part] for part in receipt["weights"]
        )
        assert match["score"] == pytest.approx(points / sum(receipt["weights"].values()))
        scores.append((receipt["tier"], -match["score"]))
    assert scores == sorted(scores)


def test_machines_can_ask_if_we_live_and_can_answer(client):
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert (ready.status_code, ready.text.partition(":")[0]) == (200, "ready")


def test_static_files_never_change_under_their_address(client):
    page = client.get("/").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        wrong = re.sub(r"\.[0-9a-f]{10}\.", ".0000000000.", address)
        assert client.get(wrong).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
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
        "/no-such-page",
        "/results/nonsense",
        "/results?near=Atlantis+XY",
    ],
)
def test_help_comes_before_everything_on_every_page(client, address):
    page = client.get(address).text
    body = page.partition("<body>")[2]
    links = re.findall(r'<a [^>]*href="([^"]+)"', body)
    assert links[:4] == ["#main", "tel:988", "tel:911", "tel:+18008547771"]
    assert "data-leave" in body.partition("<main")[0]


def test_help_stays_when_there_are_no_listings(tmp_path):
    from directory.app import create_app
    from directory.config import Config

    client = create_app(Config(home=tmp_path)).test_client()
    assert client.get("/readyz").status_code == 503
    for address in ("/results?near=91101", "/programs/any", "/about/data"):
        answer = client.get(address)
        assert answer.status_code == 503, address
        assert 'href="tel:988"' in answer.text
    assert client.get("/").status_code == 200
