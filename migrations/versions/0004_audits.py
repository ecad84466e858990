"""Call audits: samples of programs, and what calls told of each fact."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004_audits"
down_revision = "0003_links"

ID = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("near", sa.Text(), nullable=True),
        sa.Column("within_miles", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_table(
        "audit_program",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name="fk_audit_program_audit_id_audit"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_audit_program_program_id_program"
        ),
        sa.PrimaryKeyConstraint("audit_id", "program_id", name="pk_audit_program"),
    )
    op.create_table(
        "audit_answer",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("called_on", sa.Date(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "result IN ('correct', 'wrong', 'not_reached', 'not_known')",
            name="ck_audit_answer_result_known",
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name="fk_audit_answer_audit_id_audit"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_audit_answer_program_id_program"
        ),
        sa.PrimaryKeyConstraint("audit_id", "program_id", "fact", name="pk_audit_answer"),
    )
