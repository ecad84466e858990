"""FindTreatment answers: labels for codes, text for numbers, null for lists."""

import json
from pathlib import Path

import pytest

from directory.errors import UnreadableFile
from tests.curation.importers.lists import answer, found, programs, read

KEY = "findtreatment:substance:acme-recovery:12-north-lake-avenue:91101"


def test_labels_mean_what_codes_mean(tmp_path: Path) -> None:
    (program,) = programs(tmp_path, "findtreatment", answer(found()))
    assert (program.id, program.level_of_care, program.level_evidence) == (
        f"{KEY}:iop", "iop", "stated",
    )  # fmt: skip
    assert [one.payer for one in program.payers] == ["medi-cal"]


@pytest.mark.parametrize(
    "label", ["Intensive outpatient treatment", "Intensive Outpatient treatment ", "INTENSIVE OUTPATIENT"]
)  # fmt: skip
def test_the_spelling_of_a_label_varies(label: str, tmp_path: Path) -> None:
    row = found(services=[{"f1": "", "f2": "SET", "f3": label}])
    assert programs(tmp_path, "findtreatment", answer(row))[0].level_of_care == "iop"


def test_a_label_of_two_codes_is_told_by_its_category(tmp_path: Path) -> None:
    services = [
        {"f2": "AGE", "f3": "Young adults"},
        {"f2": "SG", "f3": "Young adults"},
        {"f2": "", "f3": "Young adults"},
    ]
    reading = read(tmp_path, "findtreatment", answer(found(services=services)))
    (program,) = (one.program for one in reading.programs.values())
    assert program.populations == {"young_adults": "dedicated"}
    assert program.ages is not None
    assert reading.unknown_codes == {": Young adults": 1}


def test_both_spellings_of_the_kind_and_no_services_are_read(tmp_path: Path) -> None:
    row = found(type_facility=None, typeFacility="OTP", services=None)
    (program,) = programs(tmp_path, "findtreatment", answer(row))
    assert (program.level_of_care, program.focus) == (None, ("substance_use",))


def test_a_point_in_text_is_a_point_and_one_outside_the_state_is_none(tmp_path: Path) -> None:
    rows = (
        found(),
        found(name1="B", latitude="44.1"),
        found(name1="C", latitude="34", longitude="x"),
    )
    reading = read(tmp_path, "findtreatment", answer(*rows))
    assert [site.lat for site, _ in reading.sites.values()] == [34.146, None, None]
    assert [one.field for one in reading.refused] == ["latitude", "latitude"]


def test_a_withheld_street_has_no_point_either(tmp_path: Path) -> None:
    reading = read(tmp_path, "findtreatment", answer(found(street1="- - -")))
    ((site, _),) = reading.sites.values()
    assert (site.address.withheld, site.lat) == (True, None)


def test_a_bare_address_of_a_website_is_http(tmp_path: Path) -> None:
    reading = read(tmp_path, "findtreatment", answer(found()))
    assert [one.website for one in reading.organizations.values()] == ["http://www.acme.org"]


def test_the_place_on_the_page_is_no_identity(tmp_path: Path) -> None:
    first, second = found(), found(_irow=2, miles=9.1)
    assert list(read(tmp_path, "findtreatment", answer(first, second)).sites) == [KEY]


def test_other_kinds_of_places_are_refused_by_name(tmp_path: Path) -> None:
    reading = read(tmp_path, "findtreatment", answer(found(type_facility="HRSA"), found()))
    assert [(one.row, one.got) for one in reading.refused] == [("rows[0]", "HRSA")]
    assert len(reading.programs) == 1


def test_unknown_labels_are_counted_with_their_category(tmp_path: Path) -> None:
    row = found(services=[{"f2": "SET", "f3": "Intensive outpatient treatment; Walks; "}])
    reading = read(tmp_path, "findtreatment", answer(row))
    assert reading.unknown_codes == {"SET: Walks": 1}


def test_pages_may_stand_one_a_line_or_in_a_list(tmp_path: Path) -> None:
    page, other = {"rows": [found()]}, {"rows": [found(name1="B"), found(name1="C")]}
    lines = "\n".join([json.dumps(page), "{broken", json.dumps(other)]).encode()
    reading = read(tmp_path, "findtreatment", lines)
    assert len(reading.programs) == 3
    assert [one.row for one in reading.refused] == ["line 2"]
    assert len(read(tmp_path, "findtreatment", json.dumps([page, other]).encode()).programs) == 3


def test_an_answer_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no list of rows"):
        read(tmp_path, "findtreatment", b'{"error": "limit"}')
