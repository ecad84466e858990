"""Acts on many programs: what is shared is stated once, what cannot be is left out, one undo takes all back."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from directory.catalog.evidence import Source
from directory.curation.bulk import (
    PlanChanged,
    Wanted,
    carry_out,
    choose,
    confirm,
    plan_facts,
    plan_removal,
)
from directory.curation.mending import Mending, Stated
from directory.curation.undoing import undo
from tests.curation.builders import (
    imported,
    listing_file,
    new_store,
    organization,
    program,
    site,
    write_json,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CALL = Source("Curator", date(2026, 11, 24), "phone", confirmed_by="curator")
TWO = (program(), program("acme-noon", name="Noon IOP"))


@pytest.fixture
def records(tmp_path):
    store = new_store(tmp_path)
    plain = listing_file(organization(site(*TWO, phone="626-795-9988")))
    imported(store, write_json(tmp_path, plain))
    return store


def both(records):
    return choose(records, SimpleNamespace(), Wanted(organization="acme"))


def called(_listing):
    return CALL


def phone_of(_listing):
    return [Stated("site", "phone", "626-795-1111")]


def test_a_filter_that_asks_nothing_means_nobody(records):
    assert choose(records, SimpleNamespace(), Wanted()) == []
    assert len(both(records)) == 2
    assert choose(records, SimpleNamespace(), Wanted(organization="acme", city="Glendale")) == []


def test_a_fact_of_a_place_is_stated_once_for_all_its_programs_and_undone_once(records):
    plan = plan_facts(records, both(records), phone_of, called, NOON)
    assert len(plan.effects) == 2
    assert [(one.subject, one.fact) for one in plan.change.stated] == [
        (("site", "acme-lake"), "phone")
    ]
    with records.desk() as desk:
        number = carry_out(desk, plan, lambda _: True)
    assert {records.get(one).site.phone for one in ("acme-evening", "acme-noon")} == {
        "626-795-1111"
    }
    undo(records, number, clock=lambda: NOON)
    assert records.get("acme-noon").site.phone == "626-795-9988"


def test_a_program_of_which_a_newer_word_stands_is_left_out_and_the_others_go_on(records):
    newer = Source("Their call", date(2026, 11, 24), "phone", confirmed_by="program")
    told = [Stated("program", "weeks", {"min": 4})]
    Mending(records, lambda: NOON).mend("acme-noon", 10, told, newer)
    older = Source("Curator", date(2026, 11, 2), "published", confirmed_by="curator")
    wanted = [Stated("program", "weeks", {"min": 8})]
    plan = plan_facts(records, both(records), lambda _: wanted, lambda _: older, NOON)
    assert [one.program.id for one in plan.left_out] == ["acme-noon"]
    assert [one.listing.program.id for one in plan.effects] == ["acme-evening"]
    assert {one.subject for one in plan.change.stated} == {("program", "acme-evening")}


def test_what_is_not_listed_is_not_confirmed(records):
    plan = plan_facts(records, both(records), confirm([("program", "weeks")]), called, NOON)
    assert plan.effects == ()
    assert plan.change.empty


def test_a_plan_that_was_not_seen_is_not_carried_out(records):
    plan = plan_removal(both(records), "closed", "curator", NOON)
    with pytest.raises(PlanChanged), records.desk() as desk:
        carry_out(desk, plan, lambda _: False)
    assert records.count() == 2


def test_the_digest_changes_with_any_program_it_rests_on_and_with_nothing_else(records):
    def digest():
        return plan_facts(records, both(records), phone_of, called, NOON).digest

    first = digest()
    assert digest() == first
    later = plan_facts(records, both(records), phone_of, called, NOON.replace(hour=13))
    assert later.digest == first
    stated = [Stated("program", "ages", {"min": 18})]
    Mending(records, lambda: NOON).mend("acme-noon", 10, stated, CALL)
    assert digest() != first
