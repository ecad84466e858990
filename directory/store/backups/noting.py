"""When a backup was last made from this home: a line in a file, for those who ask if all is well."""

from datetime import datetime
from pathlib import Path

NAME = "last-backup"


def note_backup(home: Path, at: datetime) -> None:
    """Remember the moment of a backup that is whole."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / NAME).write_text(at.isoformat(timespec="seconds"), encoding="ascii")


def last_backup(home: Path) -> datetime | None:
    """The moment of the newest one; None if none was made from here."""
    try:
        return datetime.fromisoformat((home / NAME).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
