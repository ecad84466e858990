"""A file that a curator uploaded and that was tried, straight in a running server's book and home."""

import io
import json
from pathlib import Path

from directory.catalog.upload import Upload
from directory.curation.edits import Edit, ProgramEdits
from directory.curation.importing import Report
from directory.curation.reading import Refused
from directory.curation.uploading.aside import put_aside
from directory.store.staff_records import SqlStaffBook
from tests.conftest import frozen

SLUG = "lamplight-example-lamplight-evening-program"


def keep_tried(book: SqlStaffBook, home: Path, staff: int) -> int:
    """Keep one with something of everything to show; answers its number."""
    kept = put_aside(home / "uploads", io.BytesIO(b"{}"))
    now = frozen()
    sent = Upload(0, kept.name, "dhcs", kept.size, kept.digest, staff, now, now.date(),
                  state="checked", figures={"read": 3, "created": 1, "changed": 1, "refused": 1})  # fmt: skip
    edits = (
        Edit("program", "payers", [], [{"payer": "medi-cal", "network": "in"}]),
        Edit("site", "phone", "626-555-0142", "626-555-0143"),
    )
    told = Report(
        "file",
        "DHCS",
        read=3,
        refused=(Refused("line 4", "Facility_Zip", "9110", "five digits"),),
        created=("dhcs-190001AP",),
        edits=(ProgramEdits("example-lamplight-evening", SLUG, edits),),
        unknown_codes={"X9": 1},
        notes=("Edition not named, so its facts are taken as old as 2022-12-31.",),
    )
    report = {**told.as_dict(), "refused_rows": 1}
    (home / "uploads" / kept.name / "out-0").write_text(json.dumps(report), encoding="utf-8")
    return book.uploads.add(sent)
