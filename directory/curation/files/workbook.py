"""Look into the zip of an XLSX before a spreadsheet reader does: nothing in it may grow."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable

from directory.curation.files.limits import MEGABYTE
from directory.errors import UnreadableFile

LARGEST_ZIP = 10 * MEGABYTE
LARGEST_RAW = 100 * MEGABYTE
LARGEST_RATIO = 100
MOST_FILES = 200
MOST_ROWS = 250_000
MOST_COLUMNS = 256
MOST_CELLS = 5_000_000
MOST_TEXT = 200 * MEGABYTE

_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d+)["']""")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)[\s/>]")
_SHARED = re.compile(rb"<(?:\w+:)?si[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]{0,99}>\s{0,9}(\d{1,9})\s{0,9}<")
_DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def check_workbook(name: str, content: bytes) -> None:
    """Refuse bombs, damage and declared entities; raises `UnreadableFile`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(name, content, archive.infolist())
            _check_parts(name, archive)
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


def _check_parts(name: str, archive: zipfile.ZipFile) -> None:
    shared: list[int] = []
    sheets: list[bytes] = []
    for part in archive.infolist():
        text = _unpacked(name, archive, part)
        if _DECLARED.search(text) or text.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UnreadableFile(name, "a workbook that declares entities", "plain XLSX")
        _check_references(name, text)
        _check_rectangle(name, text)
        if _SHARED.search(text):
            shared += _lengths(text)
        else:
            sheets.append(text)
    if shared:
        _check_repetition(name, shared, sheets)


def _unpacked(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as file:
        text = file.read(part.file_size + 1)
    if len(text) > part.file_size:
        raise UnreadableFile(name, "a zip that lies about its sizes", "an honest XLSX file")
    return text


def _check_references(name: str, text: bytes) -> None:
    """A single cell far out makes a reader reserve the whole rectangle: refuse it first."""
    for found in _REFERENCE.finditer(text):
        letters, row = found.groups()
        if len(row) > 7 or int(row) > MOST_ROWS or _column_number(letters) > MOST_COLUMNS:
            _refuse_extent(name, f"a cell at {(letters + row[:10]).decode()}")


def _check_rectangle(name: str, text: bytes) -> None:
    """The same for rows and cells that say no reference, and for all of them together."""
    rows = cells = widest = 0
    for found in _ROW_OR_CELL.finditer(text):
        if found.group(1) == b"row":
            rows, cells = rows + 1, 0
        else:
            cells += 1
            widest = max(widest, cells)
        if rows > MOST_ROWS or widest > MOST_COLUMNS or rows * widest > MOST_CELLS:
            _refuse_extent(name, f"a sheet of {rows:,} rows and {widest:,} columns or more")


def _refuse_extent(name: str, got: str) -> None:
    limits = f"at most {MOST_ROWS:,} rows, {MOST_COLUMNS} columns and {MOST_CELLS:,} cells"
    raise UnreadableFile(name, got, limits)


def _lengths(text: bytes) -> list[int]:
    starts = [found.start() for found in _SHARED.finditer(text)]
    return [end - start for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _check_repetition(name: str, shared: list[int], sheets: Iterable[bytes]) -> None:
    """A long text that a million cells share is small in the file and fills the memory."""
    total = 0
    for sheet in sheets:
        for found in _VALUE.finditer(sheet):
            place = int(found.group(1))
            total += shared[place] if place < len(shared) else 0
            if total > MOST_TEXT:
                got = f"cells that share {MOST_TEXT // MEGABYTE} MB of text or more"
                raise UnreadableFile(name, got, "fewer cells, or CSV")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
