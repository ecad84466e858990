"""The codes that programs answer, turned around: for each code a bit for every row.

Counting a code over some rows is then a popcount, for two hundred rows as for a million.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from directory.matching.criterion import Column, Rows

Tally = tuple[int, int, int]
"""The place of a code, and how many rows answer it with yes and with no."""

BLOCK = 1024
"""Words of rows at a time: what fits a cache."""


@dataclass(frozen=True)
class AnsweredBits:
    """`bits` has a row for each 64 programs and a column for each code that some program answers.

    `place` has the name of a criterion's column and of its code's bit for each of them.
    """

    size: int
    bits: NDArray[np.uint64]
    place: Mapping[str, tuple[NDArray[np.int64], NDArray[np.int64]]]

    @classmethod
    def of(cls, columns: Mapping[str, Column], size: int) -> "AnsweredBits":
        """From the columns that hold bit sets of codes (`..._yes`, `..._no`)."""
        found, place, width = [], {}, 0
        for name in sorted(columns):
            if name.endswith(("_yes", "_no")):
                turned, codes = _turned(columns[name], size)
                found.append(turned)
                place[name] = codes, np.arange(width, width + len(codes))
                width += len(codes)
        empty = np.empty((-(-size // 64), 0), np.uint64)
        return cls(size, np.concatenate([empty, *found], axis=1), place)

    def counts(self, rows: Rows) -> NDArray[np.int64]:
        """How many of the rows have each bit, in the order of the columns of `bits`, and a 0 behind."""
        flags = np.zeros(len(self.bits) * 64, bool)
        flags[rows] = True
        words = np.packbits(flags, bitorder="little").view(np.uint64)
        held = np.flatnonzero(words)
        sums = np.zeros(self.bits.shape[1] + 1, np.int64)  # the last one is of no column: 0
        for first in range(0, len(held), BLOCK):
            some = held[first : first + BLOCK]
            both = self.bits[some] & words[some, None]
            sums[:-1] += np.bitwise_count(both).sum(axis=0, dtype=np.int64)
        return sums

    def tallies(self, rows: Rows) -> dict[str, list[Tally]]:
        """By criterion, each code that some of the rows affirm."""
        counts = self.counts(rows)
        names, ends, codes, yes, no = self._codes
        affirmed = counts[yes]
        held = np.flatnonzero(affirmed)
        lines = codes[held].tolist(), affirmed[held].tolist(), counts[no[held]].tolist()
        told = list(zip(*lines, strict=True))
        bounds = pairwise([0, *np.searchsorted(held, ends).tolist()])
        return {name: told[a:b] for name, (a, b) in zip(names, bounds, strict=True)}

    @cached_property
    def _codes(self) -> tuple[Sequence[str], Rows, Rows, Rows, Rows]:
        """All codes of all criteria, where those of each end, and the place and columns of each code.

        The column of a code that nobody refuses is -1.
        """
        names: list[str] = []
        ends, codes, yes, no = (list[int]() for _ in range(4))
        for name in (one.removesuffix("_yes") for one in self.place if one.endswith("_yes")):
            (places, columns), (others, refused) = (
                self.place[f"{name}_{answer}"] for answer in ("yes", "no")
            )
            found = dict(zip(others.tolist(), refused.tolist(), strict=True))
            codes += places.tolist()
            yes += columns.tolist()
            no += [found.get(place, -1) for place in places.tolist()]
            names.append(name)
            ends.append(len(codes))
        ends_, codes_, yes_, no_ = (np.array(one, np.int64) for one in (ends, codes, yes, no))
        return names, ends_, codes_, yes_, no_


def _turned(column: Column, size: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """A column of bit sets as bits by row, for the codes that are there, and those codes."""
    used = np.bitwise_or.reduce(np.asarray(column, "<u8"), axis=0) if size else column[:0]
    codes = np.flatnonzero(np.unpackbits(used.view(np.uint8), bitorder="little"))
    turned = np.zeros((-(-size // 64), len(codes)), np.uint64)
    for at, code in enumerate(codes.tolist()):
        flags = np.zeros(len(turned) * 64, bool)
        flags[:size] = (column[:, code // 64] >> np.uint64(code % 64)) & np.uint64(1)
        turned[:, at] = np.packbits(flags, bitorder="little").view(np.uint64)
    return turned, codes
