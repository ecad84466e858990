"""A backup is one state of the store, proved whole; a restore is that state, or what stood before."""

import os
import shutil
import signal
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect

import orjson
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from directory.catalog.records import Change, Place
from directory.catalog.trail import Act
from directory.store.backups import sqlite_file
from directory.store.backups.making import Holdings, back_up, held_in, keep_newest
from directory.store.backups.manifest import files_of, read_backup
from directory.store.backups.refusals import BadBackup, CannotCopy, WouldOverwrite
from directory.store.backups.restoring import Restored, restore
from directory.store.connect import migrations, open_database, upgrade, writing
from directory.store.soundness import Soundness, soundness
from directory.store.sql_records import SqlRecords
from directory.store.staff_trail import SqlTrail
from tests.store.test_records import _change

AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


def nothing_wrong(_engine: sa.Engine) -> list[str]:
    return []


@dataclass(frozen=True)
class Home:
    """A home with a database; what tests ask of it."""

    home: Path

    @property
    def file(self) -> Path:
        return self.home / "directory.sqlite"

    @property
    def holdings(self) -> Holdings:
        return Holdings(sa.make_url(f"sqlite:///{self.file}"), self.home / "meetings", "mark")

    def sound(self) -> Soundness:
        engine = open_database(f"sqlite:///{self.file}")
        try:
            return soundness(engine)
        finally:
            engine.dispose()

    def programs(self) -> int:
        return self.sound().counts["program"]

    def back_up(self, into: Path, at: datetime = AT) -> Path:
        return back_up(self.holdings, into, at)

    def restore(self, folder: Path, **how: bool) -> Restored:
        return restore(folder, self.holdings, AT, nothing_wrong, **how)


@pytest.fixture(scope="module")
def two_programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the newest tables and two programs."""
    path = tmp_path_factory.mktemp("two") / "store.sqlite"
    engine = open_database(f"sqlite:///{path}")
    upgrade(engine)
    with SqlRecords(engine).desk() as desk:
        desk.apply(_change("a", "b"))
    engine.dispose()
    sqlite_file.gather(path)
    return path


def _add(engine: sa.Engine, *keys: str) -> None:
    programs = {key: Place("o", "s", f"slug-{key}") for key in keys}
    with SqlRecords(engine).desk() as desk:
        desk.apply(Change("page", AT, programs=programs, stated=_change(*keys).stated[1:]))


@pytest.fixture
def here(tmp_path: Path, two_programs: Path) -> Home:
    """A home with two programs."""
    (tmp_path / "here").mkdir()
    shutil.copy(two_programs, tmp_path / "here" / "directory.sqlite")
    return Home(tmp_path / "here")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Home:
    """A home with nothing in it."""
    return Home(tmp_path / "elsewhere")


@pytest.fixture
def other(elsewhere: Home, two_programs: Path) -> Home:
    """A home with three programs."""
    elsewhere.home.mkdir()
    shutil.copy(two_programs, elsewhere.file)
    engine = open_database(f"sqlite:///{elsewhere.file}")
    _add(engine, "c")
    engine.dispose()
    return elsewhere


def test_what_was_backed_up_comes_back_elsewhere(here, elsewhere, tmp_path):
    (here.home / "meetings").mkdir()
    (here.home / "meetings" / "list.json").write_text("[]")
    done = elsewhere.restore(here.back_up(tmp_path / "kept"))
    assert elsewhere.programs() == 2
    assert done.sound.counts == here.sound().counts
    assert (elsewhere.home / "meetings" / "list.json").read_text() == "[]"
    assert done.kept is None


def test_a_backup_is_for_its_owners_eyes_and_stands_alone(here, tmp_path):
    folder = here.back_up(tmp_path / "kept")
    assert folder.name == "stepwise-20261124T180000Z"
    assert folder.stat().st_mode & 0o077 == 0
    assert sorted(one.name for one in folder.iterdir()) == ["database.sqlite", "manifest.json"]
    held_in(sqlite_file.open_copy(folder / "database.sqlite"))
    assert sorted(one.name for one in folder.iterdir()) == ["database.sqlite", "manifest.json"]


def test_backups_of_one_second_are_all_kept_and_the_oldest_go_first(here, tmp_path):
    into = tmp_path / "kept"
    made = [here.back_up(into), here.back_up(into)]
    for number in range(3, 12):
        made.append(into / f"{made[0].name}-{number}")
        made[-1].mkdir()
    later = here.back_up(into, AT.replace(day=25))
    assert keep_newest(into, 2) == [one.name for one in made[:10]]
    assert {one for one in into.iterdir() if one.is_dir()} == {made[10], later}


def test_a_backup_made_while_others_write_is_one_state(here, tmp_path):
    """Each change lists two programs: a copy with half a change would hold an odd number."""
    stop, written, kept = threading.Event(), [], []

    writer = threading.Thread(target=_write_pairs, args=(here, stop, written))
    writer.start()
    try:
        while not written:
            time.sleep(0.01)
        for _ in range(5):
            before = len(written)
            folder = here.back_up(tmp_path / "kept")
            kept.append((before, read_backup(folder).counts["program"], len(written)))
    finally:
        stop.set()
        writer.join()
    assert all(programs % 2 == 0 for _, programs, _ in kept)
    assert all(2 + 2 * least <= programs <= 4 + 2 * most for least, programs, most in kept)
    assert here.programs() == 2 + 2 * len(written)


def _write_pairs(here: Home, stop: threading.Event, written: list[int]) -> None:
    engine = open_database(f"sqlite:///{here.file}")
    while not stop.is_set():
        _add(engine, *(f"w{len(written)}{letter}" for letter in "xy"))
        written.append(len(written))
    engine.dispose()


@pytest.mark.parametrize("spoil", ["a byte", "a file", "the manifest", "its format", "its counts"])
def test_a_backup_that_is_not_as_it_was_written_is_refused_and_nothing_changes(
    here, other, tmp_path, spoil
):
    folder = here.back_up(tmp_path / "kept")
    before = _files(other)
    database, manifest = folder / "database.sqlite", folder / "manifest.json"
    told = orjson.loads(manifest.read_bytes())
    match spoil:
        case "a byte":
            whole = bytearray(database.read_bytes())
            whole[5000] ^= 1
            database.write_bytes(whole)
        case "a file":
            database.unlink()
        case "the manifest":
            manifest.write_text("{")
        case "its format":
            manifest.write_bytes(orjson.dumps(told | {"format": 99}))
        case "its counts":
            manifest.write_bytes(orjson.dumps(told | {"counts": {"program": 1}}))
    with pytest.raises(BadBackup, match="expected"):
        other.restore(folder, replace=True)
    assert _files(other) == before


def _files(home: Home) -> dict[str, str]:
    return {name: mark for name, mark in files_of(home.home).items() if name != ".lock"}


def test_a_backup_cannot_name_files_outside_its_folder(here, tmp_path):
    folder = here.back_up(tmp_path / "kept")
    manifest = folder / "manifest.json"
    told = orjson.loads(manifest.read_bytes())
    told["files"]["../../here/directory.sqlite"] = "0" * 64
    manifest.write_bytes(orjson.dumps(told))
    with pytest.raises(BadBackup, match="files of this folder only"):
        read_backup(folder)


def test_a_restore_does_not_overwrite_unless_told_and_keeps_what_was_there(here, other, tmp_path):
    """Who has the database open sees what was restored."""
    folder = here.back_up(tmp_path / "kept")
    engine = open_database(f"sqlite:///{other.file}")
    records = SqlRecords(engine)
    with pytest.raises(WouldOverwrite, match="--replace"):
        other.restore(folder)
    assert records.count() == 3
    done = other.restore(folder, replace=True)
    assert records.count() == 2
    other.restore(done.kept, replace=True)
    assert records.count() == 3
    engine.dispose()


def test_a_database_that_cannot_be_read_is_put_aside_and_replaced(here, elsewhere, tmp_path):
    folder = here.back_up(tmp_path / "kept")
    elsewhere.home.mkdir()
    elsewhere.file.write_bytes(b"no database " * 1000)
    with pytest.raises(WouldOverwrite):
        elsewhere.restore(folder)
    done = elsewhere.restore(folder, replace=True)
    assert elsewhere.programs() == 2
    assert (done.kept / "directory.sqlite").read_bytes().startswith(b"no database ")


def test_a_database_with_a_damaged_page_is_not_backed_up_as_if_it_were_whole(here, tmp_path):
    engine = open_database(f"sqlite:///{here.file}")
    _add(engine, *(f"p{number}" for number in range(300)))
    engine.dispose()
    sqlite_file.gather(here.file)
    with here.file.open("r+b") as file:
        file.seek(40 * 4096)
        file.write(b"\xff" * 4096)
    assert here.sound().problems
    with pytest.raises(CannotCopy, match="Nothing was changed"):
        here.back_up(tmp_path / "kept")
    assert [one for one in (tmp_path / "kept").iterdir() if one.is_dir()] == []


def test_a_row_that_names_what_is_gone_is_told(here):
    with closing(connect(here.file)) as raw:
        raw.execute("DELETE FROM site WHERE id = 's'")
        raw.commit()
    (told,) = here.sound().problems
    assert told == "program (site_id): 2 rows name a site that is gone"


def test_a_backup_of_an_older_release_comes_back_with_the_newest_tables(elsewhere, tmp_path):
    old = Home(tmp_path / "old")
    engine = open_database(f"sqlite:///{old.file}")
    with writing(engine) as connection:
        command.upgrade(migrations(connection), "0007_api_keys")
        connection.exec_driver_sql("INSERT INTO organization (id) VALUES ('o')")
    engine.dispose()
    done = elsewhere.restore(old.back_up(tmp_path / "kept"))
    assert (done.manifest.revision, done.manifest.trail) == ("0007_api_keys", "")
    assert done.sound.revision == ScriptDirectory.from_config(migrations()).get_current_head()
    assert done.sound.counts["organization"] == 1


def test_a_backup_of_a_newer_release_is_refused(here, elsewhere, tmp_path):
    with closing(connect(here.file)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999_later'")
        raw.commit()
    folder = here.back_up(tmp_path / "kept")
    with pytest.raises(BadBackup, match="9999_later"):
        elsewhere.restore(folder)
    assert not elsewhere.file.exists()


def test_what_is_wrong_on_arrival_stops_the_restore(here, elsewhere, tmp_path):
    folder = here.back_up(tmp_path / "kept")
    with pytest.raises(BadBackup, match="line 3"):
        restore(folder, elsewhere.holdings, AT, lambda _: ["line 3"])
    assert not elsewhere.file.exists()


def test_a_backup_notes_the_head_of_the_trail(here, tmp_path):
    engine = open_database(f"sqlite:///{here.file}")
    with writing(engine) as connection:
        head = SqlTrail(connection).append(Act(AT.isoformat(), 0, "signed_in", "staff", "1", {}))
    engine.dispose()
    assert read_backup(here.back_up(tmp_path / "kept")).trail == str(head)


def test_no_room_for_a_backup_leaves_the_ones_before_and_no_half_one(here, tmp_path):
    """A limit on the size of files stands in for a full disk."""
    first = here.back_up(tmp_path / "kept")
    child = os.fork()
    if child == 0:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))
        try:
            here.back_up(tmp_path / "kept")
        except CannotCopy:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert [one for one in (tmp_path / "kept").iterdir() if one.is_dir()] == [first]
    read_backup(first)


def test_a_restore_that_is_killed_once_all_is_proved_leaves_what_stood_before(
    here, other, tmp_path
):
    """The others, at any moment: tests/faults."""
    kept = here.back_up(tmp_path / "kept")
    child = os.fork()
    if child == 0:
        try:
            die = lambda _: os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731
            restore(kept, other.holdings, AT, die, replace=True)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert (other.programs(), other.sound().problems) == (3, ())
    other.restore(kept, replace=True)
    assert other.programs() == 2
    assert not [one for one in other.home.iterdir() if one.name.startswith(".restoring")]
