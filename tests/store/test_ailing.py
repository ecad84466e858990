"""What a database would refuse elsewhere is refused by both alike."""

import pytest
import sqlalchemy as sa

from directory.errors import BadValue
from directory.store.connect import open_database


@pytest.mark.parametrize("many", [False, True])
def test_no_text_with_nul_is_kept_in_one_row_or_in_many_that_become_one_statement(tmp_path, many):
    """Rows with nothing in a column go in; PostgreSQL keeps no NUL, so nobody does."""
    engine = open_database(f"sqlite:///{tmp_path / 'nul.sqlite'}")
    table = sa.Table(
        "word",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text),
    )
    rows = [{"text": "fine"}, {"text": None}][: None if many else 1]
    with engine.begin() as connection:
        table.create(connection)
        insert = sa.insert(table).returning(table.c.id, sort_by_parameter_order=True)
        assert len(list(connection.scalars(insert, rows))) == len(rows)
        with pytest.raises(BadValue):
            connection.scalars(insert, [{"text": "bad\0"}, *rows] if many else {"text": "bad\0"})
    engine.dispose()
