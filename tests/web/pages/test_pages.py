from dataclasses import replace

import pytest

from directory.catalog.program import License, PayerAcceptance
from directory.catalog.schedule import Session
from directory.matching.outcome import Conflict, FirstGroup, Relax, ScheduleAnswer, Understood
from directory.matching.week import Interval
from directory.places.place import AmbiguousPlace, UnknownPlace
from tests.support.outcomes import (
    FEDERAL,
    INVENTED,
    MON,
    PASADENA,
    TEXAS,
    THU,
    TODAY,
    TUE,
    WED,
    listing,
    match,
    need_answer,
    outcome,
    sessions,
    track,
)
from tests.web.conftest import FORM

LAMPLIGHT = listing("Lamplight Evening Program", track(*sessions(MON, WED, THU)), source=INVENTED)
GAADS = listing("Glendale Adult Services", track(Session(count=3, start=1110, end=1290)))
SPARROW = listing("Sparrow Hill", source=FEDERAL, level_evidence="suggested")
QUIET_OAK = listing("Quiet Oak", track(*sessions(TUE, start=1050, end=1230)))
FITS = match(LAMPLIGHT, ScheduleAnswer("fits"))
ASK = match(GAADS, ScheduleAnswer("cannot_tell", ask=("days",)))
MISS = match(
    QUIET_OAK,
    ScheduleAnswer("misses", 15, (Conflict(TUE, 1050, 1230, 15),), (Interval(TUE, 1035, 1050),)),
)
SOME = outcome(FITS, ASK, MISS)


def results(visitor, **fields):
    return visitor.post("/find", {**FORM, **fields})


@pytest.mark.parametrize("address", ["/", "/guide", "/about/ranking", "/about/data"])
def test_every_page_keeps_the_house_rules(visiting, address):
    visiting(SOME).get(address)


def test_results_stand_in_order_of_certainty(visiting):
    page = results(visiting(SOME))
    assert page.heading == "1 program fits your week"
    assert page.text.index("Lamplight") < page.text.index("Ask them") < page.text.index("Glendale")
    assert "They do not publish their days." in page.text


def test_words_that_were_put_right_are_told(visiting):
    read = Understood(spelling=(("<b>anxeity", "anxiety"), ("panic", "panic")))
    page = results(visiting(outcome(FITS, understood=read)))
    assert "You wrote “<b>anxeity”. We looked for “anxiety”." in page.text
    assert page.text.count("You wrote") == 1


def test_programs_that_clash_are_shown_on_request_with_the_minutes(visiting):
    visitor = visiting(SOME)
    page = results(visitor)
    assert "Quiet Oak" not in page.text
    shown = visitor.get(page.link("Show 1 that clashes"))
    assert "Misses by 15 minutes on Tue." in shown.text
    assert "It would fit if you were free Tue, 5:15 to 5:30 pm." in shown.text


def test_an_example_is_called_one_beside_its_name(visiting):
    visitor = visiting(SOME)
    page = results(visitor)
    (link,) = [one for one in page.read.all("h3") if "Lamplight" in one.text]
    assert link.text.strip().endswith("Example")
    assert "Example" in visitor.get(page.link("Lamplight")).read.all("h1")[0].text


def test_the_criteria_are_in_no_address_of_the_results(visiting):
    page = results(visiting(SOME), q="grief after divorce")
    assert page.response.headers["Cache-Control"] == "no-store"
    asked = [one.attributes.get("href") or "" for one in page.read.all("a")]
    assert not [one for one in asked if "91101" in one or "grief" in one or "nine" in one]


def test_a_chip_removes_itself_and_the_form_remembers(visiting):
    visitor = visiting(SOME)
    page = results(visitor, pay="medi-cal")
    (sealed,) = {*page.form("/refine")["sealed"]}
    without = visitor.post("/refine", {"sealed": sealed, "drop": "payer:medi-cal"})
    assert "Medi-Cal" not in without.text
    assert "I work 9 to 5" in without.text
    form = visitor.get(without.link("Change my answers")).form("/find")
    assert form["place"] == ["91101"]
    assert form["week"] == ["nine"]
    assert "pay" not in form


def test_change_my_answers_fills_the_form_in_as_it_was(visiting):
    visitor = visiting(SOME)
    sent = {
        **FORM, "week": "own", "free": ["mon-evening", "sat-morning"], "q": "panic", "age": "34",
        "lang": "es", "pay": "plan", "plan": "kaiser", "within": "15", "from-tue": "17:15", "to-tue": "21:00",
    }  # fmt: skip
    form = visitor.get(visitor.post("/find", sent).link("Change my answers")).form("/find")
    for name, value in sent.items():
        assert sorted(form[name]) == sorted(value if isinstance(value, list) else [value]), name


def test_a_painted_week_needs_no_second_tick(visiting):
    visitor = visiting(SOME)
    page = visitor.post("/find", {"place": "91101", "free": ["mon-evening"]})
    assert "My own week" in page.text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"week": "own"}, "Your week has no free hour yet."),
        ({"q": "x" * 501}, "Use at most 500 letters."),
        ({"age": "old"}, "Type the age as a number, like 34."),
        ({"week": "fortnight"}, "We could not read your week."),
        ({"colour": "red"}, "We could not read “colour”."),
        ({"within": "-3"}, "We could not read “-3”."),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost(visiting, fields, told):
    page = visiting(SOME).post("/find", {**FORM, **fields}, status=422)
    assert told in page.text
    form = page.form("/find")
    assert form["place"] == ["91101"]
    assert form["need"] == ["mh"]


def test_an_ambiguous_place_is_asked_for_and_keeps_the_other_answers(visiting):
    places = AmbiguousPlace("Pasadena", (replace(PASADENA, name="Pasadena, CA"), TEXAS))
    page = visiting(places).post("/find", FORM | {"place": "Pasadena"}, status=422)
    assert "Which “Pasadena” do you mean?" in page.text
    assert page.links("Pasadena, CA")
    assert page.links("Pasadena, TX")
    assert page.form("/find")["week"] == ["nine"]


def test_an_unknown_place_is_answered_with_suggestions(visiting):
    page = visiting(UnknownPlace("Passadena", "not_found", (PASADENA,))).post(
        "/find", FORM, status=422
    )
    assert "We could not find “Passadena”" in page.text
    assert page.link("Pasadena, CA 91101").startswith("/results/")


def test_nothing_found_says_what_would_help_and_whom_to_call(visiting):
    relax = (Relax("near", {"within_miles": 15.0}, 3), Relax("payer", {"must": False}, 2))
    nothing = outcome(relax=relax, counts={"fits": 0, "cannot_tell": 0, "misses": 0}, looked_at=9)
    page = results(visiting(nothing))
    assert page.heading == "No program fits all of this yet"
    assert "You did nothing wrong." in page.text
    assert "15 miles instead of 10" in page.text
    assert page.links("Call 800-854-7771")


def test_words_of_danger_put_help_before_the_programs(visiting):
    page = results(visiting(outcome(FITS, understood=Understood(help_first=True))))
    assert page.text.index("Call or text 988") < page.text.index("1 program fits")


def test_the_words_searched_for_are_marked_and_the_rest_is_text(visiting):
    line = (("Groups for ", False), ("panic", True), (" & <b>more</b>", False))
    page = results(visiting(outcome(replace(FITS, highlight=line))))
    assert "Groups for <mark>panic</mark> &amp; &lt;b&gt;more&lt;/b&gt;" in page.html


@pytest.mark.parametrize(("kind", "named"), [
    ("detox", "detox (safe withdrawal)"), ("inpatient", "a hospital stay"), ("daily methadone clinic", "a daily methadone clinic"),
])  # fmt: skip
def test_care_we_do_not_list_is_named_and_the_county_line_can_be_asked(visiting, kind, named):
    page = results(visiting(outcome(FITS, understood=Understood(out_of_scope=kind))))
    assert f"You wrote about {named}. We list intensive outpatient programs only." in page.text
    assert "You can ask the county line about that care. 800-854-7771" in page.text


def test_a_county_line_for_mind_and_drugs_is_not_named_for_other_care(visiting):
    page = results(visiting(outcome(FITS, understood=Understood(out_of_scope="dentist"))))
    assert "You wrote about a dentist. We list intensive outpatient programs only." in page.text
    assert "You can ask the county line" not in page.text


@pytest.mark.parametrize("kind", ["emergency room", "urgent care"])
def test_an_emergency_is_sent_to_911_before_anything_else(visiting, kind):
    page = results(visiting(outcome(FITS, understood=Understood(out_of_scope=kind))))
    assert "If it is an emergency, call 911 or go to the nearest emergency room." in page.text
    assert "You can ask the county line" not in page.text


def test_what_was_typed_is_shown_as_text_and_never_as_markup(visiting):
    page = results(visiting(SOME), q="<script>alert(1)</script>")
    assert "<script>alert" not in page.html
    assert "<script>alert(1)" in page.text


def test_a_link_to_share_is_made_on_purpose_and_says_what_it_tells(visiting):
    visitor = visiting(SOME)
    page = visitor.get(results(visitor, pay="medi-cal").link("Copy a link to share"))
    assert "can read your answers" in page.text
    assert "Medi-Cal" in page.text
    (link,) = page.read.all("textarea")
    again = visitor.get(link.text.removeprefix("http://127.0.0.1:8000"))
    assert again.heading == "1 program fits your week"
    assert "I work 9 to 5" in again.text


def test_an_unknown_parameter_of_a_shared_link_is_refused_by_name(visiting):
    page = visiting(SOME).get("/results?near=91101&colour=red", status=422)
    assert "We could not read “colour”." in page.text


def test_a_shared_link_is_read_with_what_other_sites_hang_on_it(visiting):
    hung = "fbclid=IwAR0&gclid=1&msclkid=2&igshid=3&utm_source=mail&utm_source=x&mc_cid=4&mc_eid=5"
    page = visiting(SOME).get(f"/results?near=91101&{hung}")
    assert page.heading == "1 program fits your week"


@pytest.mark.parametrize(
    ("slip", "question"),
    [
        ("age=old", "more"),
        ("free=mon-9-10", "when"),
        ("payer=no-such-plan", "pay"),
        ("colour=red", None),
        ("sort=fit&sort=distance", None),
        ("conditions=no-such-thing&must=nothing", "what"),
    ],
)
def test_a_shared_link_that_cannot_be_read_is_the_form_with_the_rest_filled_in(
    visiting, slip, question
):
    visitor = visiting(SOME)
    page = visitor.get(f"/results?near=91101&focus=mental_health&{slip}", status=422)
    form = page.form("/find")
    assert (form["place"], form["need"]) == (["91101"], ["mh"])
    assert question is None or f"#q-{question}" in page.links("")
    visitor.post("/find", {name: values for name, values in form.items() if any(values)})


def test_machines_are_still_told_of_every_name_that_they_made_up(client):
    assert client.get("/api/v1/programs?near=91101&fbclid=IwAR0").status_code == 422


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere", 404), ("/programs/nobody", 404), ("/results/cut-short", 410), ("/find", 405)],
)
def test_error_pages_keep_the_rules_and_show_help(visiting, address, status):
    page = visiting(SOME).get(address, status=status)
    assert page.links("Call 988")


def test_pages_turn_and_numbers_go_on(visiting):
    many = [
        match(listing(f"Program {n}", track(*sessions(MON))), ScheduleAnswer("fits"))
        for n in range(20)
    ]
    visitor = visiting(outcome(*many, total=45, counts={"fits": 45, "cannot_tell": 0, "misses": 0}))
    second = visitor.get(results(visitor).link("Show 20 more"))
    assert (
        next(one.text for one in second.read.all("span") if one.attributes.get("class") == "pin")
        == "21"
    )
    assert second.links("Back to the ones before")
    assert second.links("Show 5 more")


def test_a_program_page_asks_everything_it_does_not_know(visiting):
    page = visiting(outcome(match(SPARROW, first_group=FirstGroup(None, "unknown")))).get(
        "/programs/sparrow-hill"
    )
    for question in (
        "On which days does the group meet",
        "Is it an intensive outpatient program",
        "Which insurance do you take?",
        "How many weeks does it take?",
        "Do you have a place now?",
    ):
        assert question in page.text
    assert "From a federal list of 2024. Call to check." in page.text


def test_a_program_is_shown_against_a_week_only_if_its_address_carries_one(visiting):
    visitor = visiting(SOME)
    assert "You are free" not in visitor.get("/programs/glendale-adult-services").text
    own = visitor.get(results(visitor).link("Glendale Adult Services"))
    assert "Your week and theirs" in own.text
    assert "You are free" in own.text
    assert own.response.headers["Cache-Control"] == "no-store"


def test_payers_and_licenses_are_told_with_their_source(visiting):
    permit = License("California DHCS", "190012AP", "Certified", TODAY.replace(year=2025))
    one = listing(
        "Lamplight",
        track(*sessions(MON)),
        payers=(PayerAcceptance("medi-cal", "in"), PayerAcceptance("private-insurance", "unknown")),
        licenses=(permit,),
    )
    page = visiting(outcome(match(one))).get("/programs/lamplight")
    assert "Takes Medi-Cal" in page.text
    assert "Takes private insurance. Ask if it is in network." in page.text
    assert "190012AP" in page.text
    assert "This day is past." in page.text
    assert "probation" in page.text
    assert "Their website, Nov 23, 2026" in page.text


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (need_answer("payer", "kaiser", "yes"), "Kaiser Permanente, in network"),
        (
            need_answer("payer", "kaiser", "unknown", "class_only"),
            "Takes private insurance. Ask about yours.",
        ),
        (need_answer("payer", "kaiser", "unknown"), "Kaiser Permanente: they do not say. Ask."),
        (need_answer("payer", "self-pay", "yes"), "I pay myself"),
        (
            need_answer("level_of_care", "iop", "unknown", "suggested"),
            "Their list suggests an IOP. Ask.",
        ),
        (need_answer("level_of_care", "iop", "unknown", "outpatient"), "Ask if they run an IOP."),
        (need_answer("languages", "es", "yes", "staff"), "Staff who speak Spanish"),
        (need_answer("age", "34", "yes"), "Age 34"),
        (need_answer("mode", "in_person|virtual", "yes"), "In person or By video"),
    ],
)
def test_each_answer_is_said_in_words(visiting, answer, told):
    assert told in results(visiting(outcome(replace(FITS, answers=(answer,))))).text


def test_the_receipt_shows_points_of_the_most_there_could_be(visiting):
    page = results(visiting(SOME))
    assert "Fits your week 40 of 40" in page.text
    assert "Total 56 of 60" in page.text


def test_static_files_are_kept_for_good_under_an_address_of_their_content(visiting):
    visitor = visiting(SOME)
    page = visitor.get("/")
    (sheet,) = [
        one.attributes["href"]
        for one in page.read.all("link")
        if one.attributes["rel"] == "stylesheet"
    ]
    found = visitor.raw(sheet, headers={"Accept-Encoding": "gzip"})
    assert "immutable" in found.headers["Cache-Control"]
    assert len(found.data) <= 8 * 1024
    assert visitor.raw(sheet.replace(".css", "0.css")).status_code == 404


def test_the_process_and_the_generation_are_told_apart(visiting):
    visitor = visiting(SOME)
    assert visitor.raw("/healthz").text == "ok\n"
    assert visitor.raw("/readyz").text == "ready: 120 programs, gen-00000001\n"
