"""What may be amiss below us, for `/readyz`: the database, and the disk it lies on."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic.script import ScriptDirectory

from directory.catalog.clock import Clock
from directory.errors import StoreAway
from directory.exchange.aside import aside
from directory.store.connect import migrations, open_database, reading
from directory.store.soundness import revision_of

LEAST_FREE = 200 * 1024 * 1024
"""Bytes: a generation, its open data and a backup of a state's programs take less."""
_FOLLOWING = "following.json"
_HEARD_WITHIN = timedelta(minutes=2)


def with_database(url: str) -> Callable[[], str]:
    """Asks whether a database answers with tables that we know; it is neither made nor changed."""
    engine = cache(lambda: open_database(url))
    known = cache(_revisions)

    def look() -> str:
        if _is_missing(url):
            return "there is none. Run: python -m directory setup, or restore a backup"
        try:
            with reading(engine()) as connection:
                revision = revision_of(connection)
        except StoreAway:
            return "does not answer. Searches go on, edits wait"
        if revision and revision not in known():  # older ones are brought up when first used
            return f"has tables of revision {revision}, which a newer release made. Run that one"
        return ""

    return look


def with_disk(home: Path) -> Callable[[], str]:
    """Asks whether home has room and may be written."""

    def look() -> str:
        if not home.is_dir() or not os.access(home, os.W_OK):
            return "home cannot be written. Searches go on; edits, publish and backups wait"
        free = shutil.disk_usage(home).free
        if free < LEAST_FREE:
            return f"home has {free // 2**20} MB free, expected {LEAST_FREE // 2**20}. Make room"
        return ""

    return look


def note_following(home: Path, at: datetime, told: str) -> None:
    """Note what keeps a node from being up to date ("" if nothing does), for `with_following`."""
    with aside(home / _FOLLOWING) as unfinished:
        unfinished.write_text(json.dumps({"at": at.isoformat(), "told": told}), encoding="utf-8")


def with_following(home: Path, clock: Clock) -> Callable[[], str]:
    """Asks whether what this node answers from is old, as its `follow` noted it."""

    def look() -> str:
        try:
            noted = json.loads((home / _FOLLOWING).read_text(encoding="utf-8"))
            at, told = datetime.fromisoformat(noted["at"]), str(noted["told"])
        except (OSError, ValueError, KeyError, TypeError):
            return "nobody looks for changes. Run: python -m directory follow"
        if clock() - at > _HEARD_WITHIN:
            return f"nobody has looked for changes since {at:%H:%M:%S} UTC. Is `follow` running?"
        return told

    return look


def _revisions() -> frozenset[str]:
    every = ScriptDirectory.from_config(migrations()).walk_revisions()
    return frozenset(one.revision for one in every)


def _is_missing(url: str) -> bool:
    address = sa.make_url(url)
    return address.get_backend_name() == "sqlite" and not Path(address.database or "").exists()
