"""What each row of a generation is called: the program's id, its address on our site, its version."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import orjson

from directory.catalog.program import Listing

FILE = "names.json"


class Name(NamedTuple):
    """The names of one row."""

    program: str
    slug: str
    version: int

    @classmethod
    def of(cls, listing: Listing) -> "Name":
        """The names of a listing."""
        return cls(listing.program.id, listing.slug, listing.version)


def read_names(folder: Path) -> list[Name]:
    """The names of all rows, in order."""
    return [Name(*row) for row in orjson.loads((folder / FILE).read_bytes())]


def write_names(folder: Path, names: Sequence[Name]) -> None:
    """Write what `read_names` reads."""
    (folder / FILE).write_bytes(orjson.dumps([tuple(name) for name in names]))
