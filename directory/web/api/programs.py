"""`GET /api/v1/programs` and `/programs/{id}`: what is listed, for questions about no one."""

from flask import Response
from flask_smorest import Blueprint
from werkzeug.exceptions import NotFound

from directory.matching.need import ALWAYS_MUST
from directory.matching.outcome import Outcome
from directory.web import errors, needs
from directory.web.api import dump, schemas
from directory.web.api.exchange import as_json, described, encoded, next_cursor
from directory.web.gate.links import linked
from directory.web.services import services
from directory.web.strict import StrictQueryParser


class StrictBlueprint(Blueprint):  # type: ignore[misc, unused-ignore]
    """Reads query parameters strictly."""

    ARGUMENTS_PARSER = StrictQueryParser()


blueprint = StrictBlueprint("programs", __name__, url_prefix="/api/v1", description="Programs")


@described(
    blueprint.route("/programs"),
    blueprint.doc(operationId="programs"),
    blueprint.arguments(schemas.ProgramsQuery, location="query"),
    blueprint.response(200, schemas.Answer),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def programs(asked: dict[str, object]) -> Response:
    """Programs by place, level of care, services, languages, mode and words.

    Needs that say something about a person go in the body of `POST /api/v1/match`, not here.
    Words are a search: a program that has none of them is left out.
    """
    searched = {**asked, "must": sorted({*ALWAYS_MUST, "text"})}
    found = services.finder.find(needs.read(searched, services.vocabularies))
    if not isinstance(found, Outcome):
        return errors.answer(found)
    return linked(as_json(encoded(found)), {"next": next_cursor(found)})


@described(
    blueprint.route("/programs/<program_id>"),
    blueprint.doc(operationId="program"),
    blueprint.arguments(schemas.NoQuery, location="query"),
    blueprint.response(200, schemas.ProgramAnswer),
    blueprint.alt_response(404, "NOT_FOUND"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def program(_asked: dict[str, object], program_id: str) -> Response:
    """One program, by id or slug, with the evidence of each fact as it stands today."""
    finder = services.finder
    listing = finder.program(program_id)
    if listing is None:
        raise NotFound
    today, generation = services.clock().date(), finder.generation
    meta = {"generation": generation, "as_of": finder.as_of}
    data = dump.whole_program(listing, services.freshness, today)
    response = as_json({"data": data, "meta": meta})
    # Facts age: the day is part of what is shown, so it is part of the tag.
    response.set_etag(f"{generation}.{listing.version}.{today.isoformat()}")
    return response
