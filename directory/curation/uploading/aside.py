"""Store an uploaded file aside: under a random name, never its own, and never more of it than allowed."""

import hashlib
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from directory.curation.files.limits import MEGABYTE
from directory.errors import BadValue
from directory.exchange.aside import checksum

LARGEST = 50 * MEGABYTE
"""As large as the usual files that importers read; larger ones are for the command line."""

LEAST_FREE = 200 * MEGABYTE
"""So much room stays free for the database: a full disk would stop every edit."""

FILE = "file"
_PIECE = 2**16


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was stored: the name of its folder, its bytes, its SHA-256."""

    name: str
    size: int
    digest: str


def put_aside(home: Path, stream: IO[bytes]) -> Kept:
    """Copy a stream into a new folder of `home`, readable by nobody else.

    Raises `BadValue` for an empty file, one that is too large, or a full disk; then nothing is left.
    """
    name = secrets.token_hex(16)
    folder = home / name
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if shutil.disk_usage(home).free < LEAST_FREE + LARGEST:
        raise BadValue("file", "a disk that is nearly full", "room on the disk")
    folder.mkdir(mode=0o700)
    try:
        size, digest = _copy(stream, folder / FILE)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Kept(name, size, digest)


def _copy(stream: IO[bytes], to: Path) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    to.touch(mode=0o600)
    with to.open("wb") as file:
        for piece in _pieces(stream):
            size += len(piece)
            if size > LARGEST:
                raise BadValue("file", "a larger file", f"at most {LARGEST // MEGABYTE} MB")
            digest.update(piece)
            file.write(piece)
    if not size:
        raise BadValue("file", "nothing", "a file that is not empty")
    return size, digest.hexdigest()


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_PIECE):
        yield piece


def is_as_sent(folder: Path, digest: str) -> bool:
    """True if the stored file still is, byte for byte, the one that was sent."""
    path = folder / FILE
    return path.is_file() and checksum(path) == digest


def drop_file(folder: Path) -> None:
    """Delete the file; what was said of it stays until the folder goes."""
    (folder / FILE).unlink(missing_ok=True)


def drop(folder: Path) -> None:
    """Delete everything of an upload."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep(home: Path, is_over: Mapping[str, bool], before: datetime) -> None:
    """Delete folders whose time is over; one that nobody knows goes once it is older than a moment."""
    for folder in home.iterdir() if home.is_dir() else ():
        if is_over.get(folder.name, folder.stat().st_mtime < before.timestamp()):
            drop(folder)
