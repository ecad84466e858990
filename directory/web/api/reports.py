"""`POST /api/v1/reports`: this is wrong. The same report as on the page, by choices only."""

from datetime import UTC, datetime, time, timedelta

from flask import Response, request
from werkzeug.exceptions import NotAcceptable

from directory.catalog.program import Listing
from directory.catalog.report import PROBLEMS
from directory.errors import BadValue, NotShared, TooManyReports, TooManyRequests
from directory.web.api import examples, schemas_reports
from directory.web.api.exchange import as_json, described, json_object
from directory.web.need_fields import Fields, shown
from directory.web.security import from_elsewhere
from directory.web.services import services
from directory.web.strict import StrictBlueprint

blueprint = StrictBlueprint(
    "reports", __name__, url_prefix="/api/v1", description="Report what is wrong"
)

CONTENT = {"schema": schemas_reports.Report, "example": examples.REPORT}
BODY = {"required": True, "content": {"application/json": CONTENT}}
LONGEST_ID = 200


@described(
    blueprint.route("/reports", methods=["POST"]),
    blueprint.doc(requestBody=BODY, operationId="report"),
    blueprint.takes_none(),
    blueprint.response(202, schemas_reports.Taken, example=examples.TAKEN),
    blueprint.alt_response(400, "BAD_REQUEST"),
    blueprint.alt_response(413, "TOO_LARGE"),
    blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def report() -> Response:
    """Something is wrong with a listing: which program, and what. A curator looks into it.

    Nothing about who tells it is kept, and there is no room for words: a name might stand in them.
    """
    if not request.accept_mimetypes.quality("application/json") and request.accept_mimetypes:
        raise NotAcceptable("application/json")
    if from_elsewhere(request):
        raise NotShared("Sec-Fetch-Site", request.headers.get("Sec-Fetch-Site", "cross-site"), ())
    fields = Fields(json_object(), services.vocabularies)
    fields.only(("program", "what"))
    program, what = fields.line("program", LONGEST_ID), fields.choice("what", PROBLEMS, "")
    fields.finish()
    if not what:
        raise BadValue("what", None, "what is wrong", PROBLEMS)
    _tell(_listing(program), what)
    response = as_json({"data": {"program": program, "what": what, "state": "taken"}})
    response.status_code = 202
    return response


def _listing(program: str) -> Listing:
    found = services.finder.program(program) if program else None
    if found is None:
        raise BadValue("program", shown(program) or None, "the id or slug of a listed program")
    return found


def _tell(listing: Listing, what: str) -> None:
    try:
        services.report(listing, what, "")
    except TooManyReports:
        raise TooManyRequests("10 reports of a program a day, 500 of all", _rest_of_day()) from None


def _rest_of_day() -> int:
    now = services.clock()
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    return max(1, int((midnight - now).total_seconds()))
