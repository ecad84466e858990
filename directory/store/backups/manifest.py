"""The list of a backup's files, what the database held, and a SHA-256 for each file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from directory.exchange.aside import checksum
from directory.store.backups.refusals import BadBackup

FORMAT = 1
NAME = "manifest.json"
MEETINGS = "meetings"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.sql"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    `database`: sqlite or postgresql. `revision`: of its tables. `counts`: rows by table. `trail`: the
    head of the audit trail. `secret`: stands for the secret that sealed what is sealed in it.
    """

    made_at: datetime
    database: str
    revision: str
    counts: Mapping[str, int]
    trail: str
    secret: str
    files: Mapping[str, str]

    @property
    def database_file(self) -> str:
        """The file with the database."""
        return DATABASES[self.database]

    def save(self, folder: Path) -> None:
        """Write it beside the files."""
        plain = {"format": FORMAT, **asdict(self)}
        (folder / NAME).write_bytes(orjson.dumps(plain, option=orjson.OPT_INDENT_2))


def files_of(folder: Path) -> dict[str, str]:
    """Every file but the manifest, by relative path, with its SHA-256 in hex."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): checksum(path) for path in found}


def read_backup(folder: Path) -> Manifest:
    """The manifest of a whole backup: each file is read. Raises `BadBackup`."""
    try:
        manifest = _read(folder)
    except OSError as error:
        got = f"no manifest ({error.strerror})"
        raise BadBackup(str(folder), got, "a folder that `backup` wrote") from error
    except (ValueError, KeyError, TypeError) as error:
        got = "a manifest that we cannot read"
        raise BadBackup(str(folder), got, f"one of format {FORMAT}") from error
    for name, digest in manifest.files.items():
        _check(folder, name, digest)
    return manifest


def _read(folder: Path) -> Manifest:
    plain: dict[str, Any] = orjson.loads((folder / NAME).read_bytes())
    if plain.pop("format") != FORMAT:
        raise ValueError("another format")
    manifest = Manifest(**{**plain, "made_at": datetime.fromisoformat(plain["made_at"])})
    if manifest.database_file not in manifest.files:
        raise KeyError(manifest.database_file)
    return manifest


def _check(folder: Path, name: str, digest: str) -> None:
    inside = PurePosixPath(name)
    if inside.is_absolute() or ".." in inside.parts:
        raise BadBackup(str(folder), f"the file name {name!r}", "files of this folder only")
    try:
        found = checksum(folder / name)
    except OSError as error:
        raise BadBackup(str(folder), f"{name}: {error.strerror}", "every file there") from error
    if found != digest:
        raise BadBackup(str(folder), f"{name} with other bytes", "each file as it was written")
