"""The services of a file: JSON, NDJSON, or tables as a zip or a folder."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from directory.curation.files.archive import unpacked
from directory.curation.files.content import open_content
from directory.curation.files.documents import Broken, documents_in
from directory.curation.files.limits import MEGABYTE, Limits
from directory.curation.files.tables import Refuse, Table, tables_in
from directory.curation.reading import Refused
from directory.errors import UnreadableFile
from directory.exchange.cells import unguarded
from directory.exchange.hsds.plain import objects_in
from directory.exchange.hsds.tables import TABLES, Row, joined

LIMITS = Limits(largest=500 * MEGABYTE, rows=5_000_000)
EXPECTED = "HSDS 3: JSON, NDJSON, or a zip or folder of its tables (services.csv and others)"

Found = Iterator[tuple[str, Any]]
"""Where a service stands, and the service; a `Broken` line, or a value that is no service."""

# The standard names the file of a table; many feeds name it after the thing.
_FILES = {f"{kind}.csv": kind for kind in TABLES}
_FILES |= {f"{table.file}.csv": kind for kind, table in TABLES.items()}


@contextmanager
def services_in(path: Path, refuse: Refuse) -> Iterator[Found]:
    """Every service of a file; `refuse` hears of rows of tables that do not fit their header.

    Raises `UnreadableFile`, also while services are taken.
    """
    with tempfile.TemporaryDirectory() as name:
        if path.is_dir():
            parts = {one.name: one for one in sorted(path.iterdir()) if one.name in _FILES}
            yield _from_tables(path.name, parts, refuse)
        elif open_content(path, LIMITS).kind == "xlsx":  # any zip begins so
            yield _from_tables(path.name, unpacked(path, _FILES, Path(name)), refuse)
        else:
            yield _from_documents(path)


def _from_documents(path: Path) -> Found:
    for line, document in documents_in(open_content(path, LIMITS), EXPECTED):
        if isinstance(document, Broken):
            yield f"line {line}", document
            continue
        for place, service in enumerate(_services(document), start=1):
            own = "" if service is document else f", service {place}"
            yield f"line {line}{own}", service


def _services(document: Any) -> Iterator[Any]:
    """The services of a document: one, a list, a page, or those of an organization or place."""
    if isinstance(document, list):
        for one in document:
            yield from _services(one)
    elif not isinstance(document, dict):
        yield document
    elif isinstance(document.get("contents"), list):
        yield from _services(document["contents"])
    elif isinstance(document.get("services"), list):
        organization = {key: value for key, value in document.items() if key != "services"}
        for service in objects_in(document, "services"):
            yield {"organization": organization, **service}
    elif isinstance(document.get("service"), dict):
        place = {key: value for key, value in document.items() if key != "service"}
        yield {**document["service"], "service_at_locations": [place]}
    else:
        yield document


def _from_tables(name: str, parts: Mapping[str, Path], refuse: Refuse) -> Found:
    tables = {_FILES[one]: _table(path) for one, path in parts.items()}
    if "service" not in tables:
        raise UnreadableFile(
            name, f"no services.csv among {', '.join(parts) or 'nothing'}", EXPECTED
        )
    tables["service"].require(("id", "name"))
    at: list[int] = []
    rows = {
        kind: _rows(table, at if kind == "service" else [], refuse)
        for kind, table in tables.items()
    }
    for service in joined(rows):
        yield f"services.csv row {at[-1]}", {"status": "", **service}


def _table(path: Path) -> Table:
    content = open_content(path, LIMITS)
    if content.kind != "csv":
        raise UnreadableFile(path.name, content.kind.upper(), "CSV")
    return tables_in(content, LIMITS)[""]


def _rows(table: Table, at: list[int], refuse: Refuse) -> Iterator[Row]:
    """Rows by column, quotes taken off that keep formulas dead; `at` follows where we are."""

    def refuse_of_table(refused: Refused) -> None:
        refuse(replace(refused, row=f"{table.file} {refused.row}"))

    for number, row in table.named(refuse_of_table):
        at[:] = [number]
        yield {name: unguarded(cell) for name, cell in row.items()}
