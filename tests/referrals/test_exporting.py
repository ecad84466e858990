"""Tickets as files: every ticket in every state, no person, no day, no live cell."""

import csv
import io
import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.catalog.referral import AGE_BANDS, Case, CoarseNeeds
from directory.referrals.exporting import COLUMNS, Told, as_bundle, as_csv
from directory.referrals.tickets import TASK_STATUS
from tests.referrals.test_tickets import lives

HOME = "https://stepwise.example"
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30
)
# FHIR R4 Task: elements we may use; `for`, `encounter`, `note` and `description` would tell of a person.
ELEMENTS = {"resourceType", "id", "identifier", "status", "statusReason", "businessStatus", "intent", "code",
            "authoredOn", "requester", "owner", "input", "output"}  # fmt: skip


@st.composite
def told(draw):
    ticket, _ = draw(lives())[-1]
    codes = st.sampled_from((None, "iop", "es", "medi-cal"))
    needs = CoarseNeeds(
        draw(codes), draw(st.sampled_from((None, *AGE_BANDS))), draw(codes), draw(codes)
    )
    return Told(Case("K7-204", 1, needs, date(2026, 11, 23), 1), ticket, draw(NAMES), draw(NAMES))


@settings(deadline=None)
@given(st.lists(told(), max_size=5))
def test_every_ticket_is_a_row_that_no_spreadsheet_runs(tickets):
    rows = list(csv.reader(io.StringIO(as_csv(tickets), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(tickets) + 1
    for row, one in zip(rows[1:], tickets, strict=True):
        assert len(row) == len(COLUMNS)
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
        assert row[1].removeprefix("'") == one.program.removeprefix("'")


@settings(deadline=None)
@given(st.lists(told(), max_size=5))
def test_every_ticket_is_a_task_without_a_person(tickets):
    bundle = json.loads(json.dumps(as_bundle(tickets, HOME)))
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    assert ("entry" in bundle) == bool(tickets), "FHIR allows no empty list"
    for entry, one in zip(bundle.get("entry", ()), tickets, strict=True):
        task = entry["resource"]
        assert set(task) <= ELEMENTS
        assert task["status"] == TASK_STATUS[one.ticket.status]
        assert task["businessStatus"]["coding"][0]["code"] == one.ticket.status
        days = [task["authoredOn"], *(out["valueDate"] for out in task.get("output", ()))]
        assert all(date.fromisoformat(day).weekday() == 0 for day in days)
