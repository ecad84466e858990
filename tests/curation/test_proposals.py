"""What a program asks for waits for a curator, who decides on what they saw."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from directory.catalog.evidence import OWN_WORD
from directory.catalog.listing import FACTS
from directory.catalog.proposal import REASONS
from directory.catalog.whereabouts import REMOVED
from directory.curation import proposals
from directory.curation.claims import canonical
from directory.curation.handling import HANDLING_FILE, load_handlings
from directory.curation.own_word import NOTHING
from directory.curation.proposals import Asked, ListedOtherwise, NotWaiting
from directory.curation.undoing import undo
from directory.errors import BadValue, CannotChangeListing
from directory.store.sql_records import SqlRecords
from tests.curation.builders import NOON, full_file, listing_file, organization, program, site
from tests.curation.conftest import Import

PROGRAM, OLD, NEW = "acme-evening", "626-795-9988", "626-555-0100"
DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def listed(take: Import, records: SqlRecords) -> SqlRecords:
    take(full_file())
    return records


def ask(records: SqlRecords, asked: Asked, at=NOON, key=PROGRAM):
    with records.desk() as desk:
        return proposals.propose(desk, desk.listing(key), asked, at, "link")


def for_phone(value=NEW, seen=OLD):
    return Asked("site", "phone", value, canonical(seen))


def accepted(records, number, seen=OLD, at=NOON):
    with records.desk() as desk:
        return proposals.accept(desk, number, canonical(seen), at)


def told(records, state=None):
    with records.desk(write=False) as desk:
        return [one.state for one in desk.proposals.of(PROGRAM)] if state is None else state


def phone(records):
    site_of = records.get(PROGRAM).site
    return site_of.phone, site_of.evidence["phone"]


def test_every_fact_of_the_catalog_is_told_at_once_or_waits_and_says_why():
    handlings = load_handlings(DATA / HANDLING_FILE)
    facts = {(kind, fact) for kind, some in FACTS.items() for fact in some}
    assert set(handlings) == facts | {("program", REMOVED)}
    rows = (DATA / HANDLING_FILE).read_text(encoding="utf-8").splitlines()
    assert len(rows) == len(handlings) + 1, "each in one row"
    assert all(row.split(",", 3)[3] for row in rows)


def test_identity_phone_license_level_of_care_and_removal_wait():
    handlings = load_handlings(DATA / HANDLING_FILE)
    waiting = {fact for (_, fact), how in handlings.items() if how == "waits"}
    assert waiting >= {"name", "address", "phone", "licenses", "level_of_care", REMOVED}
    assert waiting.isdisjoint({"openings", "tracks", "languages", "payers"})


def test_what_is_asked_for_waits_beside_what_is_listed(listed):
    made = ask(listed, for_phone())
    assert phone(listed)[0] == OLD, "nothing is published"
    with listed.desk(write=False) as desk:
        (found,) = proposals.waiting(desk)
    assert (found.proposal, found.now, found.clashes) == (made, canonical(OLD), False)
    assert (made.value, made.was, made.by, made.subject) == (
        canonical(NEW), canonical(OLD), "link", "acme-lake")  # fmt: skip
    assert made.revision == listed.versions()[PROGRAM]


def test_the_same_wish_is_kept_once_and_another_takes_its_place(listed):
    first = ask(listed, for_phone())
    assert ask(listed, for_phone()).number == first.number
    second = ask(listed, for_phone("626-555-0101"))
    assert told(listed) == ["waiting", "replaced"]
    with listed.desk(write=False) as desk:
        assert [one.proposal.number for one in proposals.waiting(desk)] == [second.number]


def test_accepted_is_the_programs_word_confirmed_by_a_curator_and_can_be_undone(listed):
    number = ask(listed, for_phone()).number
    change = accepted(listed, number)
    value, source = phone(listed)
    assert value == NEW
    assert (source.name, source.method, source.confirmed_by) == (
        OWN_WORD, "self_report", "curator")  # fmt: skip
    with listed.desk(write=False) as desk:
        kept = desk.proposals.get(number)
    assert (kept.state, kept.change, kept.settled_on) == ("accepted", change, NOON.date())
    undo(listed, change, clock=lambda: NOON)
    assert phone(listed)[0] == OLD


def test_rejected_is_left_out_and_says_why(listed):
    number = ask(listed, for_phone()).number
    with listed.desk() as desk:
        proposals.reject(desk, number, "contradicted", NOON)
        assert desk.proposals.get(number).reason == "contradicted"
    assert phone(listed)[0] == OLD
    assert told(listed) == ["rejected"]


def test_a_reason_is_one_of_the_list(listed):
    number = ask(listed, for_phone()).number
    with listed.desk() as desk, pytest.raises(BadValue) as refused:
        proposals.reject(desk, number, "because", NOON)
    assert refused.value.allowed == REASONS
    assert told(listed) == ["waiting"]


@pytest.mark.parametrize("again", [proposals.accept, proposals.reject])
def test_what_is_settled_is_settled_once(listed, again):
    number = ask(listed, for_phone()).number
    accepted(listed, number)
    with listed.desk() as desk, pytest.raises(NotWaiting):
        again(desk, number, canonical(NEW), NOON)
    with listed.desk() as desk, pytest.raises(NotWaiting):
        again(desk, 99, canonical(NEW), NOON)


def test_a_fact_that_changed_meanwhile_is_shown_with_both_values_and_loses_neither(listed, take):
    number = ask(listed, for_phone()).number
    newer = listing_file(organization(site(phone="626-555-0199")), name="Newer page",
                         seen_on="2026-11-24")  # fmt: skip
    take(newer)
    now = phone(listed)[0]
    assert now == "626-555-0199"
    with pytest.raises(ListedOtherwise) as refused:
        accepted(listed, number)
    assert (refused.value.seen, refused.value.now) == (canonical(OLD), canonical(now))
    with listed.desk(write=False) as desk:
        (found,) = proposals.waiting(desk)
    assert found.clashes
    accepted(listed, number, seen=now)
    assert phone(listed)[0] == NEW, "decided on what was seen"


def test_a_wish_made_against_a_value_that_is_gone_is_not_kept(listed):
    with pytest.raises(ListedOtherwise):
        ask(listed, for_phone(seen="626-555-0000"))
    assert told(listed) == []


def test_an_accepted_word_takes_the_place_of_what_was_told_on_the_phone_before(listed, take):
    call = listing_file(organization(site(phone="626-555-0177")), name="Call audit",
                        method="phone", seen_on="2026-11-01")  # fmt: skip
    take(call)
    assert phone(listed)[0] == "626-555-0177"
    number = ask(listed, for_phone(seen="626-555-0177")).number
    accepted(listed, number, seen="626-555-0177")
    assert phone(listed)[0] == NEW
    assert not listed.get(PROGRAM).site.rivals


def test_of_another_address_the_old_point_on_the_map_is_not_kept(listed):
    address = {"street": "9 S Oak St", "city": "Burbank", "state": "CA", "zip": "91502"}
    was = orjson.loads(canonical(full_file()["organizations"][0]["sites"][0]["address"]))
    number = ask(listed, Asked("site", "address", address, canonical(was))).number
    change = accepted(listed, number, seen=was)
    moved = listed.get(PROGRAM).site
    assert (moved.address.zip, moved.lat, moved.lon) == ("91502", None, None)
    assert "location" not in moved.evidence
    undo(listed, change, clock=lambda: NOON)
    assert listed.get(PROGRAM).site.lat == 34.1461


def test_another_suite_of_the_same_house_keeps_its_point(listed):
    was = full_file()["organizations"][0]["sites"][0]["address"]
    number = ask(listed, Asked("site", "address", was | {"unit": "Suite 5"}, canonical(was))).number
    accepted(listed, number, seen=was)
    assert listed.get(PROGRAM).site.lat == 34.1461


def test_a_removal_that_is_accepted_takes_the_program_off(listed):
    asked = Asked("program", REMOVED, proposals.removal_value("closed"), NOTHING)
    number = ask(listed, asked).number
    accepted(listed, number, seen=None)
    assert listed.get(PROGRAM) is None
    with listed.desk() as desk, pytest.raises(BadValue):
        proposals.removal_value("listed_twice")
    with listed.desk(write=False) as desk:
        assert desk.listing(PROGRAM) is None


def test_of_a_program_that_is_off_the_list_nothing_is_taken_over(listed):
    number = ask(listed, for_phone()).number
    off = ask(listed, Asked("program", REMOVED, proposals.removal_value("asked"), NOTHING)).number
    accepted(listed, off, seen=None)
    with pytest.raises(CannotChangeListing):
        accepted(listed, number)
    with listed.desk(write=False) as desk:
        (found,) = proposals.waiting(desk)
    assert (found.listing, found.now) == (None, NOTHING)


def test_a_program_takes_back_its_own_wish_and_nobody_elses(listed):
    number = ask(listed, for_phone()).number
    with listed.desk() as desk, pytest.raises(NotWaiting):
        proposals.withdraw(desk, number, "other", NOON)
    with listed.desk() as desk:
        proposals.withdraw(desk, number, PROGRAM, NOON + timedelta(hours=1))
    assert told(listed) == ["withdrawn"]


def test_only_a_fact_of_the_catalog_can_be_asked_for(listed):
    with pytest.raises(BadValue, match="fact"):
        ask(listed, Asked("program", "phone", "x", NOTHING))


def test_an_invented_program_stays_invented_whatever_it_says(take, records):
    take(listing_file(organization(site(program())), method="example", name="Invented"))
    was = canonical("Evening IOP")
    number = ask(records, Asked("program", "name", "Late IOP", was)).number
    accepted(records, number, seen="Evening IOP")
    assert records.get(PROGRAM).program.name == "Late IOP"
    assert records.get(PROGRAM).example


def test_what_the_program_leaves_out_of_a_list_older_lists_do_not_add(listed):
    licenses = [{"body": "DHCS", "number": "190769DP", "kind": "NON", "expires": "2027-05-31"}]
    other = [{"body": "DHCS", "number": "190770EP"}]
    number = ask(listed, Asked("program", "licenses", other, canonical(licenses))).number
    accepted(listed, number, seen=licenses)
    assert [one.number for one in listed.get(PROGRAM).program.licenses] == ["190770EP"]
