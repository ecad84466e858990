"""Staff: accounts, organizations, sign-ins, one-time links, and the audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0008_staff"
down_revision = "0007_api_keys"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _accounts()
    _sign_ins()
    _trail()


def _accounts() -> None:
    op.create_table(
        "staff_organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("listed_as", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff_organization"),
        sa.UniqueConstraint("name", name="uq_staff_organization_name"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("disabled_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "role IN ('referrer', 'curator', 'editor', 'partner', 'administrator')",
            name="ck_staff_role_known",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["staff_organization.id"],
            name="fk_staff_organization_id_staff_organization",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("email", name="uq_staff_email"),
    )
    op.create_index("ix_staff_organization_id", "staff", ["organization_id"])


def _sign_ins() -> None:
    op.create_table(
        "staff_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_session_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_session"),
        sa.UniqueConstraint("token", name="uq_staff_session_token"),
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"])
    op.create_table(
        "staff_invitation",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "purpose IN ('join', 'reset')", name="ck_staff_invitation_purpose_known"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_staff_invitation_staff_id_staff"
        ),
        sa.PrimaryKeyConstraint("token", name="pk_staff_invitation"),
    )
    op.create_index("ix_staff_invitation_staff_id", "staff_invitation", ["staff_id"])
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempt"),
    )
    op.create_index("ix_sign_in_attempt_account", "sign_in_attempt", ["account"])
    op.create_index("ix_sign_in_attempt_network", "sign_in_attempt", ["network"])


def _trail() -> None:
    op.create_table(
        "staff_act",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_staff_act"),
    )
    op.create_index("ix_staff_act_actor", "staff_act", ["actor"])
    op.create_index("ix_staff_act_act", "staff_act", ["act"])
    op.create_table(
        "staff_act_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_staff_act_head_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_act_head"),
    )
