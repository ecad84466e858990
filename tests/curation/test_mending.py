"""A curator states facts; nothing that somebody else wrote meanwhile is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from directory.catalog.evidence import BY_CURATOR, Source
from directory.catalog.listing import facts_of, items_of
from directory.curation.fact_checks import FactChecks
from directory.curation.mending import FactsChanged, Mending, Stated, revision_of, touched_since
from directory.curation.undoing import undo
from directory.errors import BadValue, TellsOfAPerson, UnknownProgram
from directory.store.sql_records import SqlRecords
from tests.curation.builders import (
    NOON,
    full_file,
    imported,
    listing_file,
    new_store,
    one_program,
    organization,
    site,
    vocabularies,
    write_json,
)
from tests.support import postgres as postgresql

PROGRAM = "acme-evening"
CALL = Source(BY_CURATOR["phone"], date(2026, 11, 24), "phone", confirmed_by="program")
PAGE = Source(BY_CURATOR["published"], date(2026, 11, 24), "published", confirmed_by="curator")
LIST = {"name": "A list", "method": "list", "seen_on": "2025-01-01"}


@pytest.fixture
def records(tmp_path):
    made = new_store(tmp_path)
    imported(made, write_json(tmp_path, full_file()))
    return made


def now(records):
    return records.get(PROGRAM)


def revision(records):
    return revision_of(records.history(PROGRAM))


def mend(records, *facts, source=CALL, seen=None):
    seen = revision(records) if seen is None else seen
    return Mending(records, lambda: NOON).mend(PROGRAM, seen, facts, source)


def phone(number):
    return Stated("site", "phone", number)


def payers(**network):
    said = [{"payer": one.replace("_", "-"), "network": how} for one, how in network.items()]
    return Stated("program", "payers", said)


def test_what_a_curator_states_is_what_people_see_with_its_source(records):
    change = mend(records, phone("626-795-0000"), Stated("organization", "npi", "1245319599"))
    assert now(records).site.phone == "626-795-0000"
    assert now(records).site.evidence["phone"] == CALL
    assert now(records).organization.npi == "1245319599"
    undo(records, change, clock=lambda: NOON)
    assert now(records).site.phone == "626-795-9988"


def test_the_same_word_twice_is_no_change(records):
    assert mend(records, phone("626-795-0000")) is not None
    assert mend(records, phone("626-795-0000")) is None


def test_a_fact_that_somebody_changed_since_it_was_read_is_not_overwritten(records):
    seen = revision(records)
    mend(records, phone("626-795-1111"))
    with pytest.raises(FactsChanged) as told:
        mend(records, phone("626-795-2222"), payers(aetna="in"), seen=seen)
    assert told.value.facts == (("site", "phone"),)
    assert told.value.revision == revision(records)
    assert now(records).site.phone == "626-795-1111"
    assert [one.payer for one in now(records).program.payers] == ["medi-cal"], "nothing, or all"
    mend(records, phone("626-795-2222"), seen=told.value.revision)
    assert now(records).site.phone == "626-795-2222"


def test_what_was_changed_meanwhile_of_other_facts_does_not_matter(records):
    seen = revision(records)
    mend(records, phone("626-795-1111"))
    assert mend(records, payers(aetna="in"), seen=seen) is not None
    assert touched_since(records.history(PROGRAM), seen) == {
        ("site", "phone"),
        ("program", "payers"),
    }


def test_an_undo_meanwhile_is_a_change_too(records):
    change = mend(records, phone("626-795-1111"))
    seen = revision(records)
    undo(records, change, clock=lambda: NOON)
    with pytest.raises(FactsChanged):
        mend(records, phone("626-795-2222"), seen=seen)


def test_an_older_call_is_set_aside_by_the_page_of_today_and_lives_again_when_undone(records):
    old = Source("Call audit", date(2026, 6, 1), "phone", confirmed_by="program")
    mend(records, phone("626-795-1111"), source=old)
    change = mend(records, phone("626-795-2222"), source=PAGE)
    assert (now(records).site.phone, now(records).site.rivals) == ("626-795-2222", {})
    undo(records, change, clock=lambda: NOON)
    assert now(records).site.phone == "626-795-1111"


def test_a_newer_call_is_not_set_aside_by_an_older_page(records):
    mend(records, phone("626-795-1111"))
    old = replace(PAGE, seen_on=date(2026, 11, 1))
    with pytest.raises(BadValue, match="a day from 2026-11-24 on"):
        mend(records, phone("626-795-2222"), source=old)


def test_a_list_fact_is_what_the_curator_states_and_the_same_list_adds_nothing_again(
    records, tmp_path
):
    facts = {"payers": [{"payer": "aetna", "network": "in"}, {"payer": "medicare"}]}
    imported(records, write_json(tmp_path, one_program(facts, **LIST)))
    assert {one.payer for one in now(records).program.payers} == {"medi-cal", "aetna", "medicare"}
    change = mend(records, payers(medi_cal="in", aetna="out"))
    shown = {one.payer: one.network for one in now(records).program.payers}
    assert shown == {"medi-cal": "in", "aetna": "out"}
    assert now(records).program.rivals == {}
    imported(records, write_json(tmp_path, one_program(facts, **LIST)))
    assert {one.payer: one.network for one in now(records).program.payers} == shown
    undo(records, change, clock=lambda: NOON)
    assert {one.payer for one in now(records).program.payers} == {"medi-cal", "aetna", "medicare"}


def test_a_fact_can_be_taken_back_but_no_name(records):
    mend(records, Stated("program", "price", None), Stated("program", "services", None))
    assert (now(records).program.price, now(records).program.services) == (None, ())
    with pytest.raises(BadValue, match="a name"):
        mend(records, Stated("program", "name", None))


def test_what_nobody_ever_said_needs_no_taking_back(records):
    assert mend(records, Stated("site", "location", None), Stated("program", "focus", None))
    before = revision(records)
    empty = Stated("organization", "website", None)
    mend(records, empty)
    assert mend(records, empty) is None
    assert revision(records) == before + 1
    assert mend(records, Stated("program", "focus", None)) is None


def test_another_address_has_no_point_on_the_map_yet(records):
    address = {"street": "300 S Lake Ave", "city": "Pasadena", "state": "CA", "zip": "91101"}
    mend(records, Stated("site", "address", address))
    assert (now(records).site.address.street, now(records).site.lat) == ("300 S Lake Ave", None)


def test_a_street_that_a_list_withholds_stays_withheld(records, tmp_path):
    hidden = {"city": "Pasadena", "state": "CA", "zip": "91101", "withheld": True}
    imported(
        records, write_json(tmp_path, listing_file(organization(site(address=hidden)), **LIST))
    )
    address = {"street": "300 S Lake Ave", "city": "Pasadena", "state": "CA", "zip": "91101"}
    mend(records, Stated("site", "address", address))
    assert now(records).site.address.withheld
    assert now(records).site.address.street is None


def test_a_program_that_is_not_listed_is_not_mended(records):
    with pytest.raises(UnknownProgram):
        Mending(records, lambda: NOON).mend("nobody", 0, [phone("626-795-0000")], CALL)


# --- many at once -------------------------------------------------------------------------------

EDITORS = 50
LISTS = ("focus", "conditions", "services", "accreditations", "licenses")


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request, tmp_path):
    """A store that many write at once: on each database there is."""
    if request.param == "sqlite":
        yield request.getfixturevalue("records")
        return
    if postgresql.tools() is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql): SQLite only")
    with postgresql.server() as engine:
        made = SqlRecords(engine)
        imported(made, write_json(tmp_path, full_file()))
        yield made


def add_own(store, number, start):
    """One editor adds to a list as they saw it, and again as often as it was changed; answers the tries."""
    fact = LISTS[number % len(LISTS)]
    own = {"body": "DHCS", "number": f"own-{number}"} if fact == "licenses" else f"own-{number}"
    for tries in range(1, EDITORS):
        seen, said = revision(store), facts_of(now(store).program).get(fact, [])
        if tries == 1:
            start.wait()
        try:
            mend(store, Stated("program", fact, [*said, own]), seen=seen)
        except FactsChanged:
            continue
        return tries
    return 0


def test_fifty_editors_at_once_lose_no_update(shared):
    """Ten on each of five facts: who finds theirs changed reads again and adds to that."""
    before = facts_of(now(shared).program)
    start = threading.Barrier(EDITORS)
    with ThreadPoolExecutor(EDITORS) as people:
        tries = list(people.map(lambda number: add_own(shared, number, start), range(EDITORS)))
    after = facts_of(now(shared).program)
    for place, fact in enumerate(LISTS):
        added = {f"own-{number}" for number in range(place, EDITORS, len(LISTS))}
        assert dict(items_of(fact, after[fact])).keys() == {
            *dict(items_of(fact, before.get(fact, []))),
            *added,
        }
    assert 0 not in tries
    assert sum(tries) > EDITORS, "nobody met anybody: nothing was shown"


# --- values -------------------------------------------------------------------------------------


def checked(records, kind, fact, value):
    return FactChecks(vocabularies()).checked(Stated(kind, fact, value), now(records), CALL).value


def test_a_value_is_read_as_an_import_reads_it(records):
    assert checked(records, "site", "phone", "(626) 795-0000") == "626-795-0000"
    assert checked(records, "program", "level_of_care", {"level_of_care": "iop"}) == {
        "level_of_care": "iop"
    }
    assert checked(records, "program", "services", []) is None


@pytest.mark.parametrize(
    ("kind", "fact", "value"),
    [
        ("site", "phone", "12"),
        ("organization", "npi", "1234567890"),
        ("program", "ages", {"min": 60, "max": 18}),
        ("program", "payers", [{"payer": "nobody"}]),
        ("program", "licenses", [{"body": "DHCS"}]),
        ("program", "price", {"cents": 100}),
        ("program", "tracks", [{"sessions": [{"day": "mon", "start": "25:00"}]}]),
        ("site", "location", {"lat": 34.0}),
    ],
)
def test_what_an_import_refuses_is_refused(records, kind, fact, value):
    with pytest.raises(BadValue) as told:
        checked(records, kind, fact, value)
    assert told.value.field == fact


@pytest.mark.parametrize(
    ("kind", "fact", "value"),
    [
        ("program", "description", "Ask for Jane Doe."),
        ("program", "attendance", "Call 626 555 01 02 33"),
        ("program", "name", "My son John"),
        ("site", "address", {"street": "12 Lake, for my mother"}),
        ("program", "tracks", [{"label": "Jane Doe"}]),
        ("program", "licenses", [{"body": "DHCS", "number": "jane@example.org"}]),
    ],
)
def test_words_that_may_tell_of_a_person_are_refused(records, kind, fact, value):
    with pytest.raises(TellsOfAPerson):
        checked(records, kind, fact, value)


def test_names_and_streets_may_have_capitals_and_numbers_of_their_own(records):
    assert checked(records, "program", "name", "Quiet Harbor IOP") == "Quiet Harbor IOP"
    street = {"street": "1955 Orange Grove Blvd", "unit": "Suite 200"}
    assert checked(records, "site", "address", street) == street
