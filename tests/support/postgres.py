"""A PostgreSQL server of one's own, on a socket in a folder: nothing listens, nothing stays."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from directory.store.connect import open_database, upgrade
from directory.store.tables import metadata

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")


def tools() -> Path | None:
    """Where initdb and pg_ctl lie; None if there is no server here."""
    found = [path for place in PLACES for path in Path("/").glob(f"{place.lstrip('/')}/pg_ctl")]
    return max(found).parent if found else None


@contextmanager
def server() -> Iterator[sa.Engine]:
    """A running server whose database has the newest tables.

    PostgreSQL refuses to run as root: there it runs as the account that Debian's package makes.
    """
    found = tools()
    assert found is not None
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a socket's path has at most 107 letters
    own = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        own = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]
    data, options = folder / "data", f"-c listen_addresses='' -c fsync=off -k {folder}"
    start = [found / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start"]
    stop = [found / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"]
    try:
        _run(*own, found / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync")
        _run(*own, *start)
        try:
            engine = open_database(f"postgresql://postgres@/postgres?host={folder}")
            upgrade(engine)
            yield engine
            engine.dispose()
        finally:
            _run(*own, *stop)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def emptied(engine: sa.Engine) -> sa.Engine:
    """The same database with nothing in it."""
    with engine.begin() as connection:
        names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    return engine


def _run(*command: object) -> None:
    done = subprocess.run(
        [str(one) for one in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/"
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
