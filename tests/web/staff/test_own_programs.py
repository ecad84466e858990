"""Program staff with an account: their own programs, the same page as by link, and nobody else's."""

from tests.support.desk import Desk
from tests.web.staff.providing import LAMPLIGHT

OTHER = "example-blue-door"
PAGE = f"/staff/programs/{LAMPLIGHT}"


def test_staff_see_the_programs_their_organization_is_linked_to(providing):
    desk = providing.editor()
    page = desk.get("/staff/programs")
    assert "Lamplight Evening Program" in page.text
    assert "Blue Door" not in page.text
    assert desk.get(page.link("Lamplight Evening Program")).heading.endswith("still right?")


def test_another_organizations_program_is_none_of_theirs(providing):
    desk = providing.editor()
    for address in ("", "/told", "/change/program.weeks"):
        assert desk.client.get(f"/staff/programs/{OTHER}{address}").status_code == 404
    for address in ("", "/take-back", "/change/program.weeks"):
        assert desk.send(f"/staff/programs/{OTHER}{address}").status_code == 404
    assert providing.listing(OTHER).program.evidence["name"].name != "The program itself"


def test_who_is_not_linked_yet_reads_what_to_do(providing):
    desk = Desk(providing.app)
    desk.sign_in(providing.people.add("editor", "Ed Lopez", "New Center"))
    assert "No program is linked to your organization yet" in desk.get("/staff/programs").text


def test_what_an_account_tells_is_kept_like_what_a_link_tells_with_its_number_in_the_trail(
    providing,
):
    desk = providing.editor()
    providing.confirm(desk, PAGE)
    providing.change(desk, PAGE, "site.phone", **{"site.phone": "626-555-0198"})
    (wish,) = providing.waiting()
    assert wish.by == "editor"
    actors = {actor for actor, act, *_ in providing.acts()}
    assert len(actors) == 1
    assert actors > {0} or min(actors) > 0
    page = desk.get(PAGE)
    desk.post(f"{PAGE}/take-back", {"change": page.form(f"{PAGE}/take-back")["change"][0]})
    assert providing.listing().program.evidence["tracks"].name != "The program itself"


def test_once_the_link_to_the_listings_is_taken_away_the_door_is_closed(providing):
    desk = providing.editor()
    assert desk.get(PAGE)
    with providing.people.services.book() as book:
        (place,) = [one for one in book.people.organizations() if one.name == "Lamplight"]
        book.people.put_organization(type(place)(place.number, place.name, None))
    assert desk.client.get(PAGE).status_code == 404
