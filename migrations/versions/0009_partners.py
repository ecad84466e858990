"""Partners: sites that may show our finder, and how often they did by day."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009_partners"
down_revision = "0008_staff"

ID = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "partner",
        sa.Column("key", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_partner"),
        sa.UniqueConstraint("number", name="uq_partner_number"),
    )
    op.create_table(
        "partner_count",
        sa.Column("partner_key", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_key"], ["partner.key"], name="fk_partner_count_partner_key_partner"
        ),
        sa.PrimaryKeyConstraint("partner_key", "day", name="pk_partner_count"),
    )
