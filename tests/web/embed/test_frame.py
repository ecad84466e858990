"""The frame: who may show it, what it asks, what it shows, what a partner chose; nothing stored."""

import re
from dataclasses import replace
from unittest.mock import Mock

import pytest

from directory.accounts.counting import Tally
from directory.accounts.known_partners import KnownPartners
from directory.catalog.partner import Partner
from directory.errors import NoGeneration
from directory.matching.need import ALWAYS_MUST
from directory.web.security import BY_KIND, EVERYWHERE
from tests.conftest import frozen
from tests.web.embed.conftest import CLINIC, KEY

WORKER = [
    *(
        {"day": day, "start": "17:00", "end": "22:00"}
        for day in ("mon", "tue", "wed", "thu", "fri")
    ),
    *({"day": day, "start": "07:00", "end": "22:00"} for day in ("sat", "sun")),
]
SANDBOX = "sandbox allow-forms allow-popups allow-popups-to-escape-sandbox allow-scripts"


def test_only_pages_of_the_partner_may_show_the_frame(site):
    for answer in (
        site.get(f"/widget/{KEY}"),
        site.get(f"/es/widget/{KEY}"),
        site.search(),
        site.post(f"/widget/{KEY}/find", week="never"),
        site.get(f"/widget/{KEY}/results/nonsense"),
    ):
        policy = answer.headers["Content-Security-Policy"]
        assert f"frame-ancestors {CLINIC} https://www.clinic.example;" in policy
        assert "X-Frame-Options" not in answer.headers


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/widget/pk_nobody", 404),
        ("/widget/pk_nobody/results/x", 404),
        (f"/widget/{KEY}?accent=%23ffcc00", 422),
        (f"/widget/{KEY}?place=Atlantis+XY", 422),
        (f"/widget/{KEY}?utm_source=mail", 422),
        (f"/widget/{KEY}?lang=en&lang=es", 422),
        (f"/widget/{KEY}/find", 405),
    ],
)
def test_an_unknown_key_and_wishes_that_cannot_be_read_are_shown_by_nobody(site, address, status):
    answer = site.get(address)
    assert answer.status_code == status
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_frame_is_a_sandbox_even_where_the_page_forgot_to_say_so(site):
    answer = site.get(f"/widget/{KEY}")
    assert answer.headers["Content-Security-Policy"].endswith(SANDBOX)
    assert "allow-same-origin" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers


def test_what_a_frame_loads_may_be_loaded_by_an_origin_that_is_nobodys(site):
    page = site.get(f"/widget/{KEY}").text
    style = site.get(re.search(r'rel="stylesheet" href="([^"]+)"', page)[1])
    font = site.get(re.search(r'url\("(/static/fonts/[^"]+)"\)', style.text)[1])
    script = site.get(re.search(r'<script defer src="([^"]+)"', page)[1])
    for answer in (style, font, script):
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "immutable" in answer.headers["Cache-Control"]


def test_a_frame_matches_and_shows_the_nearest_changes(site):
    page = site.search()
    assert page.status_code == 200
    assert re.search(r"<h1>\d+ programs? fits? your week</h1>", page.text)
    assert page.text.count("<article") == 5
    assert "Fits your week" in page.text
    assert "Takes Medi-Cal" in page.text
    assert "Change one thing" in page.text
    change = re.search(rf'href="(/widget/{KEY}/results/[^"]+)"', page.text)[1]
    assert site.get(change).status_code == 200


def test_a_frame_finds_what_our_own_page_finds(site):
    framed = site.with_choices(count=10).search()
    asked = {"place": "91101", "week": "nine", "need": "sud", "pay": "medi-cal"}
    ours = site.post("/find", **asked)
    names = [re.findall(r"/programs/([\w-]+)\?for=", page.text) for page in (framed, ours)]
    assert names[0] == names[1][:10]
    heading = re.compile(r"<h1>(.*?)</h1>")
    assert heading.search(framed.text)[1] == heading.search(ours.text)[1]


def test_what_opens_our_own_site_opens_a_new_tab_that_cannot_reach_back(site):
    for page in (site.get(f"/widget/{KEY}").text, site.search().text):
        for link in re.findall(r"<a [^>]+>", page):
            address = re.search(r'href="([^"]+)"', link)[1]
            inside = address.startswith((f"/widget/{KEY}", f"/es/widget/{KEY}", "tel:", "sms:"))
            assert inside != ('target="_blank" rel="noopener noreferrer"' in link), link


def test_help_is_first_in_every_frame_and_the_sources_are_named(site):
    for page in (site.get(f"/widget/{KEY}").text, site.search().text):
        assert re.search(r'<a [^>]*href="([^"]+)"', page)[1] == "tel:988"
        for name in ("SAMHSA", "California DHCS (CC BY 4.0)", "GeoNames (CC BY 4.0)"):
            assert name in page
        assert 'href="/about/data"' in page


def test_words_of_danger_show_help_before_programs(site):
    page = site.search(q="I want to kill myself").text
    assert page.index("You do not have to wait for a program") < page.index("<h1>")


@pytest.mark.parametrize(
    "given",
    [
        {"place": "Springfield", "q": "I want to die"},
        {"week": "never", "q": "I want to die"},
        {"place": "I want to die"},
    ],
)
def test_words_of_danger_show_help_before_a_form_to_mend(site, given):
    page = site.search(**given)
    assert page.status_code == 422
    assert page.text.index("You do not have to wait for a program") < page.text.index("<h1>")


def test_while_we_cannot_search_no_answer_is_lost_and_danger_is_read(site, monkeypatch):
    services = site.app.extensions["directory"]
    away = replace(services.finder, current=Mock(side_effect=NoGeneration("var")))
    monkeypatch.setitem(site.app.extensions, "directory", replace(services, finder=away))
    page = site.post(f"/widget/{KEY}/find", place="91101", week="nine", q="I want to die")
    assert page.status_code == 503
    assert "You do not have to wait for a program" in page.text
    assert 'value="I want to die"' in page.text
    assert re.search(r'value="nine" checked', page.text)


def test_a_place_that_the_partner_fixed_is_not_asked(site):
    form = site.with_choices(place="Pasadena, CA", within=15).get(f"/widget/{KEY}").text
    assert "Near <b>Pasadena, CA</b>" in form
    assert 'name="place"' not in form
    page = site.search(place="10001")
    assert "within 15 miles of Pasadena, CA" in page.text


def test_what_the_page_wishes_holds_where_the_key_left_it_open(site):
    wished = "?place=90012&count=2"
    assert "Near <b>90012</b>" in site.get(f"/widget/{KEY}{wished}").text
    page = site.search(wished, place="")
    assert page.text.count("<article") == 2
    assert f'href="/widget/{KEY}/change/' in page.text
    assert "?place=90012&amp;count=2" in page.text, "links of the frame carry the wishes along"
    fixed = site.with_choices(place="Pasadena, CA").get(f"/widget/{KEY}{wished}").text
    assert "Near <b>Pasadena, CA</b>" in fixed


def test_needs_a_partner_picked_are_picked_and_may_be_changed(site):
    site.with_choices(
        focus=("substance_use",), payer="anthem-blue-cross", services=("family_therapy",)
    )
    form = site.get(f"/widget/{KEY}").text
    assert '<option value="sud" selected>' in form
    assert re.search(r'<option value="anthem-blue-cross" selected>[^<]*Anthem', form)
    assert "With: Family therapy." in form
    page = site.search(need="mh", pay="anthem-blue-cross").text
    assert "Family therapy" in page
    assert re.search("Anthem", page)


def test_a_frame_without_examples_shows_no_invented_program_and_counts_none(site):
    page = site.with_choices(examples=False, count=10).search().text
    assert "Example</span>" not in page
    assert 0 < page.count("<article") <= 10
    assert "Change one thing" not in page
    asked = {"near": "91101", "week": {"free": WORKER}, "focus": ["substance_use"], "limit": 100}
    asked |= {"payer": "medi-cal", "level_of_care": ["iop"], "must": [*ALWAYS_MUST, "focus"]}
    found = site.app.test_client().post("/api/v1/match", json=asked).json["data"]
    real = [one for one in found if not one["program"]["example"]]
    fits = sum(one["schedule"]["verdict"] == "fits" for one in real)
    asks = sum(one["schedule"]["verdict"] == "cannot_tell" for one in real)
    assert f"<h1>{fits or asks} program" in page
    assert len(real) < len(found)


def test_a_frame_opens_in_the_partners_language_and_visitors_have_the_last_word(site):
    site.with_choices(lang="es")
    spanish = site.get(f"/widget/{KEY}")
    assert '<html lang="es"' in spanish.text
    english = re.search(rf'href="(/widget/{KEY}/form)" lang="en"', spanish.text)[1]
    assert '<html lang="en"' in site.get(english).text
    answered = site.post(f"/es/widget/{KEY}/find", place="91101", week="nine")
    assert "programas" in answered.text


def test_a_page_in_a_spanish_of_some_country_has_the_finder(site):
    """The released script passes the tag of the page on as it stands."""
    answer = site.get(f"/es/widget/{KEY}?lang=es-MX")
    assert (answer.status_code, answer.headers.get("X-Frame-Options")) == (200, None)


def test_another_language_keeps_the_search(site):
    found = site.search(q="panic")
    turned = re.search(rf'href="(/es/widget/{KEY}/results/[^"]+)" lang="es"', found.text)[1]
    assert "programas" in site.get(turned).text
    for page in (site.search(place="Springfield", q="panic"), site.get(changing(found.text))):
        form = site.get(
            re.search(rf'href="(/es/widget/{KEY}/change/[^"]+)" lang="es"', page.text)[1]
        )
        assert '<html lang="es"' in form.text
        assert 'value="panic"' in form.text


def changing(page):
    """The address that changes the answers of a page."""
    return re.search(rf'href="(/widget/{KEY}/change/[^"]+)"', page)[1]


def test_words_that_were_put_right_are_told(site):
    page = site.search(q="anxeity").text
    assert "You wrote “anxeity”. We looked for “anxiety”." in page
    assert "You wrote" not in site.search(q="anxiety").text


def test_the_scheme_is_forced_only_where_it_was_chosen(site):
    assert "data-scheme" not in site.get(f"/widget/{KEY}").text
    assert 'data-scheme="dark"' in site.get(f"/widget/{KEY}?scheme=dark").text
    assert "data-scheme" not in site.get(f"/widget/{KEY}?scheme=auto").text


def test_an_unknown_place_is_asked_again_with_every_answer_kept(site):
    page = site.search(place="Springfield", q="panic")
    assert page.status_code == 422
    assert '<p id="note">There is more than one. Pick yours' in page.text
    assert 'aria-invalid="true" aria-describedby="note"' in page.text
    assert 'value="panic"' in page.text
    assert re.search(r'value="nine" checked', page.text)
    offered = re.search(rf'class="btn quiet" href="(/widget/{KEY}/results/[^"]+)"', page.text)[1]
    assert "Springfield" in site.get(offered).text


def test_an_answer_that_cannot_be_read_comes_back_with_the_form(site):
    for week in ("never", "own"):
        page = site.post(f"/widget/{KEY}/find", place="91101", week=week, q="panic")
        assert page.status_code == 422
        assert "We could not read one of your answers" in page.text
        assert 'value="panic"' in page.text


@pytest.mark.parametrize("page", ["results", "change"])
def test_a_search_that_has_closed_shows_the_form_again(site, page):
    answer = site.get(f"/widget/{KEY}/{page}/gAAAA-too-old")
    assert answer.status_code == 410
    assert "This search has closed" in answer.text
    assert 'name="week"' in answer.text


def test_answers_can_be_changed(site):
    page = site.search(q="panic").text
    form = site.get(changing(page)).text
    assert re.search(r'value="nine" checked', form)
    assert '<option value="medi-cal" selected>' in form
    assert 'value="panic"' in form


def test_counted_are_frames_and_searches_by_key_and_nothing_else(site):
    site.get(f"/widget/{KEY}", Sec_Fetch_Dest="iframe")
    site.get(f"/widget/{KEY}", **{"Sec-Fetch-Dest": "document"})
    site.get(f"/widget/{KEY}/form")
    site.get("/widget/preview")
    site.search()
    site.post("/widget/preview/find", place="91101")
    assert site.counted == [(KEY, "shown"), (KEY, "asked")]


def test_frames_and_searches_go_on_while_the_database_is_away(site):
    asked, planned, seconds = [], [], [0.0]

    def read():
        asked.append(1)
        if len(asked) > 1:
            raise OSError("gone")
        return [Partner(KEY, "Clinic", (CLINIC,))]

    def write(day, totals):
        raise OSError("gone")

    tally = Tally(write, frozen, planned.append)
    services = site.app.extensions["directory"]
    known = KnownPartners(read, lambda: seconds[0])
    site.app.extensions["directory"] = replace(services, partner=known.get, count=tally.count)
    for _ in range(3):
        assert site.get(f"/widget/{KEY}").status_code == 200
        assert "<article" in site.search().text
        planned.pop()()
        seconds[0] += 60
    assert len(asked) > 1


def test_a_preview_may_be_shown_by_our_own_pages_only(site):
    policy = site.get("/widget/preview").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self';" in policy


def test_every_other_page_is_framed_by_nobody(site):
    for kind, headers in BY_KIND.items():
        assert {**EVERYWHERE, **headers}["X-Frame-Options"] == "DENY", kind
