"""The first page: weeks that rotate, two free times a day, more to ask; nothing has to be answered twice."""

import re
from dataclasses import replace

import pytest

from directory.errors import NoGeneration
from directory.matching.outcome import Relax
from directory.web import needs
from directory.web.showing.chips import form_of
from tests.support.builders import VOCABULARIES
from tests.web.conftest import FORM
from tests.web.pages.test_pages import SOME
from tests.web.pages.test_refine import labels


def asked(visitor):
    """The last need the finder was asked for."""
    return visitor._client.application.extensions["directory"].finder.asked[-1]


def free(week, day, *hours):
    """True if the week is free in all these hours of a day."""
    return all(week.bits >> (day * 96 + hour * 4) & 15 == 15 for hour in hours)


def test_shifts_that_rotate_are_two_weeks_in_turn(visiting):
    visitor = visiting(SOME)
    page = visitor.post(
        "/find", {**FORM, "week": "rotates", "free": ["mon-evening"], "free2": ["tue-morning"]}
    )
    first, other = asked(visitor).weeks
    assert free(first, 0, 17, 20)
    assert not free(first, 1, 9)
    assert free(other, 1, 9, 11)
    assert not free(other, 0, 17)
    assert "My shifts rotate" in labels(page)


def test_a_second_painted_week_needs_no_tick_at_rotates(visiting):
    visitor = visiting(SOME)
    visitor.post("/find", {"place": "91101", "free": ["mon-evening"], "free2": ["mon-morning"]})
    assert len(asked(visitor).weeks) == 2


def test_my_own_week_with_a_second_one_painted_rotates(visiting):
    visitor = visiting(SOME)
    painted = {"week": "own", "free": ["mon-evening"], "free2": ["tue-morning"]}
    page = visitor.post("/find", {**FORM, **painted})
    assert len(asked(visitor).weeks) == 2
    assert visitor.get(page.link("Change my answers")).form("/find")["week"] == ["rotates"]


@pytest.mark.parametrize(
    "own", [{"free": ["mon-evening"]}, {"free2": ["sun-night"]}, {"from-tue": "18:00"}]
)
def test_a_week_that_was_picked_and_one_that_was_painted_are_asked_about(visiting, own):
    page = visiting(SOME).post("/find", {**FORM, **own}, status=422)
    assert "You picked a week and also painted one. Which do you mean?" in page.text
    assert page.links("You picked a week")[0] == "#q-when"
    form = page.form("/find")
    kept = {name: [value] if isinstance(value, str) else value for name, value in own.items()}
    assert {name: form[name] for name in own} == kept
    assert (form["week"], form["place"]) == (["nine"], ["91101"])


def test_a_rotating_week_that_is_never_free_is_asked_back(visiting):
    page = visiting(SOME).post(
        "/find", {**FORM, "week": "rotates", "free": ["mon-evening"]}, status=422
    )
    assert "Your week has no free hour yet." in page.text
    assert page.form("/find")["free"] == ["mon-evening"]


def test_a_day_may_have_two_free_times(visiting):
    visitor = visiting(SOME)
    hours = {"from-mon": "07:00", "to-mon": "09:00", "from2-mon": "17:00", "to2-mon": "22:00"}
    page = visitor.post("/find", {**FORM, "week": "own", **hours})
    (week,) = asked(visitor).weeks
    assert free(week, 0, 7, 8, 17, 21)
    assert not free(week, 0, 9, 16)
    form = visitor.get(page.link("Change my answers")).form("/find")
    assert {name: form[name] for name in hours} == {name: [at] for name, at in hours.items()}


def test_everything_that_was_asked_comes_back_with_the_form(visiting):
    visitor = visiting(SOME)
    sent = {
        **FORM, "week": "rotates", "free": ["mon-evening", "sat-morning"], "free2": ["sun-night"],
        "age": "34", "lang": "es", "mode": ["in_person", "virtual"], "populations": ["women", "veterans"],
        "start_by": "2026-12-10", "nice": ["focus"], "from2-tue": "17:15", "to2-tue": "21:00",
    }  # fmt: skip
    form = visitor.get(visitor.post("/find", sent).link("Change my answers")).form("/find")
    for name, value in sent.items():
        assert sorted(form[name]) == sorted(value if isinstance(value, list) else [value]), name


@pytest.mark.parametrize(
    "week",
    [
        {"busy": [{"day": "mon", "start": "09:00", "end": "17:00"}]},
        {"free": [{"day": "mon", "start": "22:00", "end": "02:00"}]},
        {
            "rotates": [
                {"free": [{"day": "mon", "start": "17:00", "end": "21:00"}]},
                {"free": [{"day": "tue", "start": "08:00", "end": "12:00"}]},
            ]
        },
    ],
)
def test_a_week_from_a_link_is_the_same_week_once_the_form_is_sent(week):
    """The form holds two free times a day, and whole parts of the other week: enough for these."""
    from werkzeug.datastructures import MultiDict

    body = {"near": "91101", "week": week}
    again = needs.from_form(MultiDict(form_of(body)), VOCABULARIES)
    before, after = (needs.read(one, VOCABULARIES).weeks for one in (body, again))
    assert after == before


@pytest.mark.parametrize(
    "link",
    [
        "within_miles=15",
        "within_miles=20.0",
        "within_miles=7.5",
        "travel_minutes=25.0&age=34.0",
        "focus=mental_health,co_occurring",
        "languages=es,ko",
        "payer=health-net-medi-cal",
    ],
)
def test_what_the_form_does_not_offer_is_asked_for_again_when_it_is_sent_again(visiting, link):
    visitor = visiting(SOME)
    page = visitor.get(f"/results?near=91101&level_of_care=iop&{link}")
    before = asked(visitor)
    form = visitor.get(page.link("Change my answers")).form("/find")
    visitor.post("/find", {name: values for name, values in form.items() if any(values)})
    after = asked(visitor)
    names = ("within_miles", "travel_minutes", "age", "focus", "languages", "payer")
    assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]


def test_a_wider_radius_from_the_results_stays_in_the_form(visiting):
    """What "Change one thing" brings is a number with a point."""
    visitor = visiting(replace(SOME, relax=(Relax("near", {"within_miles": 15.0}, 3),)))
    page = visitor.post("/find", {**FORM, "within": "10"})
    page = visitor.get(page.link("15 miles instead of 10"))
    assert visitor.get(page.link("Change my answers")).form("/find")["within"] == ["15"]


def test_any_language_is_any_language_though_a_link_named_two(visiting):
    visitor = visiting(SOME)
    page = visitor.get("/results?near=91101&languages=es,ko")
    form = visitor.get(page.link("Change my answers")).form("/find")
    visitor.post("/find", {**{n: v for n, v in form.items() if any(v)}, "lang": ""})
    assert asked(visitor).languages == ()


def test_a_distance_that_is_none_is_no_choice(visiting):
    page = visiting(SOME).post("/find", {**FORM, "within": "nan"}, status=422)
    assert page.form("/find")["within"] == [""]


def test_who_may_be_asked_about_can_be_named(visiting):
    visitor = visiting(SOME)
    page = visitor.post("/find", {**FORM, "mode": "virtual", "populations": "women"})
    need = asked(visitor)
    assert (need.mode, need.populations) == (("virtual",), ("women",))
    assert {"By video", "Women"} <= {*labels(page)}


def test_a_value_that_cannot_be_read_opens_the_question_it_belongs_to(visiting):
    page = visiting(SOME).post("/find", {**FORM, "start_by": "soon"}, status=422)
    assert "Pick a day, such as 2026-12-10." in page.text
    assert page.links("Pick a day")[0] == "#q-more"


def test_while_we_cannot_search_the_fault_is_ours_and_help_is_in_reach(visiting):
    page = visiting(NoGeneration("var")).post("/find", FORM, status=503)
    assert page.heading == "We cannot search just now. It is our fault, not yours."
    assert "LA County help can look for you." in page.text
    assert page.links("Call 800-854-7771")
    assert page.links("Try again")
    assert page.response.headers["Retry-After"]


@pytest.mark.parametrize("address", ["/", "/guide", "/compare"])
def test_every_page_has_the_script_of_the_way_out(app, client, address):
    """The first page has it in its own script."""
    page, assets = client.get(address).text, app.extensions["assets"]
    scripts = re.findall(r'<script type="module" src="/static/(js/\w+)\.\w+\.js"', page)
    assert any(b"data-leave" in assets[f"{name}.js"].body for name in scripts), scripts
