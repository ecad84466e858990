"""Open the database: one code for SQLite and PostgreSQL, and the way to the newest tables."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from directory.errors import BadSetting, StoreAway
from directory.store.ailing import ailing, refuse_nul
from directory.store.replica import dispose, reader_of, with_replica

MIGRATIONS = Path(__file__).parents[2] / "migrations"
WAIT_SECONDS = 5
"""So long a writer waits for the one before it, on both databases."""

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten, not only given free
)

# Any number, the same for every writer: PostgreSQL's lock that makes writers wait in line, as
# SQLite's BEGIN IMMEDIATE does.
_WRITERS = 0x57E9

# Alembic keeps the run it is in at the module, not at the thread: two at once would take it from each other.
_UPGRADING = threading.Lock()

# A server that has vanished is noticed within seconds; the address may say otherwise.
_LIVELY = {
    "connect_timeout": "3",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}


def open_database(url: str) -> sa.Engine:
    """An engine for `sqlite:///path` or `postgresql://...`; a file and its folder are made, for us alone.

    Several hosts may stand in the address (`?host=one&host=two&target_session_attrs=read-write`): the
    one that takes changes is found anew after a promotion.
    """
    address = _address(url)
    if address.get_backend_name() == "postgresql":
        engine = sa.create_engine(
            address.set(query={**_LIVELY, **address.query}),
            pool_pre_ping=True,
        )
    else:
        if address.database and address.database != ":memory:":
            Path(address.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            make_file(Path(address.database))
        engine = sa.create_engine(address)
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    sa.event.listen(engine, "before_cursor_execute", refuse_nul)
    return engine


def make_file(path: Path) -> None:
    """An empty file for us alone, unless one is there; what SQLite puts beside it takes its mode."""
    with suppress(OSError):  # SQLite tells what it cannot open
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


def _address(url: str) -> sa.URL:
    """The address with its driver. Raises `BadSetting`."""
    expected = "sqlite:///path or postgresql://user@host/database"
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise BadSetting("DIRECTORY_DATABASE_URL", "(no address)", expected) from None
    name = address.drivername
    if name in {"postgresql", "postgresql+psycopg"}:
        return address.set(drivername="postgresql+psycopg")
    if name != "sqlite":
        raise BadSetting("DIRECTORY_DATABASE_URL", f"{name}://...", expected)
    return address


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees one state of the database until it is closed. Raises `StoreAway`."""
    with ailing(), reader_of(engine).connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that no other writer interrupts; kept whole, or not at all. Raises `StoreAway`."""
    with ailing(), engine.execution_options(directory_write=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS)))
        yield connection


class Database:
    """The database of a home: opened, its schema brought up to date, when somebody first asks for it."""

    def __init__(self, home: Path, url: str, replica_url: str = "") -> None:
        self._home, self._url, self._replica_url = home, url, replica_url
        self._engine: sa.Engine | None = None
        self._is_newest = False
        self._lock = threading.Lock()

    def engine(self) -> sa.Engine:
        """The same one each time. Raises `StoreAway`; whoever asks later tries anew.

        Where a replica is named, it is read as it is while there is no primary to bring up to date.
        """
        with self._lock:
            if self._engine is None:
                self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
                replica = open_database(self._replica_url) if self._replica_url else None
                self._engine = with_replica(open_database(self._url), replica)
            self._bring_up_to_date(self._engine)
            return self._engine

    def _bring_up_to_date(self, engine: sa.Engine) -> None:
        try:
            if not self._is_newest:
                upgrade(engine)
                self._is_newest = True
        except StoreAway:
            if not self._replica_url:
                raise

    def close(self) -> None:
        """Let go of every connection."""
        with self._lock:
            if self._engine is not None:
                dispose(self._engine)


def upgrade(engine: sa.Engine) -> None:
    """Bring the tables to the newest revision, in one transaction; threads of a process take turns."""
    with _UPGRADING, writing(engine) as connection:
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
