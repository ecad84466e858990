"""Lists in the store: twice, in a newer edition, beside stronger sources, and cut off half-way."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from directory.catalog.program import Program
from directory.curation.reading import Told
from directory.store.connect import open_database
from directory.store.sql_records import SqlRecords
from tests.conftest import ROOT
from tests.curation.builders import imported, listing_file, organization, program, site, write_json
from tests.curation.importers.lists import (
    SAMPLES,
    answer,
    federal,
    found,
    houses,
    take,
)
from tests.support.builders import VOCABULARIES

NEWER = Told(date(2026, 11, 23), "2025")
KEY = "samhsa:substance:acme-recovery:12-north-lake-avenue:91101"


def the_program(records: SqlRecords) -> Program:
    (listing,) = records.all()
    return listing.program


@pytest.mark.parametrize("importer", SAMPLES)
def test_a_second_import_changes_nothing(
    importer: str, tmp_path: Path, records: SqlRecords
) -> None:
    first = take(records, tmp_path, importer, SAMPLES[importer])
    before = list(records.all())
    second = take(records, tmp_path, importer, SAMPLES[importer])
    assert (len(first.created), len(second.unchanged)) == (1, 1)
    assert (second.created, second.changed, second.missing, second.edits) == ((), (), (), ())
    assert list(records.all()) == before


@pytest.mark.parametrize("importer", SAMPLES)
def test_a_dry_run_says_the_same_and_writes_nothing(
    importer: str, tmp_path: Path, records: SqlRecords
) -> None:
    dry = take(records, tmp_path, importer, SAMPLES[importer], dry_run=True)
    assert records.count() == 0
    wet = take(records, tmp_path, importer, SAMPLES[importer])
    assert (dry.read, dry.created, dry.refused) == (wet.read, wet.created, wet.refused)


def test_a_row_that_a_newer_edition_lacks_is_flagged_and_stays(
    tmp_path: Path, records: SqlRecords
) -> None:
    take(records, tmp_path, "samhsa", federal({}, {"name1": "Lost Place", "zip": "91103"}))
    newer = take(records, tmp_path, "samhsa", federal(), told=NEWER)
    assert (len(newer.missing), records.count()) == (1, 2)
    assert "lost-place" in newer.missing[0]
    again = take(records, tmp_path, "samhsa", federal(), told=NEWER)
    assert again.missing == newer.missing
    back = take(records, tmp_path, "samhsa", federal({}, {"name1": "Lost Place", "zip": "91103"}))
    assert back.missing == ()


def test_a_row_with_a_cell_too_many_or_too_few_is_refused_and_takes_back_nothing(
    tmp_path: Path, records: SqlRecords
) -> None:
    take(records, tmp_path, "samhsa", federal())
    before = the_program(records)
    whole = federal({"zip": "91103"}, {}, {}).decode().splitlines()
    moved = whole[2].replace("Pasadena", "Pasadena, North")
    cut_off = whole[3].rpartition(",")[0]
    content = "\n".join((*whole[:2], moved, cut_off)).encode()
    report = take(records, tmp_path, "samhsa", content, told=NEWER)
    assert [(one.row, one.field, one.got, one.expected) for one in report.refused] == [
        ("row 3", "row", "11 cells", "10 cells, as its header"),
        ("row 4", "row", "9 cells", "10 cells, as its header"),
    ]
    assert (report.read, report.accepted) == (3, 1)
    assert records.get(before.id).program == before


def test_a_file_of_one_survey_says_nothing_of_the_other(
    tmp_path: Path, records: SqlRecords
) -> None:
    take(records, tmp_path, "samhsa", federal())
    mental = federal({"directory_type": "mental", "name1": "Mind", "service_code_info": "OP PHDT"})
    assert take(records, tmp_path, "samhsa", mental).missing == ()
    assert take(records, tmp_path, "dhcs", houses()).missing == ()


def test_a_difference_says_per_program_what_was_and_what_would_be(
    tmp_path: Path, records: SqlRecords
) -> None:
    take(records, tmp_path, "samhsa", federal())
    changed = {"phone": "626-795-9977", "service_code_info": "SA * OP OIT * DBT * MD PI * ADLT"}
    report = take(records, tmp_path, "samhsa", federal(changed), dry_run=True)
    (one,) = report.edits
    assert {(edit.of, edit.field, str(edit.was), str(edit.becomes)) for edit in one.edits} == {
        ("site", "phone", "626-795-9988", "626-795-9977"),
        ("program", "services", "['cbt']", "['dbt']"),
    }
    assert the_program(records).services == ("cbt",)


def test_a_newer_edition_that_says_the_same_is_no_difference(
    tmp_path: Path, records: SqlRecords
) -> None:
    take(records, tmp_path, "samhsa", federal())
    report = take(records, tmp_path, "samhsa", federal(), told=NEWER)
    assert (len(report.changed), report.edits) == (1, ())
    source = the_program(records).source_of("services")
    assert source is not None
    assert source.as_of == date(2024, 12, 31)


@pytest.mark.parametrize("method", ["phone", "self_report", "published"])
def test_a_list_never_overwrites_what_a_stronger_source_said(
    method: str, tmp_path: Path, records: SqlRecords
) -> None:
    take(records, tmp_path, "samhsa", federal())
    (listing,) = records.all()
    own = {
        "id": listing.program.id, "name": "Evening IOP", "ages": {"min": 21, "max": None},
        "level_of_care": "iop", "level_evidence": "stated", "tracks": [],
    }  # fmt: skip
    home = site(program(**own), id=listing.site.id, phone="626-795-9900")
    plain = listing_file(
        organization(home, id=listing.organization.id),
        method=method, name="Said", seen_on="2026-01-02",
    )  # fmt: skip
    imported(records, write_json(tmp_path, plain), vocabulary=VOCABULARIES)
    take(records, tmp_path, "samhsa", federal({"phone": "626-795-9911"}), told=NEWER)
    (listing,) = records.all()
    assert listing.site.phone == "626-795-9900"
    assert (listing.program.name, listing.program.ages and listing.program.ages.min) == (
        "Evening IOP", 21,
    )  # fmt: skip


def test_a_street_that_a_list_withholds_stays_withheld(tmp_path: Path, records: SqlRecords) -> None:
    take(records, tmp_path, "findtreatment", answer(found()))
    take(records, tmp_path, "findtreatment", answer(found(street1="- - -")))
    hidden = [one for one in records.all() if one.site.address.withheld]
    assert hidden
    assert all(one.site.address.street is None and one.site.lat is None for one in hidden)


def test_a_killed_import_leaves_the_state_before(tmp_path: Path) -> None:
    home, first, second = tmp_path / "home", tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_bytes(federal())
    rows = [{"name1": f"Place {number}", "zip": "91103"} for number in range(1_500)]
    second.write_bytes(federal(*rows))
    environment = os.environ | {"DIRECTORY_HOME": str(home)}
    command = [sys.executable, "-m", "directory", "import", "samhsa"]
    subprocess.run(
        [*command, str(first)], check=True, env=environment, cwd=ROOT, capture_output=True
    )
    running = subprocess.Popen(
        [*command, str(second)], env=environment, cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _wait_until_it_writes(home, running)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    records = SqlRecords(open_database(f"sqlite:///{home / 'directory.sqlite'}"))
    assert [one.program.name for one in records.all()] == ["Acme Recovery: IOP"]


def _wait_until_it_writes(home: Path, running: "subprocess.Popen[bytes]") -> None:
    """Until the writer holds the lock of the database: from there on it works on the file."""
    engine = open_database(f"sqlite:///{home / 'directory.sqlite'}")
    while running.poll() is None:
        with engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA busy_timeout = 0")
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            except Exception:
                return
        time.sleep(0.01)
    raise AssertionError("the import ended before it was killed")
