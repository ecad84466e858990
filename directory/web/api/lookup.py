"""The one place where the API looks a program up by its id or its address on our site."""

from collections.abc import Mapping
from typing import Any

from directory.catalog.program import Listing
from directory.web import addresses

MOVED: Mapping[str, Any] = {
    "description": "Moved for good: Location has the present address",
    "headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}},
}
"""How a description of the API says it; beside it stands "GONE"."""


def listed(name: str) -> Listing:
    """The published program with this id or slug, for routes that name it `program_id`.

    An old slug, and the id of an entry that turned out to be another program, lead there (301); a
    program that is no longer listed is 410, one that never was 404.
    """
    return addresses.listed(name, "program_id", id_first=True)
