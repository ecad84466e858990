"""Items of queues that curators set aside."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020_set_aside"
down_revision = "0019_generations"

ID = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
ONE_OF = {
    "queue_known": "queue IN ('conflicts', 'findings', 'stale')",
    "why_known": "why IN ('right', 'cannot_tell', 'not_reached')",
}


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "set_aside",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        *(sa.CheckConstraint(rule, name=f"ck_set_aside_{name}") for name, rule in ONE_OF.items()),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_set_aside_program_id_program"
        ),
        sa.PrimaryKeyConstraint("mark", name="pk_set_aside"),
    )
    op.create_index("ix_set_aside_program_id", "set_aside", ["program_id"])
