"""Whose sign-in ran out comes back to the page they were on, and nowhere else."""

import pytest

from directory.web.staff.coming_back import read
from tests.support.desk import PASSWORD, Desk, code_at

SIGN_IN = "/staff/sign-in"


def in_again(desk, member, asked, watch=None):
    """Ask for a page, sign in where it leads, show the code where it is asked for; the last page."""
    page = desk.get(asked)
    assert page.heading == "Sign in to the desk"
    fields = {name: values[0] for name, values in page.form(SIGN_IN).items()}
    page = desk.post(SIGN_IN, fields | {"email": member.email, "password": PASSWORD})
    if page.heading != "Second step":
        return page
    fields = {name: values[0] for name, values in page.form("/staff/second-factor").items()}
    wrong = desk.post("/staff/second-factor", fields | {"code": "000000"}, 422)
    assert wrong.form("/staff/second-factor").get("then") == [fields["then"]]
    return desk.post("/staff/second-factor", fields | {"code": code_at(watch.now)})


def test_after_an_idle_end_one_is_back_on_the_page_with_what_was_asked(people, browser_of, watch):
    ada = people.add("administrator", "Ada")
    desk = browser_of(ada)
    watch.forward(minutes=31)
    page = in_again(desk, ada, "/staff/trail?act=signed_in&who=1&said=changed", watch)
    assert page.heading == "Audit trail"
    answer = page.response.request
    assert (answer.path, answer.query_string) == ("/staff/trail", b"act=signed_in&who=1")


def test_in_another_language_one_stays_in_it(people, app):
    jo = people.add()
    desk = Desk(app)
    answer = desk.client.get("/es/staff/me", headers=desk.headers)
    assert answer.headers["Location"] == "/es/staff/sign-in?then=/es/staff/me"
    fields = {"email": jo.email, "password": PASSWORD, "then": "/es/staff/me"}
    assert desk.send("/es/staff/sign-in", fields).headers["Location"] == "/es/staff/me"


def test_a_form_that_was_sent_too_late_is_not_taken_and_leads_back_to_its_page(
    people, browser_of, watch
):
    rita = people.add("partner", "Rita")
    desk = browser_of(rita)
    desk.post("/staff/partners", {"name": "River", "origins": "https://river.example"})
    token = desk.token()
    watch.forward(minutes=31)
    sent = {"csrf_token": token}
    answer = desk.client.post("/staff/partners/1/pause", data=sent, headers=desk.headers)
    assert answer.headers["Location"] == f"{SIGN_IN}?then=/staff/partners/1"
    page = desk.get(answer.headers["Location"])
    assert "A form that you had sent was not taken" in page.text
    fields = {name: values[0] for name, values in page.form(SIGN_IN).items()}
    page = desk.post(SIGN_IN, fields | {"email": rita.email, "password": PASSWORD})
    assert page.heading == "River"
    with people.services.book(write=False) as book:
        assert book.partners.all()[0].is_open


def test_somebody_else_who_signs_in_there_gets_the_desk(people, app):
    """A page that their role does not have is not where they are sent."""
    jo = people.add("referrer")
    fields = {"email": jo.email, "password": PASSWORD, "then": "/staff/people"}
    assert Desk(app).send(SIGN_IN, fields).headers["Location"] == "/staff"


EVIL = (
    "https://evil.example/staff/me",
    "//evil.example/staff/me",
    "///evil.example/staff/me",
    "/\\evil.example/staff/me",
    "\\\\evil.example",
    "/staff/me\r\nSet-Cookie: a=b",
    "/staff/../guide",
    "/staff//evil.example",
    "/%2f%2fevil.example/staff/me",
    "javascript:alert(1)",
    "/guide",
    "/staff/sign-in",
    "/staff/sign-in/elsewhere",
    "/staff/join/x",
    "/staff/trail.csv",
    "/staff/nowhere",
    "/staff/sign-out",
    "staff/me",
    "",
    "/staff/" + "x" * 5_000,
)


def test_no_other_site_and_no_other_page_is_ever_led_to(people, app):
    """Open redirect (ASVS 5.0 3.7.2)."""
    jo = people.add()
    with app.test_request_context("/staff"):
        assert [one for one in EVIL if read(one) is not None] == []
        assert read("/staff/me?a=//evil.example#x") == "/staff/me?a=%2F%2Fevil.example"
        assert read("/staff/cases/007") == "/staff/cases/7"
    for one in EVIL:
        fields = {"email": jo.email, "password": PASSWORD, "then": one}
        assert Desk(app).send(SIGN_IN, fields).headers["Location"] == "/staff", one


def test_what_an_address_carries_is_shown_only_as_a_page_of_ours(app):
    for one in ('"><script>alert(1)</script>', "//evil.example", '/staff/me?a="><b>x'):
        answer = Desk(app).client.get(SIGN_IN, query_string={"then": one})
        assert "<script>alert" not in answer.text
        assert "evil.example" not in answer.text
        assert "<b>x" not in answer.text


@pytest.mark.parametrize("address", ["/staff", "/es/staff"])
def test_the_desk_itself_needs_no_note(app, address):
    assert Desk(app).client.get(address).headers["Location"] == f"{address}/sign-in"
