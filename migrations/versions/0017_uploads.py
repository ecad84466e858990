"""Uploaded files: what was sent and what became of it. The files lie in home, and go after a day."""

import sqlalchemy as sa
from alembic import op

revision = "0017_uploads"
down_revision = "0016_bonds"

STATES = "'waiting', 'checking', 'checked', 'stopped', 'applying', 'applied', 'unpublished', 'gone'"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "importer")),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("edition", sa.Text()),
        sa.Column("dated", sa.Date()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text()),
        sa.Column("catalog", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer()),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name="ck_upload_state_known"),
        sa.CheckConstraint("length(edition) <= 20", name="ck_upload_edition_is_code"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_upload_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
        sa.UniqueConstraint("name", name="uq_upload_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_upload_staff_id", "upload", ["staff_id"])
