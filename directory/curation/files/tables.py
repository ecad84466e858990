"""Tables of a CSV or XLSX: a header, and rows that know their place in the file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory.curation.files.content import Content
from directory.curation.files.delimited import Rows, csv_rows
from directory.curation.files.limits import Limits
from directory.curation.files.sheets import xlsx_sheets
from directory.curation.reading import Refused
from directory.errors import UnreadableFile

Refuse = Callable[[Refused], None]


@dataclass(frozen=True, slots=True)
class Table:
    """One table. The header is lower-cased and stripped; `rows` can be read once.

    Blank rows are left out. A row may be longer or shorter than the header. `width` is how many
    cells each row of a CSV has, as its header; None for a sheet, whose blank ends mean nothing.
    """

    file: str
    header: tuple[str, ...]
    rows: Rows
    width: int | None = None

    def named(self, refuse: Refuse) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row by its columns, cells stripped; one that does not fit its header is refused.

        In a CSV one cell too many is a comma that nobody quoted, which moves all cells behind it
        into the next column, and one too few is a row cut off: neither says what it seems to say.
        """
        for number, cells in self.rows:
            if expected := self._unfit(cells):
                refuse(Refused(f"row {number}", "row", f"{len(cells)} cells", expected))
                continue
            cells += [""] * (len(self.header) - len(cells))
            pairs = zip(self.header, cells, strict=False)
            yield number, {name: cell.strip() for name, cell in pairs if name}

    def _unfit(self, cells: Sequence[str]) -> str | None:
        """How many cells were expected; None if the row has as many."""
        if self.width is not None:
            return f"{self.width} cells, as its header" if len(cells) != self.width else None
        beyond = any(cell.strip() for cell in cells[len(self.header) :])
        return f"at most {len(self.header)} cells, as its header" if beyond else None

    def require(self, columns: Sequence[str]) -> None:
        """Raises `UnreadableFile` if a column is not there."""
        missing = [name for name in columns if name not in self.header]
        if missing:
            got = f"no column {missing[0]!r} among {', '.join(self.header)[:200]!r}"
            raise UnreadableFile(self.file, got, f"the columns {', '.join(columns)}")


def tables_in(content: Content, limits: Limits) -> Mapping[str, Table]:
    """Every table by the name of its sheet; that of a CSV is called ''.

    Raises `UnreadableFile` where a header names a column twice, and while rows are read.
    """
    if content.kind == "json":
        raise UnreadableFile(content.name, "JSON", "CSV or XLSX")
    sheets = {"": csv_rows(content, limits)} if content.kind == "csv" else xlsx_sheets(content)
    trimmed = content.kind != "csv"
    return {name: _table(content.name, rows, trimmed=trimmed) for name, rows in sheets.items()}


def _table(file: str, rows: Rows, *, trimmed: bool) -> Table:
    filled = ((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))
    _, first = next(filled, (0, []))
    header = [cell.strip().lower() for cell in first]
    while header and not header[-1]:
        header.pop()
    for name in header:
        if name and header.count(name) > 1:
            raise UnreadableFile(file, f"the column {name[:100]!r} twice", "each column once")
    return Table(file, tuple(header), filled, None if trimmed else len(first))
