"""Every column that can hold text says what it holds. There is no kind for words about a patient.

`key`: an id, a number or a digest. `code`: one of a list, or a word of ours. `published`: what a source
published about a place that offers care. `operator`: what who runs the installation typed about
themselves or a partner. `staff`: names and mail addresses of people who work here. `checked`: words that
passed `curation.identifying` first. That it is so is shown by `tests/security/test_words_about_a_person.py`.
"""

import csv

import sqlalchemy as sa

from directory.store.columns import Moment
from directory.store.tables import metadata
from tests.house.files import ROOT

DECLARED = ROOT / "tests" / "house" / "text_columns.csv"
KINDS = {"key", "code", "published", "operator", "staff", "checked"}
WITHOUT_WORDS = (sa.Integer, sa.Float, sa.Boolean, sa.Date, sa.DateTime, Moment, sa.Numeric)


def declared():
    """(table, column) -> what it holds."""
    with DECLARED.open(encoding="utf-8", newline="") as file:
        return {(row["table"], row["column"]): row for row in csv.DictReader(file)}


def text_columns():
    """Columns of every type that may hold words, JSON and bytes too; a foreign key to a number is none."""
    return {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if not isinstance(_root(column).type, WITHOUT_WORDS)
    }


def _root(column):
    """What a foreign key points at, however far."""
    while column.foreign_keys:
        column = next(iter(column.foreign_keys)).column
    return column


def test_every_text_column_says_what_it_holds():
    """A new one needs a row in tests/house/text_columns.csv: table, column, kind, what it holds."""
    assert text_columns() - set(declared()) == set(), "not declared in text_columns.csv"
    assert set(declared()) - text_columns() == set(), "no such text column any more"


def test_every_kind_is_one_of_those_that_hold_no_words_about_a_patient():
    for where, row in declared().items():
        assert row["kind"] in KINDS, where
        assert row["what it holds"], where
    assert list(declared()) == sorted(declared()), "in order of table and column"
