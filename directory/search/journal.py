"""What became of programs, in a generation: by address, by id, and in the order of changes.

journal/  each program as JSON by (last change, id); numbers.npy the last change of each row; kinds.npy
          whether it is listed, gone or invented; keys.npy and key_rows.npy find addresses and ids;
          marks.npy the number and mark of every change
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from directory.catalog.whereabouts import (
    Journal,
    Whereabouts,
    dump_whereabouts,
    load_whereabouts,
)
from directory.search.moves import GONE as LEFT
from directory.search.moves import Moves
from directory.search.names import KEY_BYTES, key_of
from directory.search.rows import Rows, revise_rows, write_rows

FOLDER = "journal"
LISTED, GONE, EXAMPLE = range(3)
Column = NDArray[Any]


class JournalIndex:
    """The journal of one generation, mapped. `examples`: invented programs are in it."""

    def __init__(self, folder: Path, *, examples: bool) -> None:
        self.examples = examples
        self._rows = Rows(folder / FOLDER)
        self._numbers, self._kinds, self._keys, self._key_rows, marks = _columns(folder / FOLDER)
        self._marks = marks
        self.newest = int(marks[-1, 0]) if len(marks) else 0
        """The number of the newest change that is in this generation; 0 without any."""

    def at(self, slug: str) -> Whereabouts | None:
        """The program that has or had this address."""
        return self._called(_address(slug))

    def of(self, program: str) -> Whereabouts | None:
        """The program of this id, listed or not."""
        return self._called(_id(program))

    def after(self, change: int, program: str, most: int) -> list[Whereabouts]:
        """Up to `most` programs in order, from the one after (change, program id) on."""
        low, high = np.searchsorted(self._numbers, [change, change + 1]).tolist()
        first = bisect_right(range(low, high), program, key=lambda row: self._at(row).program)
        return [self._at(row) for row in range(low + first, min(low + first + most, self.size))]

    @property
    def size(self) -> int:
        """How many programs it knows."""
        return len(self._numbers)

    def listed(self, first: int, most: int) -> list[Whereabouts]:
        """Programs that are listed and real, the least lately changed first."""
        rows = np.flatnonzero(self._kinds == LISTED)[first : first + most]
        return [self._at(row) for row in rows.tolist()]

    def gone(self) -> Iterator[str]:
        """The ids of the real programs that are not listed any more."""
        return (self._at(row).program for row in np.flatnonzero(self._kinds == GONE).tolist())

    def count_listed(self) -> int:
        """How many programs are listed and real."""
        return int((self._kinds == LISTED).sum())

    def latest(self, most: int) -> list[Whereabouts]:
        """The programs that changed last, real ones only, those taken off too; the newest first."""
        rows = np.flatnonzero(self._kinds != EXAMPLE)[::-1][:most]
        return [self._at(row) for row in rows.tolist()]

    def mark_of(self, change: int) -> int | None:
        """The mark of a change; None if this generation knows no such change."""
        numbers = self._marks[:, 0]
        row = int(np.searchsorted(numbers, change))
        return int(self._marks[row, 1]) if row < len(numbers) and numbers[row] == change else None

    def _at(self, row: int) -> Whereabouts:
        return load_whereabouts(orjson.loads(self._rows[row]))

    def _called(self, key: bytes) -> Whereabouts | None:
        row = _find(self._keys, self._key_rows, key)
        return None if row is None else self._at(row)


def write_journal(folder: Path, journal: Journal) -> None:
    """Write a whole journal."""
    rows = journal.whereabouts
    write_rows(folder / FOLDER, [_dumped(one) for one in rows])
    keys, key_rows = _keys_of(rows, range(len(rows)))
    marks = _marks_of(journal.marks)
    _write(folder / FOLDER, _numbers(rows), _kinds(rows), keys, key_rows, marks)


def revise_journal(before: Path, folder: Path, journal: Journal) -> None:
    """Write a journal from the one before: the programs that changed since go to its end."""
    came = journal.whereabouts
    numbers, kinds, keys, key_rows, marks = _columns(before / FOLDER)
    known = (_find(keys, key_rows, _id(one.program)) for one in came)
    left = tuple(sorted(row for row in known if row is not None))
    stay = len(numbers) - len(left)
    how = Moves(len(numbers), left, tuple(range(stay, stay + len(came))))
    revise_rows(before / FOLDER, folder / FOLDER, how, [_dumped(one) for one in came])
    moved = how.moved[key_rows]
    kept = moved != LEFT
    new_keys, new_rows = _keys_of(came, how.came)
    all_keys = np.concatenate([keys[kept], new_keys])
    all_rows = np.concatenate([moved[kept].astype(np.int32), new_rows])
    order = np.argsort(all_keys, kind="stable")
    newest = int(marks[-1, 0]) if len(marks) else 0
    later = _marks_of({number: mark for number, mark in journal.marks.items() if number > newest})
    _write(
        folder / FOLDER,
        how.column(numbers, _numbers(came)),
        how.column(kinds, _kinds(came)),
        all_keys[order],
        all_rows[order],
        np.concatenate([marks, later]),
    )


def newest_change(folder: Path) -> tuple[int, int | None]:
    """The newest change in a generation, with its mark; (0, None) without any."""
    marks = _columns(folder / FOLDER)[-1]
    return (int(marks[-1, 0]), int(marks[-1, 1])) if len(marks) else (0, None)


_FILES = ("numbers", "kinds", "keys", "key_rows", "marks")


def _columns(folder: Path) -> list[Column]:
    found = (np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _FILES)
    return [column.view(np.ndarray) for column in found]


def _write(folder: Path, *columns: Column) -> None:
    for name, column in zip(_FILES, columns, strict=True):
        np.save(folder / f"{name}.npy", column, allow_pickle=False)


def _dumped(one: Whereabouts) -> bytes:
    return orjson.dumps(dump_whereabouts(one))


def _numbers(rows: Sequence[Whereabouts]) -> Column:
    return np.array([one.last for one in rows], np.int64)


def _kinds(rows: Sequence[Whereabouts]) -> Column:
    return np.array([_kind(one) for one in rows], np.int8)


def _kind(one: Whereabouts) -> int:
    if one.example:
        return EXAMPLE
    return GONE if one.gone else LISTED


def _marks_of(marks: Mapping[int, int]) -> Column:
    return np.array(sorted(marks.items()), np.int64).reshape(-1, 2)


def _keys_of(rows: Sequence[Whereabouts], at: Iterable[int]) -> tuple[Column, Column]:
    """Every name of these programs with its row, sorted."""
    found = [(key, row) for one, row in zip(rows, at, strict=True) for key in _names(one)]
    keys = np.array([key for key, _ in found], f"S{KEY_BYTES}")
    order = np.argsort(keys, kind="stable")
    return keys[order], np.array([row for _, row in found], np.int32)[order]


def _names(one: Whereabouts) -> Iterator[bytes]:
    yield _id(one.program)
    yield from (_address(slug) for slug in (one.slug, *one.former))


def _id(program: str) -> bytes:
    return key_of(f"id:{program}")


def _address(slug: str) -> bytes:
    return key_of(f"at:{slug}")


def _find(keys: Column, rows: Column, key: bytes) -> int | None:
    at = int(np.searchsorted(keys, np.bytes_(key)))
    return int(rows[at]) if at < len(keys) and keys[at] == key else None
