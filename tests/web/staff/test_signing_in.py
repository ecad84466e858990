"""In and out of the desk: the cookie, its rotation, its end, and what a refusal shows."""

import re
from dataclasses import replace

import pytest

from directory.errors import StoreAway
from tests.support.desk import PASSWORD, Desk, People, Watch, desk_app, services_of


def test_who_signs_in_sees_the_desk_and_who_signs_out_does_not(people, browser_of):
    jo = people.add("referrer", "Jo Miller")
    desk = browser_of()
    assert desk.get("/staff").heading == "Sign in to the desk"
    page = desk.sign_in(jo)
    assert page.heading == "Your desk"
    assert "Jo Miller" in page.text
    assert "Referral staff" in page.text
    assert "Hillside Hospital" in page.text
    assert desk.get("/staff/sign-in").heading == "Your desk"
    assert "You are signed out." in desk.post("/staff/sign-out").text
    assert desk.get("/staff").heading == "Sign in to the desk"


def test_the_desk_speaks_spanish_with_the_same_sign_in(people, browser_of):
    desk = browser_of(people.add())
    page = desk.get("/es/staff")
    assert page.read.all("html")[0].attributes["lang"] == "es"
    assert page.link("English") == "/staff"
    assert desk.get("/staff").link("Español") == "/es/staff"


def test_a_refusal_says_the_same_for_every_reason(people, browser_of):
    jo, gone = people.add(), people.add("partner")
    with people.services.book() as book:
        from dataclasses import replace

        book.people.put(replace(gone, disabled_at=people.services.clock()))
    texts = set()
    for email, password in (
        (jo.email, "wrong password here"),
        ("nobody@example.org", PASSWORD),
        (gone.email, PASSWORD),
        ("", ""),
    ):
        fields = {"email": email, "password": password}
        page = browser_of().post("/staff/sign-in", fields, 422)
        texts.add(page.text.replace(email, "") if email else page.text)
        assert page.form("/staff/sign-in")["email"] == [email]
        assert page.form("/staff/sign-in")["password"] == [""]
    assert len(texts) == 1


def test_every_refused_sign_in_hashes_once(people, counted, browser_of):
    _, hasher = counted
    jo = people.add()
    browser_of(jo)
    for email in (jo.email, "nobody@example.org"):
        before = hasher.verified, hasher.hashed
        browser_of().post("/staff/sign-in", {"email": email, "password": "wrong"}, 422)
        assert (hasher.verified, hasher.hashed) == (before[0] + 1, before[1])


def test_guessing_is_slowed_down_with_the_same_words(people, browser_of):
    jo = people.add()
    desk = browser_of()
    pages = [
        desk.post("/staff/sign-in", {"email": jo.email, "password": "wrong"}, 422).text
        for _ in range(11)
    ]
    assert len(set(pages)) == 1
    assert desk.sign_in(jo, status=422).text == pages[0]


# --- the cookie ---------------------------------------------------------------------------------


def cookies(answer):
    return answer.headers.getlist("Set-Cookie")


def test_the_cookie_is_for_the_desk_only_and_scripts_cannot_read_it(people, app):
    desk = Desk(app)
    answer = desk.send("/staff/sign-in", {"email": people.add().email, "password": PASSWORD})
    english, spanish = cookies(answer)
    assert english.endswith("HttpOnly; Path=/staff; SameSite=Lax")
    assert spanish.endswith("HttpOnly; Path=/es/staff; SameSite=Lax")
    assert "Max-Age" not in english + spanish
    assert "Expires" not in english + spanish


@pytest.mark.parametrize(
    "settings",
    [
        {"base_url": "https://stepwise.example"},
        {"production": True, "examples": False},
    ],
)
def test_where_people_come_over_https_the_cookie_never_goes_another_way(tmp_path, settings):
    app = desk_app(tmp_path, Watch(), **settings)
    client = app.test_client()
    answer = client.get("/staff/sign-in", base_url="https://stepwise.example")
    for one in cookies(answer):
        assert one.startswith("__Secure-staff=")
        assert "; Secure; HttpOnly; Path=/" in one


def test_what_is_kept_of_a_sign_in_does_not_open_it(people, browser_of, app):
    desk = browser_of(people.add())
    with people.services.book(write=False) as book:
        (session,) = book.sessions.of(1)
    token = desk.cookie()
    assert len(token) >= 43
    assert token not in repr(session)
    thief = Desk(app)
    thief.client.set_cookie("staff", session.token, path="/staff")
    assert thief.get("/staff").heading == "Sign in to the desk"


def test_a_planted_cookie_opens_nothing_after_its_victim_signed_in(people, browser_of, app):
    """Session fixation (ASVS 5.0 7.2.4)."""
    attacker = Desk(app)
    attacker.get("/staff/sign-in")
    planted = attacker.cookie()
    victim = Desk(app)
    for path in ("/staff", "/es/staff"):
        victim.client.set_cookie("staff", planted, path=path)
    assert victim.sign_in(people.add()).heading == "Your desk"
    assert victim.cookie() != planted
    assert attacker.cookie() == planted
    assert attacker.get("/staff").heading == "Sign in to the desk"


def test_signing_in_again_ends_what_the_browser_held(people, browser_of, app):
    jo = people.add()
    desk = browser_of(jo)
    old = desk.cookie()
    answer = desk.send("/staff/sign-in", {"email": jo.email, "password": PASSWORD})
    assert answer.status_code == 303
    thief = Desk(app)
    thief.client.set_cookie("staff", old, path="/staff")
    assert thief.get("/staff").heading == "Sign in to the desk"
    assert desk.get("/staff").heading == "Your desk"


def test_a_cookie_kept_from_before_signing_out_opens_nothing(people, browser_of, app):
    desk = browser_of(people.add())
    old = desk.cookie()
    desk.post("/staff/sign-out")
    desk.client.set_cookie("staff", old, path="/staff")
    assert desk.get("/staff").heading == "Sign in to the desk"


def test_a_sign_in_ends_half_an_hour_after_its_last_use(people, browser_of, watch):
    desk = browser_of(people.add())
    for _ in range(3):
        watch.forward(minutes=29)
        assert desk.get("/staff").heading == "Your desk"
    watch.forward(minutes=30)
    assert desk.get("/staff").heading == "Sign in to the desk"


class ReadOnly:
    """A book of staff where nothing can be kept, as a replica is while its primary is away."""

    def __init__(self, records):
        self.records = records

    def book(self, *, write=True):
        if write:
            raise StoreAway("the primary")
        return self.records.book(write=False)


def test_while_nothing_can_be_kept_staff_read_on_and_a_sign_in_never_lasts_longer_for_it(
    people, browser_of, app, watch
):
    desk, services = browser_of(people.add("curator")), services_of(app)
    read_only = ReadOnly(services.records())
    app.extensions["staff"] = replace(services, records=lambda: read_only)
    watch.forward(minutes=20)
    assert desk.get("/staff").heading == "Your desk"
    watch.forward(minutes=11)
    assert desk.get("/staff").heading == "Sign in to the desk"


def test_a_sign_in_ends_after_twelve_hours_however_it_is_used(people, browser_of, watch):
    desk = browser_of(people.add())
    for _ in range(35):
        watch.forward(minutes=20)
        assert desk.get("/staff").heading == "Your desk"
    watch.forward(minutes=20)
    assert desk.get("/staff").heading == "Sign in to the desk"


def test_how_long_is_a_setting(tmp_path):
    watch = Watch()
    app = desk_app(tmp_path, watch, staff_idle_minutes=5, staff_hours=1)
    desk = Desk(app)
    desk.sign_in(People(app).add())
    watch.forward(minutes=5)
    assert desk.get("/staff").heading == "Sign in to the desk"


def test_a_disabled_account_is_out_at_its_next_step(people, browser_of):
    from dataclasses import replace

    jo = people.add()
    desk = browser_of(jo)
    with people.services.book() as book:
        member = book.people.get(jo.number)
        book.people.put(replace(member, disabled_at=people.services.clock()))
    assert desk.get("/staff").heading == "Sign in to the desk"


# --- nothing leads or leaks elsewhere -----------------------------------------------------------


@pytest.mark.parametrize("field", ["next", "return", "url", "redirect", "said", "then"])
def test_signing_in_leads_to_the_desk_whatever_the_address_asks(people, app, field):
    """Open redirect (ASVS 5.0 3.7.2): no field decides where to."""
    desk = Desk(app)
    fields = {"email": people.add().email, "password": PASSWORD, field: "https://evil.example/"}
    answer = desk.send(f"/staff/sign-in?{field}=//evil.example", fields)
    assert answer.headers["Location"] == "/staff"


def test_what_an_address_claims_was_done_is_not_repeated(browser_of, people):
    page = browser_of(people.add()).get("/staff?said=You+won+<b>a+prize</b>")
    assert "prize" not in page.text
    assert "<b>a" not in page.html


def test_pages_of_visitors_set_no_cookie_and_never_get_one(people, browser_of):
    desk = browser_of(people.add())
    for address in ("/", "/es/", "/guide", "/no-such-page", "/stafffff"):
        answer = desk.client.get(address)
        assert cookies(answer) == []
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "Cookie" not in answer.request.headers


def test_no_page_of_the_desk_is_kept_or_found_by_search_engines(people, browser_of):
    desk = browser_of(people.add())
    for address in ("/staff", "/staff/me", "/es/staff/me", "/staff/sign-in", "/staff/nowhere"):
        answer = desk.client.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert re.search("default-src 'none'", answer.headers["Content-Security-Policy"])


def test_a_flood_of_sign_ins_is_sent_away_before_anybody_is_looked_at(app, people):
    """Few wait for a hash: the threads of a worker are for visitors, too."""
    passwords = people.services.passwords
    jo, desk = people.add(), Desk(app)
    desk.get("/staff/sign-in")
    held = 0
    while passwords._queue.acquire(blocking=False):
        held += 1
    for email in (jo.email, "nobody@example.org"):
        answer = desk.send("/staff/sign-in", {"email": email, "password": PASSWORD})
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "5")
    for _ in range(held):
        passwords._queue.release()
    assert desk.sign_in(jo).heading == "Your desk"


def test_the_link_to_another_language_stays_at_the_desk_when_a_form_comes_back(people, browser_of):
    ada, jo = people.add("administrator"), people.add()
    desk = browser_of(ada)
    wrong = {"old": "no", "new": "no", "name": "", "seen": ""}
    for address, leads_to in (
        ("/staff/me/password", "/es/staff/me"),
        ("/staff/me/second-factor", "/es/staff/me/second-factor"),
        ("/staff/me/recovery-codes", "/es/staff/me/second-factor"),
        (f"/staff/people/{ada.number}/close", f"/es/staff/people/{ada.number}"),
        (f"/staff/people/{jo.number}", f"/es/staff/people/{jo.number}"),
        ("/staff/people", "/es/staff/people"),
        ("/staff/organizations", "/es/staff/organizations"),
    ):
        answer = desk.send(address, wrong)
        assert answer.status_code in (409, 422), address
        assert f'href="{leads_to}" lang="es"' in answer.text, address
    for address, leads_to in (
        (f"/staff/people/{jo.number}/link", "/es/staff/people"),
        ("/staff/trail/verify", "/es/staff/trail"),
    ):
        assert f'href="{leads_to}" lang="es"' in desk.send(address).text, address


def test_visitors_find_the_way_to_the_desk_at_the_foot_of_a_page(browser_of):
    desk = browser_of()
    for address, there in (("/guide", "/staff"), ("/es/guide", "/es/staff")):
        assert f'href="{there}"' in desk.client.get(address).text
        assert desk.client.get(there).headers["Location"] == f"{there}/sign-in"


def test_crawlers_are_told_to_leave_the_desk_alone_in_every_language(app):
    rules = app.test_client().get("/robots.txt").text.splitlines()
    assert {"Disallow: /staff", "Disallow: /es/staff"} <= set(rules)
