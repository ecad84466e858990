"""Byte strings by row, in parts: a new generation links the parts before and adds one of its own."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from directory.search.moves import Moves


class Rows:
    """The byte strings of a folder. `places` has part, begin and end of each row."""

    def __init__(self, folder: Path) -> None:
        places = np.load(folder / "places.npy", mmap_mode="r", allow_pickle=False)
        self._places = places.view(np.ndarray)
        self._parts = [np.memmap(part, np.uint8, "r").data for part in _parts(folder)]

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, row: int) -> bytes:
        part, begin, end = self._places[row].tolist()
        return bytes(self._parts[part][begin:end])


def write_rows(folder: Path, rows: Sequence[bytes]) -> None:
    """Write all rows as one part."""
    folder.mkdir(parents=True)
    np.save(folder / "places.npy", _write_part(folder, 0, rows), allow_pickle=False)


def revise_rows(before: Path, folder: Path, moves: Moves, came: Sequence[bytes]) -> None:
    """The rows of another folder, a few of them changed."""
    folder.mkdir(parents=True)
    parts = _parts(before)
    for part in parts:
        (folder / part.name).hardlink_to(part)
    old = np.load(before / "places.npy", allow_pickle=False)
    places = moves.column(old, _write_part(folder, len(parts), came))
    np.save(folder / "places.npy", places, allow_pickle=False)


def _parts(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.bytes"))


def _write_part(folder: Path, number: int, rows: Sequence[bytes]) -> np.ndarray[tuple[int, int]]:
    (folder / f"{number:04d}.bytes").write_bytes(b"".join(rows) or b"\n")
    ends = np.cumsum([len(row) for row in rows], dtype=np.int64)
    begins = np.concatenate(([0], ends[:-1])) if rows else ends
    return np.stack([np.full(len(rows), number), begins, ends], axis=1)
