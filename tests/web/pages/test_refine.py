"""The answers above the results: each can be taken away, made a must-have, or not; in another order."""

from dataclasses import replace

import pytest

from directory.matching.outcome import Relax
from tests.support.page import said
from tests.web.conftest import FORM
from tests.web.pages.test_pages import SOME, results


def button(page, words):
    """Name and value of the one button that says this."""
    (found,) = [
        one
        for one in page.read.all("button")
        if words == (one.attributes.get("aria-label") or said(one.text))
    ]
    return {found.attributes["name"]: found.attributes["value"]}


def press(visitor, page, words):
    """Press it, as a browser without scripts does."""
    (sealed,) = {*page.form("/refine")["sealed"]}
    return visitor.post("/refine", {"sealed": sealed, **button(page, words)})


def labels(page):
    """The words of the chips."""
    return [
        said(one.text)
        for one in page.read.all("span")
        if one.parent is not None and one.parent.attributes.get("class") == "chip"
    ]


def test_every_need_that_was_stated_is_a_chip(visiting):
    page = results(
        visiting(SOME), within="15", pay="medi-cal", age="34", lang="es", q="panic",
        populations=["women"], start_by="2026-12-10", need=["mh", "ed"],
    )  # fmt: skip
    assert labels(page) == [
        "I work 9 to 5",
        "Within 15 miles of 91101",
        "By car",
        "Medi-Cal",
        "Age 34",
        "Mental health",
        "Eating",
        "Group in Spanish",
        "Women",
        "Start by Dec 10",
        "“panic”",
    ]


def test_a_chip_is_turned_from_must_to_nice_and_back(visiting):
    visitor = visiting(SOME)
    page = results(visitor, pay="medi-cal")
    page = press(visitor, page, "Nice to have: Medi-Cal. Press to make it a must-have.")
    page = press(visitor, page, "Must have: Medi-Cal. Press to make it nice to have.")
    assert button(page, "Nice to have: Medi-Cal. Press to make it a must-have.")


def test_what_was_made_nice_stays_nice_when_the_form_is_sent_again(visiting):
    """The form makes what you need help with a must-have by itself; not after you said otherwise."""
    visitor = visiting(SOME)
    page = press(
        visitor,
        results(visitor),
        "Must have: Mental health. Press to make it nice to have.",
    )
    form = visitor.get(page.link("Change my answers")).form("/find")
    again = visitor.post("/find", {name: values for name, values in form.items() if any(values)})
    assert button(again, "Nice to have: Mental health. Press to make it a must-have.")


def test_a_chip_is_taken_away(visiting):
    visitor = visiting(SOME)
    page = press(visitor, results(visitor, pay="medi-cal"), "Remove: Medi-Cal")
    assert labels(page) == ["Near 91101", "I work 9 to 5", "By car", "Mental health"]


def test_a_plan_of_the_kind_that_was_picked_is_asked_for_and_stays_with_it(visiting):
    visitor = visiting(SOME)
    page = results(visitor, pay="medi-cal", plan="la-care")
    assert "L.A. Care" in labels(page)
    page = press(visitor, page, "Remove: By car")
    form = visitor.get(page.link("Change my answers")).form("/find")
    assert (form["pay"], form["plan"]) == (["medi-cal"], ["la-care"])


def test_how_one_comes_is_neither_must_nor_nice(visiting):
    page = results(visiting(SOME))
    said_of = {
        one.attributes["name"]
        for one in page.read.all("button")
        if "By car" in (one.attributes.get("aria-label") or "")
    }
    assert said_of == {"drop"}


def test_the_programs_can_stand_in_another_order(visiting):
    visitor = visiting(SOME)
    page = press(visitor, results(visitor), "Nearest")
    (now,) = [one for one in page.read.all("button") if "aria-current" in one.attributes]
    assert said(now.text) == "Nearest"
    assert labels(page) == ["Near 91101", "I work 9 to 5", "By car", "Mental health"]


def test_a_change_leads_back_to_where_it_was_pressed(visiting):
    visitor = visiting(SOME)
    page = results(visitor)
    (sealed,) = {*page.form("/refine")["sealed"]}
    for change, at in (({"drop": "week:"}, "#answers"), ({"sort": "soonest"}, "#order")):
        answer = visitor._client.post("/refine", data={"sealed": sealed, **change})
        assert (answer.status_code, answer.location[-len(at) :]) == (303, at)
        assert f'id="{at[1:]}"' in page.html


@pytest.mark.parametrize("change", [{"must": "price"}, {"sort": "price"}, {"colour": "red"}])
def test_a_change_we_do_not_know_is_refused_by_name(visiting, change):
    visitor = visiting(SOME)
    (sealed,) = {*results(visitor).form("/refine")["sealed"]}
    page = visitor.post("/refine", {"sealed": sealed, **change}, status=422)
    assert next(iter(change.values())) in page.text or next(iter(change)) in page.text


def test_a_place_the_browser_rounded_has_no_numbers(visiting):
    page = visiting(SOME).post("/find", {**FORM, "place": "34.15,-118.14"})
    assert labels(page)[0] == "Near where I am"


def test_hours_to_free_are_offered_and_the_week_is_widened_by_just_these(visiting):
    also = {"also_free": [{"day": "tue", "start": "16:45", "end": "17:00"}]}
    relax = (Relax("schedule", also, 4), Relax("schedule", {"free_minutes": 15}, 4))
    visitor = visiting(replace(SOME, relax=relax))
    page = results(visitor)
    assert "If you were free Tue, 4:45 to 5 pm 4 more" in page.text
    assert "Free up to" not in page.text
    wider = visitor.get(page.link("If you were free Tue"))
    form = visitor.get(wider.link("Change my answers")).form("/find")
    assert (form["week"], form["from-mon"], form["from-tue"]) == (["own"], ["17:00"], ["16:45"])
    assert (form["to-tue"], form["from-sat"]) == (["22:00"], ["07:00"])
