"""The listing format as it is promised to those who write it: the documented sample goes in."""

import json
from pathlib import Path

import pytest

from directory.store.sql_records import SqlRecords
from tests.curation.builders import imported, write_json
from tests.support.builders import VOCABULARIES

SAMPLE = """
{"source": {"name": "Acme's page", "url": "https://acme.example/iop", "seen_on": "2026-11-23", "method": "METHOD"},
 "organizations": [{"id": "acme", "name": "Acme Recovery", "npi": null, "website": null,
  "sites": [{"id": "acme-lake", "name": null, "phone": "626-555-0142", "time_zone": "America/Los_Angeles",
   "address": {"street": "12 N Lake Ave", "unit": "Suite 4", "city": "Pasadena", "state": "CA", "zip": "91101"},
   "lat": null, "lon": null,
   "programs": [{"id": "acme-evening", "name": "Evening IOP", "level_of_care": "iop", "level_evidence": "stated",
     "focus": ["substance_use", "mental_health", "co_occurring"], "conditions": [], "services": ["cbt"],
     "ages": {"min": 18, "max": null}, "populations": {"women": "dedicated"}, "languages": {"es": "group"},
     "payers": [{"payer": "medi-cal", "network": "in", "as_of": "2026-11-01"}],
     "weeks": {"min": 8, "max": 12}, "price": null, "licenses": [],
     "tracks": [{"label": "Evening", "mode": "in_person", "season": null,
       "start": {"rule": "rolling", "dates": [], "lead_days": 2},
       "openings": {"accepting": "yes", "seats": null, "reported_on": "2026-11-20"},
       "schedule_grade": "days_and_times", "choose": {"at_least": 3, "at_most": null},
       "sessions": [{"day": "mon", "start": "18:00", "end": "21:00", "contact_minutes": 165,
         "mode": "in_person", "attendance": "ATTENDANCE"}]}]}]}]}]}
"""


@pytest.mark.parametrize("method", ["published", "phone", "self_report", "list", "example"])
@pytest.mark.parametrize("attendance", ["required", "choose", "optional"])
def test_the_documented_sample_goes_in(method: str, attendance: str, tmp_path: Path) -> None:
    from tests.curation.builders import new_store

    plain = json.loads(SAMPLE.replace("METHOD", method).replace("ATTENDANCE", attendance))
    records: SqlRecords = new_store(tmp_path)
    report = imported(records, write_json(tmp_path, plain), vocabulary=VOCABULARIES)
    assert (report.refused, report.created) == ((), ("acme-evening",))
    assert imported(records, write_json(tmp_path, plain), vocabulary=VOCABULARIES).unchanged == (
        "acme-evening",
    )


def test_a_file_refused_whole_leaves_no_trace(tmp_path: Path) -> None:
    from tests.curation.builders import new_store

    bad = json.loads(
        SAMPLE.replace("METHOD", "published")
        .replace("ATTENDANCE", "required")
        .replace('"mon"', '"xyz"')
    )
    records: SqlRecords = new_store(tmp_path)
    report = imported(records, write_json(tmp_path, bad), vocabulary=VOCABULARIES)
    assert report.refused
    assert report.accepted == 0
    with records.desk(write=False) as desk:
        assert (desk.organizations(), dict(desk.sites()), dict(desk.programs())) == (
            frozenset(),
            {},
            {},
        )
