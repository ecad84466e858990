"""Copies of a home, for whatever writes: nobody finds what another test left behind."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

DATABASE = "directory.sqlite"


def copy_database(home: Path, into: Path) -> Path:
    """The database of a home as it is now, at a path of its own."""
    with (
        closing(sqlite3.connect(home / DATABASE)) as kept,
        closing(sqlite3.connect(into)) as own,
    ):
        kept.backup(own)
    return into


def copy_home(home: Path, into: Path) -> Path:
    """A home with everything in it, at a path of its own."""
    shutil.copytree(home, into, ignore=shutil.ignore_patterns(f"{DATABASE}*"), dirs_exist_ok=True)
    copy_database(home, into / DATABASE)
    return into
