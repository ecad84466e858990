"""What ails a database, told as a refusal: the same on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from directory.errors import BadValue, StoreAway

# Full, read-only, busy, unreadable, damaged; all else that SQLite calls operational is a fault of ours.
_SQLITE = ("BUSY", "LOCKED", "READONLY", "FULL", "IOERR", "CANTOPEN", "CORRUPT", "NOTADB", "PERM")
_READ_ONLY = "25006"


@contextmanager
def ailing() -> Iterator[None]:
    """Raises `StoreAway` where the database itself is the trouble; every other error stays as it is."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if not _is_away(error):
            raise
        raise StoreAway(" ".join(str(error.orig).split())[:200]) from error


def refuse_nul(
    _connection: Any, _cursor: Any, _statement: str, parameters: Any, _context: Any, _many: bool
) -> None:
    """PostgreSQL keeps no NUL in a text; then SQLite shall not, either. Raises `BadValue`."""
    for text in _texts(parameters):
        if "\0" in text:
            raise BadValue("text", text[:40], "text without the character NUL")


def _texts(part: Any) -> Iterator[str]:
    """The texts of a row, of many rows, or of many rows that became one statement."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list | tuple):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _texts(one)


def _is_away(error: sa.exc.DBAPIError) -> bool:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        return str(name).removeprefix("SQLITE_").startswith(_SQLITE)
    broken = isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError)
    return broken or getattr(error.orig, "sqlstate", None) == _READ_ONLY
