"""The second step: needed by two roles, open to all, each code once, guessing slow."""

import re
from dataclasses import replace

import pyotp
import pytest

from directory.accounts import sessions, staff
from directory.accounts.keeping import Keeper
from directory.catalog.staff import ROLES
from directory.web.staff import qr
from tests.support.desk import PASSWORD, SECRET, Desk, code_at, services_of

NEEDS = {"curator", "administrator"}
SET_UP = "/staff/me/second-factor"


@pytest.fixture
def ada(people):
    """An administrator with a second factor."""
    return people.add("administrator", "Ada")


def turn_on(desk, watch, **more):
    """Set it up; answers the secret and the codes for paper."""
    page = desk.get(SET_UP)
    secret = letters_of(page)
    fields = {
        "offered": page.form(SET_UP)["offered"][0],
        "code": code_at(watch.now, secret),
        **more,
    }
    page = desk.post(SET_UP, fields)
    assert page.heading == "Your recovery codes"
    return secret, re.findall(r"\b\w{5}-\w{5}\b", page.text)


def letters_of(page):
    return next(
        one.text for one in page.read.all("code") if one.attributes.get("class") == "letters"
    ).replace(" ", "")


def without(people, member):
    """The same account before it has a second factor."""
    from dataclasses import replace

    with people.services.book() as book:
        book.people.put(replace(book.people.get(member.number), secret=None))
    return member


# --- needed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_curators_and_administrators_do_nothing_before_they_have_one(people, app, role):
    desk = Desk(app)
    page = desk.type_in(without(people, people.add(role)))
    assert page.heading == ("Set up your second step" if role in NEEDS else "Your desk")
    for address in ("/staff", "/staff/me"):
        is_there = desk.get(address).heading != "Set up your second step"
        assert is_there == (role not in NEEDS), address


def test_setting_it_up_shows_codes_for_paper_once_and_lets_in(people, app, watch):
    desk = Desk(app)
    desk.type_in(without(people, people.add("curator")))
    before = desk.cookie()
    _, paper = turn_on(desk, watch)
    assert len(set(paper)) == 10
    assert desk.cookie() != before
    assert desk.get("/staff").heading == "Your desk"
    page = desk.get("/staff/me")
    assert "10 recovery codes left" in page.text
    assert not any(one in page.html for one in paper)


def test_a_code_is_asked_for_after_the_password(ada, app, watch):
    desk = Desk(app)
    assert desk.type_in(ada).heading == "Second step"
    for address in ("/staff", "/staff/me", SET_UP):
        assert desk.get(address).heading == "Second step"
    before = desk.cookie()
    page = desk.post("/staff/second-factor", {"code": code_at(watch.now)})
    assert page.heading == "Your desk"
    assert desk.cookie() != before, "renewed"
    half_way = Desk(app)
    half_way.client.set_cookie("staff", before, path="/staff")
    assert half_way.get("/staff").heading == "Sign in to the desk"


def test_who_has_only_the_password_cannot_set_up_another_one(ada, app, watch, people):
    """Nor make paper codes, nor turn it off."""
    desk = Desk(app)
    desk.type_in(ada)
    _, sealed = people.services.second_factor.offer(ada)
    secret = people.services.second_factor.offered(ada, sealed)
    fields = {"offered": sealed, "code": code_at(watch.now, secret), "old": PASSWORD}
    for address in (SET_UP, "/staff/me/recovery-codes"):
        answer = desk.send(address, fields)
        assert answer.headers["Location"].partition("?")[0] == "/staff/second-factor"
    assert desk.send("/staff/me/second-factor/remove", fields).status_code == 403
    with people.services.book(write=False) as book:
        kept = book.people.get(ada.number).secret
    assert people.services.keeper.open(kept) == SECRET


# --- codes --------------------------------------------------------------------------------------


def test_a_code_opens_once(ada, app, watch):
    code = {"code": code_at(watch.now)}
    first, second = Desk(app), Desk(app)
    first.type_in(ada)
    second.type_in(ada)
    assert first.post("/staff/second-factor", code).heading == "Your desk"
    assert "does not open" in second.post("/staff/second-factor", code, 422).text
    watch.forward(seconds=30)
    fresh = {"code": code_at(watch.now)}
    assert second.post("/staff/second-factor", fresh).heading == "Your desk"


@pytest.mark.parametrize(("seconds", "opens"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_phone_may_be_half_a_minute_off(ada, app, watch, seconds, opens):
    desk = Desk(app)
    desk.type_in(ada)
    from datetime import timedelta

    typed = code_at(watch.now + timedelta(seconds=seconds))
    answer = desk.send("/staff/second-factor", {"code": f" {typed[:3]} {typed[3:]} "})
    assert (answer.status_code == 303) == opens


@pytest.mark.parametrize("code", ["", "000000", "1", "x" * 500, "१२३४५६", "\x00", "' OR 1=1"])
def test_what_is_no_code_opens_nothing(ada, app, code):
    desk = Desk(app)
    desk.type_in(ada)
    assert desk.send("/staff/second-factor", {"code": code}).status_code == 422


def test_guessing_codes_is_slowed_down_with_the_same_words(ada, app, watch):
    desk = Desk(app)
    desk.type_in(ada)
    pages = {
        desk.post("/staff/second-factor", {"code": f"{number:06}"}, 422).text
        for number in range(12)
    }
    assert len(pages) == 1
    right = {"code": code_at(watch.now)}
    assert desk.post("/staff/second-factor", right, 422).text in pages
    watch.forward(minutes=16)
    right = {"code": code_at(watch.now)}
    assert desk.post("/staff/second-factor", right).heading == "Your desk"


def test_signing_in_again_does_not_start_the_count_of_codes_anew(ada, app, watch):
    for _ in range(5):
        desk = Desk(app)
        desk.type_in(ada)
        for number in range(2):
            desk.post("/staff/second-factor", {"code": f"{number:06}"}, 422)
    desk = Desk(app)
    desk.type_in(ada)
    assert desk.send("/staff/second-factor", {"code": code_at(watch.now)}).status_code == 422


def test_a_recovery_code_opens_once_however_it_is_typed(people, app, watch):
    jo = people.add()
    desk = Desk(app)
    desk.sign_in(jo)
    _, paper = turn_on(desk, watch, old=PASSWORD)
    for typed in (paper[0], paper[1].upper().replace("-", " ")):
        other = Desk(app)
        assert other.type_in(jo).heading == "Second step"
        assert other.post("/staff/second-factor", {"code": typed}).heading == "Your desk"
        again = Desk(app)
        again.type_in(jo)
        assert again.send("/staff/second-factor", {"code": typed}).status_code == 422
    assert "8 recovery codes left" in desk.get("/staff/me").text


def test_a_recovery_code_opens_after_a_secret_was_added(people, app, watch, house):
    """As it is told to operators: several secrets, the newest first."""
    jo, before = people.add(), services_of(app)
    desk = Desk(app)
    desk.sign_in(jo)
    _, paper = turn_on(desk, watch, old=PASSWORD)
    newer = Keeper(["a newer secret " * 3, house.config.secret])
    second_factor = replace(before.second_factor, keeper=newer)
    app.extensions["staff"] = replace(before, second_factor=second_factor)
    try:
        other = Desk(app)
        other.type_in(jo)
        assert other.post("/staff/second-factor", {"code": paper[0]}).heading == "Your desk"
    finally:
        app.extensions["staff"] = before


def test_a_recovery_code_of_another_opens_nothing(people, app, watch, ada):
    desk = Desk(app)
    desk.sign_in(people.add())
    _, paper = turn_on(desk, watch, old=PASSWORD)
    other = Desk(app)
    other.type_in(ada)
    assert other.send("/staff/second-factor", {"code": paper[0]}).status_code == 422


def test_new_recovery_codes_close_the_old_ones(people, app, watch):
    jo = people.add()
    desk = Desk(app)
    desk.sign_in(jo)
    _, old = turn_on(desk, watch, old=PASSWORD)
    refused = desk.send("/staff/me/recovery-codes", {"old": "not it"})
    assert refused.status_code == 422
    page = desk.post("/staff/me/recovery-codes", {"old": PASSWORD})
    new = re.findall(r"\b\w{5}-\w{5}\b", page.text)
    assert len(new) == 10
    other = Desk(app)
    other.type_in(jo)
    assert other.send("/staff/second-factor", {"code": old[0]}).status_code == 422
    assert other.post("/staff/second-factor", {"code": new[0]}).heading == "Your desk"


# --- a sign-in that ends meanwhile ---------------------------------------------------------------


def same_browser(app, desk):
    """Another window of the same browser."""
    other = Desk(app)
    other.client.set_cookie("staff", desk.cookie(), path="/staff")
    return other


def test_who_signs_out_while_a_form_is_on_its_way_never_becomes_who_signs_in_next(
    people, app, watch, counted, ada
):
    desk = Desk(app)
    desk.sign_in(jo := people.add())
    page, window = desk.get(SET_UP), same_browser(app, desk)
    fields = {
        "offered": page.form(SET_UP)["offered"][0],
        "code": code_at(watch.now, letters_of(page)),
        "old": PASSWORD,
    }

    def meanwhile():
        window.post("/staff/sign-out")
        with people.services.book() as book:
            sessions.begin(book, people.services.rules, ada, "safari", watch.now)

    counted[1].meanwhile = meanwhile
    answer = desk.send(SET_UP, fields)
    assert answer.headers["Location"] == "/staff/sign-in?then=/staff/me/second-factor"
    assert "Sign in, and you are back on the page you wanted." in desk.get("/staff/me").text
    assert desk.get("/staff").heading == "Sign in to the desk"
    with people.services.book(write=False) as book:
        assert book.people.get(jo.number).secret is None
        assert len(book.sessions.of(ada.number)) == 1


@pytest.mark.parametrize(
    "way",
    ["/staff/me/password", SET_UP, "/staff/me/recovery-codes", "/staff/me/second-factor/remove"],
)
def test_after_a_new_password_by_a_link_nothing_that_was_on_its_way_is_kept(
    people, app, watch, counted, way
):
    """Somebody else sits in the account; its owner opens a link for a new password (7.4.3)."""
    desk = Desk(app)
    desk.sign_in(jo := people.add())
    if way != SET_UP:
        turn_on(desk, watch, old=PASSWORD)
        watch.forward(minutes=1)
    page = desk.get(SET_UP)
    fields = {
        "offered": page.form(SET_UP)["offered"][0],
        "code": code_at(watch.now, letters_of(page)),
        "old": PASSWORD,
        "new": "seven quiet lanterns",
    }
    kept = people.services.passwords.kept("nine loud lanterns")

    def meanwhile():
        with people.services.book() as book:
            token = staff.link(book, watch.now, 0, jo)
            staff.join(book, watch.now, token, kept)

    counted[1].meanwhile = meanwhile
    assert desk.post(way, fields).heading == "Sign in to the desk"
    with people.services.book(write=False) as book:
        after = book.people.get(jo.number)
        acts = [one.act for one in book.trail.read()]
    assert after.password == kept
    assert (after.secret is None) == (way == SET_UP)
    assert acts[-1] == "password_set"


# --- setting up ---------------------------------------------------------------------------------


def test_setting_it_up_later_wants_the_password_and_ends_other_sign_ins(people, app, watch):
    jo = people.add()
    elsewhere, desk = Desk(app), Desk(app)
    elsewhere.sign_in(jo)
    desk.sign_in(jo)
    page = desk.get(SET_UP)
    fields = {
        "offered": page.form(SET_UP)["offered"][0],
        "code": code_at(watch.now, letters_of(page)),
    }
    again = desk.post(SET_UP, fields, 422)
    assert "This is not your password" in again.text
    assert letters_of(again) == letters_of(page), "the same picture again"
    assert desk.post(SET_UP, {**fields, "old": PASSWORD}).heading == "Your recovery codes"
    assert elsewhere.get("/staff").heading == "Sign in to the desk"


def test_a_wrong_code_keeps_nothing(people, app, watch):
    jo = people.add()
    desk = Desk(app)
    desk.sign_in(jo)
    offered = desk.get(SET_UP).form(SET_UP)["offered"][0]
    page = desk.post(SET_UP, {"offered": offered, "code": "000000", "old": PASSWORD}, 422)
    assert "does not open" in page.text
    assert Desk(app).sign_in(jo).heading == "Your desk"


def test_a_secret_that_was_not_offered_to_this_account_is_not_taken(people, app, watch):
    desk, other = Desk(app), people.add()
    desk.sign_in(people.add())
    secret, sealed = people.services.second_factor.offer(other)
    for offered in ("", "x", "ñ\u200b", SECRET, sealed):
        fields = {"offered": offered, "code": code_at(watch.now, secret), "old": PASSWORD}
        assert desk.send(SET_UP, fields).status_code == 422


def test_who_may_do_without_turns_it_off_with_the_password(people, app, watch):
    jo = people.add()
    desk = Desk(app)
    desk.sign_in(jo)
    turn_on(desk, watch, old=PASSWORD)
    assert desk.send("/staff/me/second-factor/remove", {"old": "no"}).status_code == 422
    page = desk.post("/staff/me/second-factor/remove", {"old": PASSWORD})
    assert page.heading == "Sign in to the desk"
    assert desk.sign_in(jo).heading == "Your desk"


def test_a_wrong_password_is_told_at_the_form_it_was_typed_in(people, app, watch):
    desk = Desk(app)
    desk.sign_in(people.add())
    turn_on(desk, watch, old=PASSWORD)
    for address, field in (
        (SET_UP, "old"),
        ("/staff/me/recovery-codes", "old-paper"),
        (f"{SET_UP}/remove", "old-off"),
    ):
        page = desk.post(address, {"old": "no"}, 422)
        (wrong,) = [one for one in page.read.all("input") if "aria-invalid" in one.attributes]
        assert wrong.attributes["id"] == field
        assert wrong.attributes["aria-describedby"] == f"{field}-e1"
        assert page.text.count("This is not your password as it is now.") == 1


def test_what_is_kept_of_a_second_factor_opens_nothing(people, app, watch):
    jo = people.add()
    desk = Desk(app)
    desk.sign_in(jo)
    secret, paper = turn_on(desk, watch, old=PASSWORD)
    with people.services.book(write=False) as book:
        kept = book.people.get(jo.number)
        trail = "".join(one.details + one.subject for one in book.trail.read())
    assert secret not in repr(kept)
    assert not any(one.replace("-", "") in repr(kept) + trail for one in paper)


def test_the_picture_says_the_same_as_the_letters(people, app, browser_of):
    """Read back module by module from the page: it is the picture of this secret's address."""
    jo = people.add()
    page = browser_of(jo).get(SET_UP)
    uri = pyotp.TOTP(letters_of(page)).provisioning_uri(name=jo.email, issuer_name="Stepwise")
    (path,) = [
        one for one in page.read.all("path") if (one.attributes.get("d") or "").startswith("M4 4h")
    ]
    assert path.attributes["d"] == qr.draw(uri).path
