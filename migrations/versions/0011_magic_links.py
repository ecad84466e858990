"""Links that do one thing without a password."""

import sqlalchemy as sa
from alembic import op

revision = "0011_magic_links"
down_revision = "0010_second_factor"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "magic_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("errand", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("errand IN ('ticket', 'listing')", name="ck_magic_link_errand_known"),
        sa.PrimaryKeyConstraint("id", name="pk_magic_link"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_magic_link_errand_subject", "magic_link", ["errand", "subject"])
