"""The queues of curators: how much there is of each, and what closes an item."""

import json

import pytest

from directory.catalog.links import LinkChange, Pair
from directory.curation.importing import import_file
from directory.curation.proposals import Asked, propose
from directory.curation.publishing import keep_links
from tests.curation.builders import listing_file, organization, site
from tests.curation.builders import program as a_program
from tests.support.editing import EVENING

CURATING, BACK = "/staff/curating", "/staff/curating/links/back"
ASIDE, BRING_BACK = "/staff/curating/aside", "/staff/curating/aside/back"
PHONE = "626-795-0001"


@pytest.fixture(scope="module")
def filled(curating, house, tmp_path_factory):
    """The same with a real program that two pages and a list speak of, and nobody has called."""
    folder = tmp_path_factory.mktemp("files")

    def take(name, phone, **source):
        own = site(a_program("torn", level_of_care="iop"), id="torn-site", phone=phone)
        plain = listing_file(
            organization(own, id="torn-org", name="Torn House"), name=name, **source
        )
        path = folder / f"{name}.json"
        path.write_text(json.dumps(plain), encoding="utf-8")
        import_file(curating.records, house.vocabularies, "listing", path, clock=curating.watch)

    take("Torn website", "626-795-0000")
    take("Torn blog", PHONE)
    lists = curating.app.extensions["curating"].worklist.current(curating.records, 60)
    assert lists is not None
    return curating


def test_the_first_page_counts_every_queue_and_leads_to_it(filled):
    page = filled.curator().get(CURATING)
    for name in ("Reports", "Wishes of programs", "Conflicts", "Same place?", "Old facts"):
        assert f"{name}: " in page.text
    assert "Conflicts: 1" in page.text
    assert "counting" not in page.text
    for queue in ("reports", "wishes", "conflicts", "links", "findings", "old"):
        assert f"{CURATING}/{queue}" in page.html


def test_a_report_leads_to_the_fact_and_is_closed_with_what_came_of_it(filled):
    filled.report(EVENING, "phone", "Nobody answers after five.")
    desk = filled.curator()
    page = desk.get(f"{CURATING}/reports")
    assert "Nobody answers after five." in page.text
    assert page.link("Mend it").endswith(f"program={EVENING}&fact=site.phone")
    number = page.form(f"{CURATING}/reports")["number"][0]
    refused = desk.post(f"{CURATING}/reports", {"number": number}, 422)
    assert "Pick what came of it." in refused.text
    (at_its_item,) = [one for one in refused.read.all("select") if "aria-invalid" in one.attributes]
    assert at_its_item.attributes["aria-describedby"] == f"outcome-{number}-e1"
    fields = {"number": number, "outcome": "right"}
    assert "The report is closed." in desk.post(f"{CURATING}/reports", fields).text
    assert filled.reports() == []
    assert filled.acts()[-1] == ("report_closed", "report", '{"why":"right"}')
    again = desk.post(f"{CURATING}/reports", fields, 409)
    assert "Somebody else closed this report already." in again.text


def test_a_conflict_shows_both_values_and_is_settled_with_a_source(filled):
    desk = filled.curator()
    page = desk.get(f"{CURATING}/conflicts")
    assert "626-795-0000" in page.text
    assert PHONE in page.text
    assert "Torn blog" in page.text
    editor = desk.get(page.link(f"This is right {PHONE}"))
    assert editor.form("/staff/record/edit")["site.phone"] == [PHONE]
    filled.keep(desk, filled.look(desk, editor))
    listing = filled.listing("torn")
    assert (listing.site.phone, listing.site.rivals) == (PHONE, {})
    assert "Nothing waits here." in desk.get(f"{CURATING}/conflicts").text


def test_a_wish_is_compared_then_taken_over_or_left_out_with_a_reason(filled):
    listing, desk = filled.listing("torn"), filled.curator()
    with filled.records.desk() as opened:
        for name in ("Torn House IOP", "Torn Again"):
            asked = Asked("program", "name", name, json.dumps(filled.listing("torn").program.name))
            propose(opened, listing, asked, filled.watch(), "link")
        site_wish = Asked("site", "phone", "626-795-0002", json.dumps(listing.site.phone))
        propose(opened, listing, site_wish, filled.watch(), "link")
    page = desk.get(f"{CURATING}/wishes")
    assert "taken out: 626-795" in page.text
    form = page.form(f"{CURATING}/wishes")
    number, seen = form["number"][0], form["seen"][0]
    stale = desk.post(
        f"{CURATING}/wishes", {"number": number, "answer": "accept", "seen": '"x"'}, 409
    )
    assert "The listing changed while you looked." in stale.text
    done = desk.post(f"{CURATING}/wishes", {"number": number, "answer": "accept", "seen": seen})
    assert "The change is kept" in done.text
    assert filled.listing("torn").program.name == "Torn Again", "the newest wish of the two"
    left = done.form(f"{CURATING}/wishes")["number"][0]
    assert "Pick why" in desk.post(f"{CURATING}/wishes", {"number": left}, 422).text
    fields = {"number": left, "reason": "not_confirmed"}
    assert "The wish is left out." in desk.post(f"{CURATING}/wishes", fields).text
    assert [act for act, *_ in filled.acts()][-2:] == ["proposal_accepted", "proposal_rejected"]


def test_two_rows_are_said_to_be_two_places_remembered_and_taken_back(filled):
    seen = {"name": "Torn House", "city": "Pasadena", "phone": "626-795-0000"}
    other = {**seen, "phone": "626-795-0009"}
    with filled.records.desk() as opened:
        pair = Pair("site:torn-site", "site:example-lamplight", seen, other, "phone", "Same name", filled.watch())  # fmt: skip
        (number,) = keep_links(opened, LinkChange(filled.watch(), found=(pair,)))
    desk = filled.curator()
    page = desk.get(f"{CURATING}/links")
    assert "Why we ask: Same name" in page.text
    assert "626-795-0009" in page.text
    assert "differs" in page.text
    fields = {"number": str(number), "answer": "different"}
    done = desk.post(f"{CURATING}/links", fields)
    assert "Your answer is kept." in done.text
    assert "Nothing waits here." in done.text
    assert "Two places" in done.text, "what was answered last stays in reach"
    assert "Somebody" in desk.post(f"{CURATING}/links", {"number": "0", "answer": "same"}, 409).text
    desk.post(f"{CURATING}/links", fields, 409)
    back = desk.post(BACK, {"number": str(number)})
    assert "The answer is taken back." in back.text
    assert "Why we ask: Same name" in back.text, "the question is open again"
    assert [act for act, *_ in filled.acts()][-2:] == ["pair_answered", "pair_taken_back"]


def test_old_facts_and_findings_lead_to_the_editor_page_by_page(filled):
    desk = filled.curator()
    page = desk.get(f"{CURATING}/old")
    assert page.html.count("<article") == 25
    more = desk.get(page.link("Next page"))
    assert more.read.all("h2")[0].text != page.read.all("h2")[0].text
    assert "fact=program.tracks" in page.html
    findings = desk.get(f"{CURATING}/findings")
    assert "Everybody sees it" in findings.text
    assert desk.get(f"{CURATING}/old?at=99999").status == 200
    assert desk.get(f"{CURATING}/old?at=x").heading == "Old facts"


def test_a_finding_is_left_as_it_is_with_a_reason_until_the_listing_changes_and_put_back(filled):
    desk = filled.curator()
    first = desk.get(f"{CURATING}/findings")
    mark, name = first.form(ASIDE)["mark"][0], first.read.all("article")[0].text
    assert "Pick why it stays" in desk.post(ASIDE, {"mark": mark, "why": "bored"}, 422).text
    fields = {"mark": mark, "why": "right"}
    done = desk.post(ASIDE, fields)
    assert "It stays as it is." in done.text
    assert "The listing is right, until Nov 24, 2027" in done.text
    assert mark not in done.form(ASIDE)["mark"]
    assert filled.acts()[-1] == ("item_set_aside", "item", '{"why":"right"}')
    count = int(desk.get(CURATING).text.partition("Does not add up: ")[2].split("What")[0])
    assert count == len(first.form(ASIDE)["mark"]) - 1
    again = desk.post(BRING_BACK, {"mark": mark, "queue": "findings"})
    assert "It is back in its queue." in again.text
    assert again.read.all("article")[0].text == name
    assert desk.post(BRING_BACK, {"mark": mark, "queue": "findings"}, 409).status == 409
    assert (
        desk.post(ASIDE, {"mark": "none", "why": "right", "queue": "findings"}, 409).status == 409
    )


def test_what_is_done_on_a_page_of_a_queue_goes_on_there(filled):
    desk = filled.curator()
    page = desk.get(f"{CURATING}/old?at=2")
    form = {name: values[0] for name, values in page.form(ASIDE).items()}
    refused = desk.post(ASIDE, {**form, "why": ""}, 422)
    assert refused.form(ASIDE)["mark"][0] == form["mark"], "the item is still there"
    assert refused.link("Back one page").endswith("/old?at=1")
    assert refused.link("Español") == f"/es{CURATING}/old?at=2"
    done = desk.post(ASIDE, {**form, "why": "right"})
    assert form["mark"] not in done.form(ASIDE)["mark"]
    assert done.link("Back one page").endswith("/old?at=1")
    gone = desk.post(ASIDE, {**form, "mark": "none"}, 409)
    assert gone.heading == "Old facts", "the queue it was sent from"
    desk.post(BRING_BACK, {"mark": form["mark"], "queue": "stale"})


def test_an_administrator_reads_the_queues_and_is_offered_no_act(filled):
    desk = filled.administrator()
    for queue in ("reports", "wishes", "conflicts", "links", "findings", "old"):
        page = desk.get(f"{CURATING}/{queue}")
        assert "/staff/record/edit" not in page.html
        assert f'action="{CURATING}' not in page.html
