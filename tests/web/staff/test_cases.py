"""Cases: opened from a match, known by a code, of one organization; nothing in them names a person."""

import csv
import json

import pytest

from directory.referrals import desk as referral_desk
from directory.referrals.codes import CODE
from directory.store.referrals import SqlReferrals
from tests.web.staff.referring import ANSWERS, make_case

# What must not come in, by any door: each with what we say.
SIGNS = {
    "jo.miller@example.org": "That looks like a mail address.",
    "626-555-0142": "That looks like a phone or record number.",
    "MRN 00412345": "That looks like a phone or record number.",
    "03/14/1990": "That looks like a birth date.",
    "born in March": "That looks like a birth date.",
    "my patient is anxious": "That tells of a person.",
    "for Jo Miller": "That looks like a name.",
}


def case_of(referring):
    with referring.services.book(write=False) as book:
        return book.referrals.cases(1)[0]


def test_a_case_is_opened_from_a_match_and_keeps_coarse_needs_only(referring):
    desk = referring.planner()
    page = referring.open_case(desk, *referring.slugs[:2], q="panic", start_by="2026-12-10")
    assert CODE.fullmatch(page.heading.removeprefix("Case "))
    assert "The case is open." in page.text
    for told in ("26 to 64 years", "Private insurance", "Not told"):
        assert told in page.text, told
    needs = case_of(referring).needs
    assert (needs.level, needs.age, needs.payer) == ("iop", "adult", "private-insurance")
    kept = referring.everything_kept()
    for never in ("91101", "17:00", "'evening'", "aetna", "panic", "mental", "2026-12-10"):
        assert never not in kept, never


def test_whether_the_week_fits_is_all_that_is_kept_of_a_week(referring):
    desk = referring.planner()
    referring.open_case(desk, referring.slugs[0])
    (ticket,) = referring.tickets()
    assert ticket.fit == "yes"
    page = referring.open_case(desk, referring.slugs[0], week="")
    assert referring.tickets()[-1].fit == "unknown"
    assert "Ask" in page.text


def test_where_there_is_no_room_for_a_case_or_a_kind_what_was_picked_stands(referring, monkeypatch):
    monkeypatch.setattr(referral_desk, "MOST_CASES", 1)
    monkeypatch.setattr(referral_desk, "MOST_KINDS", 0)
    desk = referring.planner()
    referring.open_case(desk)
    page = desk.post("/staff/find", ANSWERS)
    sent = {"sealed": page.form("/staff/cases")["sealed"][0], "p": referring.slugs[:1]}
    page = desk.post("/staff/cases", sent, 422)
    assert "no room for one more case" in page.text
    ticked = [one for one in page.read.all("input") if "checked" in one.attributes]
    assert referring.slugs[0] in [one.attributes["value"] for one in ticked]
    assert "Your organization has 0 kinds of case." in desk.post("/staff/kinds", sent, 422).text
    monkeypatch.setattr(referral_desk, "MOST_CASES", 2)
    monkeypatch.setattr(SqlReferrals, "is_taken", lambda self, code: True)
    assert "no room for one more case" in desk.post("/staff/cases", sent, 422).text


def test_a_case_needs_a_program(referring):
    desk = referring.planner()
    page = desk.post("/staff/find", ANSWERS)
    sealed = page.form("/staff/cases")["sealed"][0]
    again = desk.post("/staff/cases", {"sealed": sealed}, 422)
    assert "Keep at least one program first." in again.text
    assert again.form("/staff/cases")["sealed"], "the answers are still there"
    assert referring.tickets() == []


def test_answers_that_have_closed_are_asked_for_again(referring):
    desk = referring.planner()
    for address in ("/staff/cases", "/staff/kinds"):
        page = desk.post(address, {"sealed": "gAAAA-too-old", "p": referring.slugs[:1]}, 422)
        assert "Your answers have closed." in page.text


@pytest.mark.parametrize(
    ("typed", "said", "field"),
    [
        (typed, said, field)
        for typed, said in SIGNS.items()
        for field in ("q", "place")
        if not (field == "place" and "name" in said)  # a place is a name
    ],
)
def test_text_that_tells_who_somebody_is_comes_back_with_the_reason(referring, typed, said, field):
    desk = referring.planner()
    page = desk.post("/staff/find", {**ANSWERS, field: typed}, 422)
    assert said in page.text
    assert "so we did not keep it" in page.text
    form = page.form("/staff/find")
    assert typed not in json.dumps(form), "it is not filled in again"
    assert form["plan"] == ["aetna"], "the other answers are"
    assert typed not in referring.everything_kept()


@pytest.mark.parametrize("field", ["q", "place"])
def test_text_as_long_as_a_form_is_refused_by_its_length(referring, field):
    page = referring.planner().post("/staff/find", {**ANSWERS, field: "Bob a. " * 35_000}, 422)
    assert "Use at most 500 letters." in page.text or "Type a ZIP code" in page.text


def test_a_week_without_a_free_hour_is_asked_back(referring):
    desk = referring.planner()
    page = desk.post("/staff/find", {**ANSWERS, "week": "own"}, 422)
    assert "Your week has no free hour yet." in page.text


def test_places_and_words_of_the_field_are_no_names(referring):
    desk = referring.planner()
    for place in ("91101", "Pasadena", "Pasadena, CA"):
        assert desk.post("/staff/find", {**ANSWERS, "place": place}).status == 200
    for words in ("EMDR and DBT", "Medi-Cal", "panic", "trauma therapy in Spanish"):
        assert desk.post("/staff/find", {**ANSWERS, "q": words}).status == 200, words


def test_no_field_of_any_form_keeps_words(referring):
    """Every field of every form of referrals, filled with what names a person: nothing stays."""
    desk, canary = referring.planner(), "Jo Canary born 3/14/1990"
    case = referring.open_case(desk, *referring.slugs[:2])
    ticket = referring.tickets()[0].number
    link = referring.send(desk, referring.tickets()[1])
    fields = dict.fromkeys(
        ("note", "to", "reason", "asked", "week", "week-offered", "turn", "p", "case", "sealed", "code", "status",
         "place", "q", "age", "plan", "pay", "week", "start_by", "lang", "name", "text"), canary
    )  # fmt: skip
    number = case_of(referring).number
    for address in (
        "/staff/cases", f"/staff/cases/{number}/shortlist", "/staff/find", "/staff/kinds",
        f"/staff/tickets/{ticket}/note", f"/staff/tickets/{ticket}/act", f"/staff/tickets/{ticket}/send",
        f"/staff/tickets/{ticket}/link", f"{link}/open", link,
    ):  # fmt: skip
        sender = referring.program() if address.startswith(link) else desk
        answer = sender.send(address, fields)
        assert answer.status_code in (303, 409, 422), (address, answer.status_code)
    assert "anary" not in referring.everything_kept()
    assert case.heading.startswith("Case ")


def test_programs_are_added_to_a_case_and_none_twice(referring):
    desk = referring.planner()
    referring.open_case(desk, referring.slugs[0])
    number = case_of(referring).number
    page = desk.post("/staff/find", {**ANSWERS, "case": str(number)})
    address = f"/staff/cases/{number}/shortlist"
    sealed = page.form(address)["sealed"][0]
    page = desk.post(address, {"sealed": sealed, "p": referring.slugs[:2]})
    assert "The programs are on the shortlist." in page.text
    assert len(referring.tickets()) == 2


def test_programs_are_compared_and_listed_for_text_messages(referring):
    desk = referring.planner()
    page = referring.open_case(desk, *referring.slugs[:2])
    number = case_of(referring).number
    assert "p=" in page.link("Compare them")
    listed = desk.get(f"/staff/cases/{number}/list")
    texts = [one.text for one in listed.read.all("textarea")]
    assert len(texts) == 2
    assert all(0 < len(text) <= 160 for text in texts)
    assert "555-01" in texts[0]
    assert case_of(referring).code not in "".join(texts)


def test_an_invented_program_says_so_wherever_it_is_named(referring):
    desk = referring.planner()
    _, link, program = referring.opened(desk)
    case = referring.tickets()[0].case
    for page in (
        "/staff/cases",
        f"/staff/cases/{case}",
        f"/staff/tickets/{referring.tickets()[0].number}",
    ):
        assert "Example" in desk.get(page).text, page
    assert "(Example)" in program.get(link).text
    for text in desk.get(f"/staff/cases/{case}/list").read.all("textarea"):
        assert "(Example)" in text.text
    for name in ("csv", "json"):
        assert "(Example)" in desk.client.get(f"/staff/cases/tickets.{name}").get_data(as_text=True)


def test_a_navigator_gets_a_list_for_text_messages_without_a_case(referring):
    page = referring.planner().post("/staff/find", ANSWERS)
    (lines,) = [one.text for one in page.read.all("textarea") if one.attributes["id"] == "texts"]
    assert len(lines.splitlines()) > 3
    assert all(0 < len(line) <= 160 for line in lines.splitlines())
    assert "91101" not in lines
    assert referring.tickets() == []


def test_closing_a_case_takes_back_what_is_open_and_closes_the_links(referring):
    desk = referring.planner()
    referring.open_case(desk, *referring.slugs[:2])
    link = referring.send(desk, referring.tickets()[0])
    case = f"/staff/cases/{case_of(referring).number}"
    page = desk.get(case)
    assert page.is_folded(f"{case}/close")
    assert "This cannot be undone." in page.text
    page = desk.post(f"{case}/close")
    assert "The case is closed." in page.text
    (left,) = referring.tickets()
    assert left.status == "withdrawn"
    assert referring.program().get(link, 410).heading == "This link opens no more"


def test_another_organization_sees_no_case_and_no_file_of_ours(referring):
    ours, theirs = referring.planner(), referring.planner("Lakeside Court")
    referring.open_case(ours)
    code = case_of(referring).code
    number = case_of(referring).number
    assert code in ours.get("/staff/cases").text
    assert code not in theirs.get("/staff/cases").text
    assert theirs.get(f"/staff/cases/{number}", 404)
    for name in ("csv", "json"):
        answer = theirs.client.get(f"/staff/cases/tickets.{name}")
        assert code not in answer.get_data(as_text=True)
    page = theirs.post("/staff/find", {**ANSWERS, "case": str(number)})
    assert code not in page.text, "a case of others is no case"


def test_the_desk_lists_what_is_due_first_and_says_how_late_it_is(referring):
    desk = referring.planner()
    referring.open_case(desk, *referring.slugs[:2])
    first, second = referring.tickets()
    referring.send(desk, first)
    referring.watch.forward(days=3)
    desk = referring.planner()
    referring.send(desk, second)
    page = desk.get("/staff/cases")
    assert page.text.index("2 days over") < page.text.index("due in 3 days"), "Thursday to Monday"
    late = [
        one.text for one in page.read.all("span") if "late" in (one.attributes.get("class") or "")
    ]
    assert late == ["2 days over"]


def test_what_nobody_moves_runs_out_and_is_gone_after_ninety_days(referring):
    desk = referring.planner()
    referring.open_case(desk)
    link = referring.send(desk, referring.tickets()[0])
    referring.watch.forward(days=16)
    assert referring.program().get(link, 410)
    desk = referring.planner()
    desk.get("/staff/cases")
    (ticket,) = referring.tickets()
    assert ticket.status == "expired"
    assert "nothing happened for 14 days" in desk.get(f"/staff/cases/{ticket.case}").text
    referring.watch.forward(days=91)
    assert "There is no case yet." in referring.planner().get("/staff/cases").text
    assert referring.tickets() == []


def test_tickets_are_exported_as_a_sheet(referring):
    desk = referring.planner()
    referring.opened(desk)
    answer = desk.client.get("/staff/cases/tickets.csv")
    assert answer.mimetype == "text/csv"
    (row,) = csv.DictReader(answer.get_data(as_text=True).splitlines())
    assert CODE.fullmatch(row["code"])
    assert (row["status"], row["task_status"], row["fit"]) == ("seen", "requested", "yes")
    assert (row["age"], row["payer"], row["opened_week"]) == (
        "adult",
        "private-insurance",
        "2026-11-23",
    )
    assert "due_on" not in row


def test_tickets_are_exported_as_fhir_tasks_without_a_person_and_without_days(referring):
    desk = referring.planner()
    _, link, program = referring.opened(desk)
    referring.reply(program, link, to="offered", **{"week-offered": "2026-11-30"})
    answer = desk.client.get("/staff/cases/tickets.json")
    assert answer.mimetype == "application/fhir+json"
    (entry,) = answer.get_json(force=True)["entry"]
    task = entry["resource"]
    assert (task["resourceType"], task["intent"], task["status"]) == ("Task", "order", "accepted")
    assert task["businessStatus"]["coding"][0]["code"] == "offered"
    assert task["output"] == [{"type": {"text": "week"}, "valueDate": "2026-11-30"}]
    assert task["authoredOn"] == "2026-11-23"
    assert task["requester"] == {"display": "Hillside Hospital"}
    assert not {"for", "description", "note"} & set(task)


def test_a_kind_of_case_fills_the_questions_in_and_keeps_codes_only(referring):
    desk = referring.planner()
    page = desk.post("/staff/find", {**ANSWERS, "q": "panic", "lang": "es"})
    sealed = page.form("/staff/kinds")["sealed"][0]
    kept = desk.post("/staff/kinds", {"sealed": sealed})
    assert "Mental health" in kept.text
    assert "Evenings only" in kept.text
    desk.post("/staff/kinds", {"sealed": sealed})
    with referring.services.book(write=False) as book:
        (kind,) = book.referrals.kinds(1)
    filled = desk.get(f"/staff/kinds/{kind.number}").form("/staff/find")
    assert (filled["need"], filled["week"], filled["lang"]) == (["mh"], ["evening"], ["es"])
    assert filled["plan"] == ["aetna"]
    assert filled["place"] == filled["age"] == filled["q"] == [""]
    desk.post(f"/staff/kinds/{kind.number}/remove")
    assert "Kinds of case" not in desk.get("/staff/cases").text


def test_every_act_is_a_line_of_the_trail_without_a_code_of_a_case(referring):
    desk = referring.planner()
    _, link, program = referring.opened(desk)
    referring.reply(program, link, to="declined", reason="no_capacity")
    acts = referring.acts()
    told = [act for _, act, _ in acts if act.startswith(("case", "ticket", "link"))]
    assert told[-5:] == ["case_opened", "ticket_moved", "link_made", "ticket_moved", "ticket_moved"]
    assert acts[-1][0] == -1, "the program has no account"
    assert case_of(referring).code not in str(acts)


def test_the_trail_says_that_a_ticket_moved_and_nothing_of_what_became_of_the_person(referring):
    """Its lines stay for ever, to the microsecond; a ticket keeps weeks and is gone after 90 days."""
    desk = referring.planner()
    ticket, link, program = referring.opened(desk)
    desk.post(f"/staff/tickets/{ticket.number}/note", {"note": "person_likes_it"})
    referring.reply(program, link, to="offered", **{"week-offered": "2026-11-30"})
    referring.reply(program, link, to="no_show")
    turn = str(referring.ticket(ticket.number).turn)
    desk.post(f"/staff/tickets/{ticket.number}/act", {"to": "declined_by_person", "turn": turn})
    told = [json.loads(one[2]) for one in referring.acts() if one[1].startswith("ticket")]
    assert {key for one in told for key in one} == {"by", "turn"}
    assert told[-1] == {"by": "referrer", "turn": int(turn) + 1}


def test_a_case_that_is_gone_says_so(referring):
    desk = referring.planner()
    with referring.services.book() as book:
        number, _ = make_case(book, 1)
    referring.watch.forward(days=20)
    page = referring.planner().get(f"/staff/cases/{number}", 404)
    assert page.heading == "This case is gone"
    assert "It was closed, or its time is over." in page.text
    assert desk


def test_an_empty_desk_says_what_to_do(referring):
    page = referring.planner().get("/staff/cases")
    assert "There is no case yet." in page.text
    assert referring.planner().get(page.link("New case")).heading == "Find programs for a case"


def test_a_place_that_we_do_not_know_is_asked_for_again(referring):
    page = referring.planner().post("/staff/find", {**ANSWERS, "place": "Passadena"}, 422)
    assert page.form("/staff/find")["plan"] == ["aetna"]
