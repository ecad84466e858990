"""A SQLite database as one file: copied while others write, and put back in one transaction."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from directory.exchange.aside import make_names_durable

_BESIDE = ("-wal", "-shm", "-journal")


def copy_out(database: Path, into: Path) -> None:
    """Copy one state of a database, whoever writes meanwhile (SQLite's online backup)."""
    with (
        closing(sqlite3.connect(f"{database.as_uri()}?mode=rw", uri=True)) as live,
        closing(sqlite3.connect(into)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def open_copy(file: Path) -> sa.Engine:
    """An engine to read a copy that nobody writes; it leaves no file beside it."""
    address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
    return sa.create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, check_same_thread=False),
        poolclass=sa.pool.NullPool,
    )


def put_in(copy: Path, database: Path) -> None:
    """Give a database the content of a copy, whole or not at all; who has it open sees the new one."""
    if not database.exists():
        gather(copy)
        copy.rename(database)
        make_names_durable(database.parent)
        return
    with (
        closing(sqlite3.connect(copy)) as new,
        closing(sqlite3.connect(database, isolation_level=None)) as live,
    ):
        live.execute("PRAGMA synchronous = FULL")
        new.backup(live)
    discard(copy)


def move_aside(database: Path, into: Path) -> None:
    """Keep the files of a database that cannot be read; its name is free afterwards."""
    for ending in (*_BESIDE, ""):  # what is beside goes first: it must not meet another database
        path = database.with_name(database.name + ending)
        if path.exists():
            shutil.move(path, into / path.name)
    make_names_durable(database.parent)


def gather(database: Path) -> None:
    """Have everything in the one file, made durable."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with database.open("rb") as file:
        os.fsync(file.fileno())


def discard(database: Path) -> None:
    """Delete a database and what lies beside it."""
    for ending in (*_BESIDE, ""):
        database.with_name(database.name + ending).unlink(missing_ok=True)
