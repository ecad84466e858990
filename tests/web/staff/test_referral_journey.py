"""A discharge planner refers a case to three programs and hears back; everybody plays their part."""

from directory.accounts import trail
from directory.referrals.codes import CODE


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
