"""The OpenAPI 3.1 document of `/hsds/v3`, made of the parameters it reads and the schemas it serves.

It holds the served schemas, so that whoever has it needs no other address; `externalDocs` says where
each is served.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from directory.catalog.vocabulary import Vocabularies
from directory.exchange.hsds.profile import Profile, Schemas
from directory.web.hsds import gone, parameters
from directory.web.hsds.pages import NDJSON
from directory.web.hsds.parameters import CIRCLE, Parameter
from directory.web.problem import PROBLEM_TYPE

Json = dict[str, Any]

RECORDS = {
    "services": ("service", "Services", "required"),
    "organizations": ("organization", "Organizations", "optional"),
    "service_at_locations": ("service_at_location", "ServicesAtLocations", "optional"),
    "taxonomies": ("taxonomy", "Taxonomies", "optional"),
    "taxonomy_terms": ("taxonomy_term", "TaxonomyTerms", "optional"),
}
"""Schema, name in operations, and whether HSDS requires it, by the address of the list."""

SAYS = {
    400: "Parameters or a body that we cannot read: the problem says which, and what is allowed",
    401: "A key that we do not know",
    403: "A key that is not for this address",
    404: "No record has this id",
    406: "A format that we do not have",
    410: "The service is no longer listed: the problem says since when, and why",
    413: "A body that is too large",
    415: "A body that is not JSON",
    429: "Too many requests; Retry-After says how many seconds to wait",
    503: "Nothing is published; Retry-After says how many seconds to wait",
}


MOVED: Mapping[str, Json] = {
    "301": {
        "description": "It turned out to be another service: Location has its address",
        "headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}},
    }
}


def document(vocabularies: Vocabularies, profile: Profile, address: str) -> Json:
    """The whole document; `address` is where the feed is, with a slash at its end."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Stepwise: HSDS",
            "version": "3.1",
            "summary": "Intensive outpatient programs in the Human Services Data Specification 3.1",
            "license": {"name": "CC BY-SA 4.0", "identifier": "CC-BY-SA-4.0"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": address.rstrip("/")}],
        "tags": [
            {"name": "required", "description": "HSDS requires this address."},
            {"name": "optional", "description": "HSDS allows for this address."},
        ],
        "paths": {
            **_about(profile),
            **_lists(parameters.lists(vocabularies)),
            **_items(parameters.items()),
        },
        "components": {"schemas": _schemas(profile.schemas, address), "responses": _refusals()},
    }


def _about(profile: Profile) -> Json:
    """The addresses that say what the feed is."""
    feed = {
        "type": "object",
        "properties": {
            "version": {"const": "3.1"},
            "profile": {"type": "string", "format": "uri"},
            "openapi_url": {"type": "string", "format": "uri"},
            "description": {"type": "string"},
            "publisher": {"type": "object", "properties": {"name": {"type": "string"}}},
        },
        "required": ["version", "profile", "openapi_url"],
    }
    anything = {"type": "object"}
    return {
        "/": _reading("getApi", "What this feed is.", feed, "required"),
        "/profile": _reading("getProfile", "Our profile.", anything, "optional"),
        "/profile/{name}.json": {
            "parameters": [_one_of(profile.patches)],
            **_reading("getProfileFile", "One patch of our profile.", anything, "optional", 404),
        },
        "/schema/{name}.json": {
            "parameters": [_one_of(profile.schemas)],
            **_reading("getSchema", "One schema of our profile.", anything, "optional", 404),
        },
    }


def _one_of(named: Schemas) -> Json:
    return {"name": "name", "in": "path", "required": True, "schema": {"enum": sorted(named)}}


def _reading(name: str, says: str, schema: Json, tag: str, *more: int) -> Json:
    return {"get": _operation(name, says, tag, {"application/json": schema}, (*more, 400))}


def _lists(known: Mapping[str, tuple[Parameter, ...]]) -> Json:
    return {
        f"/{address}": {
            "get": _list(address, "get", some) | {"parameters": _in_address(some)},
            "post": _list(address, "find", some, 413, 415) | {"requestBody": _body(some)},
        }
        for address, some in known.items()
    }


def _list(address: str, verb: str, some: tuple[Parameter, ...], *more: int) -> Json:
    record, name, tag = RECORDS[address]
    kept = {"$ref": f"#/components/schemas/{record}"}
    page = {
        "allOf": [{"$ref": "#/components/schemas/Page"}],
        "properties": {"contents": {"type": "array", "items": kept}},
    }
    says = f"{name}: everything that is asked has to hold."
    return _operation(
        f"{verb}{name}",
        says,
        tag if verb == "get" else "optional",
        {"application/json": page, NDJSON: {"type": "string"}},
        (400, *more),
    )


def _items(known: Mapping[str, tuple[Parameter, ...]]) -> Json:
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        f"/{address}/{{id}}": {
            "parameters": [key],
            "get": _operation(
                f"get{RECORDS[address][1]}ById",
                "One record with all that hangs on it.",
                RECORDS[address][2],
                {"application/json": {"$ref": f"#/components/schemas/{RECORDS[address][0]}"}},
                (400, 404, *((410,) if address in gone.KINDS else ())),
                MOVED if address in gone.KINDS else {},
            )
            | {"parameters": _in_address(some)},
        }
        for address, some in known.items()
    }


def _operation(
    name: str,
    says: str,
    tag: str,
    sent: Mapping[str, Json],
    refusals: tuple[int, ...],
    more: Mapping[str, Json] = MappingProxyType({}),
) -> Json:
    content = {kind: {"schema": schema} for kind, schema in sent.items()}
    responses: Json = {"200": {"description": says, "content": content}, **more}
    for status in sorted({*refusals, 401, 403, 406, 429, 503}):
        responses[str(status)] = {"$ref": f"#/components/responses/{status}"}
    return {"operationId": name, "summary": says, "tags": [tag], "responses": responses}


def _in_address(some: tuple[Parameter, ...]) -> list[Json]:
    """Each parameter; those that say a place as one object, whose parts are parameters of their own.

    So OpenAPI can say that one needs the other.
    """
    plain: list[Json] = [
        {"name": one.name, "in": "query", "description": _says(one), "schema": one.kind.schema}
        for one in some
        if one.name not in CIRCLE
    ]
    circle = tuple(one for one in some if one.name in CIRCLE)
    if circle:
        whole: Json = {"name": "place", "in": "query", "style": "form", "explode": True}
        plain.append({**whole, "schema": _object(circle)})
    return plain


def _object(some: tuple[Parameter, ...]) -> Json:
    properties = {one.name: {"description": _says(one), **one.kind.schema} for one in some}
    schema: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    if "lat" in properties:
        near_what = {"anyOf": [{"required": ["postcode"]}, {"required": ["lat", "lon"]}]}
        schema["dependentRequired"] = {"lat": ["lon"], "lon": ["lat"]}
        schema["dependentSchemas"] = {"proximity": near_what}
    return schema


def _body(some: tuple[Parameter, ...]) -> Json:
    schema = _object(some)
    says = "The same parameters as by GET. A question about a person belongs here."
    return {"description": says, "content": {"application/json": {"schema": schema}}}


def _says(one: Parameter) -> str:
    return f"{one.says} (our profile)" if one.profile else one.says


def _schemas(schemas: Schemas, address: str) -> Json:
    """The served schemas, pointing to each other inside the document; the page; a problem."""
    whole = {"type": "integer", "minimum": 0}
    flag = {"type": "boolean"}
    named = dict.fromkeys(("total_items", "total_pages", "page_number", "size"), whole)
    page = {**named, **dict.fromkeys(("first_page", "last_page", "empty"), flag)}
    contents = {"type": "array", "items": {"type": "object"}}
    notes = {
        "type": "array",
        "items": {"type": "string"},
        "description": "What to know before believing an empty page (our profile)",
    }
    return {
        **{
            name: {
                **_inside(schema),
                "externalDocs": {"url": f"{address}schema/{name}.json"},
            }
            for name, schema in schemas.items()
        },
        "Page": {
            "type": "object",
            "properties": {**page, "x_notes": notes, "contents": contents},
            "required": [*page, "contents"],
        },
        "Problem": _problem(),
    }


def _inside(schema: Any) -> Any:
    if isinstance(schema, Mapping):
        return {
            key: f"#/components/schemas/{value.removesuffix('.json')}"
            if key == "$ref"
            else _inside(value)
            for key, value in schema.items()
        }
    return [_inside(one) for one in schema] if isinstance(schema, list) else schema


def _problem() -> Json:
    texts: Json = {key: {"type": "string"} for key in ("type", "title", "detail")}
    one = {
        "type": "object",
        "properties": {"field": {"type": "string"}, "expected": {"type": "string"}},
        "required": ["field", "expected"],
    }
    return {
        "type": "object",
        "properties": {
            **texts,
            "status": {"type": "integer"},
            "errors": {"type": "array", "items": one},
        },
        "required": ["type", "title", "status"],
    }


def _refusals() -> Json:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        str(status): {"description": says, "content": {PROBLEM_TYPE: {"schema": schema}}}
        for status, says in SAYS.items()
    }
