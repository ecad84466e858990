"""Open the database: one code for SQLite and PostgreSQL, and the way to the newest tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

MIGRATIONS = Path(__file__).parents[2] / "migrations"

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
)

# Any number, the same for every writer: PostgreSQL's lock that makes writers wait in line, as
# SQLite's BEGIN IMMEDIATE does.
_WRITERS = 0x57E9


def open_database(url: str) -> sa.Engine:
    """An engine for `sqlite:///path` or `postgresql://...`; the folder of a file is made."""
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, pool_pre_ping=True)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees one state of the database until it is closed."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that no other writer interrupts; kept whole, or not at all."""
    with engine.execution_options(directory_write=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS)))
        yield connection


def database_in(home: Path, url: str) -> sa.Engine:
    """The database of this home, its folder made and its schema brought up to date."""
    home.mkdir(parents=True, exist_ok=True)
    engine = open_database(url)
    upgrade(engine)
    return engine


def upgrade(engine: sa.Engine) -> None:
    """Bring the tables to the newest revision, in one transaction."""
    with writing(engine) as connection:
        command.upgrade(migrations(connection), "head")


def migrations(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration, in code: no ini file to drift."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: it would do so late and without IMMEDIATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    write = connection.get_execution_options().get("directory_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
