"""Every act of the desk is a line of the trail; administrators read it and check it."""

import re

import pytest
import sqlalchemy as sa

from directory.accounts.trail import ACTS
from directory.store import staff_tables as t
from directory.store.connect import writing
from directory.web.staff.act_words import ACT_WORDS
from tests.support.desk import PASSWORD, Desk, code_at

SECOND, NEW = "/staff/me/second-factor", "seven quiet lanterns"


@pytest.fixture
def desk(people, browser_of):
    return browser_of(people.add("administrator", "Ada"))


def lines(people):
    with people.services.book(write=False) as book:
        return list(book.trail.read())


def test_every_act_has_its_words():
    assert set(ACT_WORDS) == set(ACTS)


def invited(desk, people):
    """Rosa, who has an account, and the address of her link."""
    place = people.organization("Hillside Hospital").number
    form = {"email": "rosa@example.org", "name": "Rosa Díaz", "role": "referrer"}
    page = desk.post("/staff/people", {**form, "organization": str(place)})
    link = page.read.all("input")[-1].attributes["value"]
    with people.services.book(write=False) as book:
        rosa = book.people.by_email("rosa@example.org")
    return rosa, link.removeprefix("http://localhost")


def second_step(theirs, rosa, watch):
    """Turn it on; answers the secret and the codes for paper."""
    offered = theirs.get(SECOND).form(SECOND)["offered"][0]
    secret = theirs.app.extensions["staff"].second_factor.offered(rosa, offered)
    fields = {"offered": offered, "code": code_at(watch.now, secret), "old": NEW}
    return secret, re.findall(r"\b\w{5}-\w{5}\b", theirs.post(SECOND, fields).text)


def test_each_act_leaves_a_line_that_says_who_and_to_what_and_no_names(desk, people, app, watch):
    rosa, link = invited(desk, people)
    theirs = Desk(app)
    theirs.post(link, {"password": PASSWORD})
    theirs.type_in(rosa)
    theirs.post("/staff/me/password", {"old": PASSWORD, "new": NEW})
    secret, paper = second_step(theirs, rosa, watch)
    theirs.post("/staff/sign-out")
    theirs.type_in(rosa, NEW)
    theirs.post("/staff/second-factor", {"code": paper[0]})
    theirs.post(f"{SECOND}/remove", {"old": NEW})
    desk.post(f"/staff/people/{rosa.number}/close")
    desk.post(f"/staff/people/{rosa.number}/open")
    desk.post("/staff/organizations", {"organization": "Lakeside Court"})
    found = [one for one in lines(people) if one.actor == rosa.number]
    assert [one.act for one in found] == [
        "password_set", "signed_in", "password_changed", "second_factor_set",
        "recovery_codes_made", "signed_out", "signed_in", "recovery_code_used",
        "second_factor_removed",
    ]  # fmt: skip
    acts = {one.act for one in lines(people)}
    assert {"account_added", "link_made", "account_disabled", "account_enabled"} <= acts
    assert {"organization_added", "second_factor_passed"} <= acts
    told = "".join(repr(one) for one in lines(people))
    for word in ("rosa", "Rosa", "Díaz", "@", "Lakeside", PASSWORD, NEW, secret, paper[0]):
        assert word not in told


def test_lines_are_read_by_who_what_and_when(desk, people, browser_of, watch):
    jo = people.add("referrer", "Jo Miller")
    watch.forward(minutes=20)
    browser_of(jo)
    page = desk.get(f"/staff/trail?who={jo.number}&act=signed_in")
    rows = [one.text for one in page.read.all("tr")][1:]
    assert len(rows) == 1
    assert "Jo Miller" in rows[0]
    assert "Signed in" in rows[0]
    assert "Nov 24, 2026, 6:20:00 pm UTC" in re.sub(r"\s", " ", rows[0])
    assert "Nothing of this kind" in desk.get("/staff/trail?until=2026-11-23").text
    assert "Jo Miller" in desk.get("/staff/trail?since=2026-11-24&until=2026-11-24").text


@pytest.mark.parametrize(
    "query",
    ["who=x", "who=9999999999", "act=nothing", "since=never", "until=9999-12-31", "before=-1",
     "who='OR 1=1", "before=99999999999999999999"],
)  # fmt: skip
def test_what_cannot_be_read_is_not_asked_for(desk, query):
    assert desk.get(f"/staff/trail?{query}").heading == "Audit trail"


def test_fifty_lines_are_shown_at_a_time(desk, people):
    people.all_roles()
    for number in range(12):
        people.add("referrer", f"Jo {number}")
    page = desk.get("/staff/trail")
    assert len(page.read.all("tr")) == 51
    older = desk.get(page.link("Older lines"))
    assert "Command line" in older.text
    first = int(older.read.all("tr")[1].text.split()[0])
    assert first == int(page.read.all("tr")[-1].text.split()[0]) - 1


def test_the_trail_is_checked_on_the_page(desk, people):
    page = desk.post("/staff/trail/verify")
    count = len(lines(people))
    assert f"All {count} lines are as they were written" in page.text
    assert re.search(rf"\b{count}:[0-9a-f]{{64}}\b", page.text)
    engine = people.services.records()._engine
    with writing(engine) as connection:
        connection.execute(sa.update(t.staff_act).where(t.staff_act.c.number == 2).values(actor=7))
    page = desk.post("/staff/trail/verify")
    assert "The trail does not hold" in page.text
    assert "at line 2" in page.text


def test_reading_the_trail_is_for_administrators(people, browser_of):
    for role in ("referrer", "curator", "editor", "partner"):
        desk = browser_of(people.add(role))
        assert desk.client.get("/staff/trail").status_code == 403
        assert "Audit trail" not in desk.get("/staff").text
