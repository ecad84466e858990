"""Changes: claims that were written together, so that history can be read and one change undone."""

import sqlalchemy as sa
from alembic import op

revision = "0002_changes"
down_revision = "0001_listings"

# Until now a change was known by its moment and the source it came through. A claim that was
# withdrawn when nothing was stated gets a change of that moment, too.
CHANGES_SO_FAR = """
INSERT INTO change (at, through_id, what)
SELECT at, through_id, 'import' FROM (
  SELECT recorded_at AS at, through_id FROM claim
  UNION SELECT withdrawn_at, through_id FROM claim WHERE withdrawn_at IS NOT NULL
) AS moments ORDER BY at, through_id
"""
STATED_IN = """
UPDATE claim SET change_id = (
  SELECT id FROM change WHERE at = claim.recorded_at AND through_id = claim.through_id)
"""
WITHDRAWN_IN = """
UPDATE claim SET withdrawn_in_id = (
  SELECT id FROM change WHERE at = claim.withdrawn_at AND through_id = claim.through_id)
WHERE withdrawn_at IS NOT NULL
"""


def upgrade() -> None:
    """Number the changes, point claims to theirs, and say who confirmed an edition."""
    op.add_column("edition", sa.Column("confirmed_by", sa.Text(), nullable=True))
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("through_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["through_id"], ["source.id"], name="fk_change_through_id_source"),
        sa.ForeignKeyConstraint(["undoes_id"], ["change.id"], name="fk_change_undoes_id_change"),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
    )
    with op.batch_alter_table("claim") as claim:
        claim.add_column(sa.Column("change_id", sa.Integer(), nullable=True))
        claim.add_column(sa.Column("withdrawn_in_id", sa.Integer(), nullable=True))
    for statement in (CHANGES_SO_FAR, STATED_IN, WITHDRAWN_IN):
        op.execute(statement)
    with op.batch_alter_table("claim") as claim:
        claim.alter_column("change_id", existing_type=sa.Integer(), nullable=False)
        for name in ("change_id", "withdrawn_in_id"):
            claim.create_foreign_key(f"fk_claim_{name}_change", "change", [name], ["id"])
    for name in ("change_id", "withdrawn_in_id"):
        op.create_index(f"ix_claim_{name}", "claim", [name], unique=False)
