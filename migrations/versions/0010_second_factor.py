"""The second factor of staff: the newest code that was taken, and codes on paper."""

import sqlalchemy as sa
from alembic import op

revision = "0010_second_factor"
down_revision = "0009_partners"


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("staff", sa.Column("last_step", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "staff_paper_code",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_staff_paper_code_staff_id_staff"
        ),
        sa.PrimaryKeyConstraint("staff_id", "code", name="pk_staff_paper_code"),
    )
