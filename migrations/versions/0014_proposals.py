"""Changes that programs ask for and curators decide."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014_proposals"
down_revision = "0013_referrals"

ID = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
ONE_OF = {
    "subject_kind_known": "subject_kind IN ('organization', 'site', 'program')",
    "teller_known": "told_by IN ('link', 'editor')",
    "state_known": "state IN ('waiting', 'accepted', 'rejected', 'replaced', 'withdrawn')",
    "reason_known": (
        "reason IN ('not_confirmed', 'contradicted', 'other_program', 'unclear', 'not_a_fact', "
        "'mended')"
    ),
}
TEXTS = ("subject_kind", "fact", "value", "was", "told_by", "state")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("settled_on", sa.Date()),
        sa.Column("change_id", sa.Integer()),
        *(sa.CheckConstraint(rule, name=f"ck_proposal_{name}") for name, rule in ONE_OF.items()),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_proposal_program_id_program"
        ),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name="fk_proposal_change_id_change"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sqlite_autoincrement=True,
    )
    for column in ("program_id", "state", "change_id"):
        op.create_index(f"ix_proposal_{column}", "proposal", [column])
