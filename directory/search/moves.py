"""How the rows of one generation become the rows of the next, when a few programs change."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Ints = NDArray[np.int64]
GONE = -1


@dataclass(frozen=True)
class Moves:
    """`left`: old rows that go. `came`: new rows that are filled anew. Both ascending.

    `size` is how many rows there were.
    """

    size: int
    left: tuple[int, ...]
    came: tuple[int, ...]

    @property
    def new_size(self) -> int:
        """How many rows there will be."""
        return self.size - len(self.left) + len(self.came)

    @cached_property
    def kept(self) -> Ints:
        """The old rows that stay, in order."""
        return np.delete(np.arange(self.size), list(self.left))

    @cached_property
    def places(self) -> Ints:
        """Where they stand now."""
        return np.delete(np.arange(self.new_size), list(self.came))

    @cached_property
    def moved(self) -> Ints:
        """The new row of each old one; GONE for those that left."""
        moved = np.full(self.size, GONE)
        moved[self.kept] = self.places
        return moved

    def column(self, old: Column, came: Column) -> Column:
        """A column of the old rows as one of the new rows; `came` has the values that come."""
        new: Column = np.empty((self.new_size, *old.shape[1:]), old.dtype)
        new[self.places] = old[self.kept]
        new[list(self.came)] = came
        return new


def moves(
    cells: Ints, id_of: Callable[[int], str], left: Sequence[int], came: Sequence[tuple[int, str]]
) -> Moves:
    """Rows are sorted by cell and program id; `came` has the keys of those that come, sorted."""
    gone = tuple(sorted(left))
    kept: list[int] = np.delete(np.arange(len(cells)), list(gone)).tolist()
    standing = cells[kept]
    rows = []
    for before, (cell, program) in enumerate(came):
        low, high = np.searchsorted(standing, [cell, cell + 1]).tolist()
        inside = bisect_left(range(low, high), program, key=lambda at: id_of(kept[at]))
        rows.append(low + inside + before)
    return Moves(len(cells), gone, tuple(rows))
