"""Stores filled by an import, and what they list."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import orjson

from directory.catalog.listing import dump_listings
from directory.catalog.program import Listing
from directory.catalog.vocabulary import Vocabularies
from directory.curation.importing import Report, import_file
from directory.store.sql_records import SqlRecords
from tests.curation.builders import NOON
from tests.exchange.strategies import FILE_SOURCE, vocabularies
from tests.support.stores import new_sqlite

VOCABULARIES = vocabularies()


def empty_store() -> SqlRecords:
    return SqlRecords(new_sqlite(Path(tempfile.mkdtemp(prefix="store-"))))


def taken(
    records: SqlRecords, importer: str, path: Path, words: Vocabularies = VOCABULARIES
) -> Report:
    return import_file(records, words, importer, path, clock=lambda: NOON)


def stored(listings: Iterable[Listing], folder: Path) -> SqlRecords:
    """A store that holds the listings, as an import of our own format brings them in."""
    path = folder / "given.json"
    path.write_bytes(orjson.dumps(dump_listings(listings, FILE_SOURCE)))
    records = empty_store()
    report = taken(records, "listing", path)
    assert report.refused == ()
    return records


def facts(records: SqlRecords) -> list[Listing]:
    """All that is listed, without the address on our site and the version: no file carries them."""
    return [replace(one, slug="", version=0) for one in records.all()]
