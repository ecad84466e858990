"""The same for PostgreSQL: one state by pg_dump, put back in one transaction by psql."""

import shutil
from dataclasses import replace

import pytest
import sqlalchemy as sa

from directory.store.backups.making import Holdings, back_up
from directory.store.backups.manifest import files_of, read_backup
from directory.store.backups.postgres import ASIDE
from directory.store.backups.refusals import BadBackup, MissingProgram, WouldOverwrite
from directory.store.backups.restoring import restore
from directory.store.soundness import soundness
from directory.store.sql_records import SqlRecords
from tests.store.test_backups import AT, _add, nothing_wrong
from tests.store.test_records import _change, _keep
from tests.support import postgres
from tests.support.postgres import emptied


@pytest.fixture(scope="module")
def server():
    """A server of one's own."""
    if postgres.tools() is None or shutil.which("pg_dump") is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql): SQLite only")
    with postgres.server() as engine:
        yield engine


def test_a_postgresql_store_comes_back_as_it_was(server, tmp_path):
    holdings = Holdings(server.url, tmp_path / "home" / "meetings", "mark")
    _keep(SqlRecords(server), _change("a", "b"))
    folder = back_up(holdings, tmp_path / "kept", AT)
    before = soundness(server)
    assert read_backup(folder).counts == before.counts
    _add(server, "c")
    with pytest.raises(WouldOverwrite, match="--replace"):
        restore(folder, holdings, AT, nothing_wrong)
    done = restore(folder, holdings, AT, nothing_wrong, replace=True)
    assert soundness(server) == before
    restore(done.kept, holdings, AT, nothing_wrong, replace=True)
    assert soundness(server).counts["program"] == 3
    _a_dump_that_breaks_off_changes_nothing(server, holdings, tmp_path)


def _a_dump_that_breaks_off_changes_nothing(server, holdings, tmp_path):
    folder = back_up(holdings, tmp_path / "kept", AT)
    whole = read_backup(folder)
    with (folder / "database.sql").open("a") as out:
        out.write("INSERT INTO nowhere VALUES (1);\n")
    replace(whole, files=files_of(folder)).save(folder)
    before = soundness(server)
    with pytest.raises(BadBackup, match="nowhere"):
        restore(folder, holdings, AT, nothing_wrong, replace=True)
    assert soundness(server) == before


def _schemas(server):
    with server.connect() as connection:
        own = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
        return set(connection.exec_driver_sql(own).scalars())


def _a_broken_trail(_monkeypatch):
    return lambda engine: ["the audit trail: line 1"]


def _what_stands_cannot_be_kept(monkeypatch):
    def without_pg_dump(_engine):
        monkeypatch.setenv("PATH", "/nowhere")
        return []

    return without_pg_dump


REFUSED = {
    "a broken trail": (_a_broken_trail, BadBackup),
    "what stands cannot be kept": (_what_stands_cannot_be_kept, MissingProgram),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_postgresql_backup_is_proved_before_anything_is_changed(
    case, server, tmp_path, monkeypatch
):
    spoil, refusal = REFUSED[case]
    holdings = Holdings(emptied(server).url, tmp_path / "home" / "meetings", "mark")
    _keep(SqlRecords(server), _change("a"))
    folder = back_up(holdings, tmp_path / "kept", AT)
    _add(server, "later")
    before = soundness(server)
    with pytest.raises(refusal):
        restore(folder, holdings, AT, spoil(monkeypatch), replace=True)
    assert soundness(server) == before
    assert not list((tmp_path / "home").rglob("stepwise-*"))


def test_what_a_killed_restore_left_is_neither_backed_up_nor_in_the_way(server, tmp_path):
    holdings = Holdings(emptied(server).url, tmp_path / "home" / "meetings", "mark")
    _keep(SqlRecords(server), _change("a"))
    with server.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {ASIDE}")
        connection.exec_driver_sql(f"CREATE TABLE {ASIDE}.half (one integer)")
    before = soundness(server)
    folder = back_up(holdings, tmp_path / "kept", AT)
    restore(folder, holdings, AT, nothing_wrong, replace=True)
    assert soundness(server) == before
    assert _schemas(server) == {"public"}


def test_what_is_kept_of_one_kind_of_database_does_not_go_into_the_other(server, tmp_path):
    folder = back_up(Holdings(server.url, tmp_path / "meetings", ""), tmp_path / "kept", AT)
    file = Holdings(sa.make_url(f"sqlite:///{tmp_path}/x.sqlite"), tmp_path / "meetings", "")
    with pytest.raises(BadBackup, match="expected one of sqlite, as DIRECTORY_DATABASE_URL says"):
        restore(folder, file, AT, nothing_wrong)


def test_where_the_programs_of_postgresql_are_not_we_say_what_to_install(
    server, tmp_path, monkeypatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram, match="postgresql-client"):
        back_up(Holdings(server.url, tmp_path / "meetings", ""), tmp_path / "kept", AT)
    assert [one for one in (tmp_path / "kept").iterdir() if one.is_dir()] == []
