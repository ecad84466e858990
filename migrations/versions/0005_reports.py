"""Reports: problems that visitors told us about a listing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005_reports"
down_revision = "0004_audits"

ID = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "what IN ('phone', 'address', 'hours', 'payer', 'closed', 'not_there', 'other')",
            name="ck_report_what_known",
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_report_program_id_program"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
    )
