"""What the addresses of the API share: reading a JSON object, and answering with JSON."""

import json
from collections.abc import Callable
from functools import reduce
from typing import Any, TypeVar

import orjson
from flask import Response, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from directory.errors import BadValue
from directory.matching.outcome import Outcome
from directory.web.api import dump
from directory.web.need_fields import BadNeed, encode_cursor, shown

View = TypeVar("View", bound=Callable[..., Response])


def described(*decorators: Any) -> Callable[[View], View]:
    """Put flask-smorest's decorators (which have no types) on a view, the first one outermost."""
    return lambda view: reduce(lambda inner, outer: outer(inner), reversed(decorators), view)


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


def next_cursor(outcome: Outcome) -> str | None:
    """Where the next page begins, if there is one."""
    reached = outcome.need.offset + len(outcome.matches)
    if not outcome.matches or reached >= outcome.total:
        return None
    return encode_cursor(reached, outcome.generation)


def encoded(outcome: Outcome) -> bytes:
    """The envelope of a match, with the programs as they were encoded at publish time."""
    envelope = dump.answer(outcome, next_cursor(outcome))
    return orjson.dumps(envelope, option=orjson.OPT_SERIALIZE_NUMPY)


def as_json(body: bytes | dump.Json) -> Response:
    """A JSON response, of plain data or of what was encoded."""
    sent = body if isinstance(body, bytes) else orjson.dumps(body)
    return Response(sent, content_type="application/json")
