"""What does not add up, in the words of the table."""

from dataclasses import replace

import pytest

from directory.curation.lint.limits import load_limits
from directory.web.showing.findings import doubt, doubts, questions, sentences
from tests.curation.lint.measuring import BY
from tests.support.outcomes import ROOT

LIMITS = load_limits(ROOT / "data" / "lint.csv")
SERIOUS = [LIMITS[case] for case in LIMITS.cases() if LIMITS[case].severity == "serious"]


def found(case, got="6 hours"):
    return BY.found(case, ("program", "acme"), "tracks", got)


def test_the_words_that_are_translated_are_those_of_the_table(speaking):
    said = {row.case: row.sentence.replace("%(got)s", "?") for row in SERIOUS}
    assert dict(sentences("?")) == said
    assert dict(questions()) == {row.case: row.question for row in SERIOUS}


@pytest.mark.parametrize(("case", "got", "said"), [
    ("hours_day_program", "16.67 hours", "come to 16 hours 40 minutes a week."),
    ("hours_adult", "8.98 hours", "come to 8 hours 59 minutes a week."),
    ("evening", "12:30", "ends at 12:30 pm."),
    ("license_expired", "2026-06-30 (190001)", "runs out on Jun 30, 2026."),
])  # fmt: skip
def test_a_time_is_said_as_people_say_it(speaking, case, got, said):
    assert said in doubt(found(case, got)).text


def test_a_doubt_is_told_once_however_many_groups_raise_it(speaking):
    told = doubts([found("overlap", "mon"), found("overlap", "tue"), found("phases")])
    assert len(told) == 2


def test_a_case_of_a_newer_table_is_told_in_english(speaking):
    newer = replace(found("overlap"), case="new", sentence="It rains.", question="Does it rain?")
    assert (doubt(newer).text, doubt(newer).question) == ("It rains.", "Does it rain?")
