"""The desk in a browser: from the first link to a closed account; and names that are meant to break it."""

import pyotp
import pytest

from directory.accounts import staff
from directory.accounts.staff import Wanted
from tests.conftest import frozen
from tests.journeys.pages import sit_down, staff_book

PASSWORD = "violet tractor humming 9"
EVIL = (
    "<script>document.title='broken'</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)//${alert(1)}{{7*7}}",
)


def invited(server, email, role="administrator"):
    with staff_book(server) as book:
        place = next(iter(book.people.organizations()), None)
        place = place or staff.add_organization(book, frozen(), 0, "Hillside Hospital")
        member = book.people.by_email(email)
        member = member or staff.add(book, frozen(), 0, Wanted(email, "Ada", role, place))
        return f"/staff/join/{staff.link(book, frozen(), 0, member)}"


def join(hand, link, email):
    hand.page.goto(link)
    hand.page.locator("#password").fill(PASSWORD)
    hand.press("Set password")
    hand.page.locator("#email").fill(email)
    hand.page.locator("#password").fill(PASSWORD)
    hand.press("Sign in")


class Fingers:
    """Presses what says so, by keyboard."""

    def __init__(self, page):
        self.page = page

    def press(self, words):
        button = self.page.get_by_role("button", name=words, exact=True)
        button.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


@pytest.mark.parametrize("script", [True, False])
def test_from_the_first_link_to_a_closed_account(visit, live_server, script):
    """By keyboard, with and without a script: join, second step, invite, be invited, close."""
    hand = Fingers(visit(java_script_enabled=script).page)
    join(hand, invited(live_server, f"first{script}@example.org"), f"first{script}@example.org")
    letters = hand.page.locator(".letters").inner_text().replace(" ", "")
    hand.page.locator("#code").fill(pyotp.TOTP(letters).at(frozen()))
    hand.press("Turn it on")
    assert hand.page.locator("main li").count() == 10
    hand.page.goto("/staff/people")
    hand.page.locator("#name").fill("Rosa")
    hand.page.locator("#email").fill(f"rosa{script}@example.org")
    hand.press("Make the account")
    link = hand.page.locator("#link").input_value()
    rosa = Fingers(visit(java_script_enabled=script).page)
    join(rosa, "/staff/join/" + link.rpartition("/")[2], f"rosa{script}@example.org")
    assert rosa.page.get_by_role("heading", level=1).inner_text() == "Your desk"
    assert rosa.page.get_by_role("link", name="People").count() == 0
    hand.page.goto("/staff/people")
    hand.page.get_by_role("row").filter(has_text=f"rosa{script}@").get_by_role("link").click()
    hand.press("Close the account")
    rosa.page.reload()
    assert rosa.page.get_by_role("heading", level=1).inner_text() == "Sign in to the desk"
    hand.page.goto("/staff/trail")
    assert hand.page.get_by_role("row").nth(1).inner_text().count("Closed an account") == 1


def test_no_name_ever_runs(visit, live_server):
    """Stored markup in every name there is, on every page that shows names: nothing executes."""
    with staff_book(live_server) as book:
        for number, evil in enumerate(EVIL):
            place = staff.add_organization(book, frozen(), 0, f"{evil}{number}"[:80])
            wanted = Wanted(f"evil{number}@example.org", evil, "referrer", place)
            staff.add(book, frozen(), 0, wanted)
        numbers = [one.number for one in book.people.all() if one.name in EVIL]
        places = [one.number for one in book.people.organizations()][-len(EVIL) :]
    assert len(numbers) == len(EVIL)
    opened = visit()
    ran = []
    opened.page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    sit_down(opened.page, live_server, "administrator")
    addresses = ["/staff/people", "/staff/organizations", "/staff/trail", "/es/staff/people"]
    addresses += [f"/staff/people/{number}" for number in numbers]
    addresses += [f"/staff/organizations/{number}" for number in places]
    for address in addresses:
        opened.page.goto(address)
        assert opened.page.title() != "broken"
        assert opened.page.locator("main script, main img, main svg[onload]").count() == 0
    assert ran == []
    assert [said for said in opened.messages if "Content Security" in said] == []
