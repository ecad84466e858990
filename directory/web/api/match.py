"""`POST /api/v1/match`: which programs can this person attend? Never logged, never cached by others."""

from flask import Response
from flask_smorest import Blueprint

from directory.matching.outcome import Outcome
from directory.web import errors, needs
from directory.web.api import schemas
from directory.web.api.exchange import as_json, described, encoded, json_body, json_object
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
    asked, edition = json_body(), services.edition()
    if kept := services.answers.recall(edition, asked):
        return as_json(kept)
    need = needs.read(json_object(), services.vocabularies)
    found = services.finder.find(need)
    if not isinstance(found, Outcome):
        return errors.answer(found)
    answer = encoded(found)
    # Words of one's own may tell who somebody is. A swap or midnight meanwhile: of neither edition.
    if not need.text and services.edition() == edition:
        services.answers.keep(edition, asked, answer)
    return as_json(answer)
