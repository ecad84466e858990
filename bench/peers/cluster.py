"""A PostgreSQL of its own: a cluster on a socket in a folder, made for a run and thrown away."""

import importlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bench.peers.peer import AbsentError

BIN = Path("/usr/lib/postgresql")


class Cluster:
    """`db` is a connection of psycopg, `home` the folder. The settings are the defaults."""

    def __init__(self) -> None:
        """Make and start it; raises AbsentError where PostgreSQL or its driver is not installed."""
        homes = sorted(BIN.glob("*/bin/initdb"))
        if not homes:
            raise AbsentError("apt-get install postgresql postgresql-15-postgis-3")
        try:
            driver: Any = importlib.import_module("psycopg")
        except ImportError:
            raise AbsentError("pip install -r requirements-bench.txt (psycopg)") from None
        self._bin = homes[-1].parent
        self.home = Path(tempfile.mkdtemp(prefix="bench-pg-"))
        self._start()
        target = f"host={self.home} user=bench dbname=postgres"
        self.db = driver.connect(target, autocommit=True)

    def stop(self) -> None:
        """Stop it and take the folder away."""
        self.db.close()
        self._as_user("pg_ctl", "-D", str(self.home / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.home, ignore_errors=True)

    def _start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.home, "postgres", "postgres")
        data = self.home / "data"
        self._as_user(
            "initdb", "-D", str(data), "-A", "trust", "-U", "bench", "-E", "UTF8", "--no-sync"
        )
        options = f"-c listen_addresses='' -k {self.home}"
        log = str(self.home / "log")
        self._as_user("pg_ctl", "-D", str(data), "-l", log, "-w", "-o", options, "start")

    def _as_user(self, program: str, *arguments: str) -> None:
        command = [str(self._bin / program), *arguments]
        if os.geteuid() == 0:
            command = [
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--clear-groups",
                *command,
            ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.home)
