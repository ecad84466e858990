"""The tables of the code are the tables of the migrations, on both databases."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from directory.store.connect import migrations, open_database, reading, upgrade, writing
from directory.store.tables import metadata


def _new(folder: Path) -> sa.Engine:
    return open_database(f"sqlite:///{folder / 'deep' / 'store.sqlite'}")


def test_an_upgrade_from_nothing_gives_the_tables_of_the_code(tmp_path: Path) -> None:
    engine = _new(tmp_path)
    upgrade(engine)
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        names = sa.inspect(connection).get_indexes("claim")
        live = next(index for index in names if index["name"] == "uq_claim_live")
        assert "withdrawn_at IS NULL" in str(live["dialect_options"]["sqlite_where"])
        heads = ScriptDirectory.from_config(migrations()).get_heads()
        assert [context.get_current_revision()] == heads


def test_an_upgrade_may_run_at_every_start(tmp_path: Path) -> None:
    engine = _new(tmp_path)
    upgrade(engine)
    upgrade(engine)


def test_there_is_one_newest_revision() -> None:
    assert len(ScriptDirectory.from_config(migrations()).get_heads()) == 1


def test_sqlite_is_opened_for_many_readers_and_one_careful_writer(tmp_path: Path) -> None:
    with reading(_new(tmp_path)) as connection:
        pragmas = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert values == ["wal", 1, 5000, 1]


def test_every_table_can_be_written_for_postgresql() -> None:
    dialect: sa.Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            text = str(CreateIndex(index).compile(dialect=dialect))
            assert index.name != "uq_claim_live" or "WHERE withdrawn_at IS NULL" in text


def test_claims_of_before_know_their_changes_after_the_upgrade(tmp_path: Path) -> None:
    engine = _new(tmp_path)
    with writing(engine) as connection:
        command.upgrade(migrations(connection), "0001_listings")
        for statement in _TWO_IMPORTS:
            connection.exec_driver_sql(statement)
    upgrade(engine)
    with reading(engine) as connection:
        query = "SELECT value, change_id, withdrawn_in_id FROM claim ORDER BY id"
        rows = [tuple(row) for row in connection.exec_driver_sql(query)]
        what = list(connection.exec_driver_sql("SELECT id, what FROM change ORDER BY id"))
    assert rows == [('"Old"', 1, 2), ('"New"', 2, None)]
    assert [tuple(row) for row in what] == [(1, "import"), (2, "import")]


def test_addresses_of_before_are_kept_and_changes_of_before_are_marked(tmp_path: Path) -> None:
    engine = _new(tmp_path)
    with writing(engine) as connection:
        command.upgrade(migrations(connection), "0001_listings")
        for statement in (*_TWO_IMPORTS, *_ONE_PROGRAM):
            connection.exec_driver_sql(statement)
    upgrade(engine)
    with reading(engine) as connection:
        given = connection.exec_driver_sql("SELECT slug, program_id FROM address").all()
        marks = connection.exec_driver_sql("SELECT mark FROM change").scalars().all()
    assert [tuple(one) for one in given] == [("acme-evening", "a")]
    assert len(set(marks) - {0}) == 2


_ONE_PROGRAM = (
    "INSERT INTO organization (id) VALUES ('o')",
    "INSERT INTO site (id, organization_id) VALUES ('s', 'o')",
    "INSERT INTO program (id, site_id, slug, version) VALUES ('a', 's', 'acme-evening', 1)",
)
_TWO_IMPORTS = (
    "INSERT INTO source (id, name) VALUES (1, 'page')",
    "INSERT INTO edition (id, source_id, seen_on, method) VALUES (1, 1, '2026-11-01', 'published')",
    "INSERT INTO claim (subject_kind, subject_id, fact, value, source_id, edition_id, through_id,"
    " recorded_at, withdrawn_at) VALUES ('program', 'a', 'name', '\"Old\"', 1, 1, 1,"
    " '2026-11-01 00:00:00.000000', '2026-11-09 00:00:00.000000')",
    "INSERT INTO claim (subject_kind, subject_id, fact, value, source_id, edition_id, through_id,"
    " recorded_at) VALUES ('program', 'a', 'name', '\"New\"', 1, 1, 1,"
    " '2026-11-09 00:00:00.000000')",
)
