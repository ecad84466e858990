"""PostgreSQL servers of one's own, on a socket in a folder: nothing listens, nothing stays."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from directory.store.connect import open_database, upgrade
from directory.store.tables import metadata

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")
NOT_HERE = "PostgreSQL is not installed (apt-get install postgresql): SQLite only"
# As servers are that nobody made for us: in another zone, sorting as a dictionary does.
INITDB = (
    *("-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"),
    *("--locale-provider=icu", "--icu-locale=en-US"),
)
OPTIONS = "-c listen_addresses='' -c fsync=off -c TimeZone=America/Los_Angeles"


def tools() -> Path | None:
    """Where initdb and pg_ctl lie; None if there is no server here."""
    found = [path for place in PLACES for path in Path("/").glob(f"{place.lstrip('/')}/pg_ctl")]
    return max(found).parent if found else None


@dataclass(frozen=True)
class Cluster:
    """One server and its folder.

    PostgreSQL refuses to run as root: there it runs as the account that Debian's package makes.
    """

    folder: Path

    def make(self) -> None:
        """A new, empty server that can have replicas."""
        self._run("initdb", "-D", self._data, *INITDB)

    def copy(self, primary: "Cluster") -> None:
        """A streaming replica of another one that runs."""
        source = f"host={primary.folder} user=postgres"
        self._run("pg_basebackup", "-D", self._data, "-d", source, "-R", "-c", "fast", "--no-sync")

    def start(self) -> None:
        """Run, and wait until it answers."""
        options = f"{OPTIONS} -k {self.folder}"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self._data, "-w", "-o", options, "-l", log, "start")

    def stop(self) -> None:
        """Stop hard: as if the machine had gone."""
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def promote(self) -> None:
        """Let a replica take changes."""
        self._run("pg_ctl", "-D", self._data, "-w", "promote")

    def url(self, *others: "Cluster", database: str = "postgres", **options: str) -> str:
        """Its address; with others, that of whichever of them answers as the options ask."""
        hosts = [f"host={one.folder}" for one in (self, *others)]
        wanted = [f"{name}={value}" for name, value in options.items()]
        return f"postgresql://postgres@/{database}?{'&'.join(hosts + wanted)}"

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *arguments: object) -> None:
        found = tools()
        assert found is not None
        as_other = ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--")
        command = (*(as_other if os.geteuid() == 0 else ()), found / program, *arguments)
        done = subprocess.run(
            [str(one) for one in command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd="/",
        )
        assert done.returncode == 0, done.stderr.decode()[-2000:]


@contextmanager
def clusters(count: int) -> Iterator[list[Cluster]]:
    """Folders for servers; whatever runs in them is stopped, and they are gone at the end."""
    with ExitStack() as end:
        made = []
        for _ in range(count):
            folder = Path(tempfile.mkdtemp(prefix="pg"))  # a socket's path has at most 107 letters
            end.callback(shutil.rmtree, folder, ignore_errors=True)
            if os.geteuid() == 0:
                shutil.chown(folder, "postgres")
            made.append(Cluster(folder))
            end.callback(made[-1].stop)
        yield made


@contextmanager
def server() -> Iterator[sa.Engine]:
    """A running server whose database has the newest tables."""
    with clusters(1) as (one,):
        one.make()
        one.start()
        engine = open_database(one.url())
        upgrade(engine)
        yield engine
        engine.dispose()


_END_WHAT_OTHERS_LEFT_OPEN = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
  AND state <> 'idle'
"""


def emptied(engine: sa.Engine) -> sa.Engine:
    """The same database with nothing in it."""
    with engine.begin() as connection:
        connection.exec_driver_sql(_END_WHAT_OTHERS_LEFT_OPEN)
        names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    return engine


@contextmanager
def new_databases(engine: sa.Engine) -> Iterator[Callable[[str], str]]:
    """What makes an empty database beside this one and answers its address; all are dropped again."""
    made: list[str] = []
    alone = engine.execution_options(isolation_level="AUTOCOMMIT")

    def new(name: str) -> str:
        with alone.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
        made.append(name)
        return engine.url.set(database=name).render_as_string(hide_password=False)

    try:
        yield new
    finally:
        with alone.connect() as connection:
            for name in made:
                connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def own_database(engine: sa.Engine) -> Iterator[str]:
    """The address of an empty database and of a role that owns it and may do nothing else."""
    alone = engine.execution_options(isolation_level="AUTOCOMMIT")
    with alone.connect() as connection:
        connection.exec_driver_sql("CREATE ROLE stepwise LOGIN")
        connection.exec_driver_sql("CREATE DATABASE stepwise TEMPLATE template0 OWNER stepwise")
    try:
        url = engine.url.set(drivername="postgresql", username="stepwise", database="stepwise")
        yield url.render_as_string(hide_password=False)
    finally:
        with alone.connect() as connection:
            connection.exec_driver_sql("DROP DATABASE stepwise WITH (FORCE)")
            connection.exec_driver_sql("DROP ROLE stepwise")
