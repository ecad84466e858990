"""What the addresses of the API share: reading a JSON object, and answering with JSON."""

import json
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, TypeVar

import orjson
from flask import Response, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from directory.errors import BadValue
from directory.matching.outcome import Match, Outcome
from directory.web import errors, needs
from directory.web.api import dump, dump_outcome
from directory.web.api.paging import Part, offset_in
from directory.web.gate.links import linked
from directory.web.need_fields import BadNeed, shown
from directory.web.services import services

View = TypeVar("View", bound=Callable[..., Response])


def described(*decorators: Any) -> Callable[[View], View]:
    """Put flask-smorest's decorators (which have no types) on a view, the first one outermost."""
    return lambda view: reduce(lambda inner, outer: outer(inner), reversed(decorators), view)


def path_value(name: str, words: str, example: str) -> dump.Json:
    """A part of an address, as OpenAPI describes it."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": words,
        "schema": {"type": "string", "minLength": 1},
        "example": example,
    }


def json_body() -> bytes:
    """The body of this request as it was sent. Raises 415 if it is not said to be JSON."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    return request.get_data()


def json_object() -> dict[str, object]:
    """The body of this request. Raises 415, 400, or `BadNeed` if it is not one JSON object."""
    try:
        body = json.loads(json_body(), object_pairs_hook=_once_each)
    except (ValueError, RecursionError):
        raise BadRequest from None  # the cause would hold the body
    if not isinstance(body, dict):
        raise BadNeed((BadValue("body", shown(body), "a JSON object"),))
    return body


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise BadNeed((BadValue(str(shown(key)), "given twice", "each key once"),))
        found[key] = value
    return found


def answered(body: Mapping[str, object], *, changes: bool = True) -> Outcome | Response:
    """The finder's answer to a body, or the refusal of its place. Raises `BadNeed`.

    Raises it for a radius around nothing (forms may leave the place open), and for a cursor of another
    generation, too. `changes` is as for `Finder.find`.
    """
    need = needs.read(body, services.vocabularies)
    if need.within_miles is not None and need.near is None:
        expected = "near: miles around what"
        raise BadNeed((BadValue("within_miles", shown(body["within_miles"]), expected),))
    found = services.finder.find(need, changes=changes)
    if not isinstance(found, Outcome):
        return errors.answer(found)
    offset_in(found.generation, body.get("cursor"))
    return found


def encoded(outcome: Outcome) -> bytes:
    """The envelope of a match, with the programs as they were encoded at publish time."""
    page, today = part_of_outcome(outcome).page, services.clock().date()
    envelope = dump_outcome.answer(outcome, page, services.freshness, today)
    return orjson.dumps(envelope, option=orjson.OPT_SERIALIZE_NUMPY)


def part_of_outcome(outcome: Outcome) -> Part[Match]:
    """Which part of all matches an outcome shows."""
    need = outcome.need
    return Part(outcome.matches, outcome.total, need.limit, need.offset, outcome.generation)


def as_json(body: bytes | dump.Json) -> Response:
    """A JSON response, of plain data or of what was encoded."""
    sent = body if isinstance(body, bytes) else orjson.dumps(body)
    return Response(sent, content_type="application/json")


def as_list(part: Part[Any], **meta: object) -> Response:
    """A list in its envelope: the items of a part as plain data, its page, and what it is of."""
    about = {"generation": part.generation, "as_of": services.finder.as_of, **meta}
    return linked(as_json({"data": list(part.items), "page": part.page, "meta": about}), part.page)
