"""On paper every page has the help numbers: the line of a screen is left out there."""

import pytest

from tests.support.outcomes import MON, PAGE, listing, match, outcome, sessions, track
from tests.web.conftest import FORM

EVENING = listing(
    "Lamplight",
    track(*sessions(MON)),
    attendance="You may miss two days.",
    evidence={"tracks": PAGE, "name": PAGE, "attendance": PAGE},
)
HELP = "Help at any hour: call or text 988. In danger: 911. LA County help: 800-854-7771."


@pytest.fixture
def visitor(visiting):
    return visiting(outcome(match(EVENING)))


def lines(page, words="988"):
    """Paragraphs that are there for paper only and hold these words."""
    return [one for one in page.read.all("p") if words in one.text and is_for_paper(one)]


def is_for_paper(element):
    while element is not None:
        if "print-only" in (element.attributes.get("class") or "").split():
            return True
        element = element.parent
    return False


@pytest.mark.parametrize("address", ["/", "/compare?p=lamplight", "/guide", "/work", "/about/data"])
def test_a_printed_page_ends_with_the_help_numbers(visitor, address):
    (line,) = lines(visitor.get(address))
    assert line.text == HELP


def test_printed_results_and_refusals_do_too(visitor):
    assert [one.text for one in lines(visitor.post("/find", FORM))] == [HELP]
    assert [one.text for one in lines(visitor.get("/nowhere", status=404))] == [HELP]


def test_a_sheet_that_has_the_numbers_has_them_once(visitor):
    (line,) = lines(visitor.get("/programs/lamplight"))
    assert line.text.startswith(HELP)
    assert lines(visitor.get("/aftercare")) == []


def test_the_words_of_the_program_are_marked_as_english_on_a_spanish_page(visitor):
    own = [
        one
        for one in visitor.get("/es/programs/lamplight").read.all("span")
        if one.text.strip() == "You may miss two days."
    ]
    assert len(own) == 2, "in the table of questions and on the call sheet"
    assert {one.attributes.get("lang") for one in own} == {"en"}
    english = visitor.get("/programs/lamplight").read.all("span")
    assert not any(one.attributes.get("lang") for one in english if "two days" in one.text)
