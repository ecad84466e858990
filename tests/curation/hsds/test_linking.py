"""A foreign HSDS feed is one more list: its places are found among ours, and ours stay ours."""

import json
from pathlib import Path
from typing import Any

from directory.curation.importing import Report, import_file
from directory.curation.reading import Told
from directory.exchange.formats import export, formats
from directory.store.sql_records import SqlRecords
from tests.curation.builders import NOON, full_file, today, vocabularies, write_json
from tests.curation.hsds.test_import_hsds import service, term
from tests.curation.linking.rows import LINKING, SAMHSA, substance
from tests.curation.linking.rows import take as take_rows
from tests.exchange.stores import empty_store, taken

FEED = "hsds:services"


def take(folder: Path, records: SqlRecords, document: Any) -> Report:
    path = write_json(folder, document, "services.json")
    told = Told(today())
    return import_file(
        records, vocabularies(), "hsds", path, clock=lambda: NOON, told=told, linking=LINKING
    )


def lantern(**changes: Any) -> dict[str, Any]:
    """The place that the federal list names too, in the words of a county."""
    plain = service(organization={"id": "o1", "name": "Lantern Recovery Center"}, **changes)
    plain["service_at_locations"][0]["location"]["name"] = "Lantern Recovery Center"
    return plain


def test_a_place_that_a_list_names_is_not_listed_twice(tmp_path: Path) -> None:
    records = empty_store()
    take_rows(records, SAMHSA, substance(phone="626-796-3141"))
    take(tmp_path, records, lantern())
    assert {one.site.id for one in records.all()} == {"lantern-recovery-center"}
    assert {one.organization.id for one in records.all()} == {"lantern-recovery-center"}
    with records.desk(write=False) as desk:
        (pair,) = desk.links.pairs()
    assert (pair.right_key, pair.answer) == (f"{FEED}:l1", "same")


def test_the_same_program_of_a_place_is_one_and_another_is_its_own(tmp_path: Path) -> None:
    records = empty_store()
    take_rows(records, SAMHSA, substance())
    iop, care = term("", "iop"), term("", "substance_use")
    feed = [lantern(attributes=[iop, care]), lantern(id="s2", name="Family night")]
    report = take(tmp_path, records, feed)
    assert {one.program.name for one in records.all()} >= {"Family night"}
    assert (records.count(), len(report.created), len(report.changed)) == (2, 1, 1)


def test_the_same_feed_again_changes_nothing_and_what_is_gone_is_flagged(tmp_path: Path) -> None:
    records = empty_store()
    feed = [lantern(), lantern(id="s2", name="Family night")]
    take(tmp_path, records, feed)
    before = records.versions()
    again = take(tmp_path, records, feed)
    assert (again.created, again.changed, records.versions()) == ((), (), before)
    shorter = take(tmp_path, records, feed[:1])
    assert len(shorter.missing) == 1
    assert records.count() == 2


def test_two_doors_of_one_feed_stay_two(tmp_path: Path) -> None:
    records = empty_store()
    other = json.loads(json.dumps(lantern(id="s2")))
    location = other["service_at_locations"][0]["location"]
    location["id"], location["addresses"][0]["address_1"] = "l2", "99 E Green St"
    report = take(tmp_path, records, [lantern(), other])
    assert len({one.site.id for one in records.all()}) == 2
    assert report.review == ()


def test_what_carries_our_ids_keeps_them_beside_what_does_not(tmp_path: Path) -> None:
    before = empty_store()
    taken(before, "listing", write_json(tmp_path, full_file()), vocabularies())
    hsds = next(one for one in formats(vocabularies()) if one.name == "hsds")
    lines = export(before, hsds, tmp_path / "own.ndjson").file.read_text().splitlines()
    ours = [json.loads(line) for line in lines]
    records = empty_store()
    report = take(tmp_path, records, [*ours, lantern()])
    assert report.refused == ()
    assert {one.program.id for one in records.all()} > {one.program.id for one in before.all()}
    assert {one.site.id for one in records.all()} > {one.site.id for one in before.all()}


def test_a_term_without_a_meaning_stays_with_its_row(tmp_path: Path) -> None:
    records = empty_store()
    take(tmp_path, records, lantern(attributes=[term("Food pantry", "BD-1800")]))
    with records.desk(write=False) as desk:
        rows = {one.claim.row for one in desk.claims("HSDS: services.json", ())}
    assert any(
        "not understood: Open Eligibility BD-1800 Food pantry" in (row or "") for row in rows
    )
