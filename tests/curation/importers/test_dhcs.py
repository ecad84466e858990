"""California's list: one license a row, upper case, three forms of file."""

import json
from pathlib import Path

import pytest

from directory.errors import UnreadableFile
from tests.curation.importers.lists import HOUSE, houses, programs, read

KEY = "dhcs:190769DP"


def test_a_row_becomes_a_site_with_its_license(tmp_path: Path) -> None:
    reading = read(tmp_path, "dhcs", houses())
    site, organization_id = reading.sites[KEY]
    assert reading.organizations[organization_id].name == "Acme Recovery, Inc."
    assert (site.name, site.phone, site.lat) == ("Acme House", "626-795-9988", 34.1461)
    address = site.address
    assert (address.street, address.unit, address.city, address.zip) == (
        "12 N. Lake Avenue", "Suite 4B", "Pasadena", "91101",
    )  # fmt: skip
    program = reading.programs[f"{KEY}:outpatient"].program
    (license,) = program.licenses
    assert (license.body, license.number, license.kind, str(license.expires)) == (
        "California DHCS", "190769DP", "Certified, outpatient", "2027-09-30",
    )  # fmt: skip
    assert program.populations == {"men": "welcomes", "women": "welcomes"}


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, ("outpatient", "stated")),
        ({"Facility_Name": "CLEAR PATH IOP"}, ("iop", "suggested")),
        ({"Facility_Name": "VVIOP"}, ("outpatient", "stated")),
        ({"Program_Code": "RES-DETOX"}, ("residential", "stated")),
        ({"Program_Code": "RES", "Facility_Name": "CLEAR PATH IOP"}, ("residential", "stated")),
        ({"Program_Code": "DSS"}, (None, None)),
    ],
)
def test_the_state_never_states_an_iop(
    changes: dict[str, str], level: tuple[str | None, str | None], tmp_path: Path
) -> None:
    (program,) = programs(tmp_path, "dhcs", houses(changes))
    assert (program.level_of_care, program.level_evidence) == level


def test_codes_without_meaning_are_kept_and_counted(tmp_path: Path) -> None:
    reading = read(
        tmp_path, "dhcs", houses({"Program_Code": "DSS", "Target_Population": "1.99 --- PILOTS"})
    )
    assert reading.unknown_codes == {"Program_Code DSS": 1, "Target_Population PILOTS": 1}
    (read_one,) = reading.programs.values()
    assert read_one.program.licenses[0].kind == "Certified, DSS"
    assert "PILOTS" in read_one.row


def test_bad_values_cost_only_themselves(tmp_path: Path) -> None:
    changes = {
        "Latitude": "0", "Longitude": "0", "Facility_Phone": "(916) 199-0199", "Facility_Zip": "9110",
        "Lic_Expiration_Date": "13/40/2027", "Facility_Address1": "",
    }  # fmt: skip
    reading = read(tmp_path, "dhcs", houses(changes))
    assert {one.field for one in reading.refused} == {
        "latitude", "facility_phone", "facility_zip", "lic_expiration_date", "facility_address1",
    }  # fmt: skip
    assert len(reading.programs) == 1


def test_a_row_that_does_not_fit_its_header_is_refused_and_counted(tmp_path: Path) -> None:
    content = houses() + b"190770DP,a row that ends here\r\n"
    reading = read(tmp_path, "dhcs", content)
    assert [(one.row, one.field, one.got) for one in reading.refused] == [
        ("row 3", "row", "2 cells")
    ]
    assert (reading.read, len(reading.programs)) == (2, 1)


def test_expired_licenses_stay_and_are_counted(tmp_path: Path) -> None:
    reading = read(tmp_path, "dhcs", houses({"Lic_Expiration_Date": "1/31/2020"}))
    assert any("1 licenses had expired" in note for note in reading.notes)
    assert len(reading.programs) == 1


def test_the_number_is_the_key_and_the_object_id_is_none(tmp_path: Path) -> None:
    reading = read(tmp_path, "dhcs", houses({}, {"OBJECTID": 99}))
    assert list(reading.sites) == [KEY]
    bad = read(tmp_path, "dhcs", houses({"Application_Number": ""}))
    assert [one.field for one in bad.refused] == ["application_number"]


def _arcgis(**geometry: object) -> bytes:
    return json.dumps({"features": [{"attributes": HOUSE, **geometry}]}).encode()


def test_three_forms_of_file_say_the_same(tmp_path: Path) -> None:
    days = {"Lic_Expiration_Date": 1822262400000}
    geo = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": HOUSE | days | {"Latitude": None, "Longitude": None},
         "geometry": {"type": "Point", "coordinates": [-118.1322, 34.1461001]}}]}  # fmt: skip
    table = read(tmp_path, "dhcs", houses())
    for content in (_arcgis(geometry={"x": -13150000.0, "y": 4048000.0}), json.dumps(geo).encode()):
        other = read(tmp_path, "dhcs", content)
        assert other.refused == []
        assert other.sites == table.sites
        assert [p.program for p in other.programs.values()] == [
            p.program for p in table.programs.values()
        ]


def test_a_cut_answer_says_so_and_an_error_of_the_service_is_refused(tmp_path: Path) -> None:
    cut = json.dumps({"features": [{"attributes": HOUSE}], "exceededTransferLimit": True}).encode()
    assert any("was cut" in note for note in read(tmp_path, "dhcs", cut).notes)
    with pytest.raises(UnreadableFile, match="error of the service"):
        read(tmp_path, "dhcs", b'{"error": {"code": 400, "message": "no such layer"}}')
