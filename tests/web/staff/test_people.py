"""Administrators invite people, change and close accounts, and cannot lock everybody out."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from directory.accounts import administering
from directory.accounts.administering import LastAdministrator
from directory.catalog.staff import ROLES
from directory.store import tables as t
from directory.store.connect import writing
from tests.support.desk import PASSWORD, Desk

PEOPLE, ORGANIZATIONS = "/staff/people", "/staff/organizations"


@pytest.fixture
def ada(people):
    return people.add("administrator", "Ada")


@pytest.fixture
def desk(ada, browser_of):
    """Ada's browser."""
    return browser_of(ada)


def fields_of(
    people, email="rosa@example.org", name="Rosa", role="referrer", at="Hillside Hospital"
):
    place = people.organization(at).number
    return {"email": email, "name": name, "role": role, "organization": str(place)}


def now_is(people, member):
    with people.services.book(write=False) as book:
        return book.people.get(member.number)


def change(people, member, **other):
    """The fields of the account's form, as it is now, with some of them changed."""
    current = now_is(people, member)
    return {
        "name": current.name,
        "role": current.role,
        "organization": str(current.organization.number),
        "seen": administering.state_of(current),
        **other,
    }


# --- inviting -----------------------------------------------------------------------------------


def test_who_is_invited_joins_by_the_link_and_signs_in(desk, people, app):
    page = desk.post(PEOPLE, fields_of(people))
    link = page.read.all("input")[-1].attributes["value"]
    assert re.fullmatch(r"http://localhost/staff/join/[\w-]{43}", link)
    rosa = Desk(app)
    rosa.post(link.removeprefix("http://localhost"), {"password": PASSWORD})
    with people.services.book(write=False) as book:
        member = book.people.by_email("rosa@example.org")
    page = rosa.type_in(member)
    assert "Rosa" in page.text
    assert "Referral staff" in page.text


def test_a_link_is_shown_once_and_stands_in_no_address(desk, people):
    answer = desk.send(PEOPLE, fields_of(people))
    assert answer.status_code == 200
    token = re.search(r"/staff/join/([\w-]{43})", answer.text)[1]
    with people.services.book(write=False) as book:
        number = book.people.by_email("rosa@example.org").number
    for address in (PEOPLE, f"/staff/people/{number}", "/staff/trail"):
        assert token not in desk.get(address).html
    page = desk.get(PEOPLE)
    assert "Invited, has not joined yet" in page.text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("email", "no address", "Type a mail address"),
        ("email", "<b>@example.org", "Type a mail address"),
        ("email", "a@b", "Type a mail address"),
        ("email", f"{'x' * 200}@example.org", "Type a mail address"),
        ("name", "  ", "Type a name"),
        ("name", "x" * 81, "Type a name"),
        ("name", "a\x00b", "Type a name"),
        ("role", "owner", "Pick one of the roles"),
        ("role", "", "Pick one of the roles"),
        ("organization", "99", "Pick an organization"),
        ("organization", "1 OR 1=1", "Pick an organization"),
    ],
)
def test_what_does_not_fit_comes_back_with_the_form(desk, people, field, value, said):
    page = desk.post(PEOPLE, fields_of(people) | {field: value}, 422)
    assert said in page.text
    assert page.form(PEOPLE)["csrf_token"]
    with people.services.book(write=False) as book:
        assert book.people.by_email("rosa@example.org") is None


def test_one_mail_address_is_one_account(desk, people, ada):
    page = desk.post(PEOPLE, fields_of(people, email=ada.email.upper()), 422)
    assert "that no account has yet" in page.text


def test_fields_that_are_not_on_the_form_change_nothing(desk, people):
    """Mass assignment: no password, no second factor, no number by the back door."""
    more = {"password": "x", "secret": "x", "number": "7", "disabled_at": "2026-01-01", "id": "7"}
    desk.post(PEOPLE, fields_of(people) | more)
    with people.services.book(write=False) as book:
        rosa = book.people.by_email("rosa@example.org")
    assert (rosa.password, rosa.secret, rosa.disabled_at) == (None, None, None)
    assert rosa.number != 7


# --- changing -----------------------------------------------------------------------------------


def test_a_new_role_holds_at_once_and_signs_out(desk, people, browser_of):
    jo = people.add("referrer")
    theirs = browser_of(jo)
    page = desk.post(f"/staff/people/{jo.number}", change(people, jo, role="curator", name="Jo C."))
    assert "The change is kept." in page.text
    assert page.heading == "Jo C."
    assert theirs.get("/staff").heading == "Sign in to the desk"
    assert theirs.type_in(jo).heading == "Set up your second step"


def test_a_new_name_leaves_people_signed_in(desk, people, browser_of):
    jo = people.add("referrer")
    theirs = browser_of(jo)
    desk.post(f"/staff/people/{jo.number}", change(people, jo, name="Jo Miller"))
    assert "Jo Miller" in theirs.get("/staff").text


def test_two_who_change_an_account_at_once_lose_nothing(people, ada, app):
    jo = people.add("referrer")
    first, second = Desk(app), Desk(app)
    first.sign_in(ada)
    second.sign_in(people.add("administrator"))
    early = change(people, jo, name="Second")
    first.post(f"/staff/people/{jo.number}", change(people, jo, role="partner"))
    page = second.post(f"/staff/people/{jo.number}", early, 409)
    assert "Somebody else changed this account" in page.text
    assert (now_is(people, jo).role, now_is(people, jo).name) == ("partner", "Referrer")
    form = page.form(f"/staff/people/{jo.number}")
    assert (form["role"], form["name"]) == (["partner"], ["Second"]), "theirs, and what was typed"
    assert "As it is now Referrer, Partner site, Hillside Hospital" in page.text
    fields = {name: values[0] for name, values in form.items()}
    second.post(f"/staff/people/{jo.number}", fields)
    assert (now_is(people, jo).role, now_is(people, jo).name) == ("partner", "Second")


def test_a_refused_change_of_an_account_or_organization_stands_as_it_was_typed(desk, people):
    jo = people.add("referrer")
    typed = change(people, jo, name="x" * 81, role="curator")
    address = f"/staff/people/{jo.number}"
    form = desk.post(address, typed, 422).form(address)
    assert (form["name"], form["role"]) == (["x" * 81], ["curator"])
    page = desk.post(address, change(people, jo, role="owner", name="Jo Miller"), 422)
    assert page.form(address)["name"] == ["Jo Miller"]
    (wrong,) = [one for one in page.read.all("select") if "aria-invalid" in one.attributes]
    assert wrong.attributes["aria-describedby"] == "role-e1"
    place = f"{ORGANIZATIONS}/{people.organization('Hillside Hospital').number}"
    typed = {"organization": "Hillside Clinic", "listed_as": "nowhere"}
    form = desk.post(place, typed, 422).form(place)
    assert {name: form[name][0] for name in typed} == typed


@pytest.mark.parametrize("field", ["role", "organization"])
def test_nobody_moves_themselves(desk, people, ada, field):
    other = {"role": "curator", "organization": str(people.organization("Elsewhere").number)}
    page = desk.post(
        f"/staff/people/{ada.number}", change(people, ada, **{field: other[field]}), 422
    )
    assert "Ask another administrator" in page.text
    assert now_is(people, ada).role == "administrator"


@pytest.mark.parametrize("act", ["close", "open", "reset-second-factor", "sign-out", "link"])
def test_nobody_does_these_to_themselves(desk, people, ada, act):
    assert (
        "Ask another administrator"
        in desk.post(f"/staff/people/{ada.number}/{act}", status=422).text
    )
    assert desk.get("/staff").heading == "Your desk"


def test_two_who_close_each_other_at_once_leave_one(people, ada, records_of):
    """Both passed the door as administrators; the second one is refused."""
    bob = people.add("administrator", "Bob")
    services = people.services

    def close(pair):
        actor, other = pair
        try:
            with services.book() as book:
                administering.disable(book, services.clock(), actor, other.number)
        except LastAdministrator:
            return "refused"
        return "closed"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(close, [(ada, bob), (bob, ada)])) == ["closed", "refused"]


@pytest.fixture
def records_of(people):
    return people.services.records


def test_the_last_administrator_is_not_changed_into_something_else(people, ada):
    bob = people.add("administrator", "Bob")
    services = people.services
    with services.book() as book:
        book.people.put(replace(bob, disabled_at=services.clock()))
    wanted = administering.Wanted(
        "Ada", "curator", str(ada.organization.number), administering.state_of(ada)
    )
    with services.book() as book, pytest.raises(LastAdministrator):
        administering.change(book, services.clock(), bob, ada.number, wanted)


# --- closing, and ways back in ------------------------------------------------------------------


def test_a_closed_account_is_out_at_once_and_in_again_when_it_is_opened(desk, people, browser_of):
    jo = people.add()
    theirs = browser_of(jo)
    assert "The account is closed." in desk.post(f"/staff/people/{jo.number}/close").text
    assert theirs.get("/staff").heading == "Sign in to the desk"
    theirs.type_in(jo, status=422)
    assert desk.send(f"/staff/people/{jo.number}/link").status_code == 404
    assert "open again" in desk.post(f"/staff/people/{jo.number}/open").text
    assert theirs.sign_in(jo).heading == "Your desk"


def test_a_new_link_lets_somebody_back_in(desk, people, app):
    jo = people.add()
    page = desk.post(f"/staff/people/{jo.number}/link")
    link = page.read.all("input")[-1].attributes["value"].removeprefix("http://localhost")
    theirs = Desk(app)
    theirs.post(link, {"password": "seven quiet lanterns"})
    assert theirs.sign_in(jo, "seven quiet lanterns").heading == "Your desk"


def test_a_reset_second_step_is_set_up_anew(desk, people, browser_of):
    cara = people.add("curator")
    theirs = browser_of(cara)
    reset = f"/staff/people/{cara.number}/reset-second-factor"
    page = desk.get(f"/staff/people/{cara.number}")
    assert page.is_folded(reset)
    assert "They are signed out everywhere" in page.text
    desk.post(reset)
    assert theirs.get("/staff").heading == "Sign in to the desk"
    assert theirs.type_in(cara).heading == "Set up your second step"


def test_somebody_is_signed_out_everywhere(desk, people, browser_of):
    jo = people.add()
    theirs = [browser_of(jo), browser_of(jo)]
    assert "in 2 browsers" in desk.get(f"/staff/people/{jo.number}").text
    desk.post(f"/staff/people/{jo.number}/sign-out")
    assert {one.get("/staff").heading for one in theirs} == {"Sign in to the desk"}


# --- organizations ------------------------------------------------------------------------------


def test_an_organization_is_added_and_changed(desk, people):
    page = desk.post(ORGANIZATIONS, {"organization": " Lakeside   Court ", "listed_as": ""})
    assert "Lakeside Court" in page.text
    number = people.organization("Lakeside Court").number
    page = desk.post(
        f"/staff/organizations/{number}", {"organization": "Lake Court", "listed_as": ""}
    )
    assert "Lake Court" in page.text
    assert "Lakeside" not in page.text


def test_an_organization_is_linked_only_to_one_that_is_listed(desk, people, counted):
    engine = people.services.records()._engine
    with writing(engine) as connection:
        connection.execute(t.organization.insert().values(id="acme"))
    refused = {"organization": "Acme", "listed_as": "nowhere"}
    assert "no organization of this id" in desk.post(ORGANIZATIONS, refused, 422).text
    assert "acme" in desk.post(ORGANIZATIONS, {"organization": "Acme", "listed_as": "acme"}).text


@pytest.mark.parametrize("name", ["", "hillside HOSPITAL", "x" * 81])
def test_an_organization_has_a_name_of_its_own(desk, people, name):
    assert "a name of its own" in desk.post(ORGANIZATIONS, {"organization": name}, 422).text


def test_names_are_shown_as_they_are_never_as_markup(desk, people):
    evil = '"><script>alert(1)</script>{{ 7*7 }}'
    desk.post(ORGANIZATIONS, {"organization": evil})
    jo = people.add("referrer", evil, at=evil)
    for address in (PEOPLE, f"/staff/people/{jo.number}", ORGANIZATIONS, "/staff/trail"):
        page = desk.get(address)
        assert "<script>alert" not in page.html
        assert "49" not in page.text
        assert evil in page.text or evil in str(page.read.all("option", "input"))


def test_every_role_can_be_given(desk, people):
    for role in ROLES:
        desk.post(PEOPLE, fields_of(people, f"{role}@example.org", role, role))
    with people.services.book(write=False) as book:
        assert {book.people.by_email(f"{role}@example.org").role for role in ROLES} == set(ROLES)
