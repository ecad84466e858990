"""What a program says of itself is shown at once where it may, dated, and can be taken back."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from directory.catalog.evidence import OWN_WORD, load_freshness
from directory.catalog.listing import facts_of
from directory.curation import self_reports
from directory.curation.claims import canonical
from directory.curation.handling import HANDLING_FILE, load_handlings
from directory.curation.own_word import NOTHING
from directory.curation.proposals import Asked, ListedOtherwise, accept
from directory.errors import CannotUndo, UnknownChange
from tests.curation.builders import (
    NOON,
    full_file,
    listing_file,
    one_program,
    organization,
    program,
    site,
)

PROGRAM = "acme-evening"
DATA = Path(__file__).parents[2] / "data"
FRESHNESS = load_freshness(DATA / "freshness.csv")
HANDLINGS = load_handlings(DATA / HANDLING_FILE)
LATER = NOON + timedelta(days=3)


@pytest.fixture
def listed(take, records):
    take(full_file())
    return records


def confirm(records, at=LATER):
    with records.desk() as desk:
        return self_reports.confirm(desk, desk.listing(PROGRAM), FRESHNESS, at)


def tell(records, *asked, at=LATER):
    with records.desk() as desk:
        return self_reports.tell(desk, desk.listing(PROGRAM), asked, HANDLINGS, at, "link")


def seen(records, kind, fact):
    listing = records.get(PROGRAM)
    record = listing.site if kind == "site" else listing.program
    return canonical(facts_of(record).get(fact))


def asked(records, fact, value, kind="program"):
    return Asked(kind, fact, value, seen(records, kind, fact))


def changes(records):
    return self_reports.own_changes(records, PROGRAM)


def test_all_is_still_right_makes_every_fact_the_programs_own_word_of_today(listed):
    before = listed.get(PROGRAM)
    confirm(listed)
    after = listed.get(PROGRAM)
    for record in (after.program, after.site, after.organization):
        for fact in facts_of(record):
            source = record.evidence[fact]
            assert (source.name, source.method, source.as_of) == (
                OWN_WORD, "self_report", LATER.date()), fact  # fmt: skip
    assert after.program.tracks[0].openings.reported_on == LATER.date()
    assert after.program.payers[0].as_of == LATER.date()
    same = ("name", "services", "weeks", "price", "licenses", "populations")
    assert [getattr(after.program, one) for one in same] == [
        getattr(before.program, one) for one in same
    ]


def test_to_confirm_twice_on_a_day_counts_once(listed):
    assert confirm(listed).change is not None
    assert confirm(listed, LATER + timedelta(hours=1)).change is None
    assert len(changes(listed)) == 1


def test_what_sources_disagree_on_and_what_we_guess_is_not_confirmed_with_the_rest(take, records):
    """Or whoever presses the button would pick a phone number that they did not look at."""
    take(one_program({"level_of_care": "iop", "level_evidence": "suggested"}, method="list",
                     name="A list"))  # fmt: skip
    take(listing_file(organization(site(phone="626-555-0111")), method="list", name="One list"))
    take(listing_file(organization(site(phone="626-555-0122")), method="list", name="Two list"))
    listing = records.get(PROGRAM)
    left_out = self_reports.unsettled(listing, FRESHNESS, NOON.date())
    assert left_out == {("site", "phone"), ("program", "level_of_care")}
    confirm(records)
    listing = records.get(PROGRAM)
    assert listing.site.rivals["phone"]
    assert listing.program.level_evidence == "suggested"
    assert listing.program.evidence["tracks"].name == OWN_WORD


def test_what_is_low_risk_is_shown_at_once_and_the_rest_waits(listed):
    told = tell(
        listed,
        asked(listed, "weeks", {"min": 10, "max": 10}),
        asked(listed, "phone", "626-555-0100", "site"),
    )
    assert told.shown == ("weeks",)
    assert [one.fact for one in told.waits] == ["phone"]
    listing = listed.get(PROGRAM)
    assert (listing.program.weeks.min, listing.site.phone) == (10, "626-795-9988")
    assert listing.program.evidence["weeks"].as_of == LATER.date()


def test_what_is_listed_so_already_is_no_change(listed):
    assert tell(listed, asked(listed, "weeks", {"min": 8, "max": 12})).shown == ()
    assert changes(listed) == []


def test_a_form_that_is_sent_twice_counts_once(listed):
    wish = asked(listed, "weeks", {"min": 10})
    assert tell(listed, wish).change
    assert tell(listed, wish).change is None, "it is so already, whatever the form had seen"
    assert len(changes(listed)) == 1


def test_a_fact_that_somebody_changed_meanwhile_is_not_overwritten(listed, take):
    mine = asked(listed, "weeks", {"min": 10})
    other = asked(listed, "price", {"cents": 100, "per": "day"})
    tell(listed, asked(listed, "weeks", {"min": 6}))
    with pytest.raises(ListedOtherwise) as refused:
        tell(listed, other, mine)
    assert orjson.loads(refused.value.now) == {"min": 6}
    listing = listed.get(PROGRAM)
    assert (listing.program.weeks.min, listing.program.price.cents) == (6, 12000), "nothing is kept"


def test_what_is_left_out_is_gone_and_a_newer_list_may_add_it_again(listed, take):
    tell(listed, asked(listed, "services", ["cbt"]))
    assert listed.get(PROGRAM).program.services == ("cbt",)
    newer = organization(site(program(services=["family_therapy"])))
    take(listing_file(newer, method="list", name="A list", seen_on="2026-11-23"))
    assert listed.get(PROGRAM).program.services == ("cbt",)
    take(listing_file(newer, method="list", name="A list", seen_on="2026-12-23"))
    assert listed.get(PROGRAM).program.services == ("cbt", "family_therapy")


def test_the_newest_word_of_the_program_counts_whether_on_the_phone_or_here(listed, take):
    call = organization(site(program(weeks={"min": 7})))
    take(listing_file(call, method="phone", name="Call audit", seen_on="2026-11-24"))
    assert listed.get(PROGRAM).program.weeks.min == 7
    told = tell(listed, asked(listed, "weeks", {"min": 10}))
    assert listed.get(PROGRAM).program.weeks.min == 10
    assert not listed.get(PROGRAM).program.rivals
    self_reports.take_back(listed, PROGRAM, told.change, LATER)
    assert listed.get(PROGRAM).program.weeks.min == 7


def test_its_own_changes_are_its_history_and_can_be_taken_back(listed):
    confirm(listed)
    told = tell(listed, asked(listed, "price", {"cents": 100, "per": "day"}))
    newest, oldest = changes(listed)
    assert (newest.confirmed, newest.facts) == (
        False, (("program", "price", {"cents": 100, "per": "day"}),))  # fmt: skip
    assert (oldest.confirmed, oldest.may_be_undone) == (True, False), "in part replaced since"
    self_reports.take_back(listed, PROGRAM, told.change, LATER)
    assert listed.get(PROGRAM).program.price.cents == 12000
    assert [(one.undone, one.may_be_undone) for one in changes(listed)] == [
        (True, False), (False, False)]  # fmt: skip
    with pytest.raises(CannotUndo):
        self_reports.take_back(listed, PROGRAM, told.change, LATER)


def test_what_others_said_or_a_curator_took_over_is_not_taken_back_by_the_program(listed, take):
    imported = take(one_program({"weeks": {"min": 3}}, name="Other")).change
    wish = tell(listed, asked(listed, "phone", "626-555-0100", "site")).waits[0]
    with listed.desk() as desk:
        taken_over = accept(desk, wish.number, wish.was, LATER)
    for number in (imported, taken_over, 99):
        with pytest.raises(UnknownChange):
            self_reports.take_back(listed, PROGRAM, number, LATER)
    assert listed.get(PROGRAM).site.phone == "626-555-0100"


def test_another_programs_change_is_not_ones_own(listed, take):
    other = organization(site(program("other", name="Other IOP"), id="other-site"), id="other")
    take(listing_file(other, name="Other page"))
    told = tell(listed, asked(listed, "weeks", {"min": 10}))
    assert self_reports.own_changes(listed, "other") == []
    with pytest.raises(UnknownChange):
        self_reports.take_back(listed, "other", told.change, LATER)


def test_a_fact_that_nobody_stated_can_be_told(take, records):
    take(one_program())
    tell(records, Asked("program", "languages", {"es": "group"}, NOTHING))
    assert records.get(PROGRAM).program.languages == {"es": "group"}
