"""Where two sources disagree, a page shows both values with their sources and dates."""

from dataclasses import replace
from datetime import date

from directory.catalog.evidence import Rival, Source, State
from directory.catalog.program import PayerAcceptance
from directory.matching.outcome import Proof
from directory.web.showing.disputes import disputes, in_words
from tests.support.outcomes import TODAY, listing, match, need_answer, outcome

STATE_LIST = Source("State list", date(2026, 8, 21), "list", edition="August 2026")
FEDERAL_LIST = Source("Federal list", date(2026, 11, 20), "list", dated=date(2025, 12, 31))


def torn_listing(**own):
    one = listing()
    rivals = {"phone": (Rival("626-555-0199", STATE_LIST),)}
    evidence = {**one.site.evidence, "phone": FEDERAL_LIST}
    site = replace(one.site, phone="626-555-0142", evidence=evidence, rivals=rivals)
    return replace(one, site=site, **own)


def page_of(visiting, one, **rest):
    return visiting(outcome(match(one, **rest))).get(f"/programs/{one.slug}").text


def test_a_page_shows_both_values_with_their_sources_and_dates(visiting):
    text = page_of(visiting, torn_listing())
    assert "Two sources disagree" in text
    assert "626-555-0142 Federal list, Dec 31, 2025" in text
    assert "626-555-0199 State list August 2026, of Aug 21, 2026" in text
    assert "Phone: which is right, 626-555-0142 or 626-555-0199?" in text


def test_a_page_without_conflicts_does_not_speak_of_any(visiting):
    assert "Two sources disagree" not in page_of(visiting, listing())


def test_what_is_too_old_to_count_contradicts_nothing(speaking):
    assert disputes(torn_listing(), TODAY)
    assert disputes(torn_listing(), date(2045, 1, 1)) == ()


def test_a_need_that_sources_answer_differently_is_asked(visiting):
    answer = replace(
        need_answer("payer", "medi-cal", "unknown", "conflicting"),
        proof=Proof(STATE_LIST, State.CONFLICTING),
    )
    text = page_of(visiting, listing(), answers=(answer,))
    assert "Medi-Cal: two sources disagree. Ask." in text


def test_a_conflict_about_one_payer_tells_that_payer_only(speaking):
    one = listing()
    rival = Rival([{"payer": "medi-cal", "network": "out"}], STATE_LIST)
    program = replace(
        one.program,
        payers=(PayerAcceptance("medi-cal", "in"), PayerAcceptance("medicare", "in")),
        evidence={**one.program.evidence, "payers": FEDERAL_LIST},
        rivals={"payers:medi-cal": (rival,)},
    )
    (found,) = disputes(replace(one, program=program), TODAY)
    assert found.fact == "Ways to pay"
    assert [value for value, _ in found.values] == [
        "Takes Medi-Cal",
        "Medi-Cal: not taken, or out of network",
    ]


def test_every_kind_of_value_is_said_in_words(speaking):
    said = {
        "address": {"street": "1 Main St", "city": "Pasadena", "state": "CA", "zip": "91101"},
        "ages": {"min": 18},
        "weeks": {"min": 8, "max": 12},
        "level_of_care": {"level_of_care": "php", "level_evidence": "stated"},
        "price": {"cents": 31000, "per": "day"},
        "tracks": [{"sessions": [{"day": "mon", "start": "18:00", "end": "21:00"}]}],
        "populations": ("veterans", "excludes"),
    }
    told = {fact: in_words(fact, value) for fact, value in said.items()}
    assert told["address"] == "1 Main St, Pasadena, CA 91101"
    assert told["weeks"] == "8 to 12 weeks"
    assert in_words("weeks", {"min": 12}) == "12 weeks or more"
    assert in_words("weeks", {"max": 12}) == "up to 12 weeks"
    assert told["price"] == "$310 a day"
    assert told["tracks"] == "Mon, 6 to 9 pm"
    assert told["populations"].startswith("Not for: ")
    assert all(told.values())
