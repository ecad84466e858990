"""Bring a backup back: proved aside, brought to the newest tables, then put in whole."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from directory.errors import StoreAway
from directory.exchange.aside import make_names_durable, sole_writer
from directory.store.backups import postgres, sqlite_file
from directory.store.backups.making import Holdings, back_up, held_in
from directory.store.backups.manifest import MEETINGS, Manifest, read_backup
from directory.store.backups.refusals import BadBackup, CannotCopy, WouldOverwrite
from directory.store.connect import make_file, migrations, open_database, upgrade
from directory.store.soundness import Soundness, soundness

KEPT_IN = "replaced"

Arrival = Callable[[sa.Engine], Sequence[str]]
"""What is done with a database before it is put in; answers what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. `kept`: where what stood there before was put."""

    manifest: Manifest
    sound: Soundness
    kept: Path | None


def restore(
    folder: Path, holdings: Holdings, at: datetime, arrive: Arrival, *, replace: bool = False
) -> Restored:
    """Put a backup in the place of the store; killed before its end, it left what stood before.

    Raises `BadBackup`, `WouldOverwrite` (unless `replace`), `CannotCopy`.
    """
    url = holdings.url
    manifest = read_backup(folder)
    _fits(folder, manifest, url.get_backend_name())
    standing = _standing(url)
    holds_something = bool(standing.rows or standing.problems)
    if holds_something and not replace:
        raise WouldOverwrite(postgres.shown(url), _told(standing))
    bring_in = _into_sqlite if manifest.database == "sqlite" else _into_postgres
    try:
        keep = partial(_keep, holdings, standing, at) if holds_something else _nothing
        with _meetings_beside(folder / MEETINGS, holdings.meetings) as put_in_meetings:
            sound, kept = bring_in(folder, manifest, url, arrive, keep)
            put_in_meetings()
    except (OSError, sqlite3.Error, sa.exc.DBAPIError, StoreAway) as error:
        raise CannotCopy(postgres.shown(url), str(error)) from error
    return Restored(manifest, sound, kept)


def _fits(folder: Path, manifest: Manifest, kind: str) -> None:
    if manifest.database != kind:
        expected = f"one of {kind}, as DIRECTORY_DATABASE_URL says"
        raise BadBackup(str(folder), f"a backup of {manifest.database}", expected)
    try:
        ScriptDirectory.from_config(migrations()).get_revision(manifest.revision)
    except CommandError as error:
        got = f"tables of revision {manifest.revision}"
        expected = "a revision that this release knows: a newer release made it"
        raise BadBackup(str(folder), got, expected) from error


def _standing(url: sa.URL) -> Soundness:
    """What is there now; nothing if there is no database yet."""
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return Soundness()
    engine = open_database(url.render_as_string(hide_password=False))
    try:
        return soundness(engine)
    finally:
        engine.dispose()


def _told(standing: Soundness) -> str:
    return f"{standing.rows} rows" if standing.rows else standing.problems[0]


def _nothing() -> None:
    """There is nothing to keep."""


Keep = Callable[[], Path | None]


def _into_sqlite(
    folder: Path, manifest: Manifest, url: sa.URL, arrive: Arrival, keep: Keep
) -> tuple[Soundness, Path | None]:
    database = Path(url.database or "")
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = database.with_name(".restoring.sqlite")
    with sole_writer(database.parent):
        sqlite_file.discard(copy)
        try:
            make_file(copy)
            shutil.copyfile(folder / manifest.database_file, copy)
            _as_it_was(folder, manifest, sqlite_file.open_copy(copy))
            sound = _brought_up(folder, open_database(f"sqlite:///{copy}"), arrive)
            kept = keep()
            sqlite_file.put_in(copy, database)
        finally:
            sqlite_file.discard(copy)
    return sound, kept


def _into_postgres(
    folder: Path, manifest: Manifest, url: sa.URL, arrive: Arrival, keep: Keep
) -> tuple[Soundness, Path | None]:
    engine = open_database(postgres.aside(url).render_as_string(hide_password=False))
    try:
        postgres.load_aside(url, folder / manifest.database_file)
        _as_it_was(folder, manifest, engine)
        sound = _brought_up(folder, engine, arrive)
        kept = keep()
        postgres.put_in(url)
    finally:
        engine.dispose()
        postgres.discard(url)
    return sound, kept


def _as_it_was(folder: Path, manifest: Manifest, engine: sa.Engine) -> None:
    """Raises `BadBackup` unless the database holds what the manifest says."""
    held = held_in(engine)
    _sound(folder, held.sound.problems)
    found, told = (dict(held.sound.counts), held.trail), (dict(manifest.counts), manifest.trail)
    if found != told:
        raise BadBackup(str(folder), "other rows than its manifest counts", "the same")


def _brought_up(folder: Path, engine: sa.Engine, arrive: Arrival) -> Soundness:
    """Bring the tables to the newest revision, and prove everything there."""
    try:
        upgrade(engine)
        found = soundness(engine)
        _sound(folder, found.problems)
        _sound(folder, arrive(engine))
    finally:
        engine.dispose()
    return found


def _sound(folder: Path, problems: Sequence[str]) -> None:
    if problems:
        raise BadBackup(str(folder), "; ".join(problems[:3]), "a sound database")


def _keep(holdings: Holdings, standing: Soundness, at: datetime) -> Path:
    """Keep what stands there: as a backup, or, where it cannot be read, its files."""
    into = holdings.meetings.parent / KEPT_IN
    if not standing.problems:
        return back_up(holdings, into, at)
    if holdings.url.get_backend_name() != "sqlite":
        raise CannotCopy(postgres.shown(holdings.url), "; ".join(standing.problems[:3]))
    folder = into / f"damaged-{at:%Y%m%dT%H%M%SZ}"
    folder.mkdir(parents=True, mode=0o700)
    sqlite_file.move_aside(Path(holdings.url.database or ""), folder)
    return folder


@contextmanager
def _meetings_beside(told: Path, into: Path) -> Iterator[Callable[[], None]]:
    """The lists of meetings beside those that stand, and what puts them in.

    So there is room for them before the database is exchanged.
    """
    old, new = into.with_name(f".{into.name}.old"), into.with_name(f".{into.name}.new")

    def put_in() -> None:
        if into.exists():
            into.rename(old)
        new.rename(into)
        make_names_durable(into.parent)
        shutil.rmtree(old, ignore_errors=True)

    into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in (old, new):
        shutil.rmtree(left, ignore_errors=True)
    try:
        if told.is_dir():
            shutil.copytree(told, new)
        else:
            new.mkdir(parents=True)
        yield put_in
    finally:
        shutil.rmtree(new, ignore_errors=True)
