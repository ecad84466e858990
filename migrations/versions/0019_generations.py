"""Generations that nodes finish, for the others to fetch."""

import sqlalchemy as sa
from alembic import op

revision = "0019_generations"
down_revision = "0018_sorted_texts"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "generation",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=True),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column(
            "finished_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.func.now(),
        ),
        sa.PrimaryKeyConstraint("number", name="pk_generation"),
    )
