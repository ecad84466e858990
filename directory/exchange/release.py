"""A release: the open data of one generation, as files that never change, and their manifest."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

FORMAT = 1
MANIFEST = "manifest.json"
PACKED = ".gz"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OpenFile:
    """One file of a release. `packed_bytes` is the size of its gzip copy, where packing pays."""

    name: str
    format: str
    media_type: str
    imported_by: str
    programs: int
    examples: bool
    bytes: int
    packed_bytes: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A format that had no room for what is listed."""

    format: str
    reason: str


@dataclass(frozen=True, slots=True)
class Release:
    """`name` stands for its content: day and digest. `as_of` is the day of the generation."""

    name: str
    generation: str
    as_of: date
    written_at: datetime
    counts: Mapping[str, int]
    terms: str
    sources: Sequence[Json]
    files: tuple[OpenFile, ...]
    left_out: tuple[LeftOut, ...]
    folder: Path

    @property
    def has_examples(self) -> bool:
        """True if invented programs are in it, in files of their own."""
        return any(one.examples for one in self.files)

    def file(self, name: str) -> OpenFile | None:
        """One of its files."""
        return next((one for one in self.files if one.name == name), None)

    def whole(self) -> bool:
        """True if every file is there in its size; a file that has its name was written whole."""
        return all(_has_size(self.folder / one.name, one.bytes) for one in self.files)


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def manifest_of(release: Release, address: str) -> bytes:
    """The manifest as machines read it; files are found at `address`/<release>/<file>."""
    plain: Json = {"format": FORMAT, **asdict(release)}
    del plain["folder"]
    plain["terms"] = {"license": None, "statement": release.terms}
    plain["files"] = [
        {**asdict(one), "url": f"{address}/{release.name}/{one.name}"} for one in release.files
    ]
    return orjson.dumps(plain, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_release(folder: Path) -> Release:
    """Raises OSError, ValueError, KeyError or TypeError if there is none that we can read."""
    plain: Json = orjson.loads((folder / MANIFEST).read_bytes())
    if plain.pop("format") != FORMAT:
        raise ValueError(f"{folder}: another format")
    files = plain.pop("files")
    for one in files:
        del one["url"]
    return Release(
        as_of=date.fromisoformat(plain.pop("as_of")),
        written_at=datetime.fromisoformat(plain.pop("written_at")),
        terms=plain.pop("terms")["statement"],
        files=tuple(OpenFile(**one) for one in files),
        left_out=tuple(LeftOut(**one) for one in plain.pop("left_out")),
        folder=folder,
        **plain,
    )
