"""One's own account: the password, and where one is signed in."""

import pytest

from tests.support.desk import PASSWORD, Desk

CHROME = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36"
EVIL = '<script>alert(1)</script>Firefox/1"><img src=x onerror=alert(1)>'


def test_my_sign_ins_are_listed_without_what_browsers_send(people, browser_of, watch):
    jo = people.add()
    browser_of(jo, agent=CHROME)
    browser_of(jo, agent=EVIL)
    watch.forward(minutes=7)
    page = browser_of(jo).get("/staff/me")
    rows = [one.text for one in page.read.all("th") if one.attributes.get("scope") == "row"]
    assert rows == ["Safari", "Firefox", "Chrome"]
    assert "7 minutes ago" in page.text
    assert "This one" in page.text
    assert "<img" not in page.html


def test_i_end_a_sign_in_elsewhere(people, browser_of):
    jo = people.add()
    elsewhere, here = browser_of(jo, agent=CHROME), browser_of(jo)
    page = here.get("/staff/me")
    (end,) = [
        one.attributes["action"]
        for one in page.read.all("form")
        if (one.attributes["action"] or "").endswith("/end")
        and "sessions/end" not in (one.attributes["action"] or "")
    ]
    assert "That sign-in has ended." in here.post(end).text
    assert elsewhere.get("/staff").heading == "Sign in to the desk"
    assert here.get("/staff").heading == "Your desk"


def test_i_end_all_other_sign_ins(people, browser_of):
    jo = people.add()
    others, here = [browser_of(jo) for _ in range(3)], browser_of(jo)
    here.post("/staff/me/sessions/end")
    assert {one.get("/staff").heading for one in others} == {"Sign in to the desk"}
    assert here.get("/staff").heading == "Your desk"


def test_ending_this_sign_in_is_signing_out(people, browser_of):
    jo = people.add()
    here = browser_of(jo)
    with people.services.book(write=False) as book:
        (session,) = book.sessions.of(jo.number)
    assert "signed out" in here.post(f"/staff/me/sessions/{session.number}/end").text


@pytest.mark.parametrize("way", ["/staff/me/password", "/staff/me/second-factor"])
def test_guessing_the_password_of_who_left_their_desk_open_is_slowed_down(
    people, browser_of, watch, way
):
    """With the same words; and who guesses elsewhere on the desk has used up the same tries."""
    desk = browser_of(people.add())
    told = {
        desk.post(way, {"old": f"guess {number}", "new": "seven quiet lanterns"}, 422).text
        for number in range(10)
    }
    right = {"old": PASSWORD, "new": "seven quiet lanterns"}
    page = desk.post("/staff/me/password", right, 422)
    assert "After many tries, wait 15 minutes" in page.text
    assert "After many tries, wait 15 minutes" in told.pop()
    watch.forward(minutes=16)
    desk.post("/staff/me/password", right)


def test_a_new_password_wants_the_old_one_and_ends_every_other_sign_in(people, browser_of, app):
    jo = people.add()
    elsewhere, here = browser_of(jo), browser_of(jo)
    old_cookie, new = here.cookie(), "seven quiet lanterns"
    wrong = here.post("/staff/me/password", {"old": "not it", "new": new}, 422)
    assert "This is not your password" in wrong.text
    weak = here.post("/staff/me/password", {"old": PASSWORD, "new": "Password2026!"}, 422)
    assert "Too easy to guess" in weak.text
    assert elsewhere.get("/staff").heading == "Your desk"
    page = here.post("/staff/me/password", {"old": PASSWORD, "new": new})
    assert "Your password is changed." in page.text
    assert elsewhere.get("/staff").heading == "Sign in to the desk"
    assert here.cookie() != old_cookie
    thief = Desk(app)
    thief.client.set_cookie("staff", old_cookie, path="/staff")
    assert thief.get("/staff").heading == "Sign in to the desk"
    assert browser_of().sign_in(jo, new).heading == "Your desk"


def test_fields_that_are_not_on_the_form_change_nothing(people, browser_of):
    """Mass assignment (ASVS 5.0 15.3.3)."""
    jo = people.add()
    here, new = browser_of(jo), "seven quiet lanterns"
    more = {"role": "administrator", "email": "evil@example.org", "organization": "2", "number": "9",
            "staff": "9", "disabled_at": "", "passed": "1"}  # fmt: skip
    here.post("/staff/me/password", {"old": PASSWORD, "new": new, **more})
    with people.services.book(write=False) as book:
        after = book.people.get(jo.number)
    assert (after.role, after.email, after.organization) == (jo.role, jo.email, jo.organization)


def test_names_are_shown_as_they_are_never_as_markup(people, browser_of):
    evil = '"><script>alert(1)</script>{{ 7*7 }}'
    place = "<img src=x> & Sons"
    page = browser_of(people.add("referrer", evil, at=place)).get("/staff/me")
    assert evil in page.text
    assert place in page.text
    assert "<script>alert" not in page.html
    assert "<img" not in page.html
