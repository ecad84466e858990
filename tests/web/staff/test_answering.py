"""A program answers by a signed link: no account, no password, one ticket, each answer once."""

from dataclasses import replace

import pytest

from directory.referrals.tickets import MOST_TURNS
from tests.web.staff.referring import link_on

WEEK = {"week-offered": "2026-11-30"}


def test_looking_changes_nothing_and_a_button_opens_the_ticket(referring):
    desk = referring.planner()
    referring.open_case(desk)
    (ticket,) = referring.tickets()
    link = referring.send(desk, ticket)
    program = referring.program()
    page = program.get(link)
    assert "Hillside Hospital asks" in page.text
    assert "26 to 64 years" not in page.text, "needs are shown to who opens it"
    assert referring.ticket(ticket.number).status == "sent"
    opened = program.post(f"{link}/open")
    assert "26 to 64 years" in opened.text
    assert referring.ticket(ticket.number).status == "seen"
    program.post(f"{link}/open")
    assert referring.ticket(ticket.number).turn == 2, "opening twice is opening once"


def test_a_program_offers_a_first_talk_then_says_that_the_person_came_and_started(referring):
    desk = referring.planner()
    ticket, link, program = referring.opened(desk)
    page = referring.reply(program, link, to="offered", **WEEK)
    assert "Thank you." in page.text
    assert "First talk offered, week of Nov 30" in desk.get(f"/staff/tickets/{ticket.number}").text
    referring.reply(program, link, to="intake_kept")
    last = referring.reply(program, link, to="started")
    assert last.heading.endswith("is closed")
    after = referring.ticket(ticket.number)
    assert (after.status, after.due_on) == ("started", None)
    assert program.get(link, 410).heading == "This link opens no more"


def test_the_first_start_withdraws_the_rest_and_their_links(referring):
    desk = referring.planner()
    referring.open_case(desk, *referring.slugs[:3])
    links = [referring.send(desk, one) for one in referring.tickets()]
    program = referring.program()
    program.post(f"{links[0]}/open")
    for answer in ({"to": "offered", **WEEK}, {"to": "intake_kept"}, {"to": "started"}):
        referring.reply(program, links[0], **answer)
    assert [one.status for one in referring.tickets()] == ["started", "withdrawn", "withdrawn"]
    for link in links:
        assert referring.program().get(link, 410)


def test_an_answer_that_is_sent_twice_counts_once(referring):
    """Replay: the same form again, from the same window or from a copy of the request."""
    desk = referring.planner()
    ticket, link, program = referring.opened(desk)
    turn = program.get(link).form(link)["turn"][0]
    answer = {"turn": turn, "to": "waitlisted", "week-waitlisted": "2026-12-14"}
    program.post(link, answer)
    again = program.post(link, answer, 409)
    assert "Nothing was changed." in again.text
    assert referring.ticket(ticket.number).turn == int(turn) + 1
    last = {"turn": str(int(turn) + 1), "to": "declined", "reason": "schedule"}
    program.post(link, last)
    assert program.post(link, last, 410).heading == "This link opens no more"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Pick your answer."),
        ({"to": "nonsense"}, "Pick your answer."),
        ({"to": "withdrawn"}, "Pick your answer."),
        ({"to": "offered"}, "Pick the week."),
        ({"to": "offered", "week-offered": "2026-12-01"}, "Pick the week."),
        ({"to": "offered", "week-offered": "soon"}, "Pick the week."),
        ({"to": "declined"}, "Pick why you cannot take them."),
        ({"to": "declined", "reason": "Jo was late"}, "Pick why you cannot take them."),
        ({"to": "needs_info", "asked": "call Jo"}, "Pick what you need first."),
    ],
)
def test_an_answer_without_its_choice_is_asked_for_again(referring, fields, said):
    desk = referring.planner()
    ticket, link, program = referring.opened(desk)
    assert said in referring.reply(program, link, 422, **fields).text
    assert referring.ticket(ticket.number).status == "seen"


def test_what_was_picked_stands_in_the_form_and_what_is_missing_hangs_on_its_field(referring):
    desk = referring.planner()
    ticket, link, program = referring.opened(desk)
    turn = {"turn": str(ticket.turn + 2)}
    for fields, field in (
        ({"to": "declined", "asked": "consent"}, "reason"),
        ({"to": "waitlisted", "week-offered": "2026-11-30"}, "week-waitlisted"),
        ({"to": "needs_info", "reason": "payer"}, "asked"),
    ):
        page = referring.reply(program, link, 422, **fields)
        kept = {name: values[0] for name, values in page.form(link).items() if values != [""]}
        assert {**fields, **turn}.items() <= kept.items(), field
        (missing,) = [one for one in page.read.all("select") if "aria-invalid" in one.attributes]
        assert missing.attributes["id"] == field
        assert missing.attributes["aria-describedby"] == f"{field}-e1"
        assert "Your answer is not sent yet." in page.text


def test_choices_that_do_not_belong_to_the_answer_do_not_count(referring):
    desk = referring.planner()
    ticket, link, program = referring.opened(desk)
    referring.reply(program, link, to="needs_info", asked="insurance", reason="payer", **WEEK)
    after = referring.ticket(ticket.number)
    assert (after.status, after.asked, after.reason, after.week) == (
        "needs_info",
        "insurance",
        None,
        None,
    )
    page = desk.get("/staff/cases")
    assert "They need: the insurance card" in page.text
    assert "due today" in page.text
    desk.post(f"/staff/tickets/{ticket.number}/act", {"to": "seen", "turn": str(after.turn)})
    assert referring.ticket(ticket.number).status == "seen"


def test_a_payer_decline_is_a_report_in_the_curators_queue_and_others_are_not(referring):
    desk = referring.planner()
    _, link, program = referring.opened(desk, 0)
    referring.reply(program, link, to="declined", reason="no_capacity")
    assert referring.reports() == []
    ticket, link, program = referring.opened(desk, 0)
    referring.reply(program, link, to="declined", reason="payer")
    (report,) = referring.reports()
    assert (report.program, report.what) == (ticket.program, "payer")
    assert "Private insurance" in report.text
    assert "Declined: does not take this way to pay" in desk.get(f"/staff/cases/{ticket.case}").text


def test_a_link_opens_no_other_ticket_and_runs_out(referring):
    desk = referring.planner()
    _, link, program = referring.opened(desk)
    number, _, signature = link.rpartition("/")[2].partition("-")
    for token in (
        f"{int(number) + 1}-{signature}",
        f"{number}-{signature[::-1]}",
        number,
        "x",
        "1-" + "0" * 40,
    ):
        assert program.get(f"/staff/answer/{token}", 410)
        assert program.post(f"/staff/answer/{token}", {"to": "started", "turn": "2"}, 410)
        assert program.post(f"/staff/answer/{token}/open", status=410)
    referring.watch.forward(days=30)
    assert program.get(link, 410)


def test_a_ticket_answers_after_its_link_ran_out_by_a_new_one(referring):
    desk = referring.planner()
    ticket, link, program = referring.opened(desk)
    referring.reply(program, link, to="waitlisted", **{"week-waitlisted": "2027-02-01"})
    referring.watch.forward(days=31)
    assert program.get(link, 410)
    page = referring.planner().post(f"/staff/tickets/{ticket.number}/link")
    assert program.get(link_on(page)).heading.startswith("Referral ")


def test_the_page_speaks_spanish_and_tells_nobody_who_the_staff_are(referring):
    desk = referring.planner()
    _, link, program = referring.opened(desk)
    page = program.get(f"/es{link}")
    assert page.read.all("html")[0].attributes["lang"] == "es"
    assert "Jo Miller" not in page.text
    assert "example.org" not in page.text


def test_who_asks_does_not_answer_for_the_program(referring):
    """They know the link: they made it. Signed in they look, and the trail never says it was the program."""
    desk = referring.planner()
    referring.open_case(desk)
    (ticket,) = referring.tickets()
    link = referring.send(desk, ticket)
    assert "you cannot answer for the program" in desk.get(link).text
    page = desk.post(f"{link}/open", status=403)
    assert "You are signed in for Hillside Hospital, which asks here" in page.text
    assert not [one for one in page.read.all("form") if link in one.attributes["action"]]
    program = referring.program()
    program.post(f"{link}/open")
    answer = {"turn": "2", "to": "declined", "reason": "payer"}
    assert "you cannot answer for the program" in desk.post(link, answer, 403).text
    assert referring.ticket(ticket.number).status == "seen"
    others = referring.planner("Lakeside Clinic")
    assert others.post(link, answer).heading.endswith("is closed"), "who works at the program may"


def test_saying_the_same_again_is_thanked_and_is_no_act(referring):
    _, link, program = referring.opened(referring.planner())
    referring.reply(program, link, to="offered", **WEEK)
    acts = referring.acts()
    assert "Thank you." in referring.reply(program, link, to="offered", **WEEK).text
    assert referring.acts() == acts


def test_who_goes_to_and_fro_without_end_may_only_close(referring):
    desk = referring.planner()
    ticket, link, program = referring.opened(desk)
    with referring.services.book() as book:
        book.referrals.put_ticket(replace(book.referrals.ticket(ticket.number), turn=MOST_TURNS))
    page = referring.reply(program, link, 422, to="offered", **WEEK)
    assert "only an answer that closes it is taken now" in page.text
    assert page.form(link)["to"] == ["offered"], "what was picked stands"
    closed = referring.reply(program, link, to="declined", reason="schedule")
    assert closed.heading.endswith("is closed")
