"""Partner staff see to their keys: where the finder may be shown, how it looks, how often it was used."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from directory.accounts.choices import KEYS
from directory.accounts.known_partners import KnownPartners
from directory.accounts.partners import PartnerDesk
from tests.support.page import said

PARTNERS = "/staff/partners"
SITE = "https://www.clinic.example"


@pytest.fixture
def rita(people):
    """She sees to the keys of River Clinic."""
    return people.add("partner", "Rita", at="River Clinic")


@pytest.fixture
def desk(rita, browser_of):
    return browser_of(rita)


@pytest.fixture
def boss(people, browser_of):
    """An administrator's browser."""
    return browser_of(people.add("administrator"))


def kept(people):
    with people.services.book(write=False) as book:
        return book.partners.all()


def make(desk, people, name="River Clinic", origins=SITE, **more):
    """A key, made at the desk; its partner as it is kept."""
    desk.post(PARTNERS, {"name": name, "origins": origins, **more})
    return kept(people)[-1]


def acts(people):
    with people.services.book(write=False) as book:
        return [(one.actor, one.act) for one in book.trail.read() if one.kind == "partner"]


# --- making a key -------------------------------------------------------------------------------


def test_who_has_no_key_is_told_what_to_do(desk):
    assert "No key yet. Make the first one below" in desk.get(PARTNERS).text


def test_a_key_is_made_belongs_to_ones_organization_and_is_shown_with_what_to_paste(
    desk, people, rita
):
    page = desk.post(
        PARTNERS,
        {"name": " River  Clinic ", "origins": f"{SITE}\r\n\r\nhttps://clinic.example:443"},
    )
    (made,) = kept(people)
    assert made.origins == (SITE, "https://clinic.example")
    assert (made.name, made.organization) == ("River Clinic", rita.organization.number)
    assert "The key is made." in page.text
    element, frame = (one.text for one in page.read.all("textarea")[:2])
    assert f'<iop-finder key="{made.key}">' in element
    assert re.search(r'integrity="sha384-[\w+/=]+"', element)
    assert f"/widget/{made.key}" in frame
    assert made.name in desk.get(PARTNERS).text
    assert acts(people) == [(rita.number, "partner_added")]


WRONG = (
    ("", SITE, "Type the name of the site"),
    ("x" * 81, SITE, "Type the name of the site"),
    ("call 626-555-0142", SITE, "no mail address, phone or date"),
    ("jo@clinic.example", SITE, "no mail address, phone or date"),
    ("Clinic", "", "Type from 1 to 20 addresses"),
    ("Clinic", "\n".join(f"https://c{at}.example" for at in range(21)), "from 1 to 20"),
    ("Clinic", f"{SITE}/finder", f"We cannot use \u201c{SITE}/finder\u201d"),
    ("Clinic", f"{SITE}\nhttps://*.clinic.example", "no star"),
    ("Clinic", "http://clinic.example", "Type https://"),
    ("Clinic", "https://169.254.169.254", "We cannot use"),
    ("Clinic", "https://jo:pw@clinic.example", "no user name"),
    ("Clinic", "ftp://clinic.example", "We cannot use"),
)


def test_what_does_not_fit_comes_back_as_it_was_typed(desk, people):
    """The same refusals as at the command line; no address is ever asked by us."""
    for name, origins, told in WRONG:
        page = desk.post(PARTNERS, {"name": name, "origins": origins}, 422)
        assert told in page.text, (name, origins)
        assert page.read.all("textarea")[0].text.split() == origins.split()
    assert kept(people) == []


def test_nobody_makes_a_key_for_another_organization(desk, people, rita):
    other = people.organization("Lakeside Court").number
    assert make(desk, people, organization=str(other)).organization == rita.organization.number


def test_an_organization_sees_its_own_keys_and_nobody_elses(desk, people, browser_of):
    make(desk, people, "River Clinic")
    other = browser_of(people.add("partner", at="Lakeside Court"))
    make(other, people, "Lake Site", "https://lake.example")
    assert "Lake Site" not in desk.get(PARTNERS).text
    colleague = browser_of(people.add("partner", at="River Clinic"))
    assert "River Clinic" in colleague.get(PARTNERS).text


def test_names_and_origins_are_shown_as_they_are_never_as_markup(desk, boss, people):
    evil = '"><script>alert(1)</script>{{ "x" * 9 }}'
    made = make(desk, people, evil)
    assert made.name == evil
    number = f"/staff/partners/{made.number}"
    place = f"/staff/organizations/{made.organization}"
    for page in (desk.get(PARTNERS), desk.get(number), desk.get(f"{number}/look"), boss.get(place)):
        assert "<script>alert" not in page.html
        assert "xxxxxxxxx" not in page.text


# --- changing it --------------------------------------------------------------------------------


def test_name_and_pages_change_and_a_clash_loses_neither(desk, people, rita):
    made = make(desk, people)
    address = f"/staff/partners/{made.number}"
    fields = {"name": "River", "origins": "https://river.example", "seen": "1"}
    assert "The change is kept." in desk.post(address, fields).text
    late = {"name": "Creek", "origins": "https://creek.example", "seen": "1"}
    page = desk.post(address, late, 409)
    assert "Somebody else changed this key meanwhile" in page.text
    assert "River" in page.text
    form = page.form(address)
    assert form["name"] == ["Creek"]
    desk.post(address, late | {"seen": form["seen"][0]})
    assert kept(people)[0].origins == ("https://creek.example",)
    assert acts(people)[1:] == [(rita.number, "partner_changed")] * 2


def test_a_wrong_change_is_refused_and_nothing_is_kept(desk, people):
    made = make(desk, people)
    fields = {"name": "", "origins": SITE, "seen": "1"}
    assert "Type the name" in desk.post(f"/staff/partners/{made.number}", fields, 422).text
    assert kept(people) == [made]


def test_fields_that_are_not_on_the_form_change_nothing(desk, people):
    """Mass assignment: no key, state or organization by the back door."""
    made = make(desk, people)
    more = {"key": "pk_x", "active": "0", "organization": "99", "version": "9", "number": "7"}
    fields = {"name": made.name, "origins": SITE, "seen": "1", **more}
    desk.post(f"/staff/partners/{made.number}", fields)
    (now,) = kept(people)
    assert (now.key, now.active, now.organization, now.version) == (
        made.key,
        True,
        made.organization,
        2,
    )


def test_a_key_is_paused_opened_again_and_closed_for_good(desk, boss, people, rita):
    made = make(desk, people)
    address = f"/staff/partners/{made.number}"
    assert "This key is paused" in desk.post(f"{address}/pause").text
    assert not kept(people)[0].is_open
    assert "The key is open again." in desk.post(f"{address}/reopen").text
    assert kept(people)[0].is_open
    page = desk.post(f"{address}/revoke")
    assert "Ask the people who run this site" in page.text
    assert desk.send(f"{address}/restore").status_code == 403
    assert not kept(people)[0].is_open
    boss.post(f"{address}/restore")
    assert kept(people)[0].is_open
    told = [act for actor, act in acts(people) if actor == rita.number]
    assert told == ["partner_added", "partner_paused", "partner_reopened", "partner_revoked"]


def frame_with(app, people, key):
    """The frame of a key, by a process that has read nothing yet: its status and its policy."""
    services, kept_by = app.extensions["directory"], people.services
    read = PartnerDesk(kept_by.records, None, kept_by.clock).all
    app.extensions["directory"] = replace(services, partner=KnownPartners(read, lambda: 0.0).get)
    try:
        answer = app.test_client().get(f"/widget/{key}")
    finally:
        app.extensions["directory"] = services
    return answer.status_code, answer.headers["Content-Security-Policy"]


def test_what_is_done_at_the_desk_holds_for_the_frame(desk, people, app):
    made = make(desk, people)
    status, policy = frame_with(app, people, made.key)
    assert (status, f"frame-ancestors {SITE}" in policy) == (200, True)
    desk.post(f"/staff/partners/{made.number}/pause")
    assert frame_with(app, people, made.key)[0] == 404
    desk.post(f"/staff/partners/{made.number}/reopen")
    other = {"name": "River", "origins": "https://river.example", "seen": "3"}
    desk.post(f"/staff/partners/{made.number}", other)
    assert "frame-ancestors https://river.example" in frame_with(app, people, made.key)[1]


# --- how it looks -------------------------------------------------------------------------------


def look(**chosen):
    return {"do": "show", "seen": "1", **chosen}


def frame_of(page):
    return page.read.all("iframe")[0].attributes["src"]


def test_a_look_is_shown_in_the_frame_itself_before_it_is_kept(desk, people, app):
    made = make(desk, people)
    address = f"/staff/partners/{made.number}/look"
    page = desk.post(address, look(accent="#7a2d5b", place="Pasadena, CA", count="3"))
    assert "Nothing is kept yet." in page.text
    source = frame_of(page)
    assert source.startswith("/widget/preview?")
    assert kept(people) == [made]
    shown = app.test_client().get(source)
    assert shown.status_code == 200
    assert "7a2d5b" in shown.text
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    fields = {name: values[0] for name, values in page.form(address).items() if values}
    desk.post(address, fields | {"do": "keep"})
    choices = kept(people)[0].choices
    assert (choices.accent, choices.place, choices.count) == ("#7a2d5b", "Pasadena, CA", 3)


def test_only_the_page_with_the_preview_may_show_a_frame(desk, people):
    made = make(desk, people)
    policies = [
        desk.client.get(address).headers["Content-Security-Policy"]
        for address in (f"/staff/partners/{made.number}/look", f"/staff/partners/{made.number}")
    ]
    assert ["frame-src 'self'" in one for one in policies] == [True, False]
    assert all("frame-ancestors 'none'" in one for one in policies)


def test_a_colour_nobody_can_read_is_refused_with_one_that_would_do(desk, people):
    made = make(desk, people)
    address = f"/staff/partners/{made.number}/look"
    page = desk.post(address, look(accent="#ffcc00", radius="99", do="keep", count="3"), 422)
    assert "People could not read this color everywhere" in page.text
    assert re.search(r"Try #[0-9a-f]{6}\.", page.text)
    assert "Type a number from 0 to 16." in page.text
    assert page.form(address)["accent"] == ["#ffcc00"]
    assert "count=3" in frame_of(page)
    assert "accent" not in frame_of(page)
    assert kept(people) == [made]


def test_every_choice_can_be_made_and_opened_again(desk, people):
    made = make(desk, people)
    address = f"/staff/partners/{made.number}/look"
    every = {
        "lang": "es",
        "scheme": "dark",
        "accent": "#7a2d5b",
        "accent-dark": "#e8b4d0",
        "radius": "0",
        "place": "91101",
        "within": "15",
        "focus": ["substance_use", "mental_health"],
        "payer": "medi-cal",
        "services": ["cbt"],
        "populations": ["women"],
        "languages": ["es"],
        "count": "4",
        "examples": "off",
    }
    assert set(every) == set(KEYS)
    desk.post(address, look(**every, do="keep"))
    choices = kept(people)[0].choices
    assert choices.focus == ("substance_use", "mental_health")
    assert (choices.examples, choices.radius, choices.lang) == (False, 0, "es")
    page = desk.get(address)
    assert {key: page.form(address)[key] for key in every} == {
        key: value if isinstance(value, list) else [value] for key, value in every.items()
    }
    assert frame_of(page).startswith("/es/widget/preview?")
    desk.post(address, {"do": "keep", "seen": "2"})
    assert kept(people)[0].choices == made.choices


def test_two_who_change_the_look_at_once_lose_nothing(desk, people):
    made = make(desk, people)
    address = f"/staff/partners/{made.number}/look"
    desk.post(address, look(do="keep", radius="4"))
    page = desk.post(address, look(do="keep", radius="8"), 409)
    assert "Somebody else changed this key meanwhile" in page.text
    assert page.form(address)["radius"] == ["8"]
    assert "Nothing is kept yet." in page.text, "the preview is of what was typed"
    assert "Kept now: 4" in page.text
    assert page.text.count("Kept now:") == 1, "only where the two differ"
    every = look(do="keep", services=["cbt"], examples="off", place="Pasadena, CA", radius="4")
    desk.post(address, every | {"seen": "2"})
    both = desk.post(address, look(do="keep", services=["dbt"], place="Pasadena, CA"), 409).text
    for theirs in ("Kept now: Cognitive", "Kept now: Leave them out", "Kept now: 4"):
        assert theirs in both
    assert "Kept now: Pasadena" not in both
    assert "Kept now: left open" in desk.post(address, look(do="keep", count="3"), 409).text
    assert kept(people)[0].choices.radius == 4


# --- counts -------------------------------------------------------------------------------------


def test_counts_are_told_by_day_from_11_up(desk, people, watch):
    made = make(desk, people)
    address = f"/staff/partners/{made.number}"
    assert "No day yet with 11 or more." in desk.get(address).text
    today = watch().date()
    with people.services.book() as book:
        for ago, shown, asked in ((0, 900, 900), (1, 40, 3), (2, 10, 10), (60, 77, 33)):
            totals = {(made.key, "shown"): shown, (made.key, "asked"): asked}
            book.partners.count(today - timedelta(days=ago), totals)
    page = desk.get(address)
    rows = [said(row.text) for row in page.read.all("tr")]
    assert rows == ["Day Finder shown Searches made", "Nov 23, 2026 40 fewer than 11"]
    assert "900" not in page.text
    assert "77" in desk.get(f"{address}?days=90").text
    assert "Nov 23" in desk.get(f"{address}?days=x").text


# --- administrators -----------------------------------------------------------------------------


def test_an_administrator_sees_every_key_and_gives_one_to_an_organization(boss, desk, people, rita):
    old = PartnerDesk(people.services.records, None, people.services.clock).add("Old", [SITE])
    assert "Old" not in desk.get(PARTNERS).text
    page = boss.get(PARTNERS)
    assert "Old" in page.text
    assert "None yet" in page.text
    place = f"/staff/organizations/{rita.organization.number}"
    assert "Only organizations that show the finder" in boss.get(place).text
    page = boss.post(f"{place}/partners", {"partner": str(old.number)})
    assert "Old: Open" in page.text
    assert "Old" in desk.get(PARTNERS).text
    assert "Pick one of the keys." in boss.post(f"{place}/partners", {"partner": "1"}, 422).text
    other = str(people.organization("Lakeside Court").number)
    address = f"/staff/partners/{old.number}/organization"
    assert "The change is kept." in boss.post(address, {"organization": other}).text
    assert desk.send(address, {"organization": other}).status_code == 403
    assert "Pick one" in boss.post(address, {"organization": "99"}, 422).text
    boss.post(address, {"organization": ""})
    assert kept(people)[0].organization is None


def test_an_administrator_makes_a_key_for_an_organization(boss, people, rita):
    number = rita.organization.number
    assert make(boss, people, organization=str(number)).organization == number
    assert make(boss, people, "Nobody's").organization is None
    fields = {"name": "X", "origins": SITE, "organization": "99"}
    assert "Pick one of the organizations." in boss.post(PARTNERS, fields, 422).text


def test_an_organization_with_very_many_keys_is_asked_to_close_one(desk, people, rita, monkeypatch):
    monkeypatch.setattr("directory.accounts.partners.MOST_KEYS", 1)
    make(desk, people)
    page = desk.post(PARTNERS, {"name": "Two", "origins": SITE}, 422)
    assert "Close one that you do not need." in page.text
