"""The invented lists of the benchmarks carry the dirt of the real ones, and importers take them."""

from pathlib import Path

from bench.lists import write_federal, write_state
from directory.config import ROOT
from tests.curation.importers.lists import read


def test_an_invented_federal_list_goes_in_but_for_its_code_rows(tmp_path: Path) -> None:
    path = tmp_path / "federal.csv"
    write_federal(path, 1_500, ROOT / "data")
    reading = read(tmp_path, "samhsa", path.read_bytes())
    assert {one.got for one in reading.refused} <= {"SET"}
    assert reading.unknown_codes.keys() == {"ZZNEW"}
    assert any("stand in the file twice" in note for note in reading.notes)
    assert any(site.address.withheld for site, _ in reading.sites.values())
    assert any((site.address.zip or "").startswith("0") for site, _ in reading.sites.values())


def test_an_invented_state_list_goes_in_and_the_same_seed_gives_the_same(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    for path in (one, other):
        write_state(path, 400, ROOT / "data")
    assert one.read_bytes() == other.read_bytes()
    reading = read(tmp_path, "dhcs", one.read_bytes())
    assert len(reading.programs) == 400
    assert reading.unknown_codes.keys() >= {"Program_Code DSS"}
