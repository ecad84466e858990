"""A zip of tables, looked at before anything is unpacked: sizes, ratio, count, names."""

import shutil
import zipfile
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath

from directory.curation.files.limits import MEGABYTE
from directory.errors import UnreadableFile

LARGEST_RAW = 1_000 * MEGABYTE
LARGEST_RATIO = 100
MOST_PARTS = 200

_EXPECTED = "a zip of CSV tables without a password"


def unpacked(path: Path, wanted: Collection[str], into: Path) -> Mapping[str, Path]:
    """The wanted parts of a zip, by name, unpacked into a folder; others stay closed.

    A part is wanted by the last step of its name, so a folder inside the zip does no harm and no
    name leads out of `into`. Raises `UnreadableFile` for bombs, damage, passwords and sizes that lie.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check(path, parts)
            found: dict[str, Path] = {}
            for part in parts:
                name = PurePosixPath(part.filename).name
                if name in wanted and not part.is_dir():
                    if name in found:
                        raise UnreadableFile(path.name, f"{name} twice", "each table once")
                    found[name] = _unpack(path.name, archive, part, into / name)
            return found
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError) as error:
        got = f"a damaged zip ({str(error)[:100]})"
        raise UnreadableFile(path.name, got, _EXPECTED) from None
    except (OSError, RuntimeError, ValueError, EOFError, zlib.error) as error:
        got = f"a damaged or encrypted zip ({str(error)[:100]})"
        raise UnreadableFile(path.name, got, _EXPECTED) from None


def _check(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    size, raw = path.stat().st_size, sum(part.file_size for part in parts)
    if raw > LARGEST_RAW or raw > LARGEST_RATIO * size:
        limits = f"at most {LARGEST_RAW // MEGABYTE:,} MB and {LARGEST_RATIO} times the size"
        raise UnreadableFile(path.name, f"{size:,} bytes that unpack to {raw:,}", limits)
    if len(parts) > MOST_PARTS:
        raise UnreadableFile(path.name, f"a zip of {len(parts)} files", f"at most {MOST_PARTS}")


def _unpack(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo, to: Path) -> Path:
    with archive.open(part) as packed, to.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    if to.stat().st_size > part.file_size:
        raise UnreadableFile(name, "a zip that lies about its sizes", _EXPECTED)
    return to
