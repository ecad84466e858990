"""What a request asks of an HSDS address: parameters of the address, or a JSON object in the body.

The standard writes the parameters of POST into the address as well, so they are taken from there,
too; a question about a person belongs in the body, where nothing logs it.
"""

import json
from collections.abc import Iterator
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from directory.errors import BadQuery, BadValue
from directory.web.hsds.parameters import Parameter
from directory.web.need_fields import shown

Values = dict[str, Any]


def read(parameters: tuple[Parameter, ...]) -> Values:
    """The values that are given, by name. Raises `BadQuery` with all that is wrong, 400 or 415."""
    known = {one.name: one for one in parameters}
    found: Values = {}
    wrong: list[BadValue] = []
    for name, value, of_text in _given():
        try:
            found[name] = _value(known, name, value, of_text=of_text, again=name in found)
        except BadValue as refusal:
            wrong.append(refusal)
    if wrong:
        raise BadQuery(tuple(wrong))
    return found


def _given() -> Iterator[tuple[str, Any, bool]]:
    """Every name with its value, as often as it stands there; whether the value is plain text."""
    for name, values in request.args.lists():
        yield from ((name, value, True) for value in values)
    if request.method == "POST":
        yield from ((name, value, False) for name, value in _body())


def _value(
    known: dict[str, Parameter], name: str, value: Any, *, of_text: bool, again: bool
) -> Any:
    if name not in known:
        expected = "a parameter of this address"
        raise BadValue(str(shown(name)), shown(value), expected, tuple(known))
    if again:
        raise BadValue(name, "given twice", "one value")
    kind = known[name].kind
    try:
        return kind.of_text(value) if of_text else kind.of_json(value)
    except ValueError:
        allowed = tuple(str(one) for one in kind.schema.get("enum", ()))
        raise BadValue(name, shown(value), kind.expected, allowed) from None


def _body() -> list[tuple[str, Any]]:
    """The pairs of the object in the body; none where there is no body."""
    body = request.get_data()
    if not body and not request.mimetype:
        return []
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        plain = json.loads(body, object_pairs_hook=_Pairs, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadRequest from None  # the cause would hold the body
    if not isinstance(plain, _Pairs):
        raise BadQuery((BadValue("body", shown(str(plain)), "a JSON object"),))
    return list(plain)


class _Pairs(list[tuple[str, Any]]):
    """The pairs of a JSON object, in their order; a name may come twice."""


def _no_number(text: str) -> None:
    raise ValueError(text)
