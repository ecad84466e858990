"""The files of the widget: released scripts that never change, style sheets that hang on choices only."""

import json
import re

import pytest

from directory.accounts.colours import DARK, LIGHT, contrast
from directory.catalog.partner import Choices
from directory.web.embed.looks import theme
from directory.web.releases import integrity
from tests.house.files import ROOT

FOLDER = ROOT / "integrations" / "widget"
RELEASED = json.loads((FOLDER / "released.json").read_text(encoding="utf-8"))
LOADER = 2 * 1024


def test_a_released_script_never_changes_and_every_script_is_released():
    """Never edit a released file: pages elsewhere hold its checksum. Release a new version."""
    found = {path.name: integrity(path.read_bytes()) for path in FOLDER.glob("v*.js")}
    assert found == RELEASED


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_script_is_served_for_good_to_anybody(site, name):
    answer = site.get(f"/widget/{name}")
    assert integrity(answer.data) == RELEASED[name]
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.mimetype == "text/javascript"


@pytest.mark.parametrize("name", RELEASED)
def test_the_script_is_small_and_keeps_nothing(site, name):
    packed = site.get(f"/widget/{name}", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) <= LOADER
    text = site.get(f"/widget/{name}").text
    assert not re.search(r"localStorage|sessionStorage|indexedDB|cookie|eval\(|location\b", text)
    assert not re.search(r"innerHTML|insertAdjacent|document\.write|setAttribute\(.style", text)


def test_the_alias_is_the_newest_of_its_major_version_and_is_asked_for_anew(site):
    newest = max(RELEASED, key=lambda name: [int(part) for part in name[1:-3].split(".")])
    alias = site.get("/widget/v1.js")
    assert alias.data == (FOLDER / newest).read_bytes()
    assert "immutable" not in alias.headers["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["v9.9.9.js", "v2.js", "v1.0.js", "v.js", "v1.0.0.js.map", "v..%2f"]
)
def test_a_version_that_was_never_released_is_not_there(site, name):
    assert site.get(f"/widget/{name}").status_code == 404


def look(site, **choices):
    page = site.with_choices(**choices).get("/widget/pk_clinic").text
    return re.search(r'href="(/widget/look/[^"]+)"', page)[1]


def test_partners_who_chose_alike_share_a_style_sheet(site):
    plain, plum = look(site), look(site, accent="#7a2d5b", radius=0)
    assert plain == look(site, scheme="dark", count=3)
    assert plain != plum
    assert site.get(plum).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert site.get(plum).text.startswith(site.get(plain).text.rstrip())


def test_a_style_sheet_says_the_colours_twice_for_dark(site):
    text = site.get(look(site, accent="#7a2d5b", radius=0)).text
    assert ":root:root:root { --accent: #7a2d5b;" in text
    assert "--r-m: 0px;" in text
    dark = re.search(r'\[data-scheme="dark"\] { --accent: (#\w{6})', text)[1]
    assert min(contrast(dark, surface) for surface in DARK.surfaces) >= 4.5
    assert re.search(
        rf'prefers-color-scheme: dark.*not\(\[data-scheme="light"\]\) {{ --accent: {dark}', text
    )


def test_a_colour_for_dark_alone_leaves_the_light_one_ours(site):
    text = theme(Choices(accent_dark="#eba9cf"))
    assert text.count("--accent: #eba9cf;") == 2
    assert LIGHT.surfaces[0] not in text


@pytest.mark.parametrize(
    "name",
    ["ffcc00-own-own", "own-own", "own-own-own-own", "7A2D5B-own-own", "own-own-17", "own-own-01",
     "red-own-own", "own-000000-own", "own;}-own-own"],
)  # fmt: skip
def test_a_style_sheet_that_nobody_could_have_chosen_is_not_there(site, name):
    assert site.get(f"/widget/look/{name}.0123456789.css").status_code == 404


def test_an_old_stamp_is_gone(site):
    address = look(site)
    assert site.get(re.sub(r"\.[0-9a-f]{10}\.css", ".0000000000.css", address)).status_code == 404
