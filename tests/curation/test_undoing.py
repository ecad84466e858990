"""A program's history can be read, and one change undone."""

import pytest

from directory.catalog.records import WritableRecords
from directory.curation.history import history_of, in_words
from directory.curation.undoing import undo
from directory.errors import CannotUndo, UnknownChange, UnknownProgram
from directory.store.sql_records import SqlRecords
from tests.curation.builders import (
    NOON,
    listing_file,
    one_program,
    organization,
    program,
    site,
)
from tests.curation.conftest import Import

LIST = {"name": "A list", "method": "list"}


def back(records: WritableRecords, change: int | None, *, dry_run: bool = False):
    assert change is not None
    return undo(records, change, dry_run=dry_run, clock=lambda: NOON)


def weeks(records: SqlRecords) -> int | None:
    listing = records.get("acme-evening")
    assert listing is not None
    return listing.program.weeks and listing.program.weeks.min


def eight_then_ten(take: Import) -> tuple[int, int]:
    first = take(one_program({"weeks": {"min": 8}}))
    second = take(one_program({"weeks": {"min": 10}}))
    return first.change, second.change


def test_undoing_an_import_brings_back_what_was_said_before(take: Import, records: SqlRecords):
    _, second = eight_then_ten(take)
    version = records.versions()["acme-evening"]
    done = back(records, second)
    assert (done.withdrawn, done.restored, weeks(records)) == (1, 1, 8)
    assert records.versions()["acme-evening"] == version + 1


def test_an_undo_can_be_undone(take: Import, records: SqlRecords):
    _, second = eight_then_ten(take)
    done = back(records, second)
    again = back(records, done.change)
    assert weeks(records) == 10
    back(records, again.change)
    assert weeks(records) == 8


def test_what_is_undone_already_says_by_which_change(take: Import, records: SqlRecords):
    _, second = eight_then_ten(take)
    done = back(records, second)
    with pytest.raises(CannotUndo, match=f"change {done.change} undid it already"):
        back(records, second)
    assert weeks(records) == 8


def test_a_later_change_of_the_same_fact_is_named_and_nothing_happens(
    take: Import, records: SqlRecords
):
    first, second = eight_then_ten(take)
    with pytest.raises(CannotUndo, match=rf"\({second}\) touched .*weeks of program acme-evening"):
        back(records, first)
    assert weeks(records) == 10


def test_a_later_change_of_other_facts_does_not_stand_in_the_way(take: Import, records: SqlRecords):
    _, second = eight_then_ten(take)
    take(one_program({"weeks": {"min": 10}, "price": {"cents": 100, "per": "day"}}))
    back(records, second)
    assert weeks(records) == 8


def test_a_dry_run_says_what_would_change_and_changes_nothing(take: Import, records: SqlRecords):
    _, second = eight_then_ten(take)
    told = back(records, second, dry_run=True)
    assert (told.change, told.withdrawn, told.restored) == (None, 1, 1)
    assert weeks(records) == 10


def test_undoing_the_import_that_brought_a_program_takes_it_off_the_list_and_back(
    take: Import, records: SqlRecords
):
    first = take(one_program())
    done = back(records, first.change)
    assert records.count() == 0
    assert list(records.all()) == []
    assert records.versions() == {}
    assert records.get("acme-evening") is None
    back(records, done.change)
    assert [one.program.name for one in records.all()] == ["Evening IOP"]


def test_a_program_that_others_speak_of_keeps_its_name(take: Import, records: SqlRecords):
    plain = one_program()
    first = take(plain)
    other = one_program({"evidence": {}}, **LIST)
    del other["organizations"][0]["sites"][0]["programs"][0]["tracks"]
    take(other)
    back(records, first.change)  # the list names program and organization, too
    assert [one.program.name for one in records.all()] == ["Evening IOP"]


def test_an_organization_is_not_taken_from_programs_that_came_later(
    take: Import, records: SqlRecords
):
    first = take(one_program())
    take(listing_file(organization(site(program(), program("acme-morning")))))
    with pytest.raises(CannotUndo, match="program acme-morning"):
        back(records, first.change)
    assert records.count() == 2


def test_a_program_flagged_as_missing_is_not_after_the_undo(take: Import, records: SqlRecords):
    take(one_program())
    gone = take(one_program({"id": "another"}))
    back(records, gone.change)
    with records.desk(write=False) as desk:
        assert desk.missing("Acme's page") == frozenset()


def test_history_tells_every_claim_the_newest_first(take: Import, records: SqlRecords):
    first, second = eight_then_ten(take)
    done = back(records, second)
    told = [one for one in history_of(records, "acme-evening") if one["fact"] == "weeks"]
    assert [(one["value"]["min"], one["change"], one["withdrawn_by"]) for one in told] == [
        (8, done.change, None),
        (10, second, done.change),
        (8, first, second),
    ]
    assert told[0]["what"] == f"undo of change {second}"
    assert {one["of"] for one in history_of(records, "acme-evening")} == {
        "program",
        "site",
        "organization",
    }


def test_history_reads_as_lines(take: Import, records: SqlRecords):
    first = take(one_program({"weeks": {"min": 8}}, edition="May", confirmed_by="program"))
    text = "\n".join(in_words(history_of(records, "acme-evening")))
    assert f"change {first.change}, 2026-11-24 12:00, import" in text
    assert 'program weeks: {"min":8}' in text
    assert "Acme's page May, seen 2026-11-20, published, confirmed by program" in text


def test_what_never_was_is_refused_by_name(records: SqlRecords):
    with pytest.raises(UnknownChange, match="Change 7"):
        back(records, 7)
    with pytest.raises(UnknownProgram, match="nobody"):
        history_of(records, "nobody")
