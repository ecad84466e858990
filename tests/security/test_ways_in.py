"""Each way in, over all of them at once: a step up renews the cookie, an end ends it, no refusal tells why.

What each way does in detail stands in `tests/web/staff` and `tests/accounts`.
"""

import itertools
import re

import pytest

from directory.accounts.sessions import new_token
from directory.web.staff.access import ROUTES
from tests.support.desk import PASSWORD, SECRET, Desk, code_at
from tests.support.grounds import AT_CODE, AT_SETUP, as_it_stands

OLD_PASSWORD, NEW_PASSWORD = PASSWORD, "seven quiet lanterns glow"


@pytest.fixture
def back(grounds):
    """Whatever happens here is undone."""
    start = grounds.state()
    yield
    grounds.back_to(start)


def is_in(grounds, token):
    """True if a browser that holds this comes past the form."""
    desk = Desk(grounds.app)
    desk.client.set_cookie("staff", token, path="/staff")
    answer = desk.client.get("/staff", headers=desk.headers)
    return answer.headers.get("Location") != "/staff/sign-in"


def steps_up(grounds):
    """Everything after which somebody may do more, or is surer: (name, browser, what to send where)."""
    nobody, jo = Desk(grounds.app), grounds.people.add("referrer")
    yield "sign_in", nobody, "/staff/sign-in", {"email": jo.email, "password": PASSWORD}
    code = {"code": code_at(grounds.watch(), SECRET)}
    yield "code", grounds.desks[AT_CODE], "/staff/second-factor", code
    setup = grounds.desks[AT_SETUP]
    page = setup.get("/staff/me/second-factor")
    letters = next(
        one.text for one in page.read.elements if one.attributes.get("class") == "letters"
    )
    offered = page.form("/staff/me/second-factor")["offered"][0]
    proof = {"offered": offered, "code": code_at(grounds.watch(), "".join(letters.split()))}
    yield "setup", setup, "/staff/me/second-factor", proof
    passwords = {"old": OLD_PASSWORD, "new": NEW_PASSWORD}
    yield "password", grounds.desks["referrer"], "/staff/me/password", passwords


def test_every_step_up_gives_a_new_cookie_and_the_old_one_opens_nothing(grounds, back):
    """Fixation and rotation (ASVS 5.0 7.2.4): what was known before, by anybody, is worth nothing after."""
    tried = []
    for name, desk, address, fields in steps_up(grounds):
        desk.get("/staff")
        before = desk.cookie()
        answer = desk.send(address, fields)
        assert answer.status_code in (200, 303), (name, answer.text[:300])
        after = desk.cookie()
        assert after not in ("", before), name
        assert is_in(grounds, after), name
        assert not is_in(grounds, before), name
        tried.append(name)
    assert tried == ["sign_in", "code", "setup", "password"]


def test_a_cookie_of_somebody_elses_making_is_never_taken_over(grounds, back):
    """A browser that is made to hold a token gets another one when it signs in."""
    jo = grounds.people.add("referrer")
    for planted in (new_token(), grounds.desks["partner"].cookie(), "x", "x" * 4_000):
        desk = Desk(grounds.app)
        desk.client.set_cookie("staff", planted, path="/staff")
        desk.client.set_cookie("staff", planted, path="/es/staff")
        desk.send("/staff/sign-in", {"email": jo.email, "password": PASSWORD})
        assert desk.cookie() not in ("", planted)
        assert not is_in(grounds, planted) or planted == grounds.state().cookies["partner"]


def ends(grounds):
    """Everything that ends sign-ins of somebody: (name, who does it, where, fields, whose)."""
    someone = [grounds.people.add("referrer") for _ in range(4)]
    people = "/staff/people"
    admin = grounds.desks["administrator"]
    yield "closed", admin, f"{people}/{someone[0].number}/close", {}, someone[0]
    yield "ended", admin, f"{people}/{someone[1].number}/sign-out", {}, someone[1]
    yield "reset", admin, f"{people}/{someone[2].number}/reset-second-factor", {}, someone[2]
    own = Desk(grounds.app)
    own.sign_in(someone[3])
    passwords = {"old": OLD_PASSWORD, "new": NEW_PASSWORD}
    yield "changed", own, "/staff/me/password", passwords, someone[3]


def test_whatever_ends_sign_ins_ends_all_of_them_at_once(grounds, back):
    """Revocation (ASVS 5.0 7.4.1, 7.4.2, 7.4.5)."""
    for name, desk, address, fields, whose in ends(grounds):
        theirs = [Desk(grounds.app) for _ in range(2)]
        for one in theirs:
            one.sign_in(whose)
        tokens = [one.cookie() for one in theirs]
        assert all(is_in(grounds, token) for token in tokens), name
        assert desk.send(address, fields).status_code == 303, name
        assert not any(is_in(grounds, token) for token in tokens), name


# --- links --------------------------------------------------------------------------------------


def open_addresses(grounds):
    """Addresses that ask for nothing but a link."""
    return [
        rule.rule
        for method in ("GET", "POST")
        for rule in grounds.rules(method)
        if ROUTES[rule.endpoint.partition(".")[2]].is_open and "<token>" in rule.rule
    ]


def test_no_link_tells_whether_it_was_ever_one(grounds, back):
    """Made up, of another errand, run out, replaced: the same words and the same status (ASVS 5.0 6.3.8)."""
    desk = Desk(grounds.app)
    made = grounds.tokens()
    grounds.watch.forward(days=400)
    try:
        for rule in dict.fromkeys(open_addresses(grounds)):
            told = set()
            for token in (*made, "none", "1-" + "0" * 40, "999999-" + "f" * 40, new_token()):
                for answer in (
                    desk.client.get(rule.replace("<token>", token), headers=desk.headers),
                    desk.send(rule.replace("<token>", token)),
                ):
                    if answer.status_code != 405:
                        assert answer.status_code == 410, (rule, token, answer.status_code)
                        told.add(without_chance(answer.text, token))
            assert len(told) <= 2, (rule, "one page for looking, one for sending, at most")
    finally:
        grounds.watch.forward(days=-400)


def without_chance(html, token):
    """A page without what differs each time: the link itself, the token of forms."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", html).replace(token, "")


def test_every_form_of_the_desk_is_taken_once_at_most_with_one_token_of_forms(
    grounds, walked, back
):
    """CSRF: each form carries the token of its own browser, and another browser's is refused."""
    for (view, _), standing in sorted(walked.forms.items()):
        form = standing.form
        if form.method != "POST":
            continue
        grounds.back_to(standing.state)
        assert "csrf_token" in form.names, view
        strange = [next(v for n, v in other.form.sent if n == "csrf_token")
                   for other in walked.forms.values()
                   if other.who != standing.who and "csrf_token" in other.form.names][:2]  # fmt: skip
        for token in ("", "x", *strange):
            answer = grounds.send(standing.who, form, as_it_stands(form) | {"csrf_token": [token]})
            assert answer.status_code == 400, (view, token)


# --- guessing -----------------------------------------------------------------------------------


def test_every_guess_costs_one_hash_whoever_is_guessed_and_however_often(grounds, back):
    """Timing is counted in work: an account that is there, closed, invited, or none (ASVS 5.0 6.3.8)."""
    hasher = grounds.people.services.passwords.hasher
    jo = grounds.people.add("referrer")
    closed = grounds.people.add("referrer")
    grounds.desks["administrator"].send(f"/staff/people/{closed.number}/close")
    grounds.tokens()  # invites somebody
    with grounds.people.services.book(write=False) as book:
        invited = next(one for one in book.people.all() if one.password is None)
    asked = (jo.email, closed.email, invited.email, "nobody@example.org", "", "x" * 900)
    for email, _ in itertools.product(asked, range(2)):
        before = hasher.verified, hasher.hashed
        Desk(grounds.app).send("/staff/sign-in", {"email": email, "password": "wrong, whatever"})
        assert (hasher.verified, hasher.hashed) == (before[0] + 1, before[1]), email
