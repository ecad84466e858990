"""What does not add up is shown with the program, and what a curator should look into is not."""

from directory.curation.lint.inspecting import findings_of, published
from tests.curation.lint.measuring import BY
from tests.support.outcomes import MON, TUE, listing, match, outcome, sessions, track
from tests.web.conftest import FORM

SHORT = listing(
    "Short Program",
    track(*sessions(MON, TUE), label="Evening"),
    accreditations=("carf",),
    payers=(),
)
NOTE = "The times they publish for a group come to 6 hours a week. An IOP for adults has 9 or more."
QUESTION = "How many hours a week would I be in groups?"


def visit(visiting, one):
    visitor = visiting(outcome(match(one)))
    return visitor, visitor.get(f"/programs/{one.slug}")


def test_the_page_says_what_does_not_add_up_and_what_to_ask(visiting):
    _, page = visit(visiting, published(SHORT, BY))
    assert "Please check this with them" in page.text
    assert NOTE in page.text
    assert f"Ask: \u201c{QUESTION}\u201d" in page.text
    assert page.text.count(QUESTION) == 3, "the note, the questions, the call sheet"


def test_a_card_says_it_in_one_line(visiting):
    visitor = visiting(outcome(match(published(SHORT, BY))))
    page = visitor.post("/find", FORM)
    assert f"Check {NOTE}" in page.text
    assert QUESTION not in page.text


def test_a_program_that_adds_up_says_nothing(visiting):
    visitor, page = visit(visiting, listing("Fine"))
    assert "Please check" not in page.text
    assert "Check" not in visitor.post("/find", FORM).text


def test_what_is_for_curators_is_not_shown(visiting):
    expired = listing("Shared", track(*sessions(MON, start=1380, end=300)), level_of_care=None)
    assert [one.case for one in findings_of(expired, BY)] == ["past_midnight"]
    _, page = visit(visiting, published(expired, BY))
    assert "Please check" not in page.text
