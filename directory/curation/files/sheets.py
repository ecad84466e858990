"""Rows of the sheets of an XLSX, numbers and dates as the text people would type."""

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from python_calamine import CalamineWorkbook

from directory.curation.files.content import Content
from directory.curation.files.delimited import Rows
from directory.curation.files.workbook import LARGEST_ZIP, check_workbook
from directory.errors import UnreadableFile

T = TypeVar("T")


def xlsx_sheets(content: Content) -> dict[str, Rows]:
    """The rows of each sheet by its name, in the order of the workbook.

    A formula reads as its stored result; an error, or a result nobody stored, as blank (`faults_of`
    tells them from cells that are empty).
    """
    packed = _packed(content)
    check_workbook(content.name, packed)
    book = _guarded(content.name, lambda: CalamineWorkbook.from_filelike(io.BytesIO(packed)))
    names = list(book.sheet_names)
    return {name: _rows(content.name, book, name) for name in names}


def _packed(content: Content) -> bytes:
    with content.path.open("rb") as file:
        packed = file.read(LARGEST_ZIP + 1)
    if len(packed) > LARGEST_ZIP:
        raise UnreadableFile(content.name, "a workbook of over 10 MB", "at most 10 MB, or CSV")
    return packed


def _rows(name: str, book: CalamineWorkbook, sheet_name: str) -> Rows:
    sheet = _guarded(name, lambda: book.get_sheet_by_name(sheet_name))
    rows = _guarded(name, lambda: iter(sheet.iter_rows()))
    number = 0
    while (row := _guarded(name, lambda: next(rows, None))) is not None:
        number += 1
        yield number, [_cell_text(cell) for cell in row]


def _guarded(name: str, read: Callable[[], T]) -> T:
    """The Rust reader answers some broken files with a panic, which is no Exception."""
    try:
        return read()
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        got = f"a workbook we cannot open ({str(error)[:100]})"
        raise UnreadableFile(name, got, "an XLSX file saved by a spreadsheet") from None


def _cell_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, timedelta):
        return _hours(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _hours(cell: timedelta) -> str:
    """Hours a spreadsheet counts beyond a day: 18:00, 24:00, 25:30; seconds only where there are any."""
    minutes, seconds = divmod(round(cell.total_seconds()), 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text
