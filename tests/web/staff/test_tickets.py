"""Tickets at the desk: sent, handed over, noted, taken back; the packet that is never sent."""

from tests.web.staff.referring import ANSWERS, link_on


def test_a_ticket_is_sent_with_a_link_that_the_planner_hands_over(referring):
    desk = referring.planner()
    referring.open_case(desk)
    (ticket,) = referring.tickets()
    page = desk.get(f"/staff/tickets/{ticket.number}")
    assert "Make the ticket" in page.html
    sent = desk.post(f"/staff/tickets/{ticket.number}/send")
    assert "Now hand its link over" in sent.text
    assert "due in 1 day" in sent.text
    assert link_on(desk.get(f"/staff/tickets/{ticket.number}")) == link_on(sent)


def test_a_fourth_ticket_waits_until_one_is_taken_back(referring):
    desk = referring.planner()
    referring.open_case(desk, *referring.slugs[:4])
    tickets = referring.tickets()
    assert len(tickets) == 4
    for one in tickets[:3]:
        referring.send(desk, one)
    address = f"/staff/tickets/{tickets[3].number}/send"
    assert "3 programs have a ticket of this case." in desk.post(address, status=422).text
    back = {"to": "withdrawn", "turn": "1"}
    desk.post(f"/staff/tickets/{tickets[0].number}/act", back)
    assert "Now hand its link over" in desk.post(address).text


def test_a_ticket_that_moved_meanwhile_is_not_moved_again(referring):
    desk = referring.planner()
    ticket, _, _ = referring.opened(desk)
    old = {"to": "withdrawn", "turn": "1"}
    page = desk.post(f"/staff/tickets/{ticket.number}/act", old, 409)
    assert "Nothing was changed." in page.text
    assert referring.ticket(ticket.number).status == "seen"


def test_only_what_staff_may_do_is_done(referring):
    desk = referring.planner()
    ticket, _, _ = referring.opened(desk)
    for to in ("started", "declined", "expired", "sent", "", "nonsense"):
        desk.post(f"/staff/tickets/{ticket.number}/act", {"to": to, "turn": "2"}, 422)
    assert referring.ticket(ticket.number).status == "seen"


def test_the_reasons_of_the_person_close_a_ticket(referring):
    for to in ("declined_by_person", "chose_other", "withdrawn"):
        desk = referring.planner()
        ticket, link, program = referring.opened(desk)
        desk.post(f"/staff/tickets/{ticket.number}/act", {"to": to, "turn": "2"})
        after = referring.ticket(ticket.number)
        assert (after.status, after.due_on, after.expires_on) == (to, None, None)
        assert program.get(link, 410)


def test_a_new_link_closes_the_old_one(referring):
    desk = referring.planner()
    ticket, link, program = referring.opened(desk)
    page = desk.post(f"/staff/tickets/{ticket.number}/link")
    assert "The old one opens no more." in page.text
    assert program.get(link, 410)
    assert program.get(link_on(page)).heading.startswith("Referral ")


def test_a_note_is_one_of_the_list(referring):
    desk = referring.planner()
    referring.open_case(desk)
    (ticket,) = referring.tickets()
    address = f"/staff/tickets/{ticket.number}/note"
    assert "Your note is kept." in desk.post(address, {"note": "left_message"}).text
    assert "Called, left a message" in desk.get(f"/staff/cases/{ticket.case}").text
    desk.post(address, {"note": "Her mother is Ann"}, 422)
    assert referring.ticket(ticket.number).note == "left_message"
    desk.post(address, {"note": ""})
    assert referring.ticket(ticket.number).note is None


def test_a_program_is_taken_off_the_shortlist_only_before_it_was_asked(referring):
    desk = referring.planner()
    referring.open_case(desk, *referring.slugs[:2])
    first, second = referring.tickets()
    assert "off the shortlist" in desk.post(f"/staff/tickets/{first.number}/remove").text
    referring.send(desk, second)
    desk.post(f"/staff/tickets/{second.number}/remove", status=422)
    assert [one.number for one in referring.tickets()] == [second.number]


def test_the_only_program_of_a_case_is_swapped_by_adding_another_one_first(referring):
    desk = referring.planner()
    referring.open_case(desk)
    (only,) = referring.tickets()
    page = desk.post(f"/staff/tickets/{only.number}/remove", status=422)
    assert "Add another one first, or close the case." in page.text
    assert desk.get(f"/staff/cases/{only.case}").link("Add a program") in page.html
    assert page.link("Español") == f"/es/staff/cases/{only.case}", "the desk, in Spanish"
    sealed = desk.post("/staff/find", {**ANSWERS, "case": str(only.case)})
    form = sealed.form(f"/staff/cases/{only.case}/shortlist")
    desk.post(f"/staff/cases/{only.case}/shortlist", {**form, "p": [referring.slugs[1]]})
    assert "off the shortlist" in desk.post(f"/staff/tickets/{only.number}/remove").text
    assert [one.case for one in referring.tickets()] == [only.case]


def test_a_refused_page_of_a_case_or_ticket_can_be_read_in_another_language(referring):
    desk = referring.planner()
    referring.open_case(desk)
    (ticket,) = referring.tickets()
    refused = desk.post(f"/staff/tickets/{ticket.number}/note", {"note": "Ann"}, 422)
    assert refused.link("Español") == f"/es/staff/tickets/{ticket.number}"
    sealed = desk.post("/staff/find", {**ANSWERS, "case": str(ticket.case)})
    address = f"/staff/cases/{ticket.case}/shortlist"
    nothing_kept = desk.post(address, sealed.form(address), 422)
    spanish = desk.get(nothing_kept.link("Español"))
    assert f"/es{address}" in spanish.html, "the same programs, for the same case"


def test_the_packet_is_empty_and_nothing_on_it_can_be_sent(referring):
    """No form around a field, no field with a name: without a script there is no way out either."""
    desk = referring.planner()
    referring.open_case(desk)
    (ticket,) = referring.tickets()
    page = desk.get(f"/staff/tickets/{ticket.number}/packet")
    assert page.heading.startswith("Packet for ")
    fields = [one for one in page.read.all("input", "textarea", "select")
              if one.attributes.get("type") != "hidden"]  # fmt: skip
    assert len(fields) > 15
    for one in fields:
        assert not one.attributes.get("name"), one.attributes
        assert one.attributes.get("autocomplete") == "off", one.attributes
        assert not one.attributes.get("form")
        assert not one.text
        above = one.parent
        while above is not None:
            assert above.tag != "form"
            above = above.parent
    assert "Name of the person" in page.text
    assert "Which insurance do you take?" in page.text
