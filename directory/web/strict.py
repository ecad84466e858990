"""Query parameters read strictly: a mistyped filter is refused, never dropped.

webargs drops unknown parameters and takes the first of repeated ones, and `int()` and `float()`
take "1_000" and digits of every script: each would answer another question than the one asked.
"""

import re
from collections.abc import Mapping
from typing import Any

from flask import Request
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, ValidationError, fields
from webargs.fields import DelimitedList
from webargs.flaskparser import FlaskParser

_WHOLE = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,20})?")


class StrictQueryParser(FlaskParser):  # type: ignore[misc, unused-ignore]
    """Refuses, with 422, unknown parameters and parameters given twice."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
        "querystring": RAISE,
    }

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        """The parameters of the address, each given once."""
        repeated = {
            name: ["One value, not several."]
            for name, values in req.args.lists()
            if len(values) > 1
        }
        if repeated:
            raise ValidationError(repeated)
        return super().load_querystring(req, schema)


class StrictBlueprint(Blueprint):  # type: ignore[misc, unused-ignore]
    """Addresses of machines: each says which parameters it takes (`takes`), also if it takes none."""

    ARGUMENTS_PARSER = StrictQueryParser()

    def takes(self, schema: type[Schema], *, by_name: bool = False) -> Any:
        """Read the parameters of the address into the view's first value, or by name."""
        return self.arguments(schema, location="query", as_kwargs=by_name)

    def takes_none(self) -> Any:
        """Refuse every parameter of the address."""
        return self.takes(NoQuery, by_name=True)


class Query(Schema):
    """The parameters of an address."""

    error_messages = {"unknown": "One of the parameters allowed."}


class NoQuery(Query):
    """An address that takes no parameters."""

    error_messages = {"unknown": "Nothing: this address takes no parameters."}


class Whole(fields.Integer):
    """A whole number in ASCII digits."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int:
        if not isinstance(value, str) or not _WHOLE.fullmatch(value):
            raise ValidationError("A whole number in the digits 0 to 9.")
        return int(value)


class Number(fields.Float):
    """A number in ASCII digits, with or without a decimal point."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> float:
        if not isinstance(value, str) or not _NUMBER.fullmatch(value):
            raise ValidationError("A number in the digits 0 to 9, such as 7.5.")
        return float(value)


class Listed(DelimitedList):  # type: ignore[misc, unused-ignore]
    """Values separated by commas; none at all is refused, for it would ask nothing."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> list[Any]:
        if not value:
            raise ValidationError("At least one value.")
        return list(super()._deserialize(value, attr, data, **kwargs))  # type: ignore[no-untyped-call]
