"""The template people fill in: the columns of the sheet form, and two example rows that import."""

import csv
import io
from collections.abc import Callable, Mapping
from functools import cache

import xlsxwriter

from directory.exchange.cells import guarded
from directory.exchange.columns import COLUMNS
from directory.exchange.listing_files import FIRST_DAY, NO_FORMULAS
from directory.exchange.rows import HEADER

SECOND_DAY = "wed"


def template_rows() -> list[list[str]]:
    """Two sessions of one invented program: Monday and Wednesday evening."""
    monday = {column.name: guarded(column.example) for column in COLUMNS}
    return [list(monday.values()), list((monday | {"day": SECOND_DAY}).values())]


@cache
def csv_template() -> bytes:
    """The template as CSV."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([HEADER, *template_rows()])
    return file.getvalue().encode()


@cache
def xlsx_template() -> bytes:
    """The template as XLSX, with a second sheet that says how each column is filled."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **NO_FORMULAS}) as book:
        book.set_properties({"created": FIRST_DAY})
        listings, columns = book.add_worksheet("listings"), book.add_worksheet("columns")
        for line, row in enumerate([HEADER, *template_rows()]):
            listings.write_row(line, 0, row)
        listings.freeze_panes(1, 0)
        columns.write_row(0, 0, ["column", "said of", "fill in", "example"])
        for line, one in enumerate(COLUMNS, start=1):
            columns.write_row(line, 0, [one.name, one.level, one.kind.name, one.example])
    return file.getvalue()


TEMPLATES: Mapping[str, Callable[[], bytes]] = {"csv": csv_template, "xlsx": xlsx_template}
