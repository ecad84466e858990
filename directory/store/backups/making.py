"""Make a backup: written aside, made durable, then named."""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from directory.errors import StoreAway
from directory.exchange.aside import make_names_durable, sole_writer
from directory.store.backups import postgres, sqlite_file
from directory.store.backups.manifest import DATABASES, MEETINGS, Manifest, files_of
from directory.store.backups.refusals import CannotCopy
from directory.store.connect import open_database, reading
from directory.store.soundness import Soundness, sound_in
from directory.store.staff_trail import SqlTrail

_NAME = re.compile(r"stepwise-\d{8}T\d{6}Z(-\d+)?")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a backup is made of: the database, the lists of meetings, a mark of the secret."""

    url: sa.URL
    meetings: Path
    secret: str


@dataclass(frozen=True, slots=True)
class Held:
    """What the copy of a database holds."""

    sound: Soundness
    trail: str


def back_up(holdings: Holdings, into: Path, at: datetime) -> Path:
    """Write a new folder with one state of the store; raises `CannotCopy`, and leaves nothing then."""
    try:
        with _aside(into, f"stepwise-{at:%Y%m%dT%H%M%SZ}") as (folder, path):
            held = _copy_database(holdings.url, folder)
            if held.sound.problems:
                raise CannotCopy(postgres.shown(holdings.url), "; ".join(held.sound.problems[:3]))
            if holdings.meetings.is_dir():
                shutil.copytree(holdings.meetings, folder / MEETINGS)
            kind = holdings.url.get_backend_name()
            sound = held.sound
            Manifest(
                made_at=at.replace(microsecond=0),
                database=kind,
                revision=sound.revision,
                counts=sound.counts,
                trail=held.trail,
                secret=holdings.secret,
                files=files_of(folder),
            ).save(folder)
        return path
    except (OSError, sqlite3.Error, sa.exc.DBAPIError, StoreAway) as error:
        raise CannotCopy(postgres.shown(holdings.url), str(error)) from error


def keep_newest(into: Path, kept: int) -> list[str]:
    """Delete the oldest backups of a folder beyond `kept`; answers their names."""
    gone = _names(into)[:-kept]
    for name in gone:
        shutil.rmtree(into / name)
    return gone


def held_in(engine: sa.Engine) -> Held:
    """What a database holds, read in one state."""
    with reading(engine) as connection:
        return _held(connection)


def _copy_database(url: sa.URL, folder: Path) -> Held:
    file = folder / DATABASES[url.get_backend_name()]
    if url.get_backend_name() == "sqlite":
        sqlite_file.copy_out(Path(url.database or ""), file)
        return held_in(sqlite_file.open_copy(file))
    engine = open_database(url.render_as_string(hide_password=False))
    try:
        with reading(engine) as connection:
            snapshot = connection.scalar(sa.select(sa.func.pg_export_snapshot()))
            postgres.dump(url, str(snapshot), file)
            return _held(connection)
    finally:
        engine.dispose()


def _held(connection: sa.Connection) -> Held:
    has_trail = sa.inspect(connection).has_table("staff_act_head")
    trail = str(SqlTrail(connection).head()) if has_trail else ""
    return Held(sound_in(connection), trail)


@contextmanager
def _aside(into: Path, name: str) -> Iterator[tuple[Path, Path]]:
    """A folder for its owner's eyes only, and the name it gets once it is whole. One writer at a time."""
    into.mkdir(parents=True, exist_ok=True)
    with sole_writer(into):
        for left in into.glob(".stepwise-*.part"):
            shutil.rmtree(left)
        path = into / _free(into, name)
        unfinished = path.with_name(f".{path.name}.part")
        unfinished.mkdir(mode=0o700)
        try:
            yield unfinished, path
            _make_durable(unfinished)
            unfinished.rename(path)
            make_names_durable(into)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _make_durable(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            make_names_durable(path)
            continue
        path.chmod(0o600)
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _free(into: Path, name: str) -> str:
    """A name that no backup has: several may be made in one second."""
    taken = set(_names(into))
    others = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in others if one not in taken)


def _names(into: Path) -> list[str]:
    """The backups of a folder, the oldest first."""
    found = [path.name for path in into.iterdir() if _NAME.fullmatch(path.name)]
    return sorted(found, key=lambda name: (name[:25], len(name), name))
