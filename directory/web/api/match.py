"""`POST /api/v1/match`: which programs can this person attend? Never logged, never cached by others."""

from flask import Response

from directory.matching.outcome import Outcome
from directory.web.api import answer_schemas, examples, schemas
from directory.web.api.exchange import (
    answered,
    as_json,
    described,
    encoded,
    json_body,
    json_object,
)
from directory.web.services import services
from directory.web.strict import StrictBlueprint

blueprint = StrictBlueprint("match", __name__, url_prefix="/api/v1", description="Match a need")

CONTENT = {"schema": schemas.Need, "example": examples.NEED}
BODY = {"required": True, "content": {"application/json": CONTENT}}


@described(
    blueprint.route("/match", methods=["POST"]),
    blueprint.doc(requestBody=BODY, operationId="match"),
    blueprint.takes_none(),
    blueprint.response(200, answer_schemas.Answer, example=examples.ANSWER),
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
    found = answered(json_object())
    if not isinstance(found, Outcome):
        return found
    answer = encoded(found)
    # Words of one's own may tell who somebody is. A swap or midnight meanwhile: of neither edition.
    if not found.need.text and services.edition() == edition:
        services.answers.keep(edition, asked, answer)
    return as_json(answer)
