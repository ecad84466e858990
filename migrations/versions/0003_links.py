"""Links: which row of which list is which of our records, and the pairs a person decides."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003_links"
down_revision = "0002_changes"

ID = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
LIVE, HOLDS = sa.text("withdrawn_at IS NULL"), sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Add the two tables; a claim says which row it comes from, so that it can move with its row."""
    op.create_table(
        "pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("left_key", ID, nullable=False),
        sa.Column("right_key", ID, nullable=False),
        sa.Column("left_seen", sa.JSON(), nullable=False),
        sa.Column("right_seen", sa.JSON(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("answer IN ('same', 'different')", name="ck_pair_answer_known"),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name="fk_pair_change_id_change"),
        sa.PrimaryKeyConstraint("id", name="pk_pair"),
    )
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('organization', 'site', 'program')", name="ck_link_kind_known"
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name="fk_link_pair_id_pair"),
        sa.ForeignKeyConstraint(["ended_by_id"], ["pair.id"], name="fk_link_ended_by_id_pair"),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
    )
    where = {"sqlite_where": HOLDS, "postgresql_where": HOLDS}
    op.create_index("uq_link_live", "link", ["kind", "origin"], unique=True, **where)
    op.create_index("ix_link_pair_id", "link", ["pair_id"], unique=False)
    op.create_index("ix_link_ended_by_id", "link", ["ended_by_id"], unique=False)
    op.drop_index("uq_claim_live", table_name="claim")
    op.add_column("claim", sa.Column("origin", ID, nullable=False, server_default=""))
    op.create_index(
        "uq_claim_live",
        "claim",
        ["subject_kind", "subject_id", "fact", "source_id", "origin"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
