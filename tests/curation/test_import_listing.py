"""Importing our own format: what goes in, what a second import does, who is believed."""

from datetime import date
from pathlib import Path
from typing import Any

from directory.catalog.evidence import Source
from directory.catalog.listing import dump_listings, load_source
from directory.store.sql_records import SqlRecords
from tests.curation.builders import (
    full_file,
    full_program,
    imported,
    listing_file,
    one_program,
    one_site,
    organization,
    program,
    site,
    source,
    write_json,
)
from tests.curation.conftest import Import


def _list(services: list[str], **facts: Any) -> dict[str, Any]:
    changes = {"services": services, **facts}
    return one_program(changes, method="list", name="SAMHSA", seen_on="2026-11-23")


def test_a_listing_that_goes_in_comes_out_the_same(take: Import, records: SqlRecords) -> None:
    report = take(full_file())
    assert report.refused == ()
    back = dump_listings(records.all(), load_source(full_file()["source"]))
    assert back == full_file()


def test_a_second_import_changes_nothing(take: Import, records: SqlRecords, tmp_path: Path) -> None:
    assert take(full_file()).as_dict()["created"] == 1
    before = list(records.all())
    report = take(full_file())
    assert (report.created, report.changed, report.unchanged) == ((), (), ("acme-evening",))
    assert list(records.all()) == before


def test_a_dry_run_tells_the_same_numbers_and_writes_nothing(
    take: Import, records: SqlRecords
) -> None:
    dry = take(full_file(), dry_run=True)
    assert records.count() == 0
    wet = take(full_file())
    same = ("read", "accepted", "created", "changed", "unchanged", "missing", "refused")
    assert [dry.as_dict()[key] for key in same] == [wet.as_dict()[key] for key in same]


def test_a_changed_fact_raises_the_version_and_keeps_the_address(
    take: Import, records: SqlRecords
) -> None:
    take(one_program())
    report = take(one_program({"name": "Night IOP"}))
    listing = records.get("acme-evening")
    assert listing is not None
    assert report.changed == ("acme-evening",)
    assert (listing.version, listing.slug) == (2, "acme-recovery-evening-iop")
    assert listing.program.name == "Night IOP"
    assert records.by_slug(listing.slug) == listing


def test_a_new_phone_of_the_site_counts_as_a_change_of_its_programs(
    take: Import, records: SqlRecords
) -> None:
    take(one_site())
    assert take(one_site(phone="626-795-9988")).changed == ("acme-evening",)
    listing = records.get("acme-evening")
    assert listing is not None
    assert listing.version == 2


def test_a_bulk_list_never_overwrites_what_a_phone_call_confirmed(
    take: Import, records: SqlRecords
) -> None:
    take(one_program({"ages": {"min": 21}}, method="phone", name="Call", seen_on="2026-01-02"))
    take(_list(["cbt"], ages={"min": 18}))
    listing = records.get("acme-evening")
    assert listing is not None
    assert listing.program.ages is not None
    assert listing.program.ages.min == 21
    assert listing.program.source_of("ages") == Source("Call", date(2026, 1, 2), "phone")


def test_a_stated_level_of_care_is_believed_before_a_suggested_one(
    take: Import, records: SqlRecords
) -> None:
    take(_list(["cbt"], level_of_care="iop", level_evidence="stated"))
    take(one_program({"level_of_care": "php", "level_evidence": "suggested"}, method="phone"))
    listing = records.get("acme-evening")
    assert listing is not None
    assert (listing.program.level_of_care, listing.program.level_evidence) == ("iop", "stated")


def test_lists_are_united_and_each_item_keeps_its_source(take: Import, records: SqlRecords) -> None:
    take(_list(["cbt", "family_therapy"]))
    take(one_program({"services": ["dbt", "cbt"]}))
    listing = records.get("acme-evening")
    assert listing is not None
    names = {
        item: found.name
        for item in listing.program.services
        if (found := listing.program.source_of("services", item))
    }
    assert names == {"dbt": "Acme's page", "cbt": "Acme's page", "family_therapy": "SAMHSA"}


def test_openings_reported_by_phone_leave_the_schedule_its_own_source(
    take: Import, records: SqlRecords
) -> None:
    call = source("phone", name="Call", seen_on="2026-11-22")
    tracks = full_program()["tracks"]
    take(one_program({"tracks": tracks, "evidence": {"openings": call}}))
    listing = records.get("acme-evening")
    assert listing is not None
    assert listing.program.tracks[0].openings.seats == 3
    assert listing.program.evidence["openings"].method == "phone"
    assert listing.program.evidence["tracks"].method == "published"


def test_a_street_withheld_by_one_list_is_shown_by_none(take: Import, records: SqlRecords) -> None:
    take(one_site(lat=34.1461, lon=-118.1322))
    hidden = one_site(address={"city": "Pasadena", "state": "CA", "withheld": True})
    hidden["source"] = source("list", name="SAMHSA")
    take(hidden)
    listing = records.get("acme-evening")
    assert listing is not None
    address = listing.site.address
    assert (address.street, address.unit, address.withheld) == (None, None, True)
    assert address.city == "Pasadena"
    assert (listing.site.lat, listing.site.lon) == (None, None)


def test_a_fact_may_carry_its_own_source(take: Import, records: SqlRecords) -> None:
    call = source("phone", name="Call", seen_on="2026-11-22")
    payers = [{"payer": "medi-cal"}, {"payer": "aetna"}]
    take(one_program({"payers": payers, "evidence": {"payers:aetna": call}}))
    listing = records.get("acme-evening")
    assert listing is not None
    sources = {item: listing.program.source_of("payers", item) for item in ("medi-cal", "aetna")}
    assert [found and found.method for found in sources.values()] == ["published", "phone"]


def test_a_fact_the_file_no_longer_states_is_withdrawn(take: Import, records: SqlRecords) -> None:
    call = source("phone", name="Call")
    take(one_program({"services": ["cbt"], "ages": {"min": 18}, "evidence": {"ages": call}}))
    take(one_program())
    listing = records.get("acme-evening")
    assert listing is not None
    assert (listing.program.services, listing.program.ages) == ((), None)


def test_a_newer_edition_dates_what_it_states_and_flags_what_it_lacks(
    take: Import, records: SqlRecords
) -> None:
    both = organization(site(program("a"), program("b")))
    take(listing_file(both))
    newer = listing_file(organization(site(program("a"))), seen_on="2026-11-24")
    report = take(newer)
    assert (report.missing, report.changed) == (("b",), ("a",))
    assert records.count() == 2
    listings = {one.program.id: one.program.evidence["name"].seen_on.day for one in records.all()}
    assert listings == {"a": 24, "b": 20}
    with records.desk(write=False) as desk:
        assert desk.missing("Acme's page") == {"b"}
    take(listing_file(both, seen_on="2026-11-24"))
    with records.desk(write=False) as desk:
        assert desk.missing("Acme's page") == frozenset()


def test_a_refused_program_is_not_called_missing(take: Import, records: SqlRecords) -> None:
    take(one_program())
    report = take(one_program({"services": ["reiki"]}))
    assert (report.missing, report.accepted, len(report.refused)) == ((), 0, 1)
    listing = records.get("acme-evening")
    assert listing is not None
    assert listing.program.name == "Evening IOP"


def test_a_program_does_not_move_to_another_site_by_import(take: Import) -> None:
    take(one_program())
    report = take(listing_file(organization(site(program(), id="acme-other"))))
    assert report.accepted == 0
    assert report.refused[0].expected == "under acme-lake, as in the store"


def test_what_is_refused_with_a_site_or_organization_that_stands_elsewhere_has_a_row(
    take: Import,
) -> None:
    take(listing_file(organization(site(program("old"), id="s1"), id="o1")))
    take(listing_file(organization(site(program("made"), id="s9"), id="o9"), method="example"))
    moved = organization(site(program("a"), program("b"), id="s1"), id="o2")
    mixed = organization(site(program("c"), id="s3"), id="o9")
    report = take(listing_file(moved, mixed))
    assert (report.read, report.accepted) == (3, 0)
    assert [(one.row, one.field, one.got) for one in report.refused] == [
        ("organization o9", "id", "o9"),
        ("site s1", "id", "s1 under o2"),
        ("program a", "site", "s1"),
        ("program b", "site", "s1"),
        ("program c", "organization", "o9"),
    ]


def test_examples_and_real_listings_never_share_a_record(take: Import) -> None:
    take(one_program())
    report = take(one_program(method="example", name="Invented"))
    assert report.accepted == 0
    assert "examples" in report.refused[0].expected


def test_two_programs_of_one_name_get_two_addresses(take: Import, records: SqlRecords) -> None:
    take(listing_file(organization(site(program("a"), program("b")))))
    slugs = sorted(listing.slug for listing in records.all())
    assert slugs == ["acme-recovery-evening-iop", "acme-recovery-evening-iop-2"]


def test_two_thousand_programs_go_in_and_come_out(tmp_path: Path, records: SqlRecords) -> None:
    sites = [
        site(*(full_program() | {"id": f"p-{place}-{one}"} for one in range(4)), id=f"s-{place}")
        for place in range(500)
    ]
    path = write_json(tmp_path, listing_file(organization(*sites)))
    assert imported(records, path).accepted == 2000
    assert len(list(records.all())) == 2000
    assert len(imported(records, path).unchanged) == 2000


def test_evidence_that_is_null_leaves_the_source_of_the_file(
    take: Import, records: SqlRecords
) -> None:
    assert take(one_program({"evidence": {"name": None}})).refused == ()
    (listing,) = records.all()
    assert listing.program.evidence["name"] == load_source(source())
