"""Tables of referrals: codes, choices from lists and dates. No column takes words (`CHECK`s hold it)."""

from collections.abc import Sequence

import sqlalchemy as sa

from directory.catalog.referral import AGE_BANDS, ASKED, FITS, NOTES, REASONS, STATUSES
from directory.store.columns import ID, metadata


def one_of(column: str, codes: Sequence[str], name: str) -> sa.CheckConstraint:
    """A column that takes nothing but these codes."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=name)


def short(column: str, most: int) -> sa.CheckConstraint:
    """A column that takes a code of a vocabulary: too short for a sentence, without blanks."""
    return sa.CheckConstraint(
        f"length({column}) <= {most} AND {column} NOT LIKE '% %'", name=f"{column}_is_code"
    )


referral_case = sa.Table(
    "referral_case",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, unique=True),
    sa.Column(
        "organization_id", sa.ForeignKey("staff_organization.id"), nullable=False, index=True
    ),
    sa.Column("level", sa.Text),
    sa.Column("age", sa.Text),
    sa.Column("payer", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("opened_week", sa.Date, nullable=False),
    sa.CheckConstraint("length(code) = 6 AND code LIKE '__-___'", name="code_is_ours"),
    one_of("age", AGE_BANDS, "age_is_band"),
    *(short(name, 40) for name in ("level", "payer", "language")),
    sqlite_autoincrement=True,
)

referral_ticket = sa.Table(
    "referral_ticket",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("case_id", sa.ForeignKey("referral_case.id"), nullable=False, index=True),
    sa.Column("program_id", ID, nullable=False),
    sa.Column("opened_week", sa.Date, nullable=False),
    sa.Column("fit", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("asked", sa.Text),
    sa.Column("note", sa.Text),
    sa.Column("week", sa.Date),
    sa.Column("due_on", sa.Date),
    sa.Column("expires_on", sa.Date, index=True),
    sa.Column("closed_week", sa.Date, index=True),
    one_of("fit", FITS, "fit_known"),
    one_of("status", STATUSES, "status_known"),
    one_of("reason", REASONS, "reason_known"),
    one_of("asked", ASKED, "asked_known"),
    one_of("note", NOTES, "note_known"),
    # A closed ticket keeps weeks only: the days of its clocks are gone.
    sa.CheckConstraint(
        "closed_week IS NULL OR (due_on IS NULL AND expires_on IS NULL)", name="closed_has_no_day"
    ),
    sqlite_autoincrement=True,
)

referral_kind = sa.Table(
    "referral_kind",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "organization_id", sa.ForeignKey("staff_organization.id"), nullable=False, index=True
    ),
    sa.Column("level", sa.Text),
    sa.Column("focus", sa.Text),
    sa.Column("payer", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("week", sa.Text),
    sa.Column("mode", sa.Text),
    *(short(name, 40) for name in ("level", "focus", "payer", "language", "week", "mode")),
    sqlite_autoincrement=True,
)
