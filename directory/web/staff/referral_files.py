"""All tickets of an organization as files: a sheet, and FHIR Tasks."""

import json

from flask import Response

from directory.accounts import trail
from directory.referrals.exporting import Told, as_bundle, as_csv
from directory.web.addresses import home_url
from directory.web.staff.cases import let_time_in
from directory.web.staff.referral_view import listing_of, name_of
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, signed_in


@blueprint.get("/staff/cases/tickets.csv")
def tickets_csv() -> Response:
    """One row for each ticket."""
    return _file(as_csv(told("csv")), "text/csv", "tickets.csv")


@blueprint.get("/staff/cases/tickets.json")
def tickets_json() -> Response:
    """A FHIR R4 Bundle of Tasks."""
    bundle = json.dumps(as_bundle(told("fhir"), home_url()), ensure_ascii=False, indent=1)
    return _file(bundle, "application/fhir+json", "tickets.json")


def told(form: str) -> list[Told]:
    """Every ticket of one's organization, with the names that belong to it."""
    let_time_in()
    member, now = signed_in().member, staff_services.clock()
    with staff_services.book() as book:
        cases = {one.number: one for one in book.referrals.cases(member.organization.number)}
        tickets = book.referrals.tickets(list(cases))
        trail.record(book, now, member.number, "referrals_exported", "case", 0, form=form)
    employer = member.organization.name
    return [Told(cases[one.case], one, employer, name_of(listing_of(one))) for one in tickets]


def _file(text: str, kind: str, name: str) -> Response:
    made = Response(text, content_type=f"{kind}; charset=utf-8")
    made.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return made
