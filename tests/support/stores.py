"""Empty stores with the newest tables, copied: migrations are slow, and tested elsewhere."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from directory.store.connect import open_database, upgrade


@cache
def _migrated() -> Path:
    path = Path(tempfile.mkdtemp(prefix="store-")) / "store.sqlite"
    engine = open_database(f"sqlite:///{path}")
    upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


def new_sqlite(folder: Path) -> sa.Engine:
    """An empty store in a file `store.sqlite` of this folder."""
    copied = shutil.copy(_migrated(), folder / "store.sqlite")
    return open_database(f"sqlite:///{copied}")
