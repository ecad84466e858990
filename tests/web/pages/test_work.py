import re
from dataclasses import replace

import pytest

from directory.catalog.program import Span
from directory.catalog.schedule import Session
from directory.catalog.whereabouts import Gone, Whereabouts
from directory.matching.outcome import ScheduleAnswer
from tests.support.outcomes import MON, NOW, TUE, WED, listing, match, outcome, sessions, track

DAY_GROUP = {"group-from-tue": "09:00", "group-to-tue": "14:00", "group-from-wed": "09:00", "group-to-wed": "12:00",
             "group-from-fri": "09:00", "group-to-fri": "14:00"}  # fmt: skip
EVENINGS = {"group-from-mon": "18:00", "group-to-mon": "21:00"}
MORNING = listing(
    "Morning Group", track(*sessions(MON, TUE, WED, start=540, end=720)), weeks=Span(6, 6)
)


@pytest.fixture
def visitor(visiting):
    return visiting(outcome(match(MORNING, ScheduleAnswer("misses", 540))))


def count(visitor, status=200, **fields):
    """The form as it stands, with these fields changed, sent."""
    usual = {name: values[0] for name, values in visitor.get("/work").form("/work").items()}
    return visitor.post("/work", {**usual, **fields}, status=status)


def test_a_day_group_costs_a_worker_hours_pay_weeks_and_leave(visitor):
    page = count(visitor, **DAY_GROUP)
    assert "You would miss 13 hours of work a week." in page.text
    assert "Tue, Wed, Fri" in page.text
    assert (
        "That is 33% of a week of 40 hours." in page.text
        or "That is 32% of a week of 40 hours." in page.text
    )
    assert "Over 6 to 10 weeks it is 78 hours to 130 hours." in page.text
    assert "12 weeks of leave are 480 hours of your work." in page.text
    assert re.search(r"This would use 16% to 27% of it\.", page.text)


def test_an_evening_group_costs_no_work(visitor):
    assert "You would miss no work." in count(visitor, **EVENINGS).text


def test_the_way_there_counts_and_a_video_group_has_none(visitor):
    early = {"group-from-mon": "17:15", "group-to-mon": "20:00", "travel": "30"}
    assert "You would miss 15 minutes of work a week." in count(visitor, **early).text
    assert "You would miss no work." in count(visitor, **early, how="virtual").text


def test_a_program_is_taken_by_its_address_and_its_weeks_count(visitor):
    page = visitor.get("/work?program=morning-group")
    assert "We take the hours of Morning Group." in page.text
    sent = {name: values[0] for name, values in page.form("/work").items()}
    answered = visitor.post("/work", sent)
    assert "You would miss 9 hours of work a week." in answered.text
    assert "Over 6 weeks it is 54 hours." in answered.text


@pytest.mark.parametrize(
    ("weeks", "in_all", "share"),
    [
        (Span(6, None), "Over 6 weeks or more it is at least 54 hours.", "at least 11% of it."),
        (Span(None, 6), "Over up to 6 weeks it is at most 54 hours.", "at most 11% of it."),
    ],
)
def test_a_length_that_is_open_is_told_as_a_least_or_a_most(visiting, weeks, in_all, share):
    program = replace(MORNING.program, weeks=weeks)
    one = replace(MORNING, program=program)
    visitor = visiting(outcome(match(one, ScheduleAnswer("misses", 540))))
    form = visitor.get("/work?program=morning-group").form("/work")
    page = visitor.post("/work", {name: values[0] for name, values in form.items()})
    assert in_all in page.text
    assert share in page.text


def test_a_week_that_is_in_doubt_is_not_counted(visiting):
    doubtful = ScheduleAnswer("cannot_tell", ask=("sources",))
    visitor = visiting(outcome(match(MORNING, doubtful)))
    form = visitor.get("/work?program=morning-group").form("/work")
    page = visitor.post("/work", {name: values[0] for name, values in form.items()})
    assert "Two sources disagree about their days or hours." in page.text
    assert "One says: Mon to Wed, 9 am to noon. Ask which is right." in page.text
    assert "They do not publish all of their days" not in page.text


def test_hours_that_are_not_published_are_to_ask(visiting):
    unknown = listing("Quiet", track(Session(count=3)))
    visitor = visiting(outcome(match(unknown, ScheduleAnswer("cannot_tell"))))
    sent = {
        name: values[0] for name, values in visitor.get("/work?program=quiet").form("/work").items()
    }
    page = visitor.post("/work", sent)
    assert "We cannot tell yet." in page.text
    assert "Ask, then type them here." in page.text


@pytest.mark.parametrize(("size", "asked"), [
    ("under-5", []), ("5-24", ["CFRA", "FEHA"]), ("25-49", ["CFRA", "1025", "FEHA"]),
    ("50-up", ["FMLA", "CFRA", "1025", "FEHA"]), ("public", ["FMLA", "CFRA", "FEHA"]),
])  # fmt: skip
def test_laws_go_by_the_size_of_the_employer(visitor, size, asked):
    page = count(visitor, **DAY_GROUP, size=size)
    worth = [one.text for one in page.read.all("li") if "worth asking about" in one.text]
    assert [
        name for name in ("FMLA", "CFRA", "1025", "FEHA") if any(name in one for one in worth)
    ] == asked


def test_each_law_has_its_source_and_says_it_is_no_advice(visitor):
    text = visitor.get("/work").text
    assert "This is not legal advice." in text
    for source in (
        "US Department of Labor",
        "California Civil Rights Department",
        "California Labor Code 1025 to 1028",
    ):
        assert f"Source: {source}. Checked Nov 25, 2026." in text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"group-from-mon": "18:00"}, "Monday: give a start and an end"),
        ({"group-from-mon": "six", "group-to-mon": "nine"}, "Monday: give a start and an end"),
        ({}, "Type the hours of the group on at least one day."),
        ({**EVENINGS, "paid": "lots"}, "Type your paid hours a week as a number, like 40."),
        ({**EVENINGS, "travel": "500"}, "Type the minutes one way as a number, like 20."),
        ({**EVENINGS, "size": "huge"}, "Pick one of the choices."),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost(visitor, fields, told):
    page = count(
        visitor, status=422, **{"work-from-sat": "10:00", "work-to-sat": "14:00", **fields}
    )
    assert told in page.text
    assert page.form("/work")["work-from-sat"] == ["10:00"]


def test_a_week_without_work_is_asked_for(visitor):
    nothing = {
        f"work-{end}-{day}": ""
        for end in ("from", "to")
        for day in ("mon", "tue", "wed", "thu", "fri")
    }
    assert "Type your hours of work" in count(visitor, status=422, **EVENINGS, **nothing).text


def test_the_answer_can_be_changed_and_tells_nothing_in_its_address(visitor):
    page = count(visitor, **DAY_GROUP, paid="36", size="5-24")
    assert re.fullmatch(r"/work-hours/[\w-]+", page.response.request.path)
    assert page.response.headers["Cache-Control"] == "no-store"
    form = page.form("/work")
    assert (form["paid"], form["size"], form["group-to-tue"]) == (["36"], ["5-24"], ["14:00"])


@pytest.fixture
def gone(visitor):
    """Somebody who picked a program, typed hours, and meanwhile it was taken off."""
    page = visitor.get("/work?program=morning-group")
    sent = {name: values[0] for name, values in page.form("/work").items()}
    sent |= {"work-to-mon": "15:00"}
    answered = visitor.post("/work", sent).response.request.path
    off = Whereabouts("morning", "morning-group", 4, NOW, gone=Gone(None, None, "91101"))
    visitor._client.application.extensions["directory"].finder.moved = {"morning-group": off}
    return sent, answered


def test_hours_that_were_typed_outlast_the_program_they_were_for(visitor, gone):
    sent, answered = gone
    for page in (visitor.post("/work", sent, status=422), visitor.get(answered, status=422)):
        assert "This program is no longer listed." in page.text
        assert "Type the hours of the group on at least one day." in page.text
        form = page.form("/work")
        assert form["work-to-mon"] == ["15:00"]
        assert "program" not in form
    counted = visitor.post("/work", {**sent, **EVENINGS})
    assert "You would miss no work." in counted.text
    assert "This program is no longer listed." in counted.text


def test_a_link_to_the_hours_of_a_program_that_is_gone_opens_the_form(visitor, gone):
    page = visitor.get("/work?program=morning-group")
    assert "This program is no longer listed." in page.text
    assert "program" not in page.form("/work")


def test_another_language_keeps_what_could_not_be_read(visitor):
    page = count(visitor, status=422, **{"group-from-mon": "six", "work-to-mon": "15:00"})
    spanish = visitor.get(page.link("Español"), status=422)
    assert spanish.form("/es/work")["group-from-mon"] == ["six"]
    assert spanish.form("/es/work")["work-to-mon"] == ["15:00"]


def test_a_program_nobody_knows_is_not_found(visitor):
    visitor.get("/work?program=nobody", status=404)
