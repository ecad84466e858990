"""The call audit: draw a sample, record calls fact by fact, score, apply what was told."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from directory.catalog.accuracy import Drawn, Heard, Share
from directory.catalog.evidence import State
from directory.curation.audit.drawing import draw, sheet
from directory.curation.audit.found import reader
from directory.curation.audit.questions import load_questions
from directory.curation.audit.recording import Recorded, record
from directory.curation.audit.scoring import newest, score
from directory.curation.undoing import undo
from directory.errors import BadValue, UnreadableFile
from directory.store.sql_records import SqlRecords
from tests.curation.builders import NOON, listing_file, organization, program, site, vocabularies
from tests.curation.conftest import Import
from tests.support.builders import DATA, FRESHNESS

QUESTIONS = load_questions(DATA / "audit.csv")
TODAY = NOON.date()


def clock() -> Any:
    return NOON


def three_programs(take: Import) -> None:
    sites = [
        site(program(f"p{n}", weeks={"min": 8}), id=f"s{n}", phone=f"626-796-314{n}")
        for n in range(3)
    ]
    assert take(listing_file(organization(*sites), method="list")).refused == ()


def drawn_sheet(records: SqlRecords, size: int = 3, seed: int = 1) -> list[dict[str, str]]:
    drawn, chosen = draw(records, Drawn(0, seed, TODAY, 0, ()), size, lambda _: True, clock)
    return list(csv.DictReader(io.StringIO(sheet(drawn, chosen, QUESTIONS))))


def filled(rows: list[dict[str, str]], **results: str) -> str:
    """The sheet with results by fact; rows without one stay as they are."""
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    for row in rows:
        told = results.get(row["fact"])
        said = {"result": told, "called_on": "2026-11-24", "caller": "caller-1"} if told else {}
        writer.writerow(row | said)
    return out.getvalue()


def taken(records: SqlRecords, text: str, *, apply: bool = False) -> Recorded:
    return record(records, text, QUESTIONS, reader(vocabularies()), apply=apply, clock=clock)


def test_a_sheet_asks_about_what_we_list_and_nothing_else(
    take: Import, records: SqlRecords
) -> None:
    three_programs(take)
    rows = drawn_sheet(records)
    assert {row["program"] for row in rows} == {"p0", "p1", "p2"}
    own = [row for row in rows if row["program"] == "p0"]
    assert [row["fact"] for row in own] == ["phone", "name", "address", "tracks", "weeks"]
    assert 'this many weeks: {"min":8}' in own[-1]["question"]


def test_the_same_seed_draws_the_same_programs(take: Import, records: SqlRecords) -> None:
    three_programs(take)
    once = {row["program"] for row in drawn_sheet(records, 2, seed=5)}
    assert {row["program"] for row in drawn_sheet(records, 2, seed=5)} == once
    assert len(once) == 2


def test_more_programs_than_there_are_cannot_be_drawn(take: Import, records: SqlRecords) -> None:
    three_programs(take)
    with pytest.raises(BadValue, match="at most the 3 real programs"):
        drawn_sheet(records, 4)


def test_a_bad_row_is_named_and_the_others_go_in(take: Import, records: SqlRecords) -> None:
    three_programs(take)
    rows = drawn_sheet(records)
    good = {"result": "correct", "called_on": "2026-11-24", "caller": "caller-1"}
    rows[0] |= good
    rows[1] |= good | {"result": "maybe"}
    rows[2] |= good | {"called_on": "2027-01-01"}
    rows[3] |= good | {"caller": "Jane Doe"}
    rows[4] |= good | {"result": "wrong", "found": "about ten"}
    rows[5] |= good | {"program": "another"}
    report = taken(records, filled(rows))
    assert (report.recorded, report.waiting) == (1, len(rows) - 6)
    assert [(one.row, one.field) for one in report.refused] == [
        ("line 3", "result"),
        ("line 4", "called_on"),
        ("line 5", "caller"),
        ("line 6", "found"),
        ("line 7", "program"),
    ]


def test_a_file_that_is_no_sheet_is_refused(records: SqlRecords) -> None:
    with pytest.raises(UnreadableFile, match="rows of one audit"):
        taken(records, "a,b\n1,2\n")


def test_an_answer_given_again_replaces_the_first(take: Import, records: SqlRecords) -> None:
    three_programs(take)
    rows = drawn_sheet(records)
    taken(records, filled(rows, phone="not_reached"))
    taken(records, filled(rows, phone="correct"))
    with records.desk(write=False) as desk:
        assert {one.result for one in desk.audits.heard(1)} == {"correct"}


def heard(program_id: str, **results: Any) -> list[Heard]:
    return [Heard(program_id, fact, one, TODAY, "caller-1") for fact, one in results.items()]


def test_exact_needs_every_contact_fact_and_functional_the_way_into_care() -> None:
    contact = {"phone": "correct", "name": "correct", "address": "correct"}
    told = [
        *heard("a", **contact, weeks="wrong"),  # exact: weeks are no contact fact
        *heard("b", **contact | {"address": "wrong"}),  # functional only
        *heard("c", **contact | {"address": "not_known"}),  # not confirmed: functional only
        *heard("d", **contact, level_of_care="wrong"),  # exact, but no such care there
        *heard("e", phone="wrong"),  # neither
        *heard("f", phone="not_reached", name="not_reached"),  # not judged
    ]
    found = score(Drawn(1, 1, TODAY, 90, tuple("abcdefg")), told, QUESTIONS)
    assert found is not None
    assert (found.exact, found.functional) == (Share(2, 5), Share(3, 5))
    assert (found.not_reached, found.waiting, found.drawn, found.population) == (1, 1, 7, 90)
    assert found.facts["phone"] == Share(4, 5)
    assert found.facts["address"] == Share(2, 3)
    assert found.facts["weeks"] == Share(0, 1)


def test_no_calls_give_no_figures(take: Import, records: SqlRecords) -> None:
    three_programs(take)
    drawn_sheet(records)
    with records.desk(write=False) as desk:
        assert newest(desk, QUESTIONS) is None


def test_what_was_confirmed_becomes_current_by_phone(take: Import, records: SqlRecords) -> None:
    three_programs(take)
    report = taken(records, filled(drawn_sheet(records), phone="correct"), apply=True)
    assert report.applied == 3
    listing = records.get("p0")
    assert listing is not None
    source = listing.site.evidence["phone"]
    assert (source.method, source.confirmed_by) == ("phone", "program")
    assert source.seen_on == date(2026, 11, 24)
    assert FRESHNESS.state("phone", source, TODAY) is State.CURRENT


def weeks(records: SqlRecords) -> list[int | None]:
    return [one.program.weeks.min for one in records.all() if one.program.weeks]


def test_what_was_found_instead_is_believed_and_can_be_undone(
    take: Import, records: SqlRecords
) -> None:
    three_programs(take)
    rows = drawn_sheet(records)
    for row in rows:
        if row["fact"] == "weeks":
            row["found"] = '{"min": 10}'
    report = taken(records, filled(rows, weeks="wrong"), apply=True)
    assert weeks(records) == [10, 10, 10]
    assert report.change is not None
    undo(records, report.change, clock=clock)
    assert weeks(records) == [8, 8, 8]


def test_without_apply_nothing_is_listed_differently(take: Import, records: SqlRecords) -> None:
    three_programs(take)
    before = records.versions()
    taken(records, filled(drawn_sheet(records), phone="correct"))
    assert records.versions() == before
