"""Read a file of listings: JSON, CSV or XLSX, told apart by what it holds, not by its name."""

import json
from pathlib import Path
from typing import Any, NoReturn

from directory.catalog.vocabulary import Vocabularies
from directory.curation.importers.listing.flat import tree_of
from directory.curation.importers.listing.sheets import csv_rows, xlsx_rows
from directory.curation.listing_format.tree import read_tree
from directory.curation.reading import Progress, Reading, Refused
from directory.errors import UnreadableFile

LARGEST_FILE = 50 * 2**20

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FORMATS = "JSON, CSV or XLSX of at most 50 MB"


def read(path: Path, vocabularies: Vocabularies, progress: Progress) -> Reading:
    """Read one file. Raises `UnreadableFile`; bad rows are refused one by one."""
    tree, refused = _tree(path.name, _content(path))
    reading = read_tree(tree, vocabularies, progress)
    reading.refused = refused + reading.refused
    return reading


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UnreadableFile(path.name, f"{size:,} bytes", _FORMATS)
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path.name, error.strerror or "an error", _FORMATS) from None
    if not content.strip():
        raise UnreadableFile(path.name, "an empty file", _FORMATS)
    return content


def _tree(name: str, content: bytes) -> tuple[dict[str, Any], list[Refused]]:
    if content.startswith(_ZIP):
        return tree_of(name, xlsx_rows(name, content))
    text = _text(name, content)
    if text.lstrip()[:1] in ("{", "["):
        return _json(name, text), []
    return tree_of(name, csv_rows(name, text))


def _text(name: str, content: bytes) -> str:
    if content.startswith(_OLD_EXCEL):
        got = "an old Excel file, or one with a password"
        raise UnreadableFile(name, got, "XLSX without a password")
    if content.startswith(_UTF_16):
        raise UnreadableFile(name, "UTF-16 text", "UTF-8 (in Excel: save as 'CSV UTF-8')")
    if b"\0" in content:
        raise UnreadableFile(name, f"a NUL byte at {content.index(0):,}", "text in UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        got = f"byte 0x{content[error.start]:02x} at line {line}, which is not UTF-8"
        raise UnreadableFile(name, got, "UTF-8 (in Excel: save as 'CSV UTF-8')") from None


def _json(name: str, text: str) -> dict[str, Any]:
    try:
        tree = json.loads(text, object_pairs_hook=_each_key_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        got = f"broken JSON at line {error.lineno}, column {error.colno} ({error.msg})"
        raise UnreadableFile(name, got, "whole JSON") from None
    except RecursionError:
        raise UnreadableFile(name, "JSON nested too deep", "the listing format") from None
    except ValueError as error:
        raise UnreadableFile(name, str(error)[:200], "the listing format") from None
    if not isinstance(tree, dict):
        raise UnreadableFile(name, "a JSON list", "an object with source and organizations")
    return tree


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice[:100]!r} twice in one object")
    return made


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant}, which is no number in JSON")
