"""Rows of lists become sites and programs of ours, once, and keep their ids."""

from dataclasses import replace
from datetime import date

import pytest

from directory.curation.linking.given import GivenIds
from directory.curation.linking.linker import Linking
from tests.curation.builders import imported, listing_file, program, site, write_json
from tests.curation.builders import organization as plain_organization
from tests.curation.linking.rows import (
    DHCS,
    LINKING,
    SAMHSA,
    certificate,
    listed,
    mental,
    substance,
    take,
)


def pairs(records, *, waiting=True):
    with records.desk(write=False) as desk:
        return desk.links.pairs(waiting=waiting)


def test_ids_read_like_the_names(records):
    report = take(records, SAMHSA, substance(programs=("iop", "php")), mental(programs=("php",)))
    assert listed(records) == [
        ("lantern-recovery-center", "lantern-recovery-center", f"lantern-recovery-center-{end}")
        for end in ("iop", "mh-php", "php")
    ]
    assert (report.accepted, report.read, report.review) == (3, 3, ())


def test_the_same_file_again_changes_nothing(records):
    rows = substance(), mental(programs=("php",)), substance("b", street="99 E Green St")
    take(records, SAMHSA, *rows)
    before = listed(records), records.versions()
    again = take(records, SAMHSA, *rows)
    assert (len(again.created), len(again.changed), len(again.unchanged)) == (0, 0, 3)
    assert (listed(records), records.versions()) == before


def test_a_name_that_two_sites_have_gets_its_town_or_its_street(records):
    take(
        records, SAMHSA, substance(), substance("b", street="99 E Green St"),
        substance("c", street="1 Main St", city="Glendale", zip="91205"),
    )  # fmt: skip
    assert sorted({key for _, key, _ in listed(records)}) == [
        "lantern-recovery-center-glendale",
        "lantern-recovery-center-pasadena-12-north-lake-avenue",
        "lantern-recovery-center-pasadena-99-e-green-st",
    ]


def test_a_certificate_belongs_to_the_program_at_its_door(records):
    take(records, SAMHSA, substance(programs=("iop", "php")))
    report = take(records, DHCS, certificate())
    numbers = {one.program.id: [x.number for x in one.program.licenses] for one in records.all()}
    assert numbers == {
        "lantern-recovery-center-iop": ["190769DP"],
        "lantern-recovery-center-php": ["190769DP"],
    }
    assert {one.program.level_of_care for one in records.all()} == {"iop", "php"}
    assert (report.read, report.accepted) == (1, 1)


def test_a_certificate_alone_is_a_program(records):
    take(records, DHCS, certificate())
    assert listed(records) == [
        ("lantern-recovery", "lantern-recovery", "lantern-recovery-outpatient")
    ]


def test_two_programs_of_one_list_at_one_door_stay_two(records):
    take(records, SAMHSA, substance(), substance("b", name="Lantern Women's Program"))
    assert len({one for _, one, _ in listed(records)}) == 1
    assert len(listed(records)) == 2


def test_a_new_edition_finds_its_rows_again_and_the_newer_fact_is_shown(records):
    take(records, SAMHSA, substance())
    newer = replace(SAMHSA, dated=date(2025, 12, 31))
    report = take(records, newer, substance(phone="626-796-9999"))
    assert [one.site.phone for one in records.all()] == ["626-796-9999"]
    assert len(report.changed) == 1


def test_an_older_edition_over_a_newer_one_is_said(records):
    take(records, SAMHSA, substance())
    older = take(records, replace(SAMHSA, dated=date(2021, 12, 31)), substance(), dry_run=True)
    assert ["2021-12-31" in note and "2023-12-31" in note for note in older.notes] == [True]
    assert take(records, SAMHSA, substance()).notes == ()


def test_a_row_that_is_gone_is_flagged_and_stays(records):
    take(records, SAMHSA, substance(), substance("b", street="99 E Green St"))
    report = take(records, SAMHSA, substance())
    assert len(report.missing) == 1
    assert len(listed(records)) == 2


def test_a_doubtful_pair_waits_with_both_rows_as_seen_and_the_reason(records):
    take(records, SAMHSA, substance())
    report = take(records, DHCS, certificate(street="99 East Green Street"))
    assert report.review == ("dhcs:190769DP | samhsa:substance:a",)
    (pair,) = pairs(records)
    assert pair.reason == "the same phone and name, but two addresses"
    assert (pair.left["street"], pair.right["street"]) == (
        "12 North Lake Avenue",
        "99 East Green Street",
    )
    assert pair.right["programs"] == "Lantern Recovery: outpatient"
    again = take(records, DHCS, certificate(street="99 East Green Street"))
    assert len(again.review) == len(pairs(records)) == 1, "asked once"


def test_a_certain_link_says_by_which_rule(records):
    take(records, SAMHSA, substance())
    take(records, DHCS, certificate())
    (pair,) = pairs(records, waiting=False)
    assert (pair.rule, pair.answer, pair.by) == ("door-name-phone", "same", "rule")


def test_a_dry_run_says_what_would_be_asked_and_remembers_nothing(records):
    take(records, SAMHSA, substance())
    report = take(records, DHCS, certificate(street="99 East Green Street"), dry_run=True)
    assert len(report.review) == 1
    assert pairs(records) == []
    assert len(listed(records)) == 1


def test_a_decision_that_ships_links_a_place_that_moved(records):
    shipped = {frozenset(("samhsa:substance:a", "dhcs:190769DP")): "same"}
    linking = Linking(LINKING.words, shipped)
    moved = certificate(street="44 South Mentor Avenue", unit="Suite B", name="Lantern SMR")
    take(records, SAMHSA, substance(), linking=linking)
    report = take(records, DHCS, moved, linking=linking)
    assert report.review == ()
    assert {one.site.address.street for one in records.all()} == {"44 South Mentor Avenue"}


def test_a_row_of_a_list_finds_the_site_that_a_curator_wrote(records, tmp_path):
    own = site(program(focus=["substance_use"], level_of_care="iop", level_evidence="stated"),
               name="Acme Recovery", phone="626-796-3141")  # fmt: skip
    imported(records, write_json(tmp_path, listing_file(plain_organization(own))))
    take(records, SAMHSA, substance(name="Acme Recovery Inc", services=("cbt",)))
    assert listed(records) == [("acme", "acme-lake", "acme-evening")]
    (one,) = records.all()
    assert one.program.name == "Evening IOP", "the page is stronger than the list"
    assert one.program.services == ("cbt",)


def test_an_invented_program_is_never_linked(records, tmp_path):
    own = listing_file(plain_organization(site(name="Lantern Recovery Center")), method="example")
    imported(records, write_json(tmp_path, own))
    take(records, SAMHSA, substance())
    assert len({one for _, one, _ in listed(records)}) == 2


def streets(records):
    return {one.site.id: one.site.address.street for one in records.all()}


def test_a_withheld_street_is_shown_from_no_list(records):
    hidden = substance(withheld=True, name="Lantern Recovery")
    take(records, SAMHSA, hidden)
    take(records, DHCS, certificate())
    assert streets(records) == {"lantern-recovery": None}


@pytest.mark.parametrize("first", ["federal", "state"])
def test_a_street_is_kept_back_even_while_a_person_decides(records, first):
    hidden = substance(withheld=True, phone="800-796-0000")
    order = [(SAMHSA, hidden), (DHCS, certificate())]
    for source, one in order if first == "federal" else order[::-1]:
        take(records, source, one)
    assert set(streets(records).values()) == {None}
    assert len(streets(records)) == 2
    (pair,) = pairs(records)
    assert pair.left["street"] == pair.right["street"] == "withheld"
    assert "Lake" not in str(pair)


def test_a_withheld_street_hides_nothing_in_another_town(records):
    take(records, SAMHSA, substance(withheld=True, zip="90026", city="Los Angeles"))
    take(records, DHCS, certificate())
    assert set(streets(records).values()) == {None, "12 North Lake Avenue"}


ROW = "samhsa:substance:a"


def given(sites=None, organizations=None):
    return replace(LINKING, ids=GivenIds(sites or {}, organizations or {}))


def test_a_row_takes_the_ids_that_ship_for_it(records):
    ids = given({ROW: "lantern-lake"}, {ROW: "lantern-inc"})
    take(records, SAMHSA, substance(), linking=ids)
    assert listed(records) == [("lantern-inc", "lantern-lake", "lantern-lake-iop")]


def test_a_site_that_ships_is_found_by_its_row_however_little_they_share(records, tmp_path):
    page = listing_file(plain_organization(site(program(), name="By the lake", address={})))
    imported(records, write_json(tmp_path, page))
    take(records, SAMHSA, substance(), linking=given({ROW: "acme-lake"}))
    assert {site_id for _, site_id, _ in listed(records)} == {"acme-lake"}


def test_other_sites_of_an_organization_that_ships_are_its_own(records):
    ids = given(organizations={ROW: "lantern-inc"})
    take(records, SAMHSA, substance("b", street="99 E Green St"), substance(), linking=ids)
    assert {organization for organization, _, _ in listed(records)} == {"lantern-inc"}


def test_no_other_row_takes_an_id_that_ships(records):
    ids = given({"samhsa:substance:elsewhere": "lantern-recovery-center"})
    take(records, SAMHSA, substance(), linking=ids)
    assert [site_id for _, site_id, _ in listed(records)] == ["lantern-recovery-center-pasadena"]


def test_an_id_that_ships_does_not_move_a_row_that_has_its_place(records):
    take(records, SAMHSA, substance())
    before = listed(records)
    take(records, SAMHSA, substance(), linking=given({ROW: "lantern-lake"}))
    assert listed(records) == before
