"""Rows of a CSV, one by one, however long the file is."""

import csv
from collections.abc import Iterator
from typing import TextIO

from directory.curation.files.content import Content
from directory.curation.files.limits import MEGABYTE, Limits
from directory.errors import UnreadableFile

Rows = Iterator[tuple[int, list[str]]]
"""The line or row of the file, from 1, and its cells."""

# A cell may be long: a long description is refused by itself, not the file. A quote that nobody
# closed would make the rest of the file one cell.
LONGEST_CELL = 8 * MEGABYTE


def csv_rows(content: Content, limits: Limits) -> Rows:
    """Rows of a CSV with their line numbers. Commas, quotes doubled."""
    csv.field_size_limit(LONGEST_CELL)
    with content.path.open(encoding=content.encoding, newline="") as file:
        reader = csv.reader(_lines(content.name, file), strict=True)
        try:
            for count, row in enumerate(reader):
                if count > limits.rows:
                    got = f"more than {limits.rows:,} rows"
                    raise UnreadableFile(content.name, got, "several files")
                if len(row) > limits.columns:
                    got = f"{len(row):,} cells at line {reader.line_num}"
                    raise UnreadableFile(content.name, got, f"at most {limits.columns} columns")
                yield reader.line_num, row
        except csv.Error as error:
            got = f"broken CSV at line {reader.line_num} ({error})"
            raise UnreadableFile(content.name, got, 'quotes closed and doubled ("")') from None


def _lines(name: str, file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST_CELL):
        if len(line) == LONGEST_CELL:
            got = f"a line of {LONGEST_CELL // MEGABYTE} MB or more"
            raise UnreadableFile(name, got, "one line for each row")
        yield line
