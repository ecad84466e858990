"""The audit trail as a file: a line for each act with its digest, so that it can be proved elsewhere.

`details` stays the text it is sealed as: written again, it might seal otherwise.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from io import StringIO
from pathlib import Path
from typing import Any

from directory.catalog.trail import Entry
from directory.errors import UnreadableFile

COLUMNS = tuple(field.name for field in fields(Entry))
EXPECTED = "a trail as the desk hands it out, as CSV or as one JSON object a line"
_NUMBERS = ("number", "actor")


def as_csv(entries: Iterable[Entry]) -> Iterator[str]:
    """A row for each line, under the names of its parts."""
    yield _row(COLUMNS)
    for entry in entries:
        yield _row(asdict(entry).values())


def as_ndjson(entries: Iterable[Entry]) -> Iterator[str]:
    """A JSON object for each line."""
    for entry in entries:
        yield json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":")) + "\n"


def read_trail(path: Path) -> Iterator[Entry]:
    """The lines of such a file, in its order. Raises `UnreadableFile`."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            first = file.read(1)
            file.seek(0)
            if first == "{":
                yield from _read(path, file, json.loads)
            else:
                yield from _rows(path, file)
    except (OSError, UnicodeDecodeError) as error:
        got = error.strerror if isinstance(error, OSError) else "bytes that are no text"
        raise UnreadableFile(path.name, str(got), EXPECTED) from error


def _rows(path: Path, file: Iterable[str]) -> Iterator[Entry]:
    reader = csv.DictReader(file, strict=True)
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise UnreadableFile(path.name, "another first line", EXPECTED)
        yield from _read(path, reader, dict)
    except csv.Error as error:
        raise UnreadableFile(path.name, f"line {reader.line_num}: {error}", EXPECTED) from error


def _read(path: Path, lines: Iterable[Any], plain: Callable[[Any], Any]) -> Iterator[Entry]:
    for at, line in enumerate(lines, 1):
        try:
            entry = _entry(plain(line))
        except (ValueError, TypeError, KeyError) as error:
            raise UnreadableFile(path.name, f"line {at}, which is none", EXPECTED) from error
        yield entry


def _entry(parts: Mapping[str, Any]) -> Entry:
    """Raises ValueError, TypeError or KeyError for what is no line."""
    if set(parts) != set(COLUMNS):
        raise ValueError(parts)
    values: dict[str, Any] = {
        name: _number(parts[name]) if name in _NUMBERS else parts[name] for name in COLUMNS
    }
    if not all(isinstance(values[name], str) for name in COLUMNS if name not in _NUMBERS):
        raise TypeError(values)
    return Entry(**values)


def _number(value: object) -> int:
    """A whole number in its one spelling; raises ValueError."""
    if type(value) is int or (isinstance(value, str) and value == str(int(value))):
        return int(value)
    raise ValueError(value)


def _row(values: Iterable[object]) -> str:
    line = StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()
