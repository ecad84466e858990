"""Every fact that the guide tells has a source, an address and a day; the words keep to the claim."""

import re
from datetime import date
from html import unescape

import pytest

from directory.catalog.guide import load_cards
from directory.errors import UnreadableFile
from tests.data.files import DATA

FILE = DATA / "guide" / "cards.csv"
TEMPLATES = DATA.parent / "templates" / "pages"
CARDS = load_cards(FILE)
# Where the words of a card stand, if not in the template of its page.
PARTS = {"self-check": ("self_check.html", "self_check_stop.html", "self_check_end.html")}
USED = re.compile(r"cards(?:\.([a-z]+)|\[\"([a-z0-9-]+)\"\])")


def template(page):
    """The source of a page's templates."""
    names = PARTS.get(page, (f"{page}.html",))
    return "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)


def words_of(card_id, text):
    """What a page says under a card."""
    name = rf"(?:cards\.{card_id}|cards\[\"{card_id}\"\])"
    found = re.search(rf"call fact\({name},(.*?)endcall", text, re.DOTALL)
    return unescape(found[1]) if found else ""


def numbers(text):
    """Numbers as people write them, dates taken apart."""
    return {one.replace(",", "") for one in re.findall(r"\d[\d,]*", text)}


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.id)
def test_a_card_has_a_source_an_address_and_the_day_it_was_checked(card):
    assert card.claim
    assert card.source
    assert card.url.startswith("https://") or card.url == "/about/data"
    assert date(2026, 11, 1) <= card.last_reviewed


def test_every_card_is_told_on_its_pages_and_a_page_tells_no_other():
    pages = {page for card in CARDS.values() for page in card.pages}
    for page in pages:
        told = {a or b for a, b in USED.findall(template(page))}
        assert told == {card.id for card in CARDS.values() if page in card.pages}, page
    others = {path.stem.replace("_", "-") for path in TEMPLATES.glob("*.html")} - pages
    parts = {
        name.removesuffix(".html").replace("_", "-") for names in PARTS.values() for name in names
    }
    silent = {page for page in others - parts if USED.search(template(page.replace("-", "_")))}
    assert silent == set()


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.id)
def test_a_page_tells_no_number_that_its_card_does_not_claim(card):
    dates = {str(card.last_reviewed.year), "2024"}
    for page in card.pages:
        said = numbers(words_of(card.id, template(page)))
        claimed = numbers(card.claim) | numbers(card.source) | dates
        assert said <= claimed | _known(card), f"{page}: {said - claimed}"


def _known(card):
    """Rounded, or the same number in other words: 23 % is about 1 in 4; the old rule of CFRA; the ADA."""
    return {"shape": {"1", "4"}, "cfra": {"50", "2021"}, "labor-1025": {"1025"}}.get(card.id, set())


def test_no_page_of_the_guide_fetches_what_it_names(app):
    policy = app.test_client().get("/paying").headers["Content-Security-Policy"]
    assert "https:" not in policy


@pytest.mark.parametrize(
    ("row", "said"),
    [("a,guide,claim,,https://x.example,2026-11-25", "a value in each of"), ("a,guide,claim,S,https://x.example,soon", "last_reviewed as")],
)  # fmt: skip
def test_a_card_without_source_or_day_is_refused(tmp_path, row, said):
    path = tmp_path / "cards.csv"
    path.write_text(f"id,pages,claim,source,url,last_reviewed\n{row}\n")
    with pytest.raises(UnreadableFile, match=said):
        load_cards(path)


def test_an_old_card_says_so(visiting_on):
    assert "Checked Nov 25, 2026." in visiting_on(date(2026, 12, 1))("/paying")
    late = visiting_on(date(2027, 12, 1))("/paying")
    assert "Last checked Nov 25, 2026. It may have changed: ask." in late


@pytest.fixture
def visiting_on(house):
    """A reader of a day: answers the text of a page."""
    from datetime import UTC, datetime

    from directory.app import create_app

    def on(day):
        client = create_app(
            house.config, lambda: datetime(day.year, day.month, day.day, tzinfo=UTC)
        ).test_client()
        return lambda address: " ".join(re.sub(r"<[^>]+>", "", client.get(address).text).split())

    return on
