"""Partners belong to an organization of the desk, whose people may pause their keys."""

import sqlalchemy as sa
from alembic import op

revision = "0015_partner_organizations"
down_revision = "0014_proposals"


def upgrade() -> None:
    """Add two columns: nobody's and open, until somebody says otherwise."""
    paused = sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("partner", paused)
    # In plain SQL: SQLite takes a reference with a new column, but no constraint after it.
    op.execute(
        "ALTER TABLE partner ADD COLUMN organization_id INTEGER"
        " CONSTRAINT fk_partner_organization_id_staff_organization"
        " REFERENCES staff_organization (id)"
    )
    op.create_index("ix_partner_organization_id", "partner", ["organization_id"])
