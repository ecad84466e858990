"""Many programs at once: what is shown is what is done, as one change, or nothing is."""

import re

import pytest

from tests.web.staff.curating import Curating

PREVIEW, APPLY = "/staff/bulk/preview", "/staff/bulk/apply"
KNOWN = {"how": "page", "url": "https://example.org/iop", "day": "2026-11-20"}
PASADENA = {"city": "Pasadena"}


@pytest.fixture(scope="module")
def curating(house, tmp_path_factory):
    """A home of this module's own: its acts touch many programs."""
    return Curating(house, tmp_path_factory.mktemp("bulk"))


def ids(curating, **wanted):
    """The ids of programs that are so."""
    return [one.program.id for one in curating.records.all() if all(
        {"city": one.site.address.city, "organization": one.organization.id}[name] == value
        for name, value in wanted.items())]  # fmt: skip


def largest(curating):
    """The organization with most programs near us, and its programs."""
    own = {}
    for one in curating.records.all():
        if not one.example:
            own.setdefault(one.organization.id, []).append(one.program.id)
    return max(own.items(), key=lambda item: (len(item[1]), item[0]))


def changes(curating):
    with curating.records.desk(write=False) as desk:
        return desk.newest()


def apply(desk, page, status=200, **fields):
    """Press the button of a preview."""
    return desk.post(APPLY, {**page.form(APPLY), **fields}, status)


def test_programs_are_picked_by_what_they_have_in_common(curating):
    desk = curating.curator()
    assert "Set one fact" not in desk.get("/staff/bulk").text
    page = desk.get("/staff/bulk?city=pasadena")
    assert f"{len(ids(curating, **PASADENA))} programs" in page.text
    organization, own = largest(curating)
    assert f"{len(own)} programs" in desk.get(f"/staff/bulk?organization={organization}").text
    counted = {}
    for name, values in page.form("/staff/bulk").items():
        counted[name] = values
    sources = [one.attributes["value"] for one in page.read.all("option")]
    assert "SAMHSA National Directory" in " ".join(sources)
    for asked in ("state=ca", "stale=openings&city=Pasadena", "finding=license_expired"):
        assert desk.get(f"/staff/bulk?{asked}").heading == "Many at once"
    assert "0 programs" in desk.get("/staff/bulk?state=ny").text


def test_facts_are_confirmed_as_one_change_that_is_taken_back_as_one(curating):
    desk, (organization, own) = curating.curator(), largest(curating)
    wanted = {"organization": organization, "act": "confirm"}
    assert desk.get(f"/staff/bulk/act?organization={organization}&act=confirm").status == 200
    before = {one: curating.listing(one).program.evidence["name"] for one in own}
    number = changes(curating)
    facts = ["program.name", "site.phone"]
    page = desk.post(PREVIEW, {**wanted, **KNOWN, "fact": facts})
    assert f"{len(own)} programs" in page.text
    assert "Only who says so, and the day, are new" in page.text
    assert changes(curating) == number
    page = apply(desk, page)
    assert "The change is kept" in page.text
    assert changes(curating) == number + 1
    for one in own:
        source = curating.listing(one).program.evidence["name"]
        assert (source.url, str(source.seen_on)) == (KNOWN["url"], KNOWN["day"])
    _, _, details = next(one for one in curating.acts()[::-1] if one[0] == "bulk_done")
    assert f'"programs":{len(own)}' in details.replace(" ", "")
    page = desk.post("/staff/record/undo", page.form("/staff/record/undo"))
    assert changes(curating) == number + 2
    assert {one: curating.listing(one).program.evidence["name"] for one in own} == before


def test_one_fact_is_set_for_all_programs_of_an_organization(curating):
    desk, (organization, own) = curating.curator(), largest(curating)
    address = f"/staff/bulk/act?organization={organization}&act=set&fact=program.ages"
    form = desk.get(address).form(PREVIEW)
    assert form["fact"] == ["program.ages"]
    typed = {**form, **KNOWN, "program.ages.min": "21", "program.ages.max": "99"}
    page = desk.post(PREVIEW, typed)
    assert page.text.count("put in") >= len(own)
    apply(desk, page)
    assert {curating.listing(one).program.ages.min for one in own} == {21}
    wrong = desk.post(PREVIEW, {**typed, "program.ages.min": "many"}, 422)
    assert "whole numbers" in wrong.text
    assert wrong.form(PREVIEW)["program.ages.max"] == ["99"]  # nothing typed is lost


def test_a_change_after_the_preview_is_told_and_the_new_preview_shown(curating):
    desk = curating.curator()
    wanted = {"organization": "example-lamplight-evening", "act": "set", "fact": "program.weeks"}
    typed = {**wanted, **KNOWN, "program.weeks.min": "6", "program.weeks.max": "9"}
    page = desk.post(PREVIEW, typed)
    curating.mend(desk, "program.attendance", program__attendance="All sessions, please.")
    number = changes(curating)
    again = apply(desk, page, 409)
    assert "The listings changed since you looked, so nothing was done" in again.text
    assert changes(curating) == number
    assert "The change is kept" in apply(desk, again).text
    forged = {"seen": "0" * 64, "program.weeks.min": "7"}
    assert apply(desk, desk.post(PREVIEW, {**typed, "program.weeks.min": "5"}), 409, **forged)
    assert changes(curating) == number + 1


def test_programs_are_taken_off_with_a_reason_and_come_back_together(curating):
    desk, gone = curating.curator(), ids(curating, organization="example-blue-door")
    wanted = {"organization": "example-blue-door", "act": "remove"}
    refused = desk.post(PREVIEW, wanted, 422)
    assert "Pick why" in refused.text
    (why,) = [one for one in refused.read.all("select") if "aria-invalid" in one.attributes]
    assert why.attributes["aria-describedby"] == "why-e1"
    assert "Pick why" in desk.post(PREVIEW, {**wanted, "why": "listed_twice"}, 422).text
    page = desk.post(PREVIEW, {**wanted, "why": "closed"})
    assert "It would be taken off" in page.text
    page = apply(desk, page)
    assert [curating.listing(one) for one in gone] == [None] * len(gone)
    desk.post("/staff/record/undo", page.form("/staff/record/undo"))
    assert None not in [curating.listing(one) for one in gone]


def test_what_is_asked_of_nobody_of_too_many_or_of_a_person_changes_nothing(curating):
    desk, number = curating.curator(), changes(curating)
    for wanted in ({}, {"state": "NY"}):
        sent = {**wanted, **KNOWN, "act": "confirm", "fact": "site.phone"}
        assert desk.post(PREVIEW, sent).heading == "Many at once"
        assert desk.post(APPLY, sent).heading == "Many at once"
    wanted = {**PASADENA, **KNOWN, "act": "confirm"}
    assert "Tick at least one fact" in desk.post(PREVIEW, wanted, 422).text
    assert (
        "address of the page"
        in desk.post(PREVIEW, {**wanted, "fact": "site.phone", "url": ""}, 422).text
    )
    wanted = {**PASADENA, **KNOWN, "act": "set", "fact": "program.attendance"}
    told = desk.post(
        PREVIEW, {**wanted, "program.attendance": "Ask for my daughter Maria Lopez"}, 422
    )
    assert "Nothing" not in told.heading
    assert desk.post(PREVIEW, {**wanted, "fact": "program.name"}, 200).heading == "Many at once"
    assert changes(curating) == number


def test_a_long_preview_is_turned_page_by_page_and_keeps_what_was_typed(curating):
    desk = curating.curator()
    page = desk.post(PREVIEW, {"state": "CA", **KNOWN, "act": "confirm", "fact": "program.name"})
    many = int(re.search(r"(\d+) programs", page.text)[1])
    assert many > 25
    shown = page.text.count("Only who says so")
    assert shown == 25
    form = {**page.form(PREVIEW), "at": "2"}
    turned = desk.post(PREVIEW, form)
    assert turned.text.count("Only who says so") == min(25, many - 25)
    assert turned.form(APPLY)["seen"] == page.form(APPLY)["seen"]
