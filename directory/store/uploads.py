"""Uploaded files at rest (the `Uploads` of `catalog.upload`); the files themselves lie in home."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa

from directory.catalog.upload import WITH_FILE, Upload
from directory.store.upload_tables import upload as t


class SqlUploads:
    """What one transaction sees and writes of uploads."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, upload: Upload) -> int:
        """Keep a new one and answer its number."""
        made = self._connection.execute(sa.insert(t).values(**_row(upload))).inserted_primary_key
        return int(made[0]) if made else 0

    def get(self, number: int) -> Upload | None:
        """One, or None."""
        found = self._connection.execute(sa.select(t).where(t.c.id == number)).one_or_none()
        return None if found is None else _upload(found)

    def newest(self, most: int) -> Sequence[Upload]:
        """The newest first."""
        query = sa.select(t).order_by(t.c.id.desc()).limit(most)
        return [_upload(row) for row in self._connection.execute(query)]

    def open(self) -> Sequence[Upload]:
        """Those whose file is still kept, the oldest first."""
        query = sa.select(t).where(t.c.state.in_(sorted(WITH_FILE))).order_by(t.c.id)
        return [_upload(row) for row in self._connection.execute(query)]

    def put(self, upload: Upload) -> None:
        """Write how far it is."""
        change = sa.update(t).where(t.c.id == upload.number).values(**_row(upload))
        self._connection.execute(change)

    def forget(self, before: datetime) -> Sequence[str]:
        """Delete those sent before a moment whose file is gone; answers their names."""
        old = sa.and_(t.c.at < before, t.c.state.not_in(sorted(WITH_FILE)))
        names = list(self._connection.scalars(sa.select(t.c.name).where(old)))
        self._connection.execute(sa.delete(t).where(old))
        return names


def _row(upload: Upload) -> dict[str, Any]:
    return {
        "name": upload.name,
        "importer": upload.importer,
        "size": upload.size,
        "digest": upload.digest,
        "staff_id": upload.staff,
        "at": upload.at,
        "seen_on": upload.seen_on,
        "edition": upload.edition,
        "dated": upload.dated,
        "state": upload.state,
        "why": upload.why,
        "catalog": upload.catalog,
        "change_id": upload.change,
        "figures": orjson.dumps(dict(upload.figures)).decode(),
    }


def _upload(row: Any) -> Upload:
    return Upload(
        number=row.id,
        name=row.name,
        importer=row.importer,
        size=row.size,
        digest=row.digest,
        staff=row.staff_id,
        at=row.at,
        seen_on=row.seen_on,
        edition=row.edition,
        dated=row.dated,
        state=row.state,
        why=row.why,
        catalog=row.catalog,
        change=row.change_id,
        figures=orjson.loads(row.figures),
    )
