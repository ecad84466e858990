"""Tables of staff accounts and of the audit trail. No table here holds a word about a patient."""

import sqlalchemy as sa

from directory.store.columns import MOMENT, SORTED, metadata

staff_organization = sa.Table(
    "staff_organization",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", SORTED, nullable=False, unique=True),
    sa.Column("listed_as", sa.Text),
)

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("email", sa.Text, nullable=False, unique=True),
    sa.Column("name", SORTED, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column(
        "organization_id", sa.ForeignKey("staff_organization.id"), nullable=False, index=True
    ),
    sa.Column("password", sa.Text),
    sa.Column("secret", sa.Text),
    sa.Column("disabled_at", MOMENT),
    sa.Column("last_step", sa.Integer, nullable=False, server_default="0"),
    sa.CheckConstraint(
        "role IN ('referrer', 'curator', 'editor', 'partner', 'administrator')", name="role_known"
    ),
)

# Codes on paper for who lost their phone, as keyed digests; a used one is deleted.
staff_paper_code = sa.Table(
    "staff_paper_code",
    metadata,
    sa.Column("staff_id", sa.ForeignKey("staff.id"), primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
)

# What the browser holds is not here: only its digest. A number is never given twice, or a request
# that is on its way might mean somebody else's sign-in.
staff_session = sa.Table(
    "staff_session",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("staff_id", sa.ForeignKey("staff.id"), nullable=False, index=True),
    sa.Column("token", sa.Text, nullable=False, unique=True),
    sa.Column("started_at", MOMENT, nullable=False),
    sa.Column("seen_at", MOMENT, nullable=False),
    sa.Column("ends_at", MOMENT, nullable=False),
    sa.Column("passed", sa.Boolean, nullable=False),
    sa.Column("browser", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)

staff_invitation = sa.Table(
    "staff_invitation",
    metadata,
    sa.Column("token", sa.Text, primary_key=True),
    sa.Column("staff_id", sa.ForeignKey("staff.id"), nullable=False, index=True),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("ends_at", MOMENT, nullable=False),
    sa.CheckConstraint("purpose IN ('join', 'reset')", name="purpose_known"),
)

# Which account at the operator's identity provider opens one of ours: bound, or awaited for a while.
staff_bond = sa.Table(
    "staff_bond",
    metadata,
    sa.Column("staff_id", sa.ForeignKey("staff.id"), primary_key=True),
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Column("subject", sa.Text),
    sa.Column("ends_at", MOMENT),
    sa.UniqueConstraint("issuer", "subject"),
    sa.CheckConstraint("(subject IS NULL) <> (ends_at IS NULL)", name="bound_or_awaited"),
)

# Links that do one thing without a password: they are signed, so what is here opens nothing.
# A number is never given twice, or an old link might open a new thing.
magic_link = sa.Table(
    "magic_link",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("errand", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("ends_at", MOMENT, nullable=False),
    sa.CheckConstraint("errand IN ('ticket', 'listing')", name="errand_known"),
    sa.Index("ix_magic_link_errand_subject", "errand", "subject"),
    sqlite_autoincrement=True,
)

# Keyed digests of who tried to sign in from where, kept for a day.
sign_in_attempt = sa.Table(
    "sign_in_attempt",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("account", sa.Text, nullable=False, index=True),
    sa.Column("network", sa.Text, nullable=False, index=True),
    sa.Column("at", MOMENT, nullable=False),
)

# `at` is text: what is sealed must read the same on every database.
staff_act = sa.Table(
    "staff_act",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", SORTED, nullable=False),
    sa.Column("actor", sa.Integer, nullable=False, index=True),
    sa.Column("act", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("details", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
)

# One row: where the trail ends, so that a missing end is seen.
staff_act_head = sa.Table(
    "staff_act_head",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
)
