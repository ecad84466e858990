"""Sources, places and claims."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001_listings"
down_revision = None

ID = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the first tables."""
    op.create_table(
        "organization",
        sa.Column("id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organization"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("name", name="uq_source_name"),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("edition", sa.Text(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_edition_source_id_source"),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
    )
    op.create_index("ix_edition_source_id", "edition", ["source_id"], unique=False)

    op.create_table(
        "site",
        sa.Column("id", ID, nullable=False),
        sa.Column("organization_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_site_organization_id_organization"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
    )
    op.create_index("ix_site_organization_id", "site", ["organization_id"], unique=False)

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("through_id", sa.Integer(), nullable=False),
        sa.Column("row_ref", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "subject_kind IN ('organization', 'site', 'program')",
            name="ck_claim_subject_kind_known",
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_claim_edition_id_edition"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_claim_source_id_source"),
        sa.ForeignKeyConstraint(["through_id"], ["source.id"], name="fk_claim_through_id_source"),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
    )
    op.create_index("ix_claim_source_id", "claim", ["source_id"], unique=False)
    op.create_index("ix_claim_subject", "claim", ["subject_kind", "subject_id"], unique=False)
    op.create_index("ix_claim_through_id", "claim", ["through_id"], unique=False)
    op.create_index(
        "uq_claim_live",
        "claim",
        ["subject_kind", "subject_id", "fact", "source_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )

    op.create_table(
        "program",
        sa.Column("id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_program_site_id_site"),
        sa.PrimaryKeyConstraint("id", name="pk_program"),
        sa.UniqueConstraint("slug", name="uq_program_slug"),
    )
    op.create_index("ix_program_site_id", "program", ["site_id"], unique=False)

    op.create_table(
        "missing",
        sa.Column("program_id", ID, nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_missing_program_id_program"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_missing_source_id_source"),
        sa.PrimaryKeyConstraint("program_id", "source_id", name="pk_missing"),
    )
