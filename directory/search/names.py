"""What each row of a generation is called: the program's id, its address on our site, its version."""

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson

from directory.catalog.program import Listing
from directory.search.rows import Rows, write_rows

FOLDER = "names"
KEY_BYTES = 16


class Name(NamedTuple):
    """The names of one row."""

    program: str
    slug: str
    version: int

    @classmethod
    def of(cls, listing: Listing) -> "Name":
        """The names of a listing."""
        return cls(listing.program.id, listing.slug, listing.version)


class NameIndex:
    """Finds the row of a program by its id or its address: sorted digests, mapped, not a dictionary."""

    def __init__(self, folder: Path) -> None:
        self._keys = np.load(folder / "name_keys.npy", mmap_mode="r", allow_pickle=False)
        self._rows = np.load(folder / "name_rows.npy", mmap_mode="r", allow_pickle=False)
        self._names = Rows(folder / FOLDER)

    def row_of(self, name: str) -> int | None:
        """The row, or None if no row is called so."""
        key = np.bytes_(key_of(name))
        at = int(np.searchsorted(self._keys, key))
        return int(self._rows[at]) if at < len(self._keys) and self._keys[at] == key else None

    def name_of(self, row: int) -> Name:
        """What a row is called."""
        return Name(*orjson.loads(self._names[row]))


def read_names(folder: Path) -> list[Name]:
    """The names of all rows, in order."""
    rows = Rows(folder / FOLDER)
    return [Name(*orjson.loads(rows[row])) for row in range(len(rows))]


def write_names(folder: Path, names: Sequence[Name]) -> None:
    """Write what `read_names` and `NameIndex` read. A program's id comes before another's address."""
    write_rows(folder / FOLDER, [orjson.dumps(tuple(name)) for name in names])
    called = {name.slug: row for row, name in enumerate(names)}
    called |= {name.program: row for row, name in enumerate(names)}
    keys = np.array([key_of(name) for name in called], f"S{KEY_BYTES}")
    rows = np.fromiter(called.values(), np.int32, len(called))
    order = np.argsort(keys)
    np.save(folder / "name_keys.npy", keys[order], allow_pickle=False)
    np.save(folder / "name_rows.npy", rows[order], allow_pickle=False)


def key_of(name: str) -> bytes:
    """A digest without trailing zero bytes, which fixed-width bytes cannot tell from padding."""
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()
    return digest.rstrip(b"\0")
