"""`/api/v1/programs` and `/programs/{id}`: what is listed, found by what one asks of a program."""

from flask import Response

from directory.matching.need import ALWAYS_MUST
from directory.matching.outcome import Outcome
from directory.web.api import (
    answer_schemas,
    dump,
    examples,
    program_schemas,
    queries,
    schemas,
)
from directory.web.api.exchange import (
    answered,
    as_json,
    described,
    encoded,
    json_object,
    part_of_outcome,
    path_value,
)
from directory.web.api.lookup import MOVED, listed
from directory.web.gate.links import linked
from directory.web.services import services
from directory.web.strict import StrictBlueprint

PROGRAM = path_value("program_id", "The id or the slug of a program.", examples.BRIEF["id"])

blueprint = StrictBlueprint("programs", __name__, url_prefix="/api/v1", description="Programs")

SEARCH_MUST = sorted({*ALWAYS_MUST, "text"})
"""Whoever lists programs by words searches: a program that has none of them is left out."""

CONTENT = {"schema": schemas.Need, "example": examples.NEED}
BODY = {"required": True, "content": {"application/json": CONTENT}}


@described(
    blueprint.route("/programs"),
    blueprint.doc(operationId="programs"),
    blueprint.takes(queries.ProgramsQuery),
    blueprint.response(200, answer_schemas.Answer, example=examples.ANSWER),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def programs(asked: dict[str, object]) -> Response:
    """Programs by place, level of care, services, languages, mode and words.

    Needs that say something about a person go in the body of `POST /api/v1/programs`, not here: facets
    of the answer that are no parameter (`payer`, `focus`, `populations`), and changes in `relax` that take
    a need out of `must`.
    Words are a search: a program that has none of them is left out.
    """
    found = answered({**asked, "must": SEARCH_MUST})
    if not isinstance(found, Outcome):
        return found
    return linked(as_json(encoded(found)), part_of_outcome(found).page)


@described(
    blueprint.route("/programs", methods=["POST"]),
    blueprint.doc(requestBody=BODY, operationId="searchPrograms"),
    blueprint.takes_none(),
    blueprint.response(200, answer_schemas.Answer, example=examples.ANSWER),
    blueprint.alt_response(400, "BAD_REQUEST"),
    blueprint.alt_response(413, "TOO_LARGE"),
    blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def search() -> Response:
    """The same search by every key of a need, in the body: never logged, never cached.

    As `POST /api/v1/match`, but words rule out unless `must` says otherwise.
    """
    body = json_object()
    if body.get("must") is None:
        body = {**body, "must": SEARCH_MUST}
    found = answered(body)
    return as_json(encoded(found)) if isinstance(found, Outcome) else found


@described(
    blueprint.route("/programs/<program_id>", parameters=[PROGRAM]),
    blueprint.doc(operationId="program"),
    blueprint.takes_none(),
    blueprint.response(200, program_schemas.ProgramAnswer, example=examples.PROGRAM_ANSWER),
    blueprint.alt_response(301, **MOVED),
    blueprint.alt_response(404, "NOT_FOUND"),
    blueprint.alt_response(410, "GONE"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def program(program_id: str) -> Response:
    """One program, by id or slug, with the evidence of each fact.

    A slug it had leads here for good. Of a program that is no longer listed the answer says since
    when, and why (`reason`: closed, not_iop, listed_twice, asked; null: no source names it any more).
    """
    listing, as_of = listed(program_id), services.finder.as_of
    data = dump.whole_program(listing, services.freshness, as_of, services.clock().date())
    return as_json(
        {"data": data, "meta": {"generation": services.finder.generation, "as_of": as_of}}
    )
