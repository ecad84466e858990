"""Spanish, whole: the address decides, the page and its search stay, nothing English is left over."""

import re
from datetime import date
from html import escape

import pytest
from babel.messages.pofile import read_po

from directory.catalog.evidence import Source
from directory.catalog.guide import Card
from directory.catalog.program import Price
from directory.web.i18n import gettext, page_url
from directory.web.showing import words
from directory.web.showing.guide_cards import _sourced
from directory.web.showing.program_facts import price
from directory.web.showing.work_view import _percent
from tests.house.files import ROOT
from tests.support.page import Reader, Visitor, said

FORM = {"place": "91101", "how": "car", "week": "nine", "need": "sud", "pay": "medi-cal"}
GAADS = "/programs/adventist-health-glendale-intensive-outpatient-treatment-gaads"
PLAIN = (
    *("/", "/guide", "/self-check", "/work", "/paying", "/aftercare", "/family", "/meetings"),
    *(
        "/about/ranking",
        "/about/data",
        GAADS,
        f"{GAADS}/report",
        "/compare",
        f"/compare?p={GAADS.rpartition(chr(47))[2]}",
    ),
)
READ_OUT = ("aria-label", "alt", "title", "placeholder", "abbr")
NB = "\u00a0"
TWO_POINTS = re.compile(r"(?<!\.)\.\.(?!\.)")


@pytest.fixture
def visitor(app):
    return Visitor(app)


@pytest.fixture
def in_spanish(app):
    """A Spanish page's surroundings, for words that need a language."""
    with app.test_request_context("/es/"):
        yield


@pytest.fixture(scope="module")
def english():
    """What our pages say in English and otherwise in Spanish: msgids without their values."""
    path = ROOT / "translations" / "es" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale="es")
    forms = [
        (one, other)
        for message in catalog
        if message.id
        for one, other in zip(_forms(message.id), _forms(message.string), strict=True)
    ]
    return {_plain(one) for one, other in forms if other and one != other}


def _forms(text):
    return (text,) if isinstance(text, str) else tuple(text)


def _plain(text):
    return said(re.sub(r"<[^>]+>", "", text))


class Spoken(Reader):
    """Collects what is read on a page outside of what is marked as English."""

    def __post_init__(self):
        super().__post_init__()
        self.texts = []

    def handle_starttag(self, tag, attrs):
        super().handle_starttag(tag, attrs)
        if not self._is_english():
            self.texts += [said(text) for name, text in attrs if name in READ_OUT and text]

    def handle_data(self, data):
        super().handle_data(data)
        hidden = self.open and self.open[-1].tag in ("script", "style", "textarea")
        if said(data) and not hidden and not self._is_english():
            self.texts.append(said(data))

    def _is_english(self):
        told = [one.attributes["lang"] for one in self.open if one.attributes.get("lang")]
        return bool(told) and told[-1] == "en"


def left_over(html, english):
    """Texts of a page that are English of ours: the same as a message, or holding one of 4 words."""
    read = Spoken()
    read.feed(html)
    long = [one for one in english if len(one.split()) > 3 and "%(" not in one]
    parts = [
        re.compile(re.sub(r"%\\\(\w+\\\)[ds]", ".+", re.escape(one)) + "$")
        for one in english
        if "%(" in one and len(re.sub(r"%\(\w+\)[ds]", "", one).split()) > 2
    ]
    return {
        text
        for text in read.texts
        if text in english or any(one in text for one in long) or any(p.match(text) for p in parts)
    }


@pytest.mark.parametrize("address", PLAIN)
def test_nothing_english_is_left_over(visitor, english, address):
    page = visitor.get(f"/es{address}")
    assert page.read.all("html")[0].attributes["lang"] == "es"
    assert left_over(page.html, english) == set()
    assert not TWO_POINTS.search(page.text)


def test_nothing_english_is_left_over_in_an_answer(visitor, english):
    """Results, the form filled in again, a program for this week, the link to share, refusals."""
    results = visitor.post("/es/find", {**FORM, "q": "cbt"})
    assert results.heading.endswith("Pregúnteles.")
    sealed = results.link("Cambiar mis respuestas").rpartition("/")[2]
    card = next(one for one in results.read.all("a") if "?for=" in (one.attributes["href"] or ""))
    pages = [
        results,
        visitor.get(f"/es/change/{sealed}"),
        visitor.get(f"/es/share/{sealed}"),
        visitor.get(card.attributes["href"]),
        visitor.get("/es/no-such-page", status=404),
        visitor.get("/es/results/gAAAA-too-old", status=410),
        visitor.get("/es/results?near=91101&age=old", status=422),
        visitor.post("/es/find", {**FORM, "place": "Passadena"}, status=422),
        visitor.post("/es/find", {**FORM, "place": "Springfield"}, status=422),
        visitor.post("/es/find", {**FORM, "week": "own"}, status=422),
    ]
    for page in pages:
        assert left_over(page.html, english) == set(), page.heading


def test_a_left_over_is_noticed(visitor, english):
    html = visitor.get("/guide").html.replace('<html lang="en">', '<html lang="es">')
    found = left_over(html, english)
    assert {"Find a program", "Help right now"} <= found


def test_programs_of_every_kind_speak_spanish(app, visitor, english):
    """Every fifth program near Pasadena; names and streets stay as the program writes them."""
    body = {"near": "91101", "within_miles": 50, "must": [], "limit": 100}
    found = app.test_client().post("/api/v1/match", json=body).json["data"]
    slugs = [one["program"]["slug"] for one in found][::5]
    assert len(slugs) > 10
    for slug in slugs:
        page = visitor.get(f"/es/programs/{slug}")
        assert left_over(page.html, english) == set(), slug
        assert not TWO_POINTS.search(page.text), slug


# --- the language is in the address -----------------------------------------------------------


def test_the_switch_keeps_the_page_and_the_search(visitor):
    results = visitor.post("/find", FORM)
    there = visitor.get(results.link("Español"))
    assert there.read.all("html")[0].attributes["lang"] == "es"
    programs = [one.text for one in results.read.all("h3")][:3]
    assert [one.text.replace("Ejemplo", "Example") for one in there.read.all("h3")][:3] == programs
    card = next(one for one in there.read.all("a") if "?for=" in (one.attributes["href"] or ""))
    program = visitor.get(card.attributes["href"])
    assert "for=" in program.link("English"), "the week goes along"
    back = visitor.get(program.link("English"))
    assert back.heading.removesuffix(" Example") == program.heading.removesuffix(" Ejemplo")


def test_the_switch_keeps_what_was_typed_when_the_form_comes_back(visitor):
    refused = visitor.post("/es/find", {**FORM, "week": "own"}, status=422)
    english = visitor.get(refused.link("English"))
    assert english.form("/find")["place"] == ["91101"]


def test_the_switch_on_a_page_that_is_not_there_leads_to_the_first_page(visitor):
    assert visitor.get("/es/no-such-page", status=404).link("English") == "/"


def test_no_header_or_cookie_decides_the_language(app):
    client = app.test_client()
    answer = client.get("/guide", headers={"Accept-Language": "es", "Cookie": "lang=es"})
    assert b'<html lang="en">' in answer.data
    assert "Accept-Language" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_each_page_names_itself_in_every_language(visitor, prefix):
    page = visitor.get(f"{prefix}/guide")
    links = [one.attributes for one in page.read.all("link") if "hreflang" in one.attributes]
    home = "http://localhost"
    assert {one["hreflang"]: one["href"] for one in links} == {
        "en": f"{home}/guide",
        "es": f"{home}/es/guide",
        "x-default": f"{home}/guide",
    }
    (canonical,) = [
        o.attributes for o in page.read.all("link") if o.attributes["rel"] == "canonical"
    ]
    assert canonical["href"] == f"{home}{prefix}/guide"


def test_pages_with_answers_name_no_address(visitor):
    page = visitor.post("/es/find", FORM)
    assert not [one for one in page.read.all("link") if one.attributes["rel"] == "canonical"]


def test_what_stays_as_programs_write_it_is_marked_english(visitor):
    page = visitor.post("/es/find", FORM)
    names = [one for one in page.read.all("a") if one.parent is not None and one.parent.tag == "h3"]
    assert names
    assert all(one.attributes["lang"] == "en" for one in names)
    program = visitor.get(names[0].attributes["href"])
    assert [one.attributes["lang"] for one in program.read.all("address")] == ["en"]


# --- times, days, numbers as people here write them -------------------------------------------


def test_times_days_and_dates_are_spanish(in_spanish):
    assert words.clock(18 * 60) == f"6{NB}p.{NB}m."
    assert words.hours(18 * 60, 21 * 60) == f"6 a 9{NB}p.{NB}m."
    assert words.hours(9 * 60, 12 * 60) == f"9{NB}a.{NB}m. a mediodía"
    assert words.narrow(words.hours(18 * 60, 21 * 60)) == f"6 a 9{NB}pm"
    assert (words.tick(12 * 60), words.tick(18 * 60)) == (f"12{NB}pm", f"6{NB}pm")
    assert words.days([0, 2, 3]) == "lun, mié, jue"
    assert words.weekday_and_date(date(2026, 12, 7)) == "lunes 7 de diciembre"
    assert words.full_date(date(2026, 11, 24)) == "24 de noviembre de 2026"
    assert words.ago(1) == "hace 1 día"
    assert words.ago(12) == "hace 12 días"


def test_miles_money_and_shares_are_written_as_here(in_spanish):
    assert words.miles(2.14) == "2.1 millas"
    assert words.miles(1) == "1 milla"
    assert price(Price(per="day", cents=131050)) == "$1,310.50 al día"
    assert _percent(0.45) == "45%"


def test_the_point_of_an_abbreviation_ends_the_sentence(in_spanish):
    assert gettext("%(when)s.", when="6 a 9 p. m.") == "6 a 9 p. m."
    assert words.sentence("6 a 9 p. m.") == "6 a 9 p. m."


def test_sources_and_cards_say_their_day_in_spanish(in_spanish):
    source = Source("SAMHSA National Directory", date(2024, 1, 1), "list", edition="2024")
    assert words.listed(source) == "De una lista federal (2024)"
    card = Card("x", ("guide",), "", "Someone", "https://x.example", date(2026, 11, 20))
    assert _sourced(card).checked == "Revisado el 20 de noviembre de 2026."


def test_spanish_lines_are_the_spanish_ones(visitor):
    """988 answers in Spanish after a 2, and to the text AYUDA (988lifeline.org)."""
    page = visitor.get("/es/self-check")
    assert "oprima 2" in page.read.all("nav")[0].text


def test_an_address_may_say_which_page_of_many(in_spanish):
    assert page_url("compare", page=2) == "/es/compare?page=2"


def test_the_link_to_another_language_takes_every_name_along_and_follows_none(app):
    """Names of a query are words of strangers: none is an argument of what makes the link."""
    asked = "endpoint=1&_anchor=x&_method=GET&_scheme=x&_external=1&p=a&p=b"
    answer = app.test_client().get(f"/guide?{asked}", base_url="http://evil.example")
    assert answer.status_code == 200
    assert f'href="/es/guide?{escape(asked)}"' in answer.text
    assert "evil.example" not in answer.text
