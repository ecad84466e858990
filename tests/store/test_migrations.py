"""The tables of the code are the tables of the migrations, on both databases."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from directory.store.columns import SORTED, Moment
from directory.store.connect import migrations, open_database, reading, upgrade, writing
from directory.store.tables import metadata
from tests.support.postgres import new_databases

REVISIONS = [one.revision for one in ScriptDirectory.from_config(migrations()).walk_revisions()]
HEAD = REVISIONS[0]


def _new(folder: Path) -> sa.Engine:
    return open_database(f"sqlite:///{folder / 'deep' / 'store.sqlite'}")


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request, tmp_path):
    """What makes a database without a table, on both databases there are."""
    if request.param == "sqlite":
        with closing_engines() as opened:
            yield lambda name: opened(f"sqlite:///{tmp_path / name}.sqlite")
        return
    with (
        new_databases(request.getfixturevalue("postgres")) as url,
        closing_engines() as opened,
    ):
        yield lambda name: opened(url(name))


@contextmanager
def closing_engines():
    engines: list[sa.Engine] = []

    def opened(url: str) -> sa.Engine:
        engines.append(open_database(url))
        return engines[-1]

    yield opened
    for engine in engines:
        engine.dispose()


def test_an_upgrade_from_nothing_gives_the_tables_of_the_code(bare) -> None:
    engine = bare("new")
    upgrade(engine)
    upgrade(engine)  # at every start
    with reading(engine) as connection:
        assert _is_as_in_the_code(connection)
        names = sa.inspect(connection).get_indexes("claim")
        live = next(index for index in names if index["name"] == "uq_claim_live")
        where = live["dialect_options"][f"{connection.dialect.name}_where"]
        assert "withdrawn_at IS NULL" in str(where)


def test_databases_brought_up_to_date_at_once_do_not_take_the_way_from_each_other(tmp_path) -> None:
    engines = [open_database(f"sqlite:///{tmp_path}/{number}.sqlite3") for number in range(6)]
    try:
        with ThreadPoolExecutor(len(engines)) as threads:
            list(threads.map(upgrade, engines))  # whatever one of them raises is raised here
        for engine in engines:
            with reading(engine) as connection:
                assert _is_as_in_the_code(connection)
    finally:
        for engine in engines:
            engine.dispose()


def test_from_every_earlier_head_an_upgrade_keeps_every_row(bare) -> None:
    for revision in REVISIONS[::-1]:
        engine = bare(revision)
        with writing(engine) as connection:
            command.upgrade(migrations(connection), revision)
            given = _a_row_in_every_table(connection)
        assert given, revision
        upgrade(engine)
        with reading(engine) as connection:
            for table, row in given:
                kept = connection.execute(sa.select(table))
                assert [one._asdict() for one in kept] == [row], (revision, table.name)
            assert _is_as_in_the_code(connection), revision


def _is_as_in_the_code(connection: sa.Connection) -> bool:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    assert compare_metadata(context, metadata) == []
    assert context.get_current_revision() == HEAD
    if connection.dialect.name == "sqlite":
        return _gives_no_number_twice(connection)
    return _sorts_by_code_point(connection)


def _gives_no_number_twice(connection: sa.Connection) -> bool:
    """PostgreSQL never does; on SQLite a table has to ask for it."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
    asked = [one.name for one in metadata.sorted_tables if one.kwargs.get("sqlite_autoincrement")]
    assert "staff_session" in asked
    return set(connection.exec_driver_sql(query).scalars()) == set(asked)


def _sorts_by_code_point(connection: sa.Connection) -> bool:
    query = "SELECT table_name, column_name, collation_name FROM information_schema.columns"
    found = {(table, column): name for table, column, name in connection.exec_driver_sql(query)}
    wanted = [
        column for table in metadata.sorted_tables for column in table.c if column.type is SORTED
    ]
    assert len(wanted) > 10
    return {found[column.table.name, column.name] for column in wanted} == {"C"}


def _a_row_in_every_table(
    connection: sa.Connection,
) -> list[tuple[sa.TableClause, dict[str, object]]]:
    """A row in every table there is by now, as small as may be."""
    inspector = sa.inspect(connection)
    given = []
    for whole in metadata.sorted_tables:
        if not inspector.has_table(whole.name):
            continue
        there = {column["name"] for column in inspector.get_columns(whole.name)}
        given.append(
            _smallest_row(connection, whole, [one for one in whole.c if one.name in there])
        )
    return given


def _smallest_row(connection, whole, columns) -> tuple[sa.TableClause, dict[str, object]]:
    """What has to be told, and where a rule asks for more, one thing that may be told."""
    must = [one for one in columns if not one.nullable]
    for more in ([], *([one] for one in columns if one.nullable)):
        table = sa.table(whole.name, *(sa.column(one.name, one.type) for one in must + more))
        row = {one.name: _value(one) for one in must + more}
        try:
            with connection.begin_nested():
                connection.execute(sa.insert(table).values(**row))
        except sa.exc.IntegrityError:
            continue
        return table, row
    raise AssertionError(f"{whole.name} takes no row")


def _value(column: sa.Column) -> object:
    for key in column.foreign_keys:
        return _value(key.column)
    table = column.table
    rules = " ".join(
        str(one.sqltext) for one in table.constraints if isinstance(one, sa.CheckConstraint)
    )
    if allowed := re.search(rf"\b{column.name} IN \('(\w+)'", rules):
        return allowed[1]
    if "LIKE '__-___'" in rules and column.name == "code":
        return "ab-cde"
    return next(value for kind, value in _OF_TYPE.items() if isinstance(column.type, kind))


_OF_TYPE: dict[type, object] = {
    sa.Boolean: True,
    sa.Integer: 1,
    sa.Text: "a",
    sa.JSON: {"a": None},
    sa.Date: date(2026, 11, 1),
    Moment: datetime(2026, 11, 1, 9, 30, tzinfo=UTC),
}


def test_there_is_one_newest_revision() -> None:
    assert len(ScriptDirectory.from_config(migrations()).get_heads()) == 1


def test_sqlite_is_opened_for_many_readers_and_one_careful_writer(tmp_path: Path) -> None:
    with reading(_new(tmp_path)) as connection:
        pragmas = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert values == ["wal", 1, 5000, 1, 1]


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
