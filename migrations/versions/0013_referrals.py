"""Referrals: cases by code, tickets that programs answer, kinds of case. No column takes words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013_referrals"
down_revision = "0012_addresses"

ID = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
STATUSES = (
    "'draft', 'sent', 'seen', 'needs_info', 'offered', 'waitlisted', 'intake_kept', 'no_show', "
    "'unable_to_reach', 'started', 'declined', 'declined_by_person', 'chose_other', 'withdrawn', "
    "'expired'"
)
REASONS = (
    "'no_capacity', 'payer', 'acuity_too_high', 'acuity_too_low', 'age_or_population', 'language', "
    "'schedule', 'out_of_area', 'license', 'other'"
)
ASKED = (
    "'call_us', 'insurance', 'history_and_physical', 'medicine_list', 'discharge_summary', "
    "'level_recommended', 'consent'"
)
NOTES = (
    "'first_choice', 'second_choice', 'person_likes_it', 'no_answer', 'left_message', 'asked_payer', "
    "'asked_openings'"
)


def upgrade() -> None:
    """Create the tables."""
    _cases()
    _tickets()
    _kinds()


def _code(table: str, column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"length({column}) <= 40 AND {column} NOT LIKE '% %'", name=f"ck_{table}_{column}_is_code"
    )


def _of_organization(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_organization_id_staff_organization"
    return sa.ForeignKeyConstraint(["organization_id"], ["staff_organization.id"], name=name)


def _cases() -> None:
    op.create_table(
        "referral_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("level", "age", "payer", "language")),
        sa.Column("opened_week", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "length(code) = 6 AND code LIKE '__-___'", name="ck_referral_case_code_is_ours"
        ),
        sa.CheckConstraint(
            "age IN ('child', 'teen', 'young_adult', 'adult', 'older_adult')",
            name="ck_referral_case_age_is_band",
        ),
        *(_code("referral_case", name) for name in ("level", "payer", "language")),
        _of_organization("referral_case"),
        sa.PrimaryKeyConstraint("id", name="pk_referral_case"),
        sa.UniqueConstraint("code", name="uq_referral_case_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_referral_case_organization_id", "referral_case", ["organization_id"])


def _tickets() -> None:
    op.create_table(
        "referral_ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("opened_week", sa.Date(), nullable=False),
        sa.Column("fit", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("reason", "asked", "note")),
        *(sa.Column(name, sa.Date()) for name in ("week", "due_on", "expires_on", "closed_week")),
        sa.CheckConstraint("fit IN ('yes', 'no', 'unknown')", name="ck_referral_ticket_fit_known"),
        sa.CheckConstraint(f"status IN ({STATUSES})", name="ck_referral_ticket_status_known"),
        sa.CheckConstraint(f"reason IN ({REASONS})", name="ck_referral_ticket_reason_known"),
        sa.CheckConstraint(f"asked IN ({ASKED})", name="ck_referral_ticket_asked_known"),
        sa.CheckConstraint(f"note IN ({NOTES})", name="ck_referral_ticket_note_known"),
        sa.CheckConstraint(
            "closed_week IS NULL OR (due_on IS NULL AND expires_on IS NULL)",
            name="ck_referral_ticket_closed_has_no_day",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["referral_case.id"], name="fk_referral_ticket_case_id_referral_case"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_referral_ticket"),
        sqlite_autoincrement=True,
    )
    for column in ("case_id", "expires_on", "closed_week"):
        op.create_index(f"ix_referral_ticket_{column}", "referral_ticket", [column])


def _kinds() -> None:
    names = ("level", "focus", "payer", "language", "week", "mode")
    op.create_table(
        "referral_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in names),
        *(_code("referral_kind", name) for name in names),
        _of_organization("referral_kind"),
        sa.PrimaryKeyConstraint("id", name="pk_referral_kind"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_referral_kind_organization_id", "referral_kind", ["organization_id"])
