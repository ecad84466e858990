"""The audit trail to take away: every line with its digest. Taking it is a line, too."""

from collections.abc import Callable, Iterable, Iterator

from flask import Response

from directory.accounts import trail as audit_trail
from directory.accounts.trail_file import as_csv, as_ndjson
from directory.catalog.staff import StaffRecords
from directory.catalog.trail import Entry
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, signed_in

Form = Callable[[Iterable[Entry]], Iterator[str]]


@blueprint.get("/staff/trail.csv")
def trail_csv() -> Response:
    """As a sheet."""
    return _file(as_csv, "text/csv", "csv")


@blueprint.get("/staff/trail.ndjson")
def trail_ndjson() -> Response:
    """As one JSON object a line."""
    return _file(as_ndjson, "application/x-ndjson", "ndjson")


def _file(form: Form, kind: str, ending: str) -> Response:
    now, actor = staff_services.clock(), signed_in().member.number
    with staff_services.book() as book:
        number = book.trail.head().number
        audit_trail.record(book, now, actor, "trail_exported", "trail", number, form=ending)
    sent = Response(_lines(staff_services.records(), form), content_type=f"{kind}; charset=utf-8")
    name = f"trail-{now:%Y%m%d}.{ending}"
    sent.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return sent


def _lines(records: StaffRecords, form: Form) -> Iterator[str]:
    """One state of the trail, read while it is sent: the whole of it never is in memory."""
    with records.book(write=False) as book:
        yield from form(book.trail.read())
