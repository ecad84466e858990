"""The tables of the code are the tables of the migrations, on both databases."""

from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from directory.store.connect import migrations, open_database, reading, upgrade
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
        assert context.get_current_revision() == "0001_listings"


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
