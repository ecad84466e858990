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
    _connection: Any, _cursor: Any, _statement: str, parameters: Any, _context: Any, many: bool
) -> None:
    """PostgreSQL keeps no NUL in a text; then SQLite shall not, either. Raises `BadValue`."""
    for row in parameters if many else [parameters]:
        for value in row.values() if isinstance(row, dict) else row:
            if isinstance(value, str) and "\0" in value:
                raise BadValue("text", value[:40], "text without the character NUL")


def _is_away(error: sa.exc.DBAPIError) -> bool:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        return str(name).removeprefix("SQLITE_").startswith(_SQLITE)
    broken = isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError)
    return broken or getattr(error.orig, "sqlstate", None) == _READ_ONLY
