"""Our OpenAPI document as people read it: addresses in groups, what each takes, answers and refuses.

Pure: from the document and a few names that are listed now, so that every example can be tried.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

Json = Mapping[str, Any]

MOST_WORDS = 12
# What the examples ask, where an address takes it.
ASKED: Mapping[str, str] = {"near": "91101", "limit": "5"}
METHODS = ("get", "post")


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter, or a key of a body: its name, where it stands, what it may be."""

    name: str
    place: str
    required: bool
    kind: str
    words: tuple[str, ...]
    more_words: int
    told: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What may come back: the status, what it means, and the format where there is one."""

    status: str
    told: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address. `curl` can be run as it stands; `example` is an answer to it."""

    anchor: str
    method: str
    path: str
    summary: str
    told: tuple[str, ...]
    values: tuple[Value, ...]
    replies: tuple[Reply, ...]
    curl: str
    example: str


@dataclass(frozen=True, slots=True)
class Group:
    """Addresses that belong together."""

    anchor: str
    title: str
    operations: tuple[Operation, ...]


def groups_of(document: Json, origin: str, names: Mapping[str, str]) -> tuple[Group, ...]:
    """The document in the order it was written; `names` fill parameters of paths."""
    found: dict[str, list[Operation]] = {tag["name"]: [] for tag in document.get("tags", ())}
    titles = {tag["name"]: tag.get("description", tag["name"]) for tag in document.get("tags", ())}
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                tag = item[method].get("tags", ["other"])[0]
                told = _operation(document, path, method, item, origin, names)
                found.setdefault(tag, []).append(told)
    return tuple(
        Group(f"of-{tag}", titles.get(tag, tag), tuple(some)) for tag, some in found.items() if some
    )


def _operation(
    document: Json, path: str, method: str, item: Json, origin: str, names: Mapping[str, str]
) -> Operation:
    described = item[method]
    parameters = [*item.get("parameters", ()), *described.get("parameters", ())]
    parameters = [_followed(document, one) for one in parameters]
    content = described.get("requestBody", {}).get("content", {}).get("application/json", {})
    body = _followed(document, content.get("schema", {}))
    answered = tuple(_replies(document, described["responses"]))
    return Operation(
        anchor=described["operationId"],
        method=method.upper(),
        path=path,
        summary=described.get("summary", ""),
        told=tuple(filter(None, described.get("description", "").split("\n\n"))),
        values=(*_parameters(document, parameters), *_keys(document, body)),
        replies=answered,
        curl=_curl(path, method, parameters, content, origin, names),
        example=_example(document, described["responses"]),
    )


def _parameters(document: Json, parameters: Sequence[Json]) -> Iterator[Value]:
    for one in parameters:
        schema = _followed(document, one["schema"])
        told = one.get("description", "")
        yield _value(document, one["name"], one["in"], one.get("required", False), schema, told)


def _keys(document: Json, body: Json) -> Iterator[Value]:
    required = set(body.get("required", ()))
    for name, given in body.get("properties", {}).items():
        schema = _followed(document, given)
        told = given.get("description", "") or schema.get("description", "")
        yield _value(document, name, "body", name in required, schema, told)


def _value(document: Json, name: str, place: str, required: bool, schema: Json, told: str) -> Value:
    inner = _followed(document, schema["items"]) if "items" in schema else schema
    words = tuple(str(word) for word in inner.get("enum", ()) if word is not None)
    shown = words[:MOST_WORDS]
    return Value(
        name, place, required, kind_of(document, schema), shown, len(words) - len(shown), told
    )


def kind_of(document: Json, schema: Json) -> str:
    """What a value may be, in a few words: 'whole number, 1 to 100', 'list of text'."""
    types = schema.get("type", "object")
    name = next((one for one in _as_list(types) if one != "null"), "null")
    if name == "array":
        inner = _followed(document, schema.get("items", {}))
        return f"list of {kind_of(document, inner)}"
    said = {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(name, name)
    if schema.get("format") in ("date", "date-time"):
        said = "day" if schema["format"] == "date" else "moment"
    return said + _bounds(schema)


def _bounds(schema: Json) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return f", {least:g} to {most:g}"
    longest = schema.get("maxLength")
    return f", at most {longest} letters" if longest else ""


def _replies(document: Json, responses: Json) -> Iterator[Reply]:
    for status, given in sorted(responses.items()):
        told = _followed(document, given)
        if status.isdigit():
            media = next(iter(told.get("content", {})), "")
            yield Reply(status, told.get("description", ""), media)


def _example(document: Json, responses: Json) -> str:
    """The first example of an answer that is none of a refusal."""
    for status, given in sorted(responses.items()):
        if not status.startswith("2"):
            continue
        for content in _followed(document, given).get("content", {}).values():
            if (shown := _example_in(content)) is not None:
                return shown if isinstance(shown, str) else _pretty(shown)
    return ""


def _example_in(content: Json) -> Any:
    named = content.get("examples", {})
    return content.get("example", next((one.get("value") for one in named.values()), None))


def _curl(
    path: str,
    method: str,
    parameters: Sequence[Json],
    content: Json,
    origin: str,
    names: Mapping[str, str],
) -> str:
    for one in parameters:
        if one["in"] == "path":
            value = names.get(one["name"], one.get("example"))
            path = path.replace(f"{{{one['name']}}}", quote(value) if value else "...")
    asked = {
        one["name"]: one.get("example", ASKED.get(one["name"]))
        for one in parameters
        if one["in"] == "query" and ("example" in one or one["name"] in ASKED)
    }
    address = _quoted(f"{origin}{path}{'?' + urlencode(asked) if asked else ''}")
    if method == "get":
        return f"curl {address}"
    sent = _example_in(content)
    body = _quoted(_pretty(_named(sent if sent is not None else {}, names)))
    return f"curl {address} \\\n  -H 'Content-Type: application/json' \\\n  -d {body}"


def _named(body: Any, names: Mapping[str, str]) -> Any:
    """An example about a program, about one that is listed."""
    if isinstance(body, Mapping) and "program" in body and names.get("program_id"):
        return {**body, "program": names["program_id"]}
    return body


def _quoted(text: str) -> str:
    """For a shell, between single quotes."""
    return "'" + text.replace("'", "'\\''") + "'"


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _followed(document: Json, given: Json) -> Json:
    """What a reference stands for; anything else is itself."""
    for _ in range(8):
        if "$ref" not in given:
            break
        found: Any = document
        for part in given["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        given = found
    return given


def _as_list(one: Any) -> list[Any]:
    return one if isinstance(one, list) else [one]
