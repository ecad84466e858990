"""The federal directory: what its codes state, and the dirt it comes with."""

from pathlib import Path

import pytest
import xlsxwriter

from tests.curation.importers.lists import ACME, FEDERAL, federal, programs, read
from tests.support.beside import beside, only_with

BOOKS = {
    survey: beside("data", f"National_Directory_{survey}_sample.xlsx") for survey in ("SU", "MH")
}
KEY = "samhsa:substance:acme-recovery:12-north-lake-avenue:91101"


def _levels(folder: Path, **changes: str) -> dict[str | None, str | None]:
    found = programs(folder, "samhsa", federal(changes))
    return {one.level_of_care: one.level_evidence for one in found}


def test_an_iop_is_stated_only_by_its_code(tmp_path: Path) -> None:
    assert _levels(tmp_path) == {"iop": "stated"}
    assert _levels(tmp_path, service_code_info="SA * OP ORT") == {"outpatient": "stated"}
    assert _levels(tmp_path, service_code_info="SA * RES RL") == {"residential": "stated"}
    assert _levels(tmp_path, service_code_info="SA * OIT ODT") == {"iop": "stated", "php": "stated"}


def test_a_mental_health_iop_is_never_more_than_suggested(tmp_path: Path) -> None:
    mental = {"directory_type": "mental"}
    day = _levels(tmp_path, **mental, service_code_info="MH * OP PHDT")
    assert day == {"php": "stated", "iop": "suggested"}
    named = _levels(
        tmp_path, **mental, name2="Intensive Outpatient Program", service_code_info="OP"
    )
    assert named == {"iop": "suggested"}
    coded = _levels(tmp_path, **mental, service_code_info="MH * OP OIT")
    assert coded == {"outpatient": "stated"}


def test_a_row_without_a_level_says_none(tmp_path: Path) -> None:
    assert _levels(tmp_path, service_code_info="TGD * ADLT") == {None: None}


def test_what_the_codes_state(tmp_path: Path) -> None:
    codes = "SA SUMH * OIT * CBT TELE * JC * MD PI SS * CHLD YAD ADLT * SP F47 * FEM * WN VET"
    (program,) = programs(tmp_path, "samhsa", federal({"service_code_info": codes}))
    assert program.focus == ("co_occurring", "substance_use")
    assert "cbt" in program.services
    assert program.languages == {"es": "interpreter", "ko": "interpreter"}
    assert [one.payer for one in program.payers] == [
        "medi-cal",
        "private-insurance",
        "sliding-scale",
    ]
    assert program.ages is not None
    assert (program.ages.min, program.ages.max) == (0, None)
    stances = {"women": "dedicated", "men": "excludes", "adolescents": "welcomes"}
    assert stances.items() <= dict(program.populations).items()
    assert program.populations["veterans"] == "dedicated"
    assert program.accreditations == ("joint_commission",)
    source = program.source_of("services")
    assert source is not None
    assert (source.name, source.edition) == ("SAMHSA National Directory", "2024")
    assert source.as_of.isoformat() == "2023-12-31"


@pytest.mark.parametrize(
    ("code", "words"), [("DUO", "DUI"), ("OUDO", "opioid"), ("AUDO", "alcohol")]
)
def test_a_place_for_some_clients_only_says_so(code: str, words: str, tmp_path: Path) -> None:
    (program,) = programs(tmp_path, "samhsa", federal({"service_code_info": f"SA * OIT * {code}"}))
    assert words in (program.description or "")


def test_lost_zeros_come_back_and_only_where_they_were(tmp_path: Path) -> None:
    reading = read(
        tmp_path, "samhsa", federal({"state": "MA", "zip": "2138"}, {"state": "PR", "zip": "901"})
    )
    assert {site.address.zip for site, _ in reading.sites.values()} == {"02138", "00901"}
    lost = read(tmp_path, "samhsa", federal({"zip": "9110"}))
    assert [(one.field, one.got) for one in lost.refused] == [("zip", "9110")]
    assert len(lost.programs) == 1


def test_a_street_of_dashes_is_withheld(tmp_path: Path) -> None:
    for dashes in ("- - -", "---", ""):
        reading = read(tmp_path, "samhsa", federal({"street1": dashes, "street2": "Suite 3"}))
        (site, _) = reading.sites["samhsa:substance:acme-recovery:withheld:91101"]
        assert (site.address.withheld, site.address.street, site.address.unit) == (True, None, None)


def test_a_row_twice_is_read_once_and_a_second_door_is_another(tmp_path: Path) -> None:
    reading = read(tmp_path, "samhsa", federal({}, {}, {"street2": "Suite 9"}))
    assert list(reading.sites) == [KEY, f"{KEY}:suite-9"]
    assert any("1 rows stand in the file twice" in note for note in reading.notes)


def test_the_source_key_does_not_hang_on_phone_or_codes(tmp_path: Path) -> None:
    reading = read(
        tmp_path, "samhsa", federal({"phone": "626-795-9977", "service_code_info": "OIT"})
    )
    assert list(reading.sites) == [KEY]
    assert list(reading.programs) == [f"{KEY}:iop"]


def test_rows_of_the_code_sheet_among_facilities_are_refused(tmp_path: Path) -> None:
    spilled = dict.fromkeys(ACME, "") | {"name1": "SET", "name2": "Service Setting"}
    header = dict.fromkeys(ACME, "") | {"name1": "category_code"}
    reading = read(tmp_path, "samhsa", federal({}, spilled, header))
    assert [(one.row, one.got) for one in reading.refused] == [
        ("row 3", "SET"), ("row 4", "category_code"),
    ]  # fmt: skip
    assert (len(reading.programs), reading.read) == (1, 3)


def test_unknown_codes_are_counted_and_stay_with_the_row(tmp_path: Path) -> None:
    codes = {"service_code_info": "SA * OIT * ZZTOP QQ"}
    reading = read(tmp_path, "samhsa", federal(codes, codes | {"name1": "Other"}))
    assert reading.unknown_codes == {"QQ": 2, "ZZTOP": 2}
    assert reading.programs[f"{KEY}:iop"].row == "row 2 (not understood: QQ; ZZTOP)"


@pytest.mark.parametrize(
    ("name1", "name2", "name"),
    [
        ("Council on Alcoholism and", "Drug Dependence", "Council on Alcoholism and Drug Dependence"),
        ("Acme", "Lake Branch", "Acme, Lake Branch"),
        ("Acme", "(Lake)", "Acme (Lake)"),
        ("Acme Behav Hlth Prog", "", "Acme Behav Health Program"),
    ],
)  # fmt: skip
def test_a_name_in_two_lines_is_put_together(
    name1: str, name2: str, name: str, tmp_path: Path
) -> None:
    reading = read(tmp_path, "samhsa", federal({"name1": name1, "name2": name2}))
    ((site, _),) = reading.sites.values()
    assert site.name == name


def test_an_extension_stays_and_a_bad_phone_costs_only_the_phone(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "samhsa",
        federal({"phone": "626-795-9988 x12"}, {"name1": "B", "phone": "626-79"}),
    )
    assert [site.phone for site, _ in reading.sites.values()] == ["626-795-9988 x12", None]
    assert [(one.row, one.field, one.got) for one in reading.refused] == [
        ("row 3", "phone", "626-79")
    ]


def test_a_workbook_says_its_survey_by_its_codes(tmp_path: Path) -> None:
    for code, survey in (("OIT", "substance"), ("PHDT", "mental")):
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(path) as book:
            codes = book.add_worksheet("Service Code Reference")
            codes.write_row(0, 0, ["category_code", "category_name", "service_code"])
            codes.write_row(1, 0, ["SET", "Service Setting", code])
            sheet = book.add_worksheet(" Facilities List")
            sheet.write_row(0, 0, [f" {name.upper()} " for name in FEDERAL[1:]])
            row = ACME | {"service_code_info": "OP"}
            sheet.write_row(1, 0, [row.get(name, "") for name in FEDERAL[1:]])
        reading = read(tmp_path, "samhsa", path.read_bytes())
        assert [key.split(":")[1] for key in reading.sites] == [survey]


def test_without_survey_the_row_is_refused_where_its_codes_do_not_tell(tmp_path: Path) -> None:
    reading = read(tmp_path, "samhsa", federal({"directory_type": "", "service_code_info": "OP"}))
    assert [one.field for one in reading.refused] == ["directory_type"]
    assert reading.programs == {}


@only_with(BOOKS["SU"], "the official workbooks")
@pytest.mark.parametrize(("survey", "stated"), [("SU", 98), ("MH", 0)])
def test_the_official_layout_is_read(survey: str, stated: int, tmp_path: Path) -> None:
    reading = read(tmp_path, "samhsa", BOOKS[survey].read_bytes())
    levels = [
        (p.program.level_of_care, p.program.level_evidence) for p in reading.programs.values()
    ]
    assert levels.count(("iop", "stated")) == stated
    assert (reading.refused, reading.unknown_codes, len(reading.sites)) == ([], {}, 170)
