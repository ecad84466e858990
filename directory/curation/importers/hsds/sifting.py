"""Foreign values that our format does not take: left out one by one, and reported."""

import html
from typing import Any

import nh3
from marshmallow import Schema, ValidationError

from directory.curation.listing_format.located import Path, at_path, flat_messages, path_text
from directory.curation.reading import Refused, shown

Plain = dict[str, Any]

NEEDED = ("id", "name")
"""Without these there is no record: the record is refused, not the value."""


def sifted(plain: Plain, schema: Schema, row: str) -> tuple[Plain, list[Refused]]:
    """The object without the values that the schema refuses, and these with the reason."""
    try:
        schema.load(plain)
    except ValidationError as error:
        found = [one for one in flat_messages(error.messages_dict) if one[0][0] not in NEEDED]
    else:
        found = []
    refused = [
        Refused(row, path_text(path), shown(at_path(plain, path)), f"{expected}; left out")
        for path, expected in found
    ]
    for path, _ in found:
        plain = _without(plain, path)
    if ("lat" in plain) != ("lon" in plain):
        plain = {key: value for key, value in plain.items() if key not in ("lat", "lon")}
    return plain, refused


def _without(plain: Plain, path: Path) -> Plain:
    """The object without one value; of a list, without the whole list."""
    first = path[0]
    inner = plain.get(str(first))
    if len(path) > 1 and isinstance(inner, dict):
        return {**plain, str(first): _without(inner, path[1:])}
    return {key: value for key, value in plain.items() if key != first}


def text_of(value: Any) -> Any:
    """A description without the markup that others write into it."""
    return html.unescape(nh3.clean(value, tags=set())).strip() if isinstance(value, str) else value
