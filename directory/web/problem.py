"""A refusal, and how machines read it: `application/problem+json` (RFC 9457) with `errors`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Response, request
from flask_babel.speaklater import LazyString
from marshmallow import Schema
from marshmallow.validate import OneOf
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from directory.errors import BadValue
from directory.places.place import Place
from directory.web.machines import rule_of
from directory.web.need_fields import shown

PROBLEM_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, in words for a person and in names for a machine.

    `kind` names it for good (the end of its `type`); `problems` are the values we cannot use; `facts`
    stand beside them in what machines read.
    """

    status: int
    kind: str
    title: str | LazyString
    lead: str | LazyString
    problems: tuple[BadValue, ...] = ()
    suggestions: tuple[Place, ...] = ()
    headers: Mapping[str, str] | None = None
    facts: Mapping[str, object] | None = None


class RefusedWith(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A refusal that brings what is said of it: words that only one address has use for."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind)
        self.problem = problem


def as_json(problem: Problem) -> Response:
    """The problem, as machines read it."""
    body: dict[str, object] = {
        "type": f"urn:stepwise:problem:{problem.kind}",
        "title": str(problem.title),
        "status": problem.status,
        "detail": str(problem.lead),
        "errors": [
            {"field": b.field, "got": b.got, "expected": b.expected, "allowed": list(b.allowed)}
            for b in problem.problems
        ],
    }
    body |= problem.facts or {}
    if problem.suggestions:
        body["suggestions"] = [
            {"name": place.name, "zip": place.zip} for place in problem.suggestions
        ]
    return Response(orjson.dumps(body, default=str), problem.status, content_type=PROBLEM_TYPE)


def wrong_in(error: HTTPException) -> tuple[BadValue, ...]:
    """Which part of a machine's request was refused, what it was, and what is expected there."""
    if getattr(error, "data", None):
        return _unread_parameters(error)
    tell = _PARTS.get(error.code or 0)
    return (tell(error),) if tell is not None and rule_of(request.path) else ()


def _unread_parameters(error: HTTPException) -> tuple[BadValue, ...]:
    """What webargs could not read: {location: {field: [message]}} with the schema it used."""
    found: Mapping[str, Any] = getattr(error, "data", {})
    schema = found.get("schema")
    return tuple(
        BadValue(
            str(shown(field)),
            shown(request.args.get(field)),
            ", ".join(messages) if isinstance(messages, list) else "only values that are allowed",
            _allowed(schema, field) if isinstance(schema, Schema) else (),
        )
        for location in found.get("messages", {}).values()
        for field, messages in location.items()
    )


def _allowed(schema: Schema, name: str) -> tuple[str, ...]:
    """The words that a parameter may be, if they are few; every parameter, if there is none so called."""
    if name not in schema.fields:
        return tuple(schema.fields)
    field = schema.fields[name]
    of_each = getattr(field, "inner", field)
    return next((tuple(one.choices) for one in of_each.validators if isinstance(one, OneOf)), ())


def _method(error: HTTPException) -> BadValue:
    allowed = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    return BadValue("method", request.method, "a method of this address", tuple(allowed or ()))


def _path(error: HTTPException) -> BadValue:
    """A view that knows what is missing says so in the description of its 404."""
    told = error.description
    own = told if told and told != NotFound.description else "an address that the API describes"
    return BadValue("path", shown(request.path), own)


def _size() -> str:
    length = request.content_length
    return "more than that" if length is None else f"{length} bytes"


# status -> the part of the request, what came, what is expected. What came may be somebody's words:
# it is said back, cut short, to who sent it, and nobody else.
_PARTS: Mapping[int, Callable[[HTTPException], BadValue]] = {
    400: lambda error: BadValue("body", "what we cannot read", "one JSON object"),
    404: _path,
    405: _method,
    406: lambda error: BadValue(
        "Accept", shown(request.headers.get("Accept")), str(error.description)
    ),
    413: lambda error: BadValue("body", _size(), "at most 262144 bytes"),
    415: lambda error: BadValue(
        "Content-Type", shown(request.headers.get("Content-Type")), "application/json"
    ),
}
