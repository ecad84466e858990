"""What holds for every address of the API, written into its description once for all of them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from apispec import APISpec, BasePlugin
from marshmallow import fields

from directory.catalog.vocabulary import Vocabularies

REFUSALS = {
    "400": ("BAD_REQUEST", HTTPStatus.BAD_REQUEST),
    "401": ("UNKNOWN_KEY", HTTPStatus.UNAUTHORIZED),
    "403": ("NOT_OPEN", HTTPStatus.FORBIDDEN),
    "404": ("NOT_FOUND", HTTPStatus.NOT_FOUND),
    "406": ("NOT_ACCEPTABLE", HTTPStatus.NOT_ACCEPTABLE),
    "410": ("GONE", HTTPStatus.GONE),
    "413": ("TOO_LARGE", HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    "415": ("UNSUPPORTED_MEDIA_TYPE", HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    "422": ("UNPROCESSABLE", HTTPStatus.UNPROCESSABLE_ENTITY),
    "429": ("TOO_MANY", HTTPStatus.TOO_MANY_REQUESTS),
}
ALWAYS = ("401", "403", "406", "429")

OPTIONS: Mapping[str, object] = {
    "servers": [{"url": "/"}],
    "security": [{}, {"key": []}],
}
_HEADERS: Mapping[str, tuple[str, str]] = {
    "RateLimit-Policy": (r'^"[a-z-]+";q=[0-9]+;w=[0-9]+$', "The quota `q` for `w` seconds."),
    "RateLimit": (
        r'^"[a-z-]+";r=[0-9]+;t=[0-9]+$',
        "`r` requests left; all are back in `t` seconds.",
    ),
    "ETag": (r'^"[^"]+"$', "Send it back in If-None-Match, and get 304 while nothing changed."),
}
_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "Optional: a key (`sk_...`) asks more often. Reading needs none.",
}


class ForEveryAddress(BasePlugin):
    """Adds what the gate does: rates, tags, keys, formats."""

    def init_spec(self, spec: APISpec) -> None:
        """What the addresses refer to."""
        spec.components.security_scheme("key", _KEY)
        for name, (pattern, told) in _HEADERS.items():
            schema = {"type": "string", "pattern": pattern}
            header = {"description": told, "required": True, "schema": schema}
            spec.components.header(name, header)

    def operation_helper(
        self, path: str | None = None, operations: dict[str, Any] | None = None, **_: Any
    ) -> None:
        """Write it into each method of an address."""
        for method, operation in (operations or {}).items():
            if method not in ("get", "post"):
                continue
            responses = operation.setdefault("responses", {})
            told = {status: REFUSALS[status][0] for status in ALWAYS}
            operation["responses"] = {**told, **responses}
            for status, response in responses.items():
                if str(status).startswith("2") and isinstance(response, dict):
                    response["headers"] = _headers_of(method)
            if method == "get":
                operation["responses"]["304"] = {
                    "description": "Not changed since the tag you sent"
                }


def _headers_of(method: str) -> dict[str, object]:
    names = ["RateLimit-Policy", "RateLimit", *(["ETag"] if method == "get" else [])]
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def words_of(vocabularies: Vocabularies) -> Any:
    """For apispec: the codes that a field of a vocabulary may have."""

    def enumerated(_converter: Any, field: fields.Field[Any], **_: Any) -> dict[str, object]:
        kind = field.metadata.get("vocabulary")
        if kind is None:
            return {}
        codes: list[str | None] = [*vocabularies[kind].codes()]
        return {"enum": [*codes, None] if field.allow_none else codes}

    return enumerated
