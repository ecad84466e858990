"""A discharge planner refers a case to three programs and hears back; everybody plays their part."""

from directory.accounts import trail
from directory.referrals.codes import CODE
from tests.support.editing import EDIT
from tests.web.staff.providing import Providing
from tests.web.staff.referring import PROGRAMS, Referring


def test_three_programs_are_asked_one_declines_one_waits_and_one_starts(referring):
    planner = referring.planner()
    page = referring.open_case(planner, *referring.slugs[:3])
    code = page.heading.removeprefix("Case ")
    assert CODE.fullmatch(code)
    links = [referring.send(planner, one) for one in referring.tickets()]
    programs = [referring.program() for _ in links]
    for program, link in zip(programs, links, strict=True):
        assert program.get(link).heading == f"Referral {code}"
        program.post(f"{link}/open")

    declined = referring.reply(programs[0], links[0], to="declined", reason="payer")
    assert "Declined: does not take this way to pay" in declined.text
    (flag,) = referring.reports()
    assert (flag.program, flag.what) == (referring.tickets()[0].program, "payer")
    referring.reply(programs[1], links[1], to="waitlisted", **{"week-waitlisted": "2026-12-14"})

    referring.watch.forward(days=3)  # Friday: two business days would have been Thursday
    late = referring.planner().get("/staff/cases")
    assert late.text.index("1 day over") < late.text.index(
        "On the waitlist, until about the week of Dec 14"
    )
    referring.reply(programs[2], links[2], to="offered", **{"week-offered": "2026-11-30"})
    referring.watch.forward(days=5)
    referring.reply(programs[2], links[2], to="intake_kept")
    assert "due in 7 days" in referring.planner().get("/staff/cases").text
    referring.watch.forward(days=6)
    assert "Started the group" in referring.reply(programs[2], links[2], to="started").text
    ends_well(referring, programs, links)


def ends_well(referring, programs, links):
    """The first start took the rest back, links are closed, the trail is whole, days are gone."""
    assert [one.status for one in referring.tickets()] == ["declined", "withdrawn", "started"]
    for program, link in zip(programs, links, strict=True):
        assert program.get(link, 410).heading == "This link opens no more"
    with referring.services.book(write=False) as book:
        assert trail.verify(book.trail.read(), book.trail.head()).holds
    days = [
        day for one in referring.tickets() for day in (one.opened_week, one.week, one.closed_week)
    ]
    assert all(day.weekday() == 0 for day in days if day), "weeks are all that stays"
    assert not any(one.due_on or one.expires_on for one in referring.tickets())


# --- everybody's part in one ----------------------------------------------------------------------


class AtOneDesk(Referring):
    """Referral staff and programs over the home of the curators."""

    def __init__(self, curating):
        self.app, self.watch, self.records = curating.app, curating.watch, curating.records
        self.people, self.slugs = curating.people, list(PROGRAMS)


def test_a_decline_is_flagged_mended_confirmed_and_read_by_everybody(curating):
    referring, providing = AtOneDesk(curating), Providing(curating, published=True)
    planner = referring.planner()
    referring.open_case(planner, *referring.slugs[:3])
    links = [referring.send(planner, one) for one in referring.tickets()]
    programs = [referring.program() for _ in links]
    for program, link in zip(programs, links, strict=True):
        program.post(f"{link}/open")
    referring.reply(programs[0], links[0], to="declined", reason="payer")
    referring.reply(programs[1], links[1], to="waitlisted", **{"week-waitlisted": "2026-12-14"})

    declined = referring.tickets()[0].program
    before = curating.visitor().get(f"/programs/{referring.slugs[0]}")
    assert "Aetna" not in before.text
    mended_by_a_curator(curating, declined)
    confirmed_by_the_program(curating, providing, declined, referring.slugs[0])

    referring.watch.forward(days=3)
    referring.reply(programs[2], links[2], to="offered", **{"week-offered": "2026-11-30"})
    referring.watch.forward(days=5)
    referring.reply(programs[2], links[2], to="intake_kept")
    referring.watch.forward(days=6)
    referring.reply(programs[2], links[2], to="started")
    ends_well(referring, programs, links)
    assert {act for act, *_ in curating.acts()} >= {
        *("case_opened", "ticket_moved", "facts_set", "report_closed", "listing_link_made"),
    }


def mended_by_a_curator(curating, program):
    """The flag leads to the fact; a call settles it; the report is closed with what came of it."""
    desk = curating.curator()
    page = desk.get("/staff/curating/reports")
    assert "The program declined a referral because of how the person pays" in page.text
    editor = desk.get(page.link("Mend it"))
    assert editor.form(EDIT)["fact"] == ["program.payers"]
    look = curating.look(desk, editor, program__payers__aetna="out")
    assert "put in: Aetna" in look.text
    kept = curating.keep(desk, look)
    assert "The change is kept, and the public page shows it." in kept.text
    number = page.form("/staff/curating/reports")["number"][0]
    desk.post("/staff/curating/reports", {"number": number, "outcome": "mended"})
    assert curating.reports() == []
    payers = {one.payer: one.network for one in curating.listing(program).program.payers}
    assert payers["aetna"] == "out"


def confirmed_by_the_program(curating, providing, program, slug):
    """The program says by its link that all of it is still right, and everybody reads that."""
    page = curating.visitor().get(f"/programs/{slug}")
    assert "Aetna: not taken, or out of network" in page.text
    providing.confirm(providing.program(), providing.link(curating.curator(), program))
    page = curating.visitor().get(f"/programs/{slug}")
    assert "Aetna: not taken, or out of network" in page.text
    assert "The program itself, Nov 24, 2026" in page.text
