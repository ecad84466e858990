"""What a file is, by what it holds and not by its name; and whether its text can be read."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal

from directory.curation.files.limits import MEGABYTE, Limits
from directory.errors import UnreadableFile

Kind = Literal["xlsx", "json", "csv"]

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MANY_BYTES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_UTF_8 = "UTF-8 (in Excel: save as 'CSV UTF-8')"


@dataclass(frozen=True, slots=True)
class Content:
    """A file that may be opened. `encoding` is that of its text; XLSX has none of its own."""

    path: Path
    kind: Kind
    encoding: str

    @property
    def name(self) -> str:
        """The file's name, for reports: never its folder."""
        return self.path.name


def open_content(path: Path, limits: Limits) -> Content:
    """Look at a file before it is read. Raises `UnreadableFile`."""
    expected = f"JSON, CSV or XLSX of at most {limits.largest // MEGABYTE:,} MB"
    try:
        size = path.stat().st_size
        if size > limits.largest:
            raise UnreadableFile(path.name, f"{size:,} bytes", expected)
        start = next(_chunks(path), b"")
        if start.startswith(_ZIP):
            return Content(path, "xlsx", "utf-8")
        encoding = _encoding(path, start, limits)
    except OSError as error:
        raise UnreadableFile(path.name, error.strerror or "an error", expected) from None
    if encoding is None:
        raise UnreadableFile(path.name, "an empty file", expected)
    first = start.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    return Content(path, "json" if first in (b"{", b"[") else "csv", encoding)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(MEGABYTE):
            yield chunk


def _encoding(path: Path, start: bytes, limits: Limits) -> str | None:
    """UTF-8, or Windows-1252 where that is allowed and nothing speaks against it; None if blank."""
    if start.startswith(_OLD_EXCEL):
        got = "an old Excel file, or one with a password"
        raise UnreadableFile(path.name, got, "XLSX without a password")
    if start.startswith(_UTF_16):
        raise UnreadableFile(path.name, "UTF-16 text", _UTF_8)
    blank = _look_for_nul(path)
    if blank:
        return None
    wrong = _not_utf_8(path)
    if wrong is None:
        return "utf-8-sig"
    if limits.windows_1252 and _is_windows_1252(path):
        return "cp1252"
    raise UnreadableFile(path.name, wrong, _UTF_8)


def _look_for_nul(path: Path) -> bool:
    """True if the file is blank. Raises where a byte is NUL: no text holds one."""
    blank, before = True, 0
    for chunk in _chunks(path):
        if b"\0" in chunk:
            got = f"a NUL byte at {before + chunk.index(0):,}"
            raise UnreadableFile(path.name, got, "text in UTF-8")
        blank = blank and not chunk.strip()
        before += len(chunk)
    return blank


def _not_utf_8(path: Path) -> str | None:
    """The first byte that is not UTF-8, in words; None if all are."""
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    for chunk in chain(_chunks(path), (b"",)):
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            return f"byte 0x{error.object[error.start]:02x} at line {line}, which is not UTF-8"
        line += chunk.count(b"\n")
    return None


def _is_windows_1252(path: Path) -> bool:
    """True if every byte is a letter of Windows-1252 and no run of bytes looks like UTF-8.

    A file that holds both was joined from two: reading it either way would spoil names.
    """
    tail = b""
    for chunk in _chunks(path):
        if _MANY_BYTES.search(tail + chunk) or not _all_letters(chunk):
            return False
        tail = chunk[-3:]
    return True


def _all_letters(chunk: bytes) -> bool:
    try:
        chunk.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True
