"""What is exported comes in again as it was; no cell is ever a formula; the bytes never vary."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.catalog.evidence import Rival, Source
from directory.catalog.listing import facts_of
from directory.catalog.program import Listing
from directory.errors import UnwritableFile
from directory.exchange.cells import guarded, unguarded
from directory.exchange.formats import Format, export, formats
from directory.exchange.listing_files import write_xlsx
from directory.exchange.template import TEMPLATES
from tests.exchange.stores import empty_store, facts, stored, taken
from tests.exchange.strategies import FILE_SOURCE, listings, vocabularies
from tests.support.builders import a_listing

ALL = [one for one in formats(vocabularies()) if one.imported_by]
FORMAT = pytest.mark.parametrize("chosen", ALL, ids=lambda one: one.name)
RANDOM = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LIVE = ("=", "+", "-", "@", "\t", "\r", "\0")


def is_live(cell: str) -> bool:
    """True for what a spreadsheet may take for a formula; a number below 0 is none."""
    is_number = re.fullmatch(r"-\d+(\.\d+)?(e[-+]?\d+)?", cell, re.ASCII | re.IGNORECASE)
    return cell.startswith(LIVE) and not is_number


@FORMAT
@RANDOM
@given(given_listings=listings())
def test_what_is_exported_comes_in_again_as_it_was(
    chosen: Format, given_listings: list[Listing], tmp_path: Path
) -> None:
    before = stored(given_listings, tmp_path)
    exported = export(before, chosen, tmp_path / f"out{chosen.suffix}")
    after = empty_store()
    report = taken(after, chosen.imported_by, exported.file)
    assert report.refused == ()
    assert facts(after) == facts(before)
    assert exported.programs == len(given_listings)


@FORMAT
def test_the_shipped_listings_survive_every_format(chosen: Format, house, tmp_path: Path) -> None:
    exported = export(house.records(), chosen, tmp_path / f"out{chosen.suffix}")
    after = empty_store()
    taken(after, chosen.imported_by, exported.file, house.vocabularies)
    assert facts(after) == [one for one in facts(house.records()) if not one.example]


@FORMAT
def test_tracks_of_one_name_or_of_none_come_in_again_apart(
    chosen: Format, house, tmp_path: Path
) -> None:
    one = next(one for one in house.records().all() if one.program.tracks and not one.example)
    named = [
        ("Evening", None),
        ("evening", None),
        (None, None),
        ("Evening", "summer"),
        ("Day", None),
    ]
    tracks = tuple(
        replace(one.program.tracks[0], label=label, season=season) for label, season in named
    )

    class Listed:
        def all(self):
            return iter([replace(one, program=replace(one.program, tracks=tracks))])

    exported = export(Listed(), chosen, tmp_path / f"out{chosen.suffix}")  # type: ignore[arg-type]
    after = empty_store()
    assert taken(after, chosen.imported_by, exported.file, house.vocabularies).refused == ()
    (listing,) = after.all()
    assert [(track.label, track.season) for track in listing.program.tracks] == named


@FORMAT
def test_examples_have_an_export_of_their_own(chosen: Format, house, tmp_path: Path) -> None:
    exported = export(house.records(), chosen, tmp_path / f"out{chosen.suffix}", examples=True)
    after = empty_store()
    taken(after, chosen.imported_by, exported.file, house.vocabularies)
    assert facts(after) == [one for one in facts(house.records()) if one.example]


@FORMAT
def test_the_same_store_gives_the_same_bytes(chosen: Format, house, tmp_path: Path) -> None:
    once = export(house.records(), chosen, tmp_path / "one")
    again = export(house.records(), chosen, tmp_path / "two")
    assert once.file.read_bytes() == again.file.read_bytes()
    assert once.sha256 == again.sha256


@FORMAT
def test_importing_an_export_twice_changes_nothing(chosen: Format, house, tmp_path: Path) -> None:
    exported = export(house.records(), chosen, tmp_path / "once")
    after = empty_store()
    created = taken(after, chosen.imported_by, exported.file, house.vocabularies).created
    assert taken(after, chosen.imported_by, exported.file, house.vocabularies).unchanged == created


@RANDOM
@given(given_listings=listings())
def test_no_cell_is_a_formula(given_listings: list[Listing], tmp_path: Path) -> None:
    records = stored(given_listings, tmp_path)
    by_name = {one.name: one for one in ALL}
    sheet = export(records, by_name["csv"], tmp_path / "out.csv").file.read_text(encoding="utf-8")
    for row in csv.reader(io.StringIO(sheet, newline="")):
        assert not [cell for cell in row if is_live(cell)]
    tables = export(records, by_name["hsds-tabular"], tmp_path / "out.zip").file
    with zipfile.ZipFile(tables) as archive:
        for name in archive.namelist():
            rows = csv.reader(io.StringIO(archive.read(name).decode(), newline=""))
            assert name.endswith(".json") or not [c for row in rows for c in row if is_live(c)]
    book = openpyxl.load_workbook(export(records, by_name["xlsx"], tmp_path / "out.xlsx").file)
    for row in book["listings"].iter_rows():
        assert {cell.data_type for cell in row if cell.value is not None} <= {"s", "inlineStr"}
        assert not [cell for cell in row if cell.hyperlink]


SIGNS = st.text(
    st.sampled_from(["'", "=", "+", "-", "@", "\t", "\r", "\0", "\n", "a", "1", ".", "e"])
)


@given(SIGNS | st.from_regex(r"'*[-+]?[0-9]+(\.[0-9]+)?(e-?[0-9])?"))
def test_a_guarded_text_is_dead_and_comes_back(text: str) -> None:
    assert not is_live(guarded(text))
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("number", ["-118.1445", "-1", "-9e-05", "-1.5E+20"])
def test_a_number_stands_as_it_is_and_is_read_with_a_quote_in_front_too(number: str) -> None:
    assert guarded(number) == number
    assert unguarded(f"'{number}") == number


@pytest.mark.parametrize(
    "text", ["-1+1", "+1", "-", "-1\n", "-.5", "-1.", "-١", "-1e", "-0x1", "-1 "]
)
def test_what_only_begins_as_a_number_has_its_quote(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "hsds-tabular"])
def test_no_point_on_the_map_has_a_quote_in_front(kind: str, tmp_path: Path) -> None:
    chosen = next(one for one in ALL if one.name == kind)
    file = tmp_path / f"out{chosen.suffix}"
    chosen.write([a_listing(at=(34.1478, -118.1445))], FILE_SOURCE, file)
    assert {"34.1478", "-118.1445"} <= cells_of(file)


def cells_of(file: Path) -> set[str]:
    """The text of every cell of a sheet, or of the tables in a zip."""
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        return {str(cell) for row in book["listings"].iter_rows(values_only=True) for cell in row}
    if file.suffix == ".csv":
        return set(chain.from_iterable(csv.reader(io.StringIO(file.read_text(encoding="utf-8")))))
    with zipfile.ZipFile(file) as archive:
        tables = [archive.read(one).decode() for one in archive.namelist() if one.endswith(".csv")]
    return {cell for table in tables for row in csv.reader(io.StringIO(table)) for cell in row}


def test_a_text_that_xlsx_cannot_hold_is_refused_and_nothing_is_left(house, tmp_path: Path) -> None:
    one = next(iter(house.records().all()))
    long = replace(one, program=replace(one.program, description="x" * 40_000))
    with pytest.raises(UnwritableFile) as refusal:
        write_xlsx([long], FILE_SOURCE, tmp_path / "out.xlsx")
    assert "description" in refusal.value.got
    assert list(tmp_path.iterdir()) == []


@FORMAT
def test_two_days_of_one_list_for_one_fact_become_the_older(
    chosen: Format, house, tmp_path: Path
) -> None:
    one = next(
        one for one in house.records().all() if len(one.program.services) > 1 and not one.example
    )
    old = Source("A list", date(2024, 1, 1), "list")
    new = replace(old, seen_on=date(2025, 1, 1))
    first, second = one.program.services[:2]
    evidence = {
        **dict.fromkeys(facts_of(one.program), old),
        f"services:{first}": new,
        f"services:{second}": old,
    }
    two_days = replace(one, program=replace(one.program, evidence=evidence | {"services": new}))

    class Listed:
        def all(self):
            return iter([two_days])

    exported = export(Listed(), chosen, tmp_path / f"out{chosen.suffix}")  # type: ignore[arg-type]
    after = empty_store()
    assert taken(after, chosen.imported_by, exported.file, house.vocabularies).refused == ()
    (listing,) = after.all()
    assert {source.as_of for source in listing.program.evidence.values()} == {date(2024, 1, 1)}


@FORMAT
def test_what_one_list_says_twice_over_is_no_conflict_of_a_file(
    chosen: Format, house, tmp_path: Path
) -> None:
    one = next(one for one in house.records().all() if one.site.phone and not one.example)
    own = one.site.evidence["phone"]
    other = Source("Another list", own.seen_on, "list")
    rivals = (Rival("626-796-3141", replace(own, url=None)), Rival("626-796-3142", other))
    torn = replace(one, site=replace(one.site, rivals={"phone": rivals}))

    class Listed:
        def all(self):
            return iter([torn])

    exported = export(Listed(), chosen, tmp_path / f"out{chosen.suffix}")  # type: ignore[arg-type]
    after = empty_store()
    assert taken(after, chosen.imported_by, exported.file, house.vocabularies).refused == ()
    (listing,) = after.all()
    assert listing.site.phone in (one.site.phone, "626-796-3142")


@FORMAT
def test_an_empty_store_is_said_and_writes_nothing(chosen: Format, tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile):
        export(empty_store(), chosen, tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sheet", TEMPLATES)
def test_the_template_goes_in_as_two_sessions_of_one_example(
    sheet: str, house, tmp_path: Path
) -> None:
    path = tmp_path / "template"
    path.write_bytes(TEMPLATES[sheet]())
    after = empty_store()
    report = taken(after, "listing", path, house.vocabularies)
    assert (report.refused, report.created) == ((), ("example-acme-evening",))
    (listing,) = after.all()
    assert listing.example
    assert len(listing.program.tracks[0].sessions) == 2
    assert "-555-01" in str(listing.site.phone)
    assert listing.program.name.startswith("Example")
