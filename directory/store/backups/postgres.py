"""A PostgreSQL database as one SQL file, by PostgreSQL's own programs."""

import os
import shutil
import subprocess
from pathlib import Path

import sqlalchemy as sa

from directory.store.backups.refusals import BadBackup, CannotCopy, MissingProgram

ASIDE = "stepwise_restoring"
"""The schema that holds a backup until it is proved, beside what stands in `public`."""

# A dump names the schema `public` in each of its lines: for as long as one transaction loads it, what
# stands has another name, which nobody else sees.
_STANDING = "stepwise_standing"
_DISCARDED = f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE"
_ROOM_MADE = (
    f"{_DISCARDED}; CREATE SCHEMA IF NOT EXISTS public; "
    f"ALTER SCHEMA public RENAME TO {_STANDING}; CREATE SCHEMA public"
)
_PUT_ASIDE = f"ALTER SCHEMA public RENAME TO {ASIDE}; ALTER SCHEMA {_STANDING} RENAME TO public"
_PUT_IN = (
    f"DROP SCHEMA public CASCADE; ALTER SCHEMA {ASIDE} RENAME TO public; "
    "GRANT USAGE ON SCHEMA public TO PUBLIC"
)
_WHOLE = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")


def dump(url: sa.URL, snapshot: str, into: Path) -> None:
    """Write the state of a snapshot that a transaction has exported (pg_dump)."""
    options = ("--no-owner", "--no-privileges", "--encoding=UTF8", f"--snapshot={snapshot}")
    # A restore that was killed left it; the next one takes it away.
    done = _run(url, "pg_dump", *options, f"--exclude-schema={ASIDE}", f"--file={into}")
    if done.returncode:
        raise CannotCopy(shown(url), f"pg_dump: {_said(done)}")


def load_aside(url: sa.URL, file: Path) -> None:
    """Load what a file holds beside what stands, in one transaction (psql)."""
    steps = (f"--command={_ROOM_MADE}", f"--file={file}", f"--command={_PUT_ASIDE}")
    done = _run(url, "psql", *_WHOLE, *steps)
    if done.returncode:
        got = f"psql: {_said(done)}"
        raise BadBackup(str(file), got, "a file that the server takes whole")


def aside(url: sa.URL) -> sa.URL:
    """The address under which the tables that were loaded aside are the only ones."""
    given = url.query.get("options", ())
    words = (given,) if isinstance(given, str) else given
    return url.update_query_dict({"options": " ".join((*words, f"-csearch_path={ASIDE}"))})


def put_in(url: sa.URL) -> None:
    """Put what was loaded aside in the place of what stands, in one transaction."""
    done = _run(url, "psql", *_WHOLE, f"--command={_PUT_IN}")
    if done.returncode:
        raise CannotCopy(shown(url), f"psql: {_said(done)}")


def discard(url: sa.URL) -> None:
    """Take away what was loaded aside, if anything is left; where that fails the next load does it."""
    _run(url, "psql", *_WHOLE, f"--command={_DISCARDED}")


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
