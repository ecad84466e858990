"""The table of changes that programs ask for: facts in the listing format, choices, numbers; never a name."""

import sqlalchemy as sa

from directory.catalog.proposal import REASONS, STATES, TELLERS
from directory.store.columns import ID, MOMENT, metadata
from directory.store.referral_tables import one_of

proposal = sa.Table(
    "proposal",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("program_id", ID, sa.ForeignKey("program.id"), nullable=False, index=True),
    sa.Column("subject_kind", sa.Text, nullable=False),
    sa.Column("subject_id", ID, nullable=False),
    sa.Column("fact", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("was", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("told_at", MOMENT, nullable=False),
    sa.Column("told_by", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("reason", sa.Text),
    sa.Column("settled_on", sa.Date),
    sa.Column("change_id", sa.ForeignKey("change.id"), index=True),
    one_of("subject_kind", ("organization", "site", "program"), "subject_kind_known"),
    one_of("told_by", TELLERS, "teller_known"),
    one_of("state", STATES, "state_known"),
    one_of("reason", REASONS, "reason_known"),
    sqlite_autoincrement=True,
)
