"""The table of uploaded files: what was sent and what became of it; never what a file was called."""

import sqlalchemy as sa

from directory.store.columns import MOMENT, metadata

STATES = "'waiting', 'checking', 'checked', 'stopped', 'applying', 'applied', 'unpublished', 'gone'"

upload = sa.Table(
    "upload",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("importer", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("staff_id", sa.ForeignKey("staff.id"), nullable=False, index=True),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("seen_on", sa.Date, nullable=False),
    sa.Column("edition", sa.Text),
    sa.Column("dated", sa.Date),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("why", sa.Text),
    sa.Column("catalog", sa.Integer, nullable=False),
    sa.Column("change_id", sa.Integer),
    sa.Column("figures", sa.Text, nullable=False),
    sa.CheckConstraint(f"state IN ({STATES})", name="state_known"),
    sa.CheckConstraint("length(edition) <= 20", name="edition_is_code"),
    sqlite_autoincrement=True,
)
