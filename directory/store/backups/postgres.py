"""A PostgreSQL database as one SQL file, by PostgreSQL's own programs."""

import os
import shutil
import subprocess
from pathlib import Path

import sqlalchemy as sa

from directory.store.backups.refusals import BadBackup, CannotCopy, MissingProgram

_EMPTIED = (
    "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public; "
    "GRANT USAGE ON SCHEMA public TO PUBLIC"
)


def dump(url: sa.URL, snapshot: str, into: Path) -> None:
    """Write the state of a snapshot that a transaction has exported (pg_dump)."""
    options = ("--no-owner", "--no-privileges", "--encoding=UTF8", f"--snapshot={snapshot}")
    done = _run(url, "pg_dump", *options, f"--file={into}")
    if done.returncode:
        raise CannotCopy(shown(url), f"pg_dump: {_said(done)}")


def load(url: sa.URL, file: Path) -> None:
    """Replace everything by what a file holds, in one transaction (psql)."""
    once = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
    done = _run(url, "psql", *once, f"--command={_EMPTIED}", f"--file={file}")
    if done.returncode:
        got = f"psql: {_said(done)}"
        raise BadBackup(str(file), got, "a file that the server takes whole")


def shown(url: sa.URL) -> str:
    """The address without its password."""
    return url.render_as_string()


def _run(url: sa.URL, program: str, *options: str) -> "subprocess.CompletedProcess[str]":
    """The password goes by the environment: everybody sees the words of a command."""
    found = shutil.which(program)
    if found is None:
        raise MissingProgram(program, "postgresql-client")
    plain = url.set(drivername="postgresql", password=None)
    address = plain.render_as_string(hide_password=False)
    own = {} if url.password is None else {"PGPASSWORD": url.password}
    return subprocess.run(  # noqa: S603 - our own words, no shell
        [found, f"--dbname={address}", *options],
        env=os.environ | own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )


def _said(done: "subprocess.CompletedProcess[str]") -> str:
    """The first error it told."""
    told = done.stderr.strip().splitlines()
    errors = (line.partition("ERROR:")[2].strip() for line in told)
    return next((one for one in errors if one), told[-1] if told else f"status {done.returncode}")
