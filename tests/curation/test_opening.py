"""Opening files that others wrote: what is read, what is refused before it can do harm."""

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from directory.curation.files.content import open_content
from directory.curation.files.documents import (
    Broken,
    _each_key_once,
    document_in,
    documents_in,
)
from directory.curation.files.limits import USUAL, Limits
from directory.curation.files.tables import tables_in
from directory.curation.reading import Refused
from directory.errors import UnreadableFile

PUBLIC = Limits(windows_1252=True)


def named(folder: Path, content: bytes, limits: Limits = USUAL) -> list[dict[str, str]]:
    rows, unfit = sorted_out(folder, content, limits)
    assert unfit == []
    return rows


def sorted_out(
    folder: Path, content: bytes, limits: Limits = USUAL
) -> tuple[list[dict[str, str]], list[Refused]]:
    path = folder / "file.dat"
    path.write_bytes(content)
    tables = tables_in(open_content(path, limits), limits)
    unfit: list[Refused] = []
    return [cells for _, cells in next(iter(tables.values())).named(unfit.append)], unfit


def refused(folder: Path, content: bytes, limits: Limits = USUAL) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        named(folder, content, limits)
    assert refusal.value.expected
    return refusal.value.got


def workbook(**parts: str) -> bytes:
    file = io.BytesIO()
    whole = {"xl__workbook": "<a/>", **parts}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, text in whole.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return file.getvalue()


def test_headers_are_compared_lower_cased_and_stripped(tmp_path: Path) -> None:
    assert named(tmp_path, b" Name1 ,CITY\n a ,b\n\n,\n") == [{"name1": "a", "city": "b"}]


def test_a_public_list_may_be_windows_1252(tmp_path: Path) -> None:
    content = "name\nCañada – “Sí”".encode("cp1252")
    assert named(tmp_path, content, PUBLIC) == [{"name": "Cañada – “Sí”"}]
    assert "not UTF-8" in refused(tmp_path, content)


@pytest.mark.parametrize("content", [b"name\nCa\xf1ada\nCa\xc3\xb1ada", b"name\nCa\xf1ada \x81"])
def test_a_file_of_two_encodings_or_of_none_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "byte 0xf1 at line 2" in refused(tmp_path, content, PUBLIC)


def test_a_letter_across_the_megabyte_is_read(tmp_path: Path) -> None:
    content = b"name\n" + b"x" * (2**20 - 6) + "ñ".encode()
    assert named(tmp_path, content)[0]["name"][-1] == "ñ"


def test_a_column_twice_is_refused_also_in_another_case(tmp_path: Path) -> None:
    assert "'city' twice" in refused(tmp_path, b"City,CITY \na,b")


def test_a_row_of_a_csv_longer_or_shorter_than_the_header_is_refused_and_the_next_is_read(
    tmp_path: Path,
) -> None:
    rows, unfit = sorted_out(tmp_path, b"a,b\n1\n1,2,3\n1,2,\n4,5")
    assert rows == [{"a": "4", "b": "5"}]
    assert unfit == [
        Refused(f"row {number}", "row", got, "2 cells, as its header")
        for number, got in ((2, "1 cells"), (3, "3 cells"), (4, "3 cells"))
    ]


def test_a_header_with_blank_cells_at_its_end_asks_for_as_many(tmp_path: Path) -> None:
    assert named(tmp_path, b"a,b,,\n1,2,,\n") == [{"a": "1", "b": "2"}]


def test_a_row_of_a_workbook_is_refused_only_where_it_says_something_beyond_its_header(
    tmp_path: Path,
) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("One")
        for number, cells in enumerate((["a", "b"], ["1"], ["1", "2", " "], ["1", "2", "", "x"])):
            sheet.write_row(number, 0, cells)
    rows, unfit = sorted_out(tmp_path, file.getvalue())
    assert rows == [{"a": "1", "b": ""}, {"a": "1", "b": "2"}]
    assert unfit == [Refused("row 4", "row", "4 cells", "at most 2 cells, as its header")]


def test_an_open_quote_does_not_swallow_the_file(tmp_path: Path) -> None:
    assert "broken CSV" in refused(tmp_path, b'name\n"' + b"x\n" * 5_000_000)


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    assert "a line of 8 MB" in refused(tmp_path, b"name\n" + b"x" * (9 * 2**20))


def test_a_table_of_too_many_rows_is_refused_while_it_is_read(tmp_path: Path) -> None:
    assert "more than 3 rows" in refused(tmp_path, b"a\n" + b"1\n" * 4, Limits(rows=3))


def test_csv_is_read_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"name,city\n" + b"a place with a name,Pasadena\n" * 200_000)
    tracemalloc.start()
    count = sum(1 for _ in tables_in(open_content(path, USUAL), USUAL)[""].named(print))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 200_000
    assert peak < path.stat().st_size


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("One").write_row(0, 0, ["Name", "Zip"])
        book.get_worksheet_by_name("One").write_row(1, 0, ["A", 2138])
        book.add_worksheet("Two").write_row(0, 0, ["Code"])
    tables = tables_in(open_content(path, USUAL), USUAL)
    assert {name: table.header for name, table in tables.items()} == {
        "One": ("name", "zip"),
        "Two": ("code",),
    }
    assert list(tables["One"].named(print)) == [(2, {"name": "A", "zip": "2138"})]


def test_a_formula_reads_as_its_result_and_an_error_as_blank(tmp_path: Path) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write_formula(1, 0, '=HYPERLINK("x")', None, "shown")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_string(1, 2, "=1+1")
    assert named(tmp_path, file.getvalue()) == [{"a": "shown", "b": "", "c": "=1+1"}]


HOSTILE = {
    "600,000 rows": (workbook(sheet='<row r="600000"/>'), "a cell at 600000"),
    "rows without reference": (workbook(sheet="<row/>" * 250_001), "250,001 rows"),
    "cells without reference": (workbook(sheet="<row>" + "<c/>" * 257), "257 columns"),
    "a large rectangle": (
        workbook(sheet="<row>" + "<c/>" * 250 + "</row>" + "<row/>" * 20_001),
        "20,001 rows and 250 columns",
    ),
    "with a name space": (workbook(sheet="<x:row/>" * 250_001), "250,001 rows"),
    "a text that many cells share": (
        workbook(strings="<sst><si><t>" + "x" * 3_000_000 + "</t></si></sst>",
                 sheet="<row><c t='s'><v>0</v></c></row>" * 80),
        "share 200 MB",
    ),
    "billion laughs": (
        workbook(strings='<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst/>'),
        "declares entities",
    ),
    "an outer file": (
        workbook(sheet='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "declares entities",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_workbook_is_refused_before_it_is_read(case: str, tmp_path: Path) -> None:
    content, got = HOSTILE[case]
    assert got in refused(tmp_path, content)


def documents(folder: Path, text: str) -> list[tuple[int, object]]:
    path = folder / "file.dat"
    path.write_text(text, encoding="utf-8")
    return list(documents_in(open_content(path, USUAL), "documents"))


def test_one_document_may_fill_many_lines(tmp_path: Path) -> None:
    assert documents(tmp_path, '{"a":\n1}\n') == [(1, {"a": 1})]
    assert documents(tmp_path, '[{"a": 1}]') == [(1, [{"a": 1}])]


def test_one_document_a_line_is_read_line_by_line_and_a_broken_line_alone_is_broken(
    tmp_path: Path,
) -> None:
    read = documents(tmp_path, '{"a": 1}\n\n{"a": \n{"a": 1, "a": 2}\n{"a": 3}\n')
    assert [number for number, _ in read] == [1, 3, 4, 5]
    assert [isinstance(one, Broken) for _, one in read] == [False, True, True, False]


def test_a_table_is_no_document_and_a_document_no_table(tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    path.write_text("a,b\n1,2", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="got CSV"):
        document_in(open_content(path, USUAL), "a document")
    assert refused(tmp_path, b"{}") == "JSON"


class Counted(str):
    """A key that counts how often keys are compared."""

    compared = 0

    def __eq__(self, other):
        Counted.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_a_doubled_key_is_found_without_comparing_every_key_with_every_other():
    """Or one object of a few megabytes would keep the reader busy for hours."""
    names = [*(f"key {number}" for number in range(2_000)), "last", "last"]
    with pytest.raises(ValueError, match="'last' twice"):
        _each_key_once([(Counted(name), None) for name in names])
    assert Counted.compared < 100
