"""`POST /api/v1/suggest`: what a person may be about to type. Never logged, never cached."""

from flask import Response

from directory.matching.index import Suggestion
from directory.web import needs
from directory.web.api import dump, examples, schemas
from directory.web.api.exchange import as_json, described, json_object
from directory.web.need_fields import Fields
from directory.web.services import services
from directory.web.strict import StrictBlueprint

blueprint = StrictBlueprint("suggest", __name__, url_prefix="/api/v1", description="Suggest words")

MOST_SUGGESTIONS = 8
LONGEST_BEGINNING = 40
CONTENT = {"schema": schemas.Beginning, "example": examples.BEGINNING}
BODY = {"required": True, "content": {"application/json": CONTENT}}


@described(
    blueprint.route("/suggest", methods=["POST"]),
    blueprint.doc(requestBody=BODY, operationId="suggest"),
    blueprint.takes_none(),
    blueprint.response(200, schemas.Suggestions, example=examples.SUGGESTIONS),
    blueprint.alt_response(400, "BAD_REQUEST"),
    blueprint.alt_response(413, "TOO_LARGE"),
    blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def suggest() -> Response:
    """Concepts, then names, then cities that have a word beginning so; none below two letters.

    What is typed is somebody's question: it comes in the body, and nothing keeps it.
    """
    fields = Fields(json_object(), services.vocabularies)
    fields.only(("q", "lang"))
    beginning = fields.line("q", LONGEST_BEGINNING)
    language = fields.choice("lang", needs.LANGS, "en")
    fields.finish()
    found = services.finder.suggest(beginning, MOST_SUGGESTIONS)
    return as_json({"data": [_told(one, language) for one in found]})


def _told(one: Suggestion, language: str) -> dump.Json:
    return {"kind": one.kind, "text": one.text_in(language), "written": one.written}
