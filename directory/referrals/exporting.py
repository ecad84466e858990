"""Tickets for other systems: rows of a sheet, and FHIR R4 Task. No subject, no days, no words.

A Task here has no `for`: whoever takes it in adds the person on their own side, by the code.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory.catalog.referral import Case, Ticket
from directory.exchange.cells import guarded
from directory.referrals.tickets import TASK_STATUS

COLUMNS = (
    *("code", "program", "program_id", "status", "task_status", "fit", "level", "age", "payer"),
    *("language", "opened_week", "week", "reason", "asked", "note", "closed_week"),
)
TASK_CODES = "http://hl7.org/fhir/CodeSystem/task-code"


@dataclass(frozen=True, slots=True)
class Told:
    """One ticket with what stands around it."""

    case: Case
    ticket: Ticket
    requester: str
    program: str


def as_csv(told: Iterable[Told]) -> str:
    """A sheet, one row for each ticket; an empty cell is not known."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in _cells(one)] for one in told)
    return text.getvalue()


def _cells(one: Told) -> Sequence[str]:
    case, ticket = one.case, one.ticket
    known = (
        *(case.code, one.program, ticket.program, ticket.status, TASK_STATUS[ticket.status]),
        *(ticket.fit, case.needs.level, case.needs.age, case.needs.payer, case.needs.language),
        *(ticket.opened_week, ticket.week, ticket.reason, ticket.asked, ticket.note),
        ticket.closed_week,
    )
    return ["" if value is None else str(value) for value in known]


def as_bundle(told: Iterable[Told], home: str) -> Mapping[str, object]:
    """A FHIR R4 Bundle (collection) of Tasks; our codes are named under `home`, our address."""
    entries = [{"resource": as_task(one, home)} for one in told]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        **({"entry": entries} if entries else {}),
    }


def as_task(one: Told, home: str) -> Mapping[str, object]:
    """One ticket as FHIR R4 Task."""
    case, ticket = one.case, one.ticket
    task: dict[str, object] = {
        "resourceType": "Task",
        "id": f"ticket-{ticket.number}",
        "identifier": [{"system": f"{home}/fhir/case", "value": case.code}],
        "status": TASK_STATUS[ticket.status],
        "businessStatus": _concept(home, "status", ticket.status),
        "intent": "order",
        "code": {"coding": [{"system": TASK_CODES, "code": "fulfill"}]},
        "authoredOn": ticket.opened_week.isoformat(),
        "requester": {"display": one.requester},
        "owner": {
            "identifier": {"system": f"{home}/fhir/program", "value": ticket.program},
            "display": one.program,
        },
        "input": [_input("fit", ticket.fit), *_needs(case)],
    }
    if why := ticket.reason or ticket.asked:
        task["statusReason"] = _concept(home, "reason" if ticket.reason else "asked", why)
    if ticket.week:
        week = {"type": {"text": "week"}, "valueDate": ticket.week.isoformat()}
        task["output"] = [week]
    return task


def _needs(case: Case) -> Sequence[Mapping[str, object]]:
    known = case.needs
    named = (
        ("level", known.level),
        ("age", known.age),
        ("payer", known.payer),
        ("language", known.language),
    )
    return [_input(name, code) for name, code in named if code]


def _input(name: str, code: str) -> Mapping[str, object]:
    return {"type": {"text": name}, "valueCode": code}


def _concept(home: str, kind: str, code: str) -> Mapping[str, object]:
    return {"coding": [{"system": f"{home}/fhir/{kind}", "code": code}]}
