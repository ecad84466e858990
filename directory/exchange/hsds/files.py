"""HSDS as files: NDJSON with one whole service a line, and the tabular datapackage as a zip."""

import csv
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

import orjson

from directory.catalog.evidence import Source
from directory.catalog.program import Listing
from directory.catalog.vocabulary import Vocabularies
from directory.exchange.aside import aside
from directory.exchange.cells import guarded
from directory.exchange.hsds.attributes import taxonomy_of, term_of
from directory.exchange.hsds.tables import SHARED, TABLES, Json, Row, rows_in
from directory.exchange.hsds.writing import service_of

Key = tuple[str, str]

ZIP_DAY = (1980, 1, 1, 0, 0, 0)
"""A zip wants a day for each part; one that never changes keeps the bytes the same."""


def write_ndjson(
    listings: Iterable[Listing], source: Source, path: Path, vocabularies: Vocabularies
) -> int:
    """One service a line, by program id; answers how many."""
    count = 0
    with aside(path) as unfinished, unfinished.open("wb") as file:
        for listing in listings:
            service = service_of(listing, vocabularies, source.seen_on)
            file.write(orjson.dumps(service, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count


def write_tabular(
    listings: Iterable[Listing], source: Source, path: Path, vocabularies: Vocabularies
) -> int:
    """Every table as CSV, and datapackage.json that describes them; answers how many services."""
    with aside(path) as unfinished, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        services = (service_of(one, vocabularies, source.seen_on) for one in listings)
        count = _write_tables(services, _terms(vocabularies), folder)
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            _add(archive, "datapackage.json", orjson.dumps(datapackage(source), option=2))
            for table in TABLES.values():
                part = folder / f"{table.file}.csv"
                with part.open("rb") as plain, archive.open(_entry(part.name), "w") as packed:
                    shutil.copyfileobj(plain, packed)
    return count


def datapackage(source: Source) -> Json:
    """The description of the tables, after the Frictionless tabular data package."""
    return {
        "name": "human_services_data",
        "title": source.name,
        "created": f"{source.seen_on}T00:00:00Z",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": table.file,
                "path": f"{table.file}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "schema": {"fields": [{"name": name} for name in table.columns]},
            }
            for table in TABLES.values()
        ],
    }


def _terms(vocabularies: Vocabularies) -> list[Json]:
    """Every term, used or not: a wider term is pointed to by the narrower ones."""
    return [
        {**term_of(one, code), "taxonomy_detail": taxonomy_of(one)}
        for one in vocabularies.values()
        for code in one.codes()
    ]


def _write_tables(services: Iterable[Json], terms: Iterable[Json], folder: Path) -> int:
    count = 0
    written: set[Key] = set()
    with ExitStack() as open_files:
        sheets = {}
        for kind, table in TABLES.items():
            file = open_files.enter_context(
                (folder / f"{table.file}.csv").open("w", encoding="utf-8", newline="")
            )
            sheets[kind] = csv.DictWriter(file, table.columns)
            sheets[kind].writeheader()
        for kind, record in chain(
            (("taxonomy_term", term) for term in terms), (("service", one) for one in services)
        ):
            count += kind == "service"
            for table_name, row in _new_rows(kind, record, written):
                sheets[table_name].writerow({name: guarded(cell) for name, cell in row.items()})
    return count


def _new_rows(kind: str, record: Json, written: set[Key]) -> Iterator[tuple[str, Row]]:
    """The rows of a record that are not written yet: a place or term that others share is, once."""
    for table_name, row in rows_in(kind, record):
        key = table_name, row["id"]
        if key not in written:
            yield table_name, row
        if table_name in SHARED:
            written.add(key)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, ZIP_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(_entry(name), content)
