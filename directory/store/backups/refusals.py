"""What backing up and restoring refuse; nothing was changed."""

from dataclasses import dataclass

from directory.errors import Refusal


@dataclass
class BadBackup(Refusal):
    """A folder that is no backup, is damaged, or holds what this program cannot read."""

    folder: str
    got: str
    expected: str

    def __str__(self) -> str:
        return (
            f"Backup {self.folder}: got {self.got}, expected {self.expected}. "
            "Nothing was changed; try the backup before it."
        )


@dataclass
class WouldOverwrite(Refusal):
    """A restore into a database that holds something already."""

    database: str
    rows: str

    def __str__(self) -> str:
        return (
            f"{self.database}: got {self.rows}, expected an empty database. Nothing was changed. "
            "Restore into another home, or say --replace: what is there is kept aside first."
        )


@dataclass
class CannotCopy(Refusal):
    """The database cannot be read or written, or there is no room for the copy."""

    database: str
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.database}: {self.reason}. Nothing was changed; backups made before still stand."
        )


@dataclass
class MissingProgram(Refusal):
    """A program of PostgreSQL that is not on this machine."""

    program: str
    package: str

    def __str__(self) -> str:
        return (
            f"{self.program}: got no such program on this machine, expected PostgreSQL's client "
            f"programs of the server's version. Install {self.package}, or run this where they are."
        )
