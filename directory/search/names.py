"""What each row of a generation is called: the program's id, its address on our site, its version."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from directory.catalog.program import Listing
from directory.search.moves import GONE, Ints, Moves
from directory.search.rows import Rows, revise_rows, write_rows

FOLDER = "names"
KINDS = ("program", "slug")
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


@dataclass(frozen=True, slots=True)
class Keys:
    """Names of one kind as sorted digests with their rows: mapped, not a dictionary."""

    keys: NDArray[np.bytes_]
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, names: Sequence[str], rows: Ints) -> "Keys":
        """From names and their rows."""
        keys = np.array([key_of(name) for name in names], f"S{KEY_BYTES}")
        order = np.argsort(keys)
        return cls(keys[order], rows[order].astype(np.int32))

    @classmethod
    def load(cls, folder: Path, kind: str) -> "Keys":
        """Map those of a folder into memory."""
        files = (folder / f"{kind}_{part}.npy" for part in ("keys", "rows"))
        return cls(*(np.load(file, mmap_mode="r", allow_pickle=False) for file in files))

    def save(self, folder: Path, kind: str) -> None:
        """Write what `load` reads."""
        np.save(folder / f"{kind}_keys.npy", self.keys, allow_pickle=False)
        np.save(folder / f"{kind}_rows.npy", self.rows, allow_pickle=False)

    def row_of(self, name: str) -> int | None:
        """The row of a name, or None."""
        key = np.bytes_(key_of(name))
        at = int(np.searchsorted(self.keys, key))
        return int(self.rows[at]) if at < len(self.keys) and self.keys[at] == key else None

    def moved(self, how: Moves) -> "Keys":
        """The same where rows have moved; without those that left."""
        rows = how.moved[self.rows]
        stay = rows != GONE
        return Keys(self.keys[stay], rows[stay].astype(np.int32))

    def with_more(self, new: "Keys") -> "Keys":
        """Both together."""
        at = np.searchsorted(self.keys, new.keys)
        return Keys(np.insert(self.keys, at, new.keys), np.insert(self.rows, at, new.rows))


class NameIndex:
    """Finds the row of a program by its id or its address."""

    def __init__(self, folder: Path) -> None:
        self._programs, self._slugs = (Keys.load(folder, kind) for kind in KINDS)
        self._names = Rows(folder / FOLDER)

    def row_of(self, name: str) -> int | None:
        """The row, or None if no row is called so. A program's id comes before another's address."""
        row = self._programs.row_of(name)
        return self._slugs.row_of(name) if row is None else row

    def row_of_program(self, program: str) -> int | None:
        """The row of this id."""
        return self._programs.row_of(program)

    def name_of(self, row: int) -> Name:
        """What a row is called."""
        return Name(*orjson.loads(self._names[row]))


def read_names(folder: Path) -> list[Name]:
    """The names of all rows, in order."""
    rows = Rows(folder / FOLDER)
    return [Name(*orjson.loads(rows[row])) for row in range(len(rows))]


def write_names(folder: Path, names: Sequence[Name]) -> None:
    """Write what `read_names` and `NameIndex` read."""
    write_rows(folder / FOLDER, [orjson.dumps(tuple(name)) for name in names])
    rows = np.arange(len(names))
    for kind in KINDS:
        Keys.of([getattr(name, kind) for name in names], rows).save(folder, kind)


def revise_names(before: Path, folder: Path, how: Moves, came: Sequence[Name]) -> None:
    """The names of another folder, those of a few rows changed."""
    encoded = [orjson.dumps(tuple(name)) for name in came]
    revise_rows(before / FOLDER, folder / FOLDER, how, encoded)
    for kind in KINDS:
        new = Keys.of([getattr(name, kind) for name in came], np.array(how.came, np.int64))
        Keys.load(before, kind).moved(how).with_more(new).save(folder, kind)


def key_of(name: str) -> bytes:
    """A digest without trailing zero bytes, which fixed-width bytes cannot tell from padding."""
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()
    return digest.rstrip(b"\0")
