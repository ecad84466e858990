"""What a refusal says to a program that reads our JSON."""

import errno
from dataclasses import dataclass

from directory.cli.command import Result
from directory.errors import Refusal

NO_ROOM = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM}
)
"""Errors of the system that a person can mend: a disk that is full, or not ours to write."""

NAMES = ("field", "name", "file", "folder")
"""What refusals call the thing that held what we got."""


@dataclass
class NoRoom(Refusal):
    """A disk that is full or may not be written. What is written aside gets its name last."""

    file: str
    got: str
    expected: str = "a disk with room that we may write"

    @classmethod
    def of(cls, error: OSError) -> "NoRoom":
        """What the system said of it."""
        return cls(error.filename or "home", error.strerror or str(error))

    def __str__(self) -> str:
        return (
            f"{self.file}: got {self.got!r}, expected {self.expected}. What stood "
            "still stands. Make room, or give the folder to our user; then run this again."
        )


def told(refusal: Refusal) -> Result:
    """The sentence, and in `refused` what we got and expected, named as in the rows of an import."""
    several = getattr(refusal, "problems", (refusal,))
    rows = [_row(one) for one in several if hasattr(one, "got") and hasattr(one, "expected")]
    return {"refused_whole": True, "refusal": str(refusal), "refused": rows}


def _row(refusal: Refusal) -> dict[str, object]:
    field = next((getattr(refusal, name) for name in NAMES if hasattr(refusal, name)), "")
    got, expected = (getattr(refusal, name) for name in ("got", "expected"))
    return {"field": field, "got": got, "expected": expected}
