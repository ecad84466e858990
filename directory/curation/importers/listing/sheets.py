"""Rows of text from CSV and XLSX, within bounds, whatever the bytes hold."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineWorkbook

from directory.errors import UnreadableFile

LARGEST_ZIP = 10 * 2**20
LARGEST_RAW = 100 * 2**20
LARGEST_RATIO = 100
MOST_FILES = 200
MOST_ROWS = 250_000
MOST_COLUMNS = 256

_CELL = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d+)["']""")

Rows = Iterator[tuple[int, list[str]]]


def csv_rows(name: str, text: str) -> Rows:
    """Rows of a CSV with their line numbers."""
    # A cell may be as long as the file: a long description is refused by itself, not the file.
    csv.field_size_limit(LARGEST_RAW)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for count, row in enumerate(reader):
            if count > MOST_ROWS:
                raise UnreadableFile(name, f"more than {MOST_ROWS:,} rows", "several files")
            yield reader.line_num, row
    except csv.Error as error:
        got = f"broken CSV at line {reader.line_num} ({error})"
        raise UnreadableFile(name, got, 'quotes closed and doubled ("")') from None


def xlsx_rows(name: str, content: bytes) -> Rows:
    """Rows of the sheet 'listings', or of the first sheet; numbers and dates as text."""
    _check_zip(name, content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = "listings" if "listings" in book.sheet_names else book.sheet_names[0]
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except BaseException as error:
        # The Rust reader answers some broken files with a panic, which is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        got = f"a workbook we cannot open ({str(error)[:100]})"
        raise UnreadableFile(name, got, "an XLSX file saved by a spreadsheet") from None
    for count, row in enumerate(rows, start=1):
        yield count, [_cell_text(cell) for cell in row]


def _check_zip(name: str, content: bytes) -> None:
    """Look at the sizes before anything is unpacked whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(name, content, archive.infolist())
            for part in archive.infolist():
                _check_extent(name, archive, part)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError) as error:
        got = f"a damaged workbook ({str(error)[:100]})"
        raise UnreadableFile(name, got, "an XLSX file saved by a spreadsheet") from None
    except (OSError, RuntimeError, ValueError, EOFError, zlib.error) as error:
        got = f"a damaged or encrypted workbook ({str(error)[:100]})"
        raise UnreadableFile(name, got, "an XLSX file without a password") from None


def _check_sizes(name: str, content: bytes, parts: list[zipfile.ZipInfo]) -> None:
    raw = sum(part.file_size for part in parts)
    if len(content) > LARGEST_ZIP or raw > LARGEST_RAW or raw > LARGEST_RATIO * len(content):
        got = f"{len(content):,} bytes that unpack to {raw:,}"
        raise UnreadableFile(name, got, "at most 10 MB, unpacked 100 MB and 100 times the size")
    if len(parts) > MOST_FILES:
        raise UnreadableFile(name, f"a zip of {len(parts)} files", f"at most {MOST_FILES}")
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise UnreadableFile(name, "a zip that is no workbook", "XLSX, CSV or JSON")


def _check_extent(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A single cell far out makes a reader reserve the whole rectangle: refuse it first."""
    with archive.open(part) as file:
        content = file.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise UnreadableFile(name, "a zip that lies about its sizes", "an honest XLSX file")
    for letters, row in _CELL.findall(content):
        if len(row) > 7 or int(row) > MOST_ROWS or _column_number(letters) > MOST_COLUMNS:
            got = f"a cell at {(letters + row[:10]).decode()}"
            limits = f"at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns"
            raise UnreadableFile(name, got, limits)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cell_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
