"""Listings as files of our own format: JSON, CSV, XLSX. Each can be imported again."""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import orjson
import xlsxwriter

from directory.catalog.evidence import Source
from directory.catalog.listing import dump_record, dump_source
from directory.catalog.program import Listing
from directory.errors import UnwritableFile
from directory.exchange.aside import aside
from directory.exchange.rows import HEADER, rows_of

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
"""The limits of XLSX itself."""

NAME = "Stepwise export"


def export_source(listings: Iterable[Listing], *, examples: bool) -> Source | None:
    """Who speaks in an export: this directory, on the newest day that a fact was seen.

    None if nothing is listed. The day comes from the listings, so the same store gives the same
    bytes; each fact keeps its own source beside it.
    """
    seen = (
        source.seen_on
        for listing in listings
        for record in (listing.organization, listing.site, listing.program)
        for source in record.evidence.values()
    )
    newest = max(seen, default=None)
    return None if newest is None else Source(NAME, newest, "example" if examples else "list")


def write_json(listings: Iterable[Listing], source: Source, path: Path) -> int:
    """The JSON form, one organization a line; answers how many programs.

    Programs wait in a file beside, so that memory holds no more than where each one stands.
    """
    with aside(path) as unfinished, tempfile.TemporaryFile(dir=path.parent) as waiting:
        tree = _Tree(waiting, source)
        count = 0
        for listing in listings:
            tree.add(listing)
            count += 1
        with unfinished.open("wb") as file:
            file.writelines(tree.lines())
    return count


class _Tree:
    """Organizations and sites as they come; their programs lie in a file until they are written."""

    def __init__(self, waiting: IO[bytes], source: Source) -> None:
        self._waiting, self._source = waiting, source
        self._organizations: dict[str, bytes] = {}
        self._sites: dict[str, dict[str, bytes]] = {}
        self._programs: dict[str, list[tuple[int, int]]] = {}

    def add(self, listing: Listing) -> None:
        organization, site = listing.organization, listing.site
        if organization.id not in self._organizations:
            self._organizations[organization.id] = self._open(organization, "sites")
            self._sites[organization.id] = {}
        if site.id not in self._sites[organization.id]:
            self._sites[organization.id][site.id] = self._open(site, "programs")
            self._programs[site.id] = []
        program = orjson.dumps(dump_record(listing.program, self._source))
        self._programs[site.id].append((self._waiting.tell(), len(program)))
        self._waiting.write(program)

    def _open(self, record: Any, children: str) -> bytes:
        """An object of the format, left open at its list of children."""
        whole = orjson.dumps({**dump_record(record, self._source), children: []})
        return whole.removesuffix(b"]}")

    def lines(self) -> Iterator[bytes]:
        yield b'{"source":' + orjson.dumps(dump_source(self._source)) + b',"organizations":['
        for place, (key, organization) in enumerate(self._organizations.items()):
            yield (b",\n" if place else b"\n") + organization
            for number, (site_id, site) in enumerate(self._sites[key].items()):
                yield (b"," if number else b"") + site
                yield b",".join(self._read(*at) for at in self._programs[site_id])
                yield b"]}"
            yield b"]}"
        yield b"\n]}\n"

    def _read(self, at: int, length: int) -> bytes:
        self._waiting.seek(at)
        return self._waiting.read(length)


def write_csv(listings: Iterable[Listing], source: Source, path: Path) -> int:
    """The sheet form as CSV (RFC 4180, UTF-8), row by row; answers how many programs."""
    count = 0
    with aside(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(HEADER)
        for listing in listings:
            sheet.writerows(rows_of(listing, source))
            count += 1
    return count


FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""XLSX wants a day of creation; one that never changes keeps the bytes the same."""

NO_FORMULAS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(listings: Iterable[Listing], source: Source, path: Path) -> int:
    """The sheet form as XLSX, every cell a text; answers how many programs.

    Raises `UnwritableFile` where XLSX has no room: nothing is cut off in silence.
    """
    count, line = 0, 0
    options = {"constant_memory": True, **NO_FORMULAS}
    with aside(path) as unfinished, xlsxwriter.Workbook(unfinished, options) as book:
        book.set_properties({"created": FIRST_DAY})
        sheet = book.add_worksheet("listings")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, HEADER)
        for listing in listings:
            for row in rows_of(listing, source):
                line += 1
                _write_row(sheet, line, row, path.name)
            count += 1
    return count


def _write_row(sheet: Any, line: int, row: list[str], name: str) -> None:
    if line >= MOST_ROWS:
        raise UnwritableFile(name, f"more than {MOST_ROWS:,} rows", "csv or json")
    for place, cell in enumerate(row):
        if len(cell) > LONGEST_CELL:
            got = f"a cell of {len(cell):,} characters in row {line + 1} ({HEADER[place]})"
            raise UnwritableFile(name, got, "csv or json")
        if cell:
            sheet.write_string(line, place, cell)
