"""A round is drawn, called with a script, and says how right the listings are."""

import random
from itertools import count
from urllib.parse import parse_qs, urlsplit

import pytest

from directory.curation.audit.questions import listed
from directory.web.staff import audits

CALL = "/staff/audits/call"


@pytest.fixture(autouse=True)
def lot(curating, monkeypatch):
    """The smallest seed whose first programs all list what is asked here: some list no phone."""
    real = [one for one in curating.records.all() if not one.example]

    def asks_all(seed, size):
        drawn = random.Random(seed).sample(real, size)
        return all(listed(one, fact) for one in drawn for fact in ("phone", "name", "address"))

    seed = next(seed for seed in count() if asks_all(seed, 1) and asks_all(seed, 3))
    monkeypatch.setattr(audits.secrets, "randbelow", lambda _: seed)


def drawn(curating, desk, programs="3", **fields):
    """Draw a round; answers its page."""
    return desk.post("/staff/audits", {"programs": programs, **fields})


def rounds(curating):
    with curating.records.desk(write=False) as desk:
        return desk.audits.all(10)


def heard(curating):
    """What was heard in the newest round."""
    with curating.records.desk(write=False) as desk:
        return desk.audits.heard(newest(curating).number)


def newest(curating):
    return rounds(curating)[0]


def script(curating):
    """The address of the script of the newest round."""
    return f"{CALL}?round={newest(curating).number}"


def answers(page, **given):
    """What the form of the script would send, with these answers; the others are left out."""
    form = {
        name: values for name, values in page.form(CALL).items() if not name.startswith("fact.")
    }
    return {**form, **{f"fact.{fact}": said for fact, said in given.items()}}


def test_a_round_is_drawn_by_lot_among_real_programs_and_can_be_drawn_again(curating):
    desk = curating.curator()
    page = drawn(curating, desk)
    kept = newest(curating)
    assert page.heading == f"Round {kept.number}"
    assert "The programs are drawn" in page.text
    assert len(kept.programs) == 3
    assert not any(curating.listing(one).example for one in kept.programs)
    acts = [(act, details) for act, _, details in curating.acts() if act == "audit_drawn"]
    assert f'"seed":{kept.seed}' in acts[-1][1].replace(" ", "")
    again = drawn(curating, desk, "2", near="91101", miles="10")
    assert again.heading == f"Round {kept.number + 1}"
    assert newest(curating).within_miles == 10
    assert len(desk.get("/staff/audits").links("2026")) == len(rounds(curating))


def test_what_cannot_be_drawn_is_told_and_nothing_is_kept(curating):
    desk, before = curating.curator(), rounds(curating)
    wrong = {
        "no more than there are": {"programs": "200", "near": "91101", "miles": "1"},
        "at least 1": {"programs": "none"},
        "One ZIP code or city": {"programs": "2", "near": "Nowhere Springs"},
        "miles from 1 to 500": {"programs": "2", "near": "91101", "miles": "9999"},
    }
    for told, fields in wrong.items():
        page = desk.post("/staff/audits", fields, 422)
        assert told.lower() in page.text.lower()
    assert rounds(curating) == before


def test_a_caller_is_led_from_program_to_program_and_right_facts_are_confirmed_by_phone(curating):
    desk = curating.curator()
    drawn(curating, desk)
    first, second, third = newest(curating).programs
    page = desk.get(script(curating))
    listing = curating.listing(first)
    assert page.heading == f"Call {listing.program.name}"
    assert "Is this the number people call to start?" in page.text
    assert listing.site.phone in page.text
    page = desk.post(CALL, answers(page, phone="correct", name="correct", address="not_known"))
    assert "The answers are kept" in page.text
    assert page.heading == f"Call {curating.listing(second).program.name}"
    evidence = curating.listing(first).site.evidence["phone"]
    assert (evidence.method, evidence.confirmed_by) == ("phone", "program")
    page = desk.post(CALL, {**answers(page), "vain": "yes"})
    assert "nobody answered" in page.text
    page = desk.post(CALL, answers(page, phone="wrong", name="correct"))
    assert page.heading == f"Call {curating.listing(third).program.name}"
    mend = urlsplit(page.link("Mend what was wrong"))
    assert mend.path == "/staff/record/edit"
    assert parse_qs(mend.query) == {"program": [third], "fact": ["site.phone"]}
    assert desk.get(page.link("Mend what was wrong")).status == 200
    figures = desk.get(script(curating).replace("call", "round")).text
    for told in ("Not reached: 1", "1 of 2", "0 of 2", "Every program of this round was called"):
        assert told in figures
    assert {one.caller for one in heard(curating)} == {"staff-1"}


def test_the_same_fact_heard_again_replaces_what_was_heard(curating):
    desk = curating.curator()
    drawn(curating, desk, "1")
    page = desk.get(script(curating))
    (program,) = newest(curating).programs
    desk.post(CALL, {**answers(page), "vain": "yes"})
    page = desk.get(f"{script(curating)}&program={program}")
    desk.post(CALL, answers(page, phone="correct"))
    told = {one.fact: one.result for one in heard(curating)}
    assert told["phone"] == "correct"
    assert told["name"] == "not_reached"


def test_a_call_without_an_answer_and_a_program_of_no_round_keep_nothing(curating):
    desk = curating.curator()
    drawn(curating, desk, "1")
    page = desk.get(script(curating))
    assert "Mark at least one answer" in desk.post(CALL, answers(page), 422).text
    assert "Mark at least one answer" in desk.post(CALL, answers(page, phone="maybe"), 422).text
    stranger = {**answers(page, phone="correct"), "program": "example-lamplight-evening"}
    assert desk.post(CALL, stranger).heading == "Call audit"
    assert desk.get(f"{CALL}?round=777").heading == "Call audit"
    assert desk.get("/staff/audits/round?round=x").heading == "Call audit"
    assert list(heard(curating)) == []
