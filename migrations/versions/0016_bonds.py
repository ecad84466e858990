"""Bonds between accounts of staff and accounts at the operator's identity provider."""

import sqlalchemy as sa
from alembic import op

revision = "0016_bonds"
down_revision = "0015_partner_organizations"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "staff_bond",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(subject IS NULL) <> (ends_at IS NULL)", name="ck_staff_bond_bound_or_awaited"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_bond_staff_id_staff"),
        sa.PrimaryKeyConstraint("staff_id", name="pk_staff_bond"),
        sa.UniqueConstraint("issuer", "subject", name="uq_staff_bond_issuer_subject"),
    )
