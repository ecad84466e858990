"""Compare: up to four on one week; the shortlist in the address only; nothing of the person in a link."""

import re
from dataclasses import replace

import pytest

from directory.catalog.program import PayerAcceptance, Span
from directory.catalog.schedule import Session
from directory.matching.outcome import FirstGroup, Relax, ScheduleAnswer
from directory.places.place import UnknownPlace
from tests.support.outcomes import (
    INVENTED,
    MON,
    PASADENA,
    THU,
    TUE,
    WED,
    listing,
    match,
    outcome,
    sessions,
    track,
)
from tests.web.conftest import FORM

EVENING = match(
    listing("Lamplight", track(*sessions(MON, WED, THU)), weeks=Span(8, 8), source=INVENTED),
    ScheduleAnswer("fits", weekly_span_minutes=540),
)
EARLY = match(
    listing("Quiet Oak", track(*sessions(TUE, start=990, end=1170)), services=("cbt",)),
    ScheduleAnswer("misses", 15, weekly_span_minutes=180),
)
OPEN = match(
    listing("Blue Door", track(Session(count=3, part_of_day="evening"))),
    ScheduleAnswer("cannot_tell", ask=("days", "times")),
)
SILENT = replace(
    match(listing("Sparrow Hill")), track=None, first_group=FirstGroup(None, "unknown")
)
FIFTH = match(
    listing("Fifth House", track(*sessions(MON)), payers=(PayerAcceptance("medi-cal", "in"),))
)
ALL = outcome(EVENING, EARLY, OPEN, SILENT, FIFTH)
FOUR = "p=lamplight&p=quiet-oak&p=blue-door&p=sparrow-hill"


@pytest.fixture
def for_a_week(visiting):
    """A visitor who told their week, and the sealed answers."""
    visitor = visiting(ALL)
    sealed = visitor.post("/find", FORM).link("Change my answers").rpartition("/")[2]
    return visitor, sealed


def row(page, label):
    """The cells of one row, as read."""
    (head,) = [one for one in page.read.all("th") if one.text.strip() == label]
    cells = [one for one in page.read.all("td") if one.parent is head.parent]
    return [" ".join(one.text.split()) for one in cells]


def test_four_programs_stand_on_one_week(for_a_week):
    visitor, sealed = for_a_week
    page = visitor.get(f"/compare?{FOUR}&for={sealed}")
    assert page.heading == "4 programs, side by side"
    assert "A fits your week." in page.text
    assert "A: Group 6 to 9 pm. Fits." in page.text
    assert "B: Group 4:30 to 7:30 pm. Misses by" in page.text
    assert "C: Could be this day. Ask." in page.text
    assert "D: We know no day or hour of their week." in page.text


def test_what_is_not_known_is_asked_for_and_never_a_no(for_a_week):
    visitor, sealed = for_a_week
    page = visitor.get(f"/compare?{FOUR}&for={sealed}")
    assert row(page, "How long") == ["8 weeks", *["Not known: Ask"] * 3]
    assert row(page, "What they offer")[1] == "Cognitive behavioral therapy (CBT)"
    assert row(page, "Time in groups")[0] == "9 hours a week"
    assert row(page, "First group")[3].startswith("Not known:")
    assert "No:" in row(page, "Your week")[1]


def test_without_a_week_nothing_is_said_to_fit(visiting):
    page = visiting(ALL).get(f"/compare?{FOUR}")
    assert row(page, "When they meet")[0] == "Meets: Mon, Wed, Thu, 6 to 9 pm"
    assert "fit" not in page.text.replace("show if it fits", "")
    assert "You are free" not in page.text


def test_a_fifth_is_left_out_by_name_and_a_gone_one_is_told(visiting):
    page = visiting(ALL).get(f"/compare?{FOUR}&p=fifth-house&p=nowhere&p=lamplight")
    assert page.heading == "4 programs, side by side"
    assert "These are left out: Fifth House." in page.text
    assert "1 program is no longer listed." in page.text


def test_a_program_is_taken_away_by_its_link(visiting):
    visitor = visiting(ALL)
    page = visitor.get("/compare?p=lamplight&p=quiet-oak")
    rest = visitor.get(page.link("Take away Lamplight"))
    assert rest.heading == "One program"
    none = visitor.get(rest.link("Take away Quiet Oak"))
    assert none.heading == "Compare programs"


def test_an_empty_list_says_how_to_fill_it(visiting):
    assert "Press Keep beside up to 4 programs" in visiting(ALL).get("/compare").text


def test_programs_are_kept_on_the_results_and_carried_back(for_a_week):
    visitor, sealed = for_a_week
    page = visitor.get(f"/results/{sealed}")
    boxes = [one for one in page.read.all("input") if one.attributes.get("form") == "compare"]
    assert {one.attributes["value"] for one in boxes} >= {"lamplight", "blue-door"}
    assert page.form("/compare")["for"]
    compared = visitor.get(f"/compare?p=lamplight&p=quiet-oak&for={sealed}")
    again = visitor.get(compared.link("Add another program"))
    ticked = [one for one in again.read.all("input") if "checked" in one.attributes]
    assert [one.attributes["value"] for one in ticked] == ["lamplight"]
    assert again.form("/compare")["p"] == ["quiet-oak"], "one that is not on this page is kept too"


def test_a_program_page_adds_itself_to_what_is_kept(for_a_week):
    visitor, sealed = for_a_week
    first = visitor.get(f"/programs/lamplight?for={sealed}").link("Keep and compare")
    assert first == f"/compare?p=lamplight&for={sealed}"
    page = visitor.get(visitor.get(first).links("Lamplight")[0])
    assert page.link("Compare the ones I keep") == first
    second = visitor.get(f"/programs/quiet-oak?p=lamplight&for={sealed}")
    assert (
        second.link("Compare the ones I keep") == f"/compare?p=lamplight&p=quiet-oak&for={sealed}"
    )


def test_the_link_to_share_names_programs_and_nothing_of_the_person(for_a_week):
    visitor, sealed = for_a_week
    page = visitor.get(f"/compare?{FOUR}&for={sealed}")
    (link,) = [one.text for one in page.read.all("textarea")]
    assert link == f"http://127.0.0.1:8000/compare?{FOUR}"
    assert sealed not in link


def test_no_cache_keeps_a_shortlist(visiting):
    page = visiting(ALL).get(f"/compare?{FOUR}")
    assert page.response.headers["Cache-Control"] == "no-store"


def test_an_example_is_called_one_here_too(visiting):
    page = visiting(ALL).get("/compare?p=lamplight")
    (name,) = [one for one in page.read.all("li") if "Lamplight" in one.text]
    assert "Example" in name.text


KEPT = "p=lamplight&p=quiet-oak"
TO_PROGRAMS = re.compile(r"/(results|programs|change|share)/")


def test_programs_that_are_kept_go_along_with_every_link_of_the_results(visiting):
    """Other programs, a wider search, another page, the form: none of it is a reason to choose anew."""
    some = replace(ALL, relax=(Relax("near", {"within_miles": 15.0}, 3),), total=60)
    visitor = visiting(some)
    sealed = visitor.post("/find", FORM).link("Change my answers").rpartition("/")[2]
    page = visitor.get(f"/results/{sealed}?{KEPT}")
    links = [one.attributes["href"] or "" for one in page.read.all("a")]
    ours = [link for link in links if TO_PROGRAMS.search(link)]
    assert len(ours) > 6
    assert [link for link in ours if KEPT not in link] == []
    program = visitor.get(next(link for link in ours if "/programs/" in link))
    assert KEPT in program.link("Back to your programs")
    assert KEPT in visitor.get(page.link("Copy a link to share")).link("Back to your programs")


def test_no_programs_kept_leave_no_trace_in_addresses(for_a_week):
    visitor, sealed = for_a_week
    page = visitor.get(f"/results/{sealed}")
    assert "p=" not in "".join(one.attributes["href"] or "" for one in page.read.all("a"))


@pytest.mark.parametrize("change", [{"drop": "travel_by:car"}, {"sort": "soonest"}])
def test_programs_that_are_kept_outlast_a_change_in_place(for_a_week, change):
    visitor, sealed = for_a_week
    fields = visitor.get(f"/results/{sealed}?{KEPT}").form("/refine")
    sent = {"sealed": fields["sealed"][0], "p": list(dict.fromkeys(fields["p"])), **change}
    assert KEPT in visitor.raw("/refine", method="POST", data=sent).location


def test_programs_that_are_kept_outlast_the_form_and_its_slips(for_a_week):
    visitor, sealed = for_a_week
    form = visitor.get(f"/change/{sealed}?{KEPT}").form("/find")
    sent = {name: values for name, values in form.items() if any(values)}
    page = visitor.post("/find", {**sent, "age": "old"}, status=422)
    assert KEPT in page.link("Español").replace("&amp;", "&")
    again = {name: values for name, values in page.form("/find").items() if any(values)}
    assert KEPT in visitor.raw("/find", method="POST", data={**again, "age": "34"}).location


def test_programs_that_are_kept_outlast_the_question_where(visiting):
    finds_none = visiting(UnknownPlace("Passadena", "not_found", (PASADENA,)))
    page = finds_none.post("/find", {**FORM, "p": ["lamplight", "quiet-oak"]}, status=422)
    assert KEPT in page.link("Pasadena, CA 91101")
    assert page.form("/find")["p"] == ["lamplight", "quiet-oak"]
