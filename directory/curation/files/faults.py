"""Cells of a sheet that read as blank and are not: merged ones, and formulas without a result.

For files that people fill in: there a blank cell means something. Reads what `check_workbook` has
let through, cell by cell, without building a tree.
"""

import posixpath
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from directory.curation.files.content import Content
from directory.errors import UnreadableFile

Attributes = Mapping[str, str]
Start = Callable[[str, Attributes], None]
LONGEST_REFERENCE = len("XFD1048576")
NOT_COMPUTED = "a formula without a result"


@dataclass(frozen=True, slots=True)
class Faults:
    """Ranges of merged cells ('D2:D3'); by row and column from 1, what stands in a cell without a result."""

    merged: tuple[str, ...] = ()
    without_result: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


def faults_of(content: Content, sheet: str) -> Faults:
    """The faults of one sheet of an XLSX that was opened; none in another file.

    Raises `UnreadableFile` where the workbook is no XML.
    """
    if content.kind != "xlsx":
        return Faults()
    cells = _Cells()
    try:
        with zipfile.ZipFile(content.path) as archive:
            part = _part_of(archive, sheet)
            if part in archive.namelist():
                _read(archive.read(part), cells.start, cells.end, cells.text)
    except (OSError, ValueError, expat.ExpatError, zipfile.BadZipFile) as error:
        got = f"a workbook we cannot open ({str(error)[:100]})"
        raise UnreadableFile(content.name, got, "an XLSX file saved by a spreadsheet") from None
    return Faults(tuple(cells.merged), cells.without_result)


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part of the zip that holds a sheet; '' if the workbook does not tell."""
    targets: dict[str, str] = {}
    ids: dict[str, str] = {}

    def relation(tag: str, told: Attributes) -> None:
        if _local(tag) == "Relationship":
            targets[told.get("Id", "")] = told.get("Target", "")

    def named(tag: str, told: Attributes) -> None:
        if _local(tag) == "sheet":
            relations = (value for name, value in told.items() if name.endswith(":id"))
            ids.setdefault(told.get("name", ""), next(relations, ""))

    for part, start in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", named)):
        if part in archive.namelist():
            _read(archive.read(part), start)
    return posixpath.join("/xl", targets.get(ids.get(sheet, ""), "")).lstrip("/")


def _read(
    text: bytes,
    start: Start,
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.Parse(text, True)


def _refuse_declaration(*_told: object) -> None:
    raise ValueError("it declares entities")


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


class _Cells:
    """What the XML of a sheet says of each cell, as it is read."""

    def __init__(self) -> None:
        self.merged: list[str] = []
        self.without_result: dict[int, dict[int, str]] = {}
        self._row = self._column = 0
        self._kind = self._value = ""
        self._formula = self._valued = self._in_value = False

    def start(self, tag: str, told: Attributes) -> None:
        name = _local(tag)
        if name == "row":
            self._row, self._column = int(told.get("r") or self._row + 1), 0
        elif name == "c":
            self._column = _column_number(told.get("r", "")) or self._column + 1
            self._kind, self._value = told.get("t", ""), ""
            self._formula = self._valued = False
        elif name == "f":
            self._formula = True
        elif name == "v":
            self._valued = self._in_value = True
        elif name == "mergeCell":
            self.merged.append(told.get("ref", "?"))

    def text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name == "v":
            self._in_value = False
        elif name == "c" and (what := self._fault()):
            self.without_result.setdefault(self._row, {})[self._column] = what

    def _fault(self) -> str:
        """An empty text (t="str") is a result too, if it is written."""
        if self._kind == "e":
            return f"the error {self._value.strip()[:20] or '?'}"
        computed = bool(self._value.strip()) or (self._kind == "str" and self._valued)
        return NOT_COMPUTED if self._formula and not computed else ""


def _column_number(reference: str) -> int:
    """'D2' is 4; 0 where there is no reference."""
    number = 0
    for letter in reference[:LONGEST_REFERENCE].rstrip("0123456789").upper():
        number = number * 26 + ord(letter) - 64
    return number
