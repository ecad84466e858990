"""The list of a generation's files: what it holds, of which day, and a SHA-256 for each file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from directory.catalog.accuracy import load_accuracy
from directory.exchange.aside import checksum
from directory.matching.statistics import Statistics

FORMAT = 8
NAME = "manifest.json"

Stamp = tuple[int, int, int, int]
"""Device, inode, size and time of a file: equal stamps are the same bytes, since files are never
written twice."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`basis` stands for everything besides listings that a generation depends on.

    `revisions` counts the revisions since the last whole build. `examples`: it was written where invented
    programs may stand.
    """

    name: str
    as_of: date
    basis: str
    revisions: int
    examples: bool
    statistics: Statistics
    files: Mapping[str, str]

    def save(self, folder: Path) -> None:
        """Write it beside the files."""
        plain = {"format": FORMAT, **asdict(self)}
        (folder / NAME).write_bytes(orjson.dumps(plain, option=orjson.OPT_INDENT_2))


def read_manifest(folder: Path, name: str = NAME) -> Manifest:
    """Raises OSError, ValueError, KeyError or TypeError if there is none that we can read."""
    plain: dict[str, Any] = orjson.loads((folder / name).read_bytes())
    if plain.pop("format") != FORMAT:
        raise ValueError(f"{folder}: another format")
    counted = plain.pop("statistics")
    for name in ("sources", "editions"):
        counted[name] = tuple(tuple(row) for row in counted[name])
    counted["audit"] = load_accuracy(counted["audit"])
    statistics = Statistics(**counted)
    as_of = date.fromisoformat(plain.pop("as_of"))
    return Manifest(statistics=statistics, as_of=as_of, **plain)


def files_in(folder: Path) -> list[str]:
    """Every file of a generation but its manifest, by relative path."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path != NAME)


def checksums(folder: Path, before: Path | None = None) -> dict[str, str]:
    """The SHA-256 of every file, in hex; of files linked from `before`, as its manifest has it."""
    known = read_manifest(before).files if before else {}
    found = {}
    for path in files_in(folder):
        linked = before is not None and path in known and _same(before / path, folder / path)
        found[path] = known[path] if linked else checksum(folder / path)
    return found


def is_whole(folder: Path, seen: set[Stamp]) -> bool:
    """True if every file is there as it was written; files already `seen` are not read again."""
    try:
        return is_as_written(folder, read_manifest(folder), seen)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def is_as_written(folder: Path, manifest: Manifest, seen: set[Stamp]) -> bool:
    """The same where the manifest is read already. Raises OSError if a file cannot be read."""
    for path, digest in manifest.files.items():
        stamp = stamp_of(folder / path)
        if stamp not in seen and checksum(folder / path) != digest:
            return False
        seen.add(stamp)
    return True


def _same(one: Path, other: Path) -> bool:
    return one.exists() and stamp_of(one) == stamp_of(other)


def stamp_of(path: Path) -> Stamp:
    """Raises OSError if it is not there."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
