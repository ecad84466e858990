"""A person's answer holds, moves what the rows say, and can be taken back whole."""

from dataclasses import replace
from datetime import date

import pytest

from directory.curation.linking.deciding import say_different, say_same, take_back
from directory.errors import CannotLink, UnknownPair
from directory.store.sql_records import SqlRecords
from tests.curation.builders import (
    imported,
    listing_file,
    organization,
    program,
    site,
    write_json,
)
from tests.curation.linking.rows import DHCS, NOON, SAMHSA, certificate, listed, substance, take

MOVED = {"street": "99 East Green Street"}


def answer(records, what, number=1, by="maria"):
    with records.desk() as desk:
        return what(desk, number, by, NOON)


def shown(records):
    """What people would see, without the versions."""
    return [replace(one, version=1) for one in records.all()]


@pytest.fixture
def asked(records) -> SqlRecords:
    """Two rows that may be one place that moved."""
    take(records, SAMHSA, substance(programs=("iop", "php")))
    take(records, DHCS, certificate(**MOVED))
    return records


def test_the_same_makes_one_site_with_the_newer_address(asked):
    decided = answer(asked, say_same)
    assert {key for _, key, _ in listed(asked)} == {"lantern-recovery-center"}
    assert {one.site.address.street for one in asked.all()} == {"99 East Green Street"}
    assert {one.program.level_of_care for one in asked.all()} == {"iop", "php"}
    assert all(one.program.licenses for one in asked.all())
    assert (decided.by, decided.site) == ("maria", "lantern-recovery-center")


def test_taking_it_back_brings_every_fact_back_to_its_own_site(asked):
    before = shown(asked)
    versions = asked.versions()
    answer(asked, say_same)
    answer(asked, take_back)
    assert shown(asked) == before
    assert all(asked.versions()[key] > version for key, version in versions.items())


def test_what_was_taken_back_is_asked_again(asked):
    answer(asked, say_same)
    answer(asked, take_back)
    with asked.desk(write=False) as desk:
        (again,) = desk.links.pairs(waiting=True)
        assert (again.id, desk.links.pair(1).undone_at is not None) == (2, True)
    answer(asked, say_same, 2)
    assert len({one for _, one, _ in listed(asked)}) == 1


@pytest.mark.parametrize(("what", "sites"), [(say_same, 1), (say_different, 2)])
def test_the_next_import_does_not_ask_again(asked, what, sites):
    answer(asked, what)
    for source, one in ((SAMHSA, substance(programs=("iop", "php"))), (DHCS, certificate(**MOVED))):
        report = take(asked, source, one)
        assert (report.review, report.created, report.changed) == ((), (), ())
    assert len({one for _, one, _ in listed(asked)}) == sites


def test_an_edition_after_the_answer_goes_where_the_answer_says_and_comes_back_too(asked):
    answer(asked, say_same)
    newer = replace(DHCS, dated=date(2026, 11, 1))
    take(asked, newer, certificate(**MOVED, phone="626-796-9999"))
    assert {one.site.phone for one in asked.all()} == {"626-796-9999"}
    answer(asked, take_back)
    phones = {one.site.id: one.site.phone for one in asked.all()}
    assert phones == {"lantern-recovery-center": "626-796-3141", "lantern-recovery": "626-796-9999"}


def test_a_link_that_a_rule_made_can_be_taken_back_and_is_not_made_again(records):
    take(records, SAMHSA, substance())
    state = certificate(programs=("residential",), license=None)
    take(records, DHCS, state)
    assert len({one for _, one, _ in listed(records)}) == 1
    answer(records, take_back)
    assert {key for _, key, _ in listed(records)} == {"lantern-recovery-center", "lantern-recovery"}
    report = take(records, DHCS, state)
    assert (report.review, report.created) == ((), ())
    assert len({one for _, one, _ in listed(records)}) == 2


def test_a_certificate_taken_back_from_a_program_is_a_program_after_the_next_import(records):
    take(records, SAMHSA, substance())
    take(records, DHCS, certificate())
    answer(records, take_back)
    assert [one.program.licenses for one in records.all()] == [()]
    take(records, DHCS, certificate())
    assert len({one for _, one, _ in listed(records)}) == 2
    assert [len(one.program.licenses) for one in records.all()] == [0, 1]


def test_different_shows_a_street_again_that_was_kept_back_for_this_pair(records):
    take(records, SAMHSA, substance(withheld=True, phone="800-796-0000"))
    take(records, DHCS, certificate())
    answer(records, say_different)
    streets = {one.site.id: one.site.address.street for one in records.all()}
    assert streets == {"lantern-recovery-center": None, "lantern-recovery": "12 North Lake Avenue"}
    take(records, DHCS, certificate())
    assert streets == {one.site.id: one.site.address.street for one in records.all()}


def test_the_site_that_a_curator_wrote_stays(records, tmp_path):
    take(records, SAMHSA, substance())
    own = site(program(), name="Lantern Recovery", phone="626-796-3141")
    own["address"]["street"] = "99 E Green St"
    imported(records, write_json(tmp_path, listing_file(organization(own))))
    report = take(records, SAMHSA, substance())
    assert len(report.review) == 1
    decided = answer(records, say_same)
    assert decided.site == "acme-lake"
    assert {key for _, key, _ in listed(records)} == {"acme-lake"}


def test_an_answer_is_given_once(asked):
    answer(asked, say_different)
    with pytest.raises(CannotLink, match="maria said 'different' already"):
        answer(asked, say_same)


@pytest.mark.parametrize("what", [say_same, say_different, take_back])
def test_a_pair_that_is_not_there_is_refused(asked, what):
    with pytest.raises(UnknownPair, match="review list"):
        answer(asked, what, 99)


def test_an_open_question_cannot_be_taken_back(asked):
    with pytest.raises(CannotLink, match="nobody has decided"):
        answer(asked, take_back)
