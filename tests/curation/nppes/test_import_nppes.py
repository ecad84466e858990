"""The registry adds number, name and phone to what is listed. Never a person, never a program, never a level."""

import contextlib
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.curation.importers.nppes import reader
from directory.curation.importers.nppes.taxonomies import DATA
from directory.curation.importing import Report, import_file
from directory.curation.linking.linker import load_linking
from directory.curation.reading import Told, silent
from directory.errors import UnreadableFile
from directory.store.sql_records import SqlRecords
from tests.curation.builders import (
    NOON,
    listing_file,
    organization,
    site,
    today,
    vocabularies,
    write_json,
)
from tests.exchange.stores import empty_store, taken
from tests.house.files import ROOT
from tests.support.beside import beside, only_with

Plain = dict[str, Any]

NPI, OTHER_NPI = "1234567893", "1245319599"
LINKING = load_linking(ROOT / "data")


def entry(**changes: Any) -> Plain:
    """An answer about Acme Recovery at 12 N Lake Ave, with an official who is nobody's business."""
    spot = {"address_purpose": "LOCATION", "address_1": "12 N LAKE AVE", "address_2": "", "city": "PASADENA",
            "state": "CA", "postal_code": "911013333", "telephone_number": "626-796-3141"}  # fmt: skip
    plain = {
        "enumeration_type": "NPI-2",
        "number": int(NPI),
        "basic": {"organization_name": "ACME RECOVERY LLC", "status": "A", "last_updated": "2025-03-01",
                  "authorized_official_first_name": "QUENTIN", "authorized_official_last_name": "SECRETNAME",
                  "authorized_official_telephone_number": "626-795-0000"},
        "addresses": [spot, spot | {"address_purpose": "MAILING", "telephone_number": "213-555-0000"}],
        "taxonomies": [{"code": "261QR0405X", "desc": "Clinic"}],
        "other_names": [],
    }  # fmt: skip
    return plain | changes


def answer(*entries: Plain) -> Plain:
    return {"result_count": len(entries), "results": list(entries)}


def store(folder: Path, **changes: Any) -> SqlRecords:
    """A store that lists Acme Recovery (Lake) at 12 N Lake Ave, Pasadena, without a phone."""
    records = empty_store()
    listed = listing_file(
        organization(site(name="Lake"), **changes), method="list", seen_on="2024-01-01"
    )
    assert taken(records, "listing", write_json(folder, listed), vocabularies()).refused == ()
    return records


def take(records: SqlRecords, path: Path, *, dry_run: bool = False) -> Report:
    return import_file(
        records, vocabularies(), "nppes", path, dry_run=dry_run, clock=lambda: NOON, linking=LINKING
    )


def take_answer(records: SqlRecords, folder: Path, *entries: Plain) -> Report:
    return take(records, write_json(folder, answer(*entries), "nppes.json"))


def only(records: SqlRecords):
    (listing,) = records.all()
    return listing


def test_number_name_and_phone_of_a_listed_place_are_added(tmp_path: Path) -> None:
    records = store(tmp_path)
    report = take_answer(records, tmp_path, entry())
    listing = only(records)
    assert (report.changed, report.created, report.refused) == (("acme-evening",), (), ())
    assert (listing.organization.npi, listing.site.phone) == (NPI, "626-796-3141")
    assert listing.organization.name == "Acme Recovery LLC"
    assert str(listing.organization.evidence["npi"].as_of) == "2025-03-01"
    assert listing.program.level_of_care is None
    assert "1 organizations of the registry are listed here" in report.notes


def test_no_person_reaches_the_store(tmp_path: Path) -> None:
    records = store(tmp_path)
    person = entry(
        enumeration_type="NPI-1", basic={"first_name": "JANE", "last_name": "SECRETNAME"}
    )
    report = take_answer(records, tmp_path, entry(), person)
    assert "1 entries are people: not read" in report.notes
    told = str(list(records.all())) + str(records.history("acme-evening")) + str(report)
    assert not [
        name
        for name in ("Secretname", "SECRETNAME", "Quentin", "QUENTIN", "JANE", "795-0000")
        if name in told
    ]


@pytest.mark.parametrize("name", ["ACME RANDELL, M.D., P.C.", "DR ACME RECOVERY"])
def test_a_company_named_after_a_person_gives_no_name(name: str, tmp_path: Path) -> None:
    records = store(tmp_path)
    named = entry(basic=entry()["basic"] | {"organization_name": name})
    take_answer(records, tmp_path, named)
    assert only(records).organization.name == "Acme Recovery"


def test_the_name_in_use_comes_before_the_legal_one_and_former_names_never(tmp_path: Path) -> None:
    records = store(tmp_path)
    others = [
        {"organization_name": "ACME GONE", "code": "4"},
        {"organization_name": "ACME RECOVERY CENTER", "code": "3"},
    ]
    take_answer(records, tmp_path, entry(other_names=others))
    assert only(records).organization.name == "Acme Recovery Center"


def test_a_place_that_is_not_listed_stays_unlisted(tmp_path: Path) -> None:
    records = store(tmp_path)
    elsewhere = entry(basic={"organization_name": "OTHER HOUSE"}, addresses=[])
    other = entry(number=OTHER_NPI, basic={"organization_name": "BLUE SKY"},
                  addresses=[entry()["addresses"][0] | {"address_1": "900 E UNION ST", "telephone_number": "626-796-0000"}])  # fmt: skip
    report = take_answer(records, tmp_path, elsewhere, other)
    assert report.change is None
    assert records.count() == 1
    assert only(records).organization.npi is None


def test_a_doubtful_place_is_left_alone_and_asked_of_nobody(tmp_path: Path) -> None:
    records = store(tmp_path)
    moved = entry(addresses=[entry()["addresses"][0] | {"address_1": "77 W COLORADO BLVD"}])
    report = take_answer(records, tmp_path, moved)
    assert (report.change, report.review) == (None, ())


def test_a_number_we_know_links_even_where_the_name_does_not_and_gives_no_name(
    tmp_path: Path,
) -> None:
    records = store(tmp_path, npi=NPI)
    renamed = entry(basic={"organization_name": "HOLDING 7 LLC", "status": "A"})
    take_answer(records, tmp_path, renamed)
    listing = only(records)
    assert (listing.organization.name, listing.site.phone) == ("Acme Recovery", "626-796-3141")


def test_two_numbers_for_one_organization_give_none(tmp_path: Path) -> None:
    records = store(tmp_path)
    take_answer(records, tmp_path, entry(), entry(number=OTHER_NPI))
    assert only(records).organization.npi is None


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    records = store(tmp_path)
    take_answer(records, tmp_path, entry())
    again = take_answer(records, tmp_path, entry())
    assert (again.change, again.unchanged) == (None, ("acme-evening",))


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    records = store(tmp_path)
    path = write_json(tmp_path, answer(entry()), "nppes.json")
    assert take(records, path, dry_run=True).changed == ("acme-evening",)
    assert only(records).organization.npi is None


def test_a_wrong_number_is_refused_alone(tmp_path: Path) -> None:
    records = store(tmp_path)
    report = take_answer(records, tmp_path, entry(number="1234567890"), entry())
    assert [(one.row, one.field, one.got) for one in report.refused] == [
        ("results[0]", "NPI", "1234567890")
    ]
    assert report.changed == ("acme-evening",)


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"taxonomies": [{"code": "101YA0400X"}]}, "no places of treatment"),
        ({"taxonomies": [{"code": "332B00000X"}]}, "no places of treatment"),
        ({"basic": {"organization_name": "ACME RECOVERY", "status": "D"}}, "no longer active"),
    ],
)
def test_others_are_left_out_and_counted(changes: Plain, note: str, tmp_path: Path) -> None:
    records = store(tmp_path)
    report = take_answer(records, tmp_path, entry(**changes))
    assert report.change is None
    assert [one for one in report.notes if note in one and one.startswith("1 ")]


def test_a_code_of_no_section_is_reported(tmp_path: Path) -> None:
    records = store(tmp_path)
    codes = [{"code": "261QR0405X"}, {"code": "991X00000X"}]
    report = take_answer(records, tmp_path, entry(taxonomies=codes))
    assert report.unknown_codes == {"taxonomy 991X00000X": 1}


def test_the_registry_says_its_errors_with_status_200(tmp_path: Path) -> None:
    error = {
        "Errors": [
            {"description": "No valid search criteria provided", "field": "generic", "number": "04"}
        ]
    }
    with pytest.raises(UnreadableFile) as refusal:
        take(store(tmp_path), write_json(tmp_path, error, "error.json"))
    assert "No valid search criteria provided" in refusal.value.got


BULK = {
    "NPI": NPI,
    "Entity Type Code": "2",
    "Provider Organization Name (Legal Business Name)": "ACME RECOVERY LLC",
    "Provider Other Organization Name": "",
    "Provider Other Organization Name Type Code": "",
    "Provider First Line Business Practice Location Address": "12 N LAKE AVE",
    "Provider Second Line Business Practice Location Address": "",
    "Provider Business Practice Location Address City Name": "PASADENA",
    "Provider Business Practice Location Address State Name": "CA",
    "Provider Business Practice Location Address Postal Code": "911013333",
    "Provider Business Practice Location Address Telephone Number": "6267963141",
    "Last Update Date": "03/01/2025",
    "NPI Deactivation Date": "",
    "Authorized Official Last Name": "SECRETNAME",
    "Healthcare Provider Taxonomy Code_1": "261QR0405X",
}


def bulk(folder: Path, *rows: dict[str, str]) -> Path:
    header = [*BULK, *(f"Filler {number}" for number in range(330 - len(BULK)))]
    file = io.StringIO()
    sheet = csv.DictWriter(file, header, quoting=csv.QUOTE_ALL)
    sheet.writeheader()
    sheet.writerows(rows)
    path = folder / "npidata.csv"
    path.write_text(file.getvalue(), encoding="utf-8")
    return path


def test_the_monthly_file_of_330_columns_says_the_same(tmp_path: Path) -> None:
    records = store(tmp_path)
    person = BULK | {"Entity Type Code": "1"}
    gone = BULK | {"NPI Deactivation Date": "01/01/2020"}
    report = take(records, bulk(tmp_path, person, gone, BULK))
    listing = only(records)
    assert (listing.organization.npi, listing.site.phone) == (NPI, "626-796-3141")
    assert (report.read, report.refused) == (3, ())
    assert {one.partition(" ")[2] for one in report.notes} >= {
        "entries are people: not read", "entries are no longer active: left out",
    }  # fmt: skip


def test_a_row_of_the_monthly_file_that_was_cut_off_is_refused_alone(tmp_path: Path) -> None:
    path = bulk(tmp_path, BULK)
    whole = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join((whole[0], whole[1].rpartition(",")[0], whole[1])), encoding="utf-8")
    report = take(store(tmp_path), path)
    assert [(one.row, one.field) for one in report.refused] == [("row 2", "row")]
    assert report.refused[0].expected == "330 cells, as its header"
    assert (report.read, len(report.changed)) == (2, 1)


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "npidata.csv"
    path.write_text("NPI,Entity Type Code\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableFile) as refusal:
        take(store(tmp_path), path)
    assert "legal business name" in refusal.value.got


ANSWER, ERROR = (beside("data", f"nppes_api_v21_{name}.json") for name in ("sample_npi2", "error"))


@only_with(ANSWER, "answers of the registry, saved as they came")
def test_the_sample_answers_are_read(tmp_path: Path) -> None:
    report = take(store(tmp_path), ANSWER)
    assert (report.read, report.refused, report.created) == (10, (), ())
    with pytest.raises(UnreadableFile):
        take(store(tmp_path), ERROR)


def test_every_taxonomy_has_a_kind_and_a_source() -> None:
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["kind"] for row in rows} == {"place", "other", "person"}
    assert all(row["source"] and row["label"] for row in rows)
    assert len({row["code"] for row in rows}) == len(rows)


WITHOUT_HARM = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def read(folder: Path, content: bytes) -> None:
    path = folder / "file.dat"
    path.write_bytes(content)
    with contextlib.suppress(UnreadableFile):
        reader.read(path, vocabularies(), silent, Told(today()))


@WITHOUT_HARM
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"{", b'{"results":[', b'"NPI","Entity Type Code"\n']),
)
def test_no_bytes_crash_the_reader(tmp_path: Path, content: bytes, start: bytes) -> None:
    read(tmp_path, start + content)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "number"]), inner)
    ),
    max_leaves=6,
)


@WITHOUT_HARM
@given(st.data())
def test_no_value_in_any_place_crashes_the_import(tmp_path: Path, data: st.DataObject) -> None:
    plain = answer(entry())
    place: Any = plain
    while isinstance(place, dict | list) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or data.draw(st.booleans()):
            place[key] = data.draw(VALUES)
            break
        place = inner
    read(tmp_path, json.dumps(plain).encode())
