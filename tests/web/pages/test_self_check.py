import itertools
import re

import pytest

from directory.web.self_check import QUESTIONS, STOPS, USUAL, Check, levels_to_ask_about
from tests.support.outcomes import outcome

# Words that a self-check must not say: it is no test and decides nothing.
NEVER = re.compile(
    r"\byou need\b|\bdiagnos|\byour score\b|\bpoints\b|\bASAM\b|\bsevere\b", re.IGNORECASE
)
CALM = {
    "danger": "no",
    "withdrawal": "no",
    "home": "safe",
    "tried": "weekly",
    "days": "most",
    "time": "part",
}


@pytest.fixture
def visitor(visiting):
    return visiting(outcome())


def answer(visitor, page, choice=""):
    """Pick a choice (none skips) and press the button."""
    sent = {
        name: values[0] for name, values in page.form("/self-check").items() if name == "so_far"
    }
    return visitor.post("/self-check", {**sent, **({"answer": choice} if choice else {})})


def go_through(visitor, **answers):
    """Every question in turn; help that comes between is read. Answers every page."""
    seen = [visitor.get("/self-check")]
    for question in QUESTIONS:
        assert page_asks(seen[-1]), question
        seen.append(answer(visitor, seen[-1], answers.get(question, "")))
        while not page_asks(seen[-1]) and "You could ask about" not in seen[-1].text:
            seen.append(answer(visitor, seen[-1]))
    return seen


def page_asks(page):
    return re.search(r"Question \d of 6", page.text) is not None


def test_danger_is_asked_first_and_withdrawal_second():
    assert list(QUESTIONS)[:2] == ["danger", "withdrawal"]


def test_danger_now_shows_911_and_988_before_anything_else(visitor):
    page = answer(visitor, visitor.get("/self-check"), "yes")
    assert page.text.index("call 911") < page.text.index("988")
    assert page.links("Call 911")
    assert page.links("Call 988") == ["tel:988"]
    assert not page_asks(page)
    assert not page.links("Find a program")[1:], "no program is offered beside danger"
    assert page_asks(answer(visitor, page))


def test_thoughts_of_dying_are_met_with_988(visitor):
    page = answer(visitor, visitor.get("/self-check"), "thoughts")
    assert page.links("Call 988")
    assert "Tell one person today." in page.text


@pytest.mark.parametrize("choice", ["daily", "unsure"])
def test_a_risk_of_withdrawal_says_do_not_stop_alone_and_whom_to_call(visitor, choice):
    page = answer(visitor, answer(visitor, visitor.get("/self-check"), "no"), choice)
    assert "Do not stop all at once on your own" in page.text
    assert page.links("Call 800-854-7771")
    assert "call the county line and press 2" in page.text
    assert "MedlinePlus" in page.text
    assert "US Food and Drug Administration" in page.text
    end = go_through(visitor, withdrawal=choice)[-1]
    levels = [one.text for one in end.read.all("li") if "doctor or nurse near" in one.text]
    assert levels
    assert end.text.index("Detox") < end.text.index("Intensive outpatient")


def test_the_end_names_care_to_ask_about_and_never_a_score(visitor):
    end = go_through(visitor, **CALM)[-1]
    assert end.text.index("Intensive outpatient program") < end.text.index("Day program")
    assert "This is not a test" in end.text
    assert "This is not medical advice." in end.text


def test_no_answers_at_all_still_end_with_something_to_ask(visitor):
    end = go_through(visitor)[-1]
    assert "You could ask about" in end.text


def test_no_page_claims_a_score_or_decides(visitor):
    for danger, withdrawal in itertools.product(
        *(QUESTIONS[one] for one in ("danger", "withdrawal"))
    ):
        for home in QUESTIONS["home"]:
            pages = go_through(
                visitor, **{**CALM, "danger": danger, "withdrawal": withdrawal, "home": home}
            )
            assert [page.text for page in pages if NEVER.search(page.text)] == []


def test_every_combination_ends_with_levels_we_can_name():
    known = {"detox", "residential", "php", "iop", "outpatient"}
    for chosen in itertools.product(*([*choices, "skipped"] for choices in QUESTIONS.values())):
        found = levels_to_ask_about(dict(zip(QUESTIONS, chosen, strict=True)))
        assert found
        assert set(found) <= known
        assert len(set(found)) == len(found)
        if chosen[1] in ("daily", "unsure"):
            assert found[0] == "detox"


def test_rules_name_only_choices_that_exist():
    assert {pair for pair in STOPS if pair[1] not in QUESTIONS[pair[0]]} == set()
    assert set(USUAL) == set(itertools.product(QUESTIONS["days"], QUESTIONS["tried"]))


def test_answers_are_in_no_address_and_kept_by_no_cache(visitor):
    for page in go_through(visitor, danger="thoughts", withdrawal="daily", home="hurt")[1:]:
        address = page.response.request.path
        assert re.fullmatch(r"/self-check/[\w-]+", address)
        assert not re.search("thoughts|daily|hurt", address)
        assert page.response.headers["Cache-Control"] == "no-store"
        assert page.heading == "Is it right for me?", "nor in the title that a browser remembers"


def test_help_is_read_once_for_each_danger():
    check = Check().answered("thoughts")
    assert check.stop == "thoughts"
    check = check.gone_on().answered("daily")
    assert check.stop == "withdrawal"
    assert check.gone_on().answered("hurt").stop == "hurt"


@pytest.mark.parametrize("address", ["/self-check/cut-short", "/self-check/{results}"])
def test_an_address_that_is_not_ours_is_closed(visitor, address):
    from tests.web.conftest import FORM

    results = visitor.post("/find", FORM).response.request.path.rpartition("/")[2]
    visitor.get(address.format(results=results), status=410)


def test_an_address_of_the_self_check_opens_no_results(visitor):
    page = answer(visitor, visitor.get("/self-check"), "no")
    visitor.get(f"/results/{page.response.request.path.rpartition('/')[2]}", status=410)


def test_an_answer_that_is_no_choice_is_refused(visitor):
    visitor.post("/self-check", {"answer": "<b>perhaps</b>"}, status=422)
