"""Small public lists that mention only what matters."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from directory.catalog.program import Program
from directory.curation.importers import IMPORTERS
from directory.curation.importing import Report, import_file
from directory.curation.reading import Reading, Told, silent
from directory.store.sql_records import SqlRecords
from tests.support.builders import VOCABULARIES

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TOLD = Told(date(2026, 11, 23), "2024")
FEDERAL = (
    "directory_type", "name1", "name2", "street1", "street2", "city", "state", "zip", "phone",
    "service_code_info",
)  # fmt: skip
ACME = {
    "directory_type": "substance", "name1": "Acme Recovery", "street1": "12 North Lake Avenue",
    "city": "Pasadena", "state": "CA", "zip": "91101", "phone": "626-795-9988",
    "service_code_info": "SA * OP OIT * CBT * MD PI * ADLT",
}  # fmt: skip
HOUSE = {
    "OBJECTID": 7, "Application_Number": "190769DP", "Type_of_Application": "Certified",
    "Program_Code": "NON", "Legal_Entity_Name": "ACME RECOVERY, INC.", "Facility_Name": "ACME HOUSE",
    "Facility_Address1": "12 N. LAKE AVENUE", "Facility_Address2": "SUITE 4B",
    "Facility_City": "PASADENA,", "Facility_State": "CA", "Facility_Zip": "91101-4201",
    "Facility_Phone": "(626) 795-9988", "Lic_Expiration_Date": "9/30/2027",
    "Target_Population": "1.1 --- CO-ED", "Adolescent_Waiver": "No", "Latitude": "34.1461001",
    "Longitude": "-118.1322",
}  # fmt: skip


def found(**changes: Any) -> dict[str, Any]:
    """A row of the FindTreatment answer."""
    services = [
        {"f1": "", "f2": "SET", "f3": "Outpatient; Intensive Outpatient treatment"},
        {"f1": "", "f2": "PAY", "f3": "Medicaid"},
    ]
    return {
        "_irow": 1, "name1": "Acme Recovery", "name2": None, "street1": "12 North Lake Avenue",
        "street2": None, "city": "Pasadena", "state": "CA", "zip": "91101", "phone": "626-795-9988",
        "website": "www.acme.org", "latitude": "34.146", "longitude": "-118.13", "miles": 0.2,
        "type_facility": "SA", "services": services,
    } | changes  # fmt: skip


def table(*rows: dict[str, Any]) -> bytes:
    """Rows as CSV, by the columns of the first."""
    file = io.StringIO(newline="")
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(file, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def federal(*changes: dict[str, str]) -> bytes:
    """A federal list of one row for each change."""
    return table(*(dict.fromkeys(FEDERAL, "") | ACME | one for one in changes or ({},)))


def houses(*changes: dict[str, Any]) -> bytes:
    """A state list of one row for each change."""
    return table(*(HOUSE | one for one in changes or ({},)))


def answer(*rows: dict[str, Any]) -> bytes:
    """A FindTreatment answer."""
    return json.dumps({"page": 1, "totalPages": 1, "recordCount": 1, "rows": list(rows)}).encode()


SAMPLES = {"samhsa": federal(), "dhcs": houses(), "findtreatment": answer(found())}


def read(folder: Path, importer: str, content: bytes, told: Told = TOLD) -> Reading:
    """What an importer makes of a file."""
    path = folder / "list.dat"
    path.write_bytes(content)
    return dict(IMPORTERS)[importer](path, VOCABULARIES, silent, told)


def programs(folder: Path, importer: str, content: bytes) -> list[Program]:
    """The programs of a file."""
    return [one.program for one in read(folder, importer, content).programs.values()]


def take(
    records: SqlRecords,
    folder: Path,
    importer: str,
    content: bytes,
    *,
    told: Told = TOLD,
    dry_run: bool = False,
) -> Report:
    """Import a file."""
    path = folder / "list.dat"
    path.write_bytes(content)
    return import_file(
        records, VOCABULARIES, importer, path, dry_run=dry_run, clock=lambda: NOON, told=told
    )
