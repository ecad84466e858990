"""Texts that are sorted or compared are so by code point on PostgreSQL, too, as SQLite does."""

from alembic import op

revision = "0018_sorted_texts"
down_revision = "0017_uploads"

COLUMNS = (
    ("audit_answer", "fact"),
    ("source", "name"),
    ("staff", "name"),
    ("staff_act", "at"),
    ("staff_organization", "name"),
)


def upgrade() -> None:
    """Let go of the server's language in these columns."""
    if op.get_context().dialect.name != "postgresql":
        return
    for table, column in COLUMNS:
        op.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE text COLLATE "C"')
