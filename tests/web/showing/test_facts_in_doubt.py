"""A fact that two sources tell differently, or that is too old to count, gets no check mark anywhere."""

from dataclasses import replace
from datetime import date

import pytest

from directory.catalog.evidence import Rival, Source
from directory.catalog.program import PayerAcceptance, Price, Span
from directory.web.showing.answering import Said
from directory.web.showing.program_facts import level, offers, payers, paying_oneself, people
from tests.support.outcomes import MON, PAGE, listing, match, outcome, sessions, track
from tests.web.conftest import FORM

LIST = Source("State list", date(2026, 8, 21), "list", edition="August 2026")
LONG_AGO = Source("An old page", date(2019, 1, 1), "published")
FACTS = {
    "payers": (PayerAcceptance("aetna", "in"), PayerAcceptance("medicare", "in")),
    "services": ("cbt",),
    "conditions": ("anxiety",),
    "languages": {"es": "group"},
    "populations": {"veterans": "welcomes", "women": "dedicated"},
    "price": Price(31_000, "day", sliding_scale=True),
    "weeks": Span(8, 12),
    "ages": Span(18, None),
}
RIVALS = {
    "payers:aetna": [{"payer": "aetna", "network": "out"}],
    "populations:veterans": {"veterans": "excludes"},
    "price": {"cents": 40_000, "per": "day"},
    "level_of_care": {"level_of_care": "php", "level_evidence": "stated"},
    "ages": {"min": 12, "max": 17},
    "weeks": {"min": 6, "max": 6},
}


def lamplight(source=PAGE, rivals=()):
    """A program with all its facts from one source; a state list says otherwise of those in `rivals`."""
    one = listing("Lamplight", track(*sessions(MON)), **FACTS)
    evidence = dict.fromkeys((*FACTS, "level_of_care"), source) | {"tracks": PAGE, "name": PAGE}
    torn = {key: (Rival(RIVALS[key], LIST),) for key in rivals}
    return replace(one, program=replace(one.program, evidence=evidence, rivals=torn))


def marks(found):
    return {said.text: said.mark for said in found}


def test_a_payer_that_sources_tell_differently_is_asked_and_the_others_stand(speaking):
    found = [said for _, said, _ in payers(lamplight(rivals=["payers:aetna"]).program)]
    assert found[0] == Said("ask", "Aetna: two sources disagree. Ask.")
    assert found[1] == Said("yes", "Takes Medicare")


def test_level_people_and_price_are_asked_where_sources_differ(speaking):
    program = lamplight(rivals=RIVALS).program
    assert level(program).mark == "ask"
    assert level(program).text.endswith("two sources disagree. Ask.")
    assert marks(people(program)) == {
        "Adults: two sources disagree. Ask.": "ask",
        "They have a program of their own for: Women": "",
        "Veterans: two sources disagree. Ask.": "ask",
    }
    ((name, said, source),) = paying_oneself(program)
    assert said == Said("ask", f"{name}: two sources disagree. Ask.")
    assert source == "Their website, Nov 23, 2026"


def test_what_is_too_old_to_count_is_asked_however_it_was(speaking):
    program = lamplight(LONG_AGO).program
    told = [
        level(program),
        *(said for _, said, _ in (*payers(program), *paying_oneself(program))),
        *offers(program),
        *people(program),
    ]
    assert len(told) == 10
    assert {said.mark for said in told} == {"ask"}
    assert {said.text.partition(": ")[2] for said in told} == {"we read this too long ago. Ask."}


def test_what_counts_is_told_as_before(speaking):
    program = lamplight().program
    assert {said.mark for said in (level(program), *offers(program))} == {"yes"}
    assert {said.mark for said in people(program)} == {""}
    ((_, price, _),) = paying_oneself(program)
    assert price == Said("", "$310 a day. Lower if you earn less.")


@pytest.mark.parametrize("address", ["/programs/lamplight", "/compare?p=lamplight"])
def test_page_and_comparison_say_what_the_card_says(visiting, address):
    page = visiting(outcome(match(lamplight(rivals=RIVALS)))).get(address)
    for what in ("Aetna", "You pay yourself", "Adults", "Veterans"):
        assert f"Not known: {what}: two sources disagree. Ask." in page.text


def test_the_first_lines_of_page_and_card_leave_out_what_is_in_doubt(visiting):
    visitor = visiting(outcome(match(lamplight(rivals=RIVALS))))
    (lead,) = [
        one.text
        for one in visitor.get("/programs/lamplight").read.all("p")
        if one.attributes.get("class") == "lead"
    ]
    assert lead == "Mental health. Pasadena. Mon, 6 to 9 pm."
    (where,) = [
        one.text
        for one in visitor.post("/find", FORM).read.all("p")
        if one.attributes.get("class") == "where"
    ]
    assert where == "Pasadena. Mental health. In person"
