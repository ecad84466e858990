"""A file may carry what other sources say against a fact; a conflict survives export and import."""

from typing import Any

import pytest

from directory.catalog.evidence import Source
from directory.catalog.listing import dump_listings
from directory.store.sql_records import SqlRecords
from tests.curation.builders import one_program, today
from tests.curation.conftest import Import

OTHER = {"name": "Another list", "seen_on": "2026-11-01", "method": "list"}


def torn(**changes: Any) -> dict[str, Any]:
    conflict = {"value": {"min": 10}, "source": OTHER} | changes
    own = {"weeks": {"min": 8}, "conflicts": {"weeks": [conflict]}}
    return one_program(own, name="A list", method="list")


def rivals(records: SqlRecords) -> Any:
    listing = records.get("acme-evening")
    assert listing is not None
    return listing.program.rivals


def test_both_words_are_kept_with_their_sources(take: Import, records: SqlRecords) -> None:
    assert take(torn()).refused == ()
    (rival,) = rivals(records)["weeks"]
    assert (rival.value, rival.source.name) == ({"min": 10}, "Another list")


def test_a_conflict_survives_export_and_import(take: Import, records: SqlRecords) -> None:
    take(torn())
    before = rivals(records)
    exported = dump_listings(records.all(), Source("A list", today(), "list"))
    assert take(exported).refused == ()
    assert rivals(records) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": {"min": 900}}, "conflicts.weeks[0].min"),
        ({"source": {**OTHER, "method": "guess"}}, "conflicts.weeks[0].source.method"),
        ({"source": {**OTHER, "name": "A list"}}, "conflicts.weeks"),
        ({"source": {**OTHER, "method": "example"}}, "conflicts.weeks"),
    ],
)
def test_a_bad_word_of_another_source_is_refused_by_name(
    changes: dict[str, Any], field: str, take: Import
) -> None:
    refused = take(torn(**changes)).refused
    assert any(one.field.startswith(field.removesuffix(".min")) for one in refused), refused


def test_only_facts_that_can_contradict_each_other_have_conflicts(take: Import) -> None:
    plain = one_program({"conflicts": {"description": [{"value": "x", "source": OTHER}]}})
    (refused,) = take(plain).refused
    assert "a fact that sources can disagree on: phone" in refused.expected
