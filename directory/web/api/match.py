"""`POST /api/v1/match`: which programs can this person attend? Never logged, never cached."""

from flask import Response
from flask_smorest import Blueprint

from directory.matching.outcome import Outcome
from directory.web import errors, needs
from directory.web.api import schemas
from directory.web.api.exchange import answered, described, json_object
from directory.web.services import services

blueprint = Blueprint("match", __name__, url_prefix="/api/v1", description="Match a need")

BODY = {"required": True, "content": {"application/json": {"schema": schemas.Need}}}


@described(
    blueprint.route("/match", methods=["POST"]),
    blueprint.doc(requestBody=BODY, operationId="match"),
    blueprint.response(200, schemas.Answer),
    blueprint.alt_response(400, "BAD_REQUEST"),
    blueprint.alt_response(413, "TOO_LARGE"),
    blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def match() -> Response:
    """Programs that answer a need, best first.

    Unknown is not no: a program is ruled out only by needs in `must`, and only by a "no".
    """
    found = services.finder.find(needs.read(json_object(), services.vocabularies))
    return answered(found) if isinstance(found, Outcome) else errors.answer(found)
