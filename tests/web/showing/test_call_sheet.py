"""The call sheet: known answers with their day, and a question for everything else."""

from dataclasses import replace
from datetime import date

from directory.catalog.evidence import Source
from directory.catalog.program import Price, Span
from directory.web.showing.call_sheet import standing_questions
from tests.support.outcomes import PAGE, listing

OLD = Source("An old page", date(2019, 1, 1), "published")


def asked(program):
    return {one.text: one for one in standing_questions(program)}


def test_a_question_is_answered_with_the_day_of_its_source(speaking):
    program = listing(services=("cbt", "dbt", "group_therapy", "family_therapy")).program
    found = asked(program)
    treating = found["How do you treat it? Is it known to work?"]
    assert (treating.open, treating.seen) == (False, "Nov 23, 2026")
    assert treating.known.text.startswith("Cognitive behavioral therapy (CBT) and ")
    assert found["Can my family take part?"].known.text == "Family therapy"


def test_what_nobody_tells_is_open(speaking):
    found = asked(listing().program)
    assert all(one.open and not one.seen for one in found.values())
    assert {one.known.text for one in found.values()} == {"Ask them"}


def test_a_fact_without_a_source_or_too_old_is_open_again(speaking):
    program = listing(weeks=Span(8, 8), price=Price(31_000, "day")).program
    assert asked(program)["How many weeks does it take?"].open, "no source tells the weeks"
    evidence = {**program.evidence, "weeks": OLD, "price": PAGE}
    found = asked(replace(program, evidence=evidence))
    assert found["How many weeks does it take?"].open
    assert found["What will I pay in all?"].known.text == "$310 a day"


def test_long_lists_are_named_in_part_and_counted(speaking):
    services = ("cbt", "dbt", "act", "erp", "emdr")
    known = asked(listing(services=services).program)["How do you treat it? Is it known to work?"]
    assert known.known.text.endswith(" and 2 more")


def test_what_only_they_can_tell_is_never_answered_for_them(speaking):
    every = tuple("cbt group_therapy aftercare child_care drug_testing".split())
    found = asked(listing(services=every).program)
    for text in ("Who will know that I come?", "What happens if I drink or use again?"):
        assert found[text].open
