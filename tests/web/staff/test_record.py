"""The record of a program: every fact, the editor, what is shown before it is kept, history, standing."""

import re

import pytest

from directory.catalog.evidence import BY_CURATOR
from directory.web.staff.fact_forms import listed, read_key
from tests.support.editing import EDIT, EVENING

RECORD = "/staff/record"
UNDO, HISTORY = "/staff/record/undo", "/staff/record/history"
OFF, AGAIN, ADDRESS = "/staff/record/take-off", "/staff/record/list-again", "/staff/record/address"
BLUE, SPARROW, GATE = "example-blue-door", "example-sparrow-hill", "example-open-gate-online"


def public(curating, program=EVENING, status=200):
    """What a visitor reads."""
    slug = {one.program.id: one.slug for one in curating.records.all()}[program]
    return curating.visitor().get(f"/programs/{slug}", status)


def test_a_change_is_looked_at_word_by_word_then_kept_and_read_by_the_public(curating):
    desk = curating.curator()
    page = curating.editor(desk, "site.phone", "program.attendance")
    look = curating.look(
        desk,
        page,
        site__phone="(626) 555-0177",
        program__attendance="Tell them by noon. Up to 2 missed evenings in 8 weeks.",
    )
    assert look.heading == "This would be shown"
    assert "taken out: 626-555-0142 put in: 626-555-0177" in look.text
    assert "Up to taken out: 4 put in: 2 missed evenings" in look.text, "words, not the whole text"
    assert re.search(r"<del><span class=\"vh\">taken out: </span>4</del>", look.html)
    assert curating.listing().site.phone == "626-555-0142", "nothing is kept yet"
    kept = curating.keep(desk, look)
    assert "The change is kept, and the public page shows it." in kept.text
    assert "626-555-0177" in public(curating).text
    site = curating.listing().site
    assert (site.evidence["phone"].name, site.evidence["phone"].confirmed_by) == (
        BY_CURATOR["example"],
        "program",
    )
    assert curating.acts()[-1] == ("facts_set", "change", '{"facts":2}')


def test_every_fact_can_be_confirmed_as_it_stands_and_stays_as_it_is(curating):
    """The forms of all facts lose nothing: what is read back is what was listed, of today."""
    desk, before = curating.curator(), curating.listing(BLUE)
    record = desk.get(f"{RECORD}?program={BLUE}")
    facts = [one.attributes["value"] for one in record.read.all("input")
             if one.attributes.get("name") == "fact"]  # fmt: skip
    known = [one for one in facts if _listed(before, one) and one != "program.openings"]
    page = curating.editor(desk, *known, program=BLUE)
    look = curating.look(desk, page)
    assert look.text.count("The same as today.") == len(known)
    curating.keep(desk, look)
    after = curating.listing(BLUE)
    for fact in known:
        was, now = _listed(before, fact), _listed(after, fact)
        if fact == "program.payers":
            was, now = ({one["payer"]: one.get("network") for one in some} for some in (was, now))
        assert now == was, fact
        kind, name = fact.split(".")
        assert getattr(after, kind).evidence[name].seen_on.isoformat() == "2026-11-24"


def _listed(listing, fact):
    return listed(listing, read_key(fact))


def test_a_pasted_schedule_is_shown_as_it_was_read_and_takes_the_place_of_what_is_unticked(
    curating,
):
    desk = curating.curator()
    page = curating.editor(desk, "program.tracks", program=SPARROW)
    fields = {one: "" for one in page.form(EDIT) if ".keep." in one}
    phrase = "Evening: Mon, Wed, Thu 6-9 pm. Bring snacks"
    look = curating.look(
        desk,
        page,
        **fields,
        **{"program.tracks.phrase": phrase, "program.tracks.mode": "in_person"},
    )
    assert "put in: Evening: Mon, Wed, Thu, 6 to 9 pm: in person" in look.text
    assert "It says am or pm once for both ends." in look.text
    assert "Bring snacks" in look.text, "what was not read is shown word for word"
    curating.keep(desk, look)
    (track,) = curating.listing(SPARROW).program.tracks
    assert (track.label, track.mode, len(track.sessions)) == ("Evening", "in_person", 3)


def test_a_clash_shows_both_and_the_curator_picks_for_each_fact(curating):
    one, other = curating.curator(), curating.curator()
    mine = curating.editor(one, "site.phone", "program.weeks", "program.price", program=GATE)
    curating.mend(other, "site.phone", "program.weeks", program=GATE, **{
        "site.phone": "626-555-0111", "program.weeks.min": "6", "program.weeks.max": "6"})  # fmt: skip
    typed = {
        "site.phone": "626-555-0122",
        "program.weeks.min": "9",
        "program.weeks.max": "9",
        "program.price.amount": "99",
        "program.price.per": "day",
    }
    clash = curating.look(one, mine, 409, **typed)
    assert "Somebody else changed this meanwhile." in clash.text
    assert "626-555-0111" in clash.text
    assert clash.form(EDIT)["site.phone"] == ["626-555-0122"], "nothing typed is lost"
    undecided = curating.look(one, clash, 422)
    assert "Pick which of the two holds." in undecided.text
    picked = {"take.site.phone": "theirs", "take.program.weeks": "mine"}
    look = curating.look(one, undecided, **picked)
    curating.keep(one, look)
    listing = curating.listing(GATE)
    assert listing.site.phone == "626-555-0111"
    assert (listing.program.weeks.min, listing.program.weeks.max) == (9, 9)
    assert listing.program.price.cents == 9900


def test_a_change_that_came_between_looking_and_keeping_is_not_overwritten(curating):
    one, other = curating.curator(), curating.curator()
    look = curating.look(
        one,
        curating.editor(one, "organization.website"),
        organization__website="https://a.example.org",
    )
    curating.mend(other, "organization.website", organization__website="https://b.example.org")
    clash = curating.keep(one, look, 409)
    assert "https://b.example.org" in clash.text
    assert clash.form(EDIT)["organization.website"] == ["https://a.example.org"]
    assert curating.listing().organization.website == "https://b.example.org"


@pytest.mark.parametrize(
    ("facts", "fields", "said"),
    [
        (["site.phone"], {"site.phone": "12"}, "Type a US phone number"),
        (["site.phone"], {"how": "hearsay"}, "Pick how you know it."),
        (["site.phone"], {"how": "page", "url": "nowhere"}, "Give the address of the page"),
        (["site.phone"], {"day": "2031-01-01"}, "Give the day, not after today."),
        (["program.attendance"], {"program.attendance": "Ask for Jane Doe."}, "leave out names"),
        (["program.tracks"], {"program.tracks.phrase": "call us"}, "We could not use these days"),
        (["program.ages"], {"program.ages.min": "x"}, "Type whole numbers"),
        (["program.name"], {"program.name": ""}, "We cannot use this."),
        (["site.address"], {"site.address.zip": "9110"}, "Give street, city, state"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_the_reason_and_what_was_typed(
    curating, facts, fields, said
):
    desk, before = curating.curator(), curating.listing()
    page = curating.editor(desk, *facts)
    if facts == ["program.name"]:
        answer = curating.keep(desk, curating.look(desk, page, **fields), 422)
    else:
        answer = curating.look(desk, page, 422, **fields)
    assert said in answer.text
    sent = answer.form(EDIT)
    for name in ("day", "url"):
        tied = [one for one in answer.read.all("input") if one.attributes.get("name") == name]
        shown = f'id="{name}-e1"' in answer.html
        assert ("aria-invalid" in tied[0].attributes) == shown
    assert all(sent.get(name, [""]) == [value] for name, value in fields.items() if name != "how")
    assert curating.listing() == before


def test_history_tells_every_change_and_takes_one_back(curating):
    desk = curating.curator()
    curating.mend(desk, "program.weeks", **{"program.weeks.min": "5", "program.weeks.max": "5"})
    history = desk.get(f"{HISTORY}?program={EVENING}")
    number = int(re.search(r"(\d+): A curator’s change", history.text)[1])
    assert "How many weeks 5 weeks" in history.text
    fields = {"program": EVENING, "change": str(number)}
    back = desk.post(UNDO, fields)
    assert "The change is kept" in back.text
    assert curating.listing().program.weeks.min == 8
    assert curating.acts()[-1][:2] == ("change_undone", "change")
    again = desk.post(UNDO, fields, 409)
    assert "That change cannot be taken back" in again.text


def test_a_program_is_taken_off_listed_again_and_given_another_address(curating):
    desk, program = curating.curator(), "example-cedar-window"
    slug = curating.listing(program).slug
    asked = desk.post(OFF, {"program": program}, 422)
    assert "Pick why." in asked.text
    typed = {"why": "listed_twice", "into": "nowhere"}
    asked = desk.post(OFF, {"program": program, **typed}, 422)
    form = asked.form(OFF)
    assert {name: form[name][0] for name in typed} == typed
    (wrong,) = [
        one for one in asked.read.all("input", "select") if "aria-invalid" in one.attributes
    ]
    assert wrong.attributes["aria-describedby"] == "into-e1"
    off = desk.post(OFF, {"program": program, "why": "closed"})
    assert "This program is not listed." in off.text
    assert curating.visitor().client.get(f"/programs/{slug}").status_code == 410
    desk.post(AGAIN, {"program": program})
    assert curating.visitor().get(f"/programs/{slug}").status == 200
    same = desk.post(ADDRESS, {"program": program}, 409)
    assert "Nothing was changed: it is so already." in same.text
    curating.mend(desk, "program.name", program=program, program__name="Quiet Harbor Example IOP")
    moved = desk.post(ADDRESS, {"program": program})
    assert "The change is kept" in moved.text
    assert curating.listing(program).slug != slug
    assert [act for act, *_ in curating.acts()][-4:] == [
        "program_removed", "program_relisted", "facts_set", "program_moved"]  # fmt: skip


def test_an_administrator_reads_the_record_and_changes_nothing(curating):
    desk = curating.administrator()
    page = desk.get(f"{RECORD}?program={EVENING}")
    assert "Every fact of this program" in page.text
    assert EDIT not in page.html
    assert "Take it off the list" not in page.text
    assert desk.client.get(f"{EDIT}?program={EVENING}&fact=site.phone").status_code == 403


def test_a_record_is_found_by_id_slug_or_address_and_an_unknown_one_says_so(curating):
    desk, slug = curating.curator(), curating.listing().slug
    for text in (EVENING, slug, f"https://stepwise.example/programs/{slug}"):
        assert desk.get(f"{RECORD}?program={text}").heading == curating.listing().program.name
    assert "We have no program of this id" in desk.get(f"{RECORD}?program=nobody").text
    assert desk.get(f"{EDIT}?program=nobody&fact=site.phone", 422).heading == "Nothing to change"
