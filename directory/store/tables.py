"""The tables. The store keeps claims; a record is what the live claims resolve to."""

import sqlalchemy as sa

from directory.store.columns import ID as ID
from directory.store.columns import MOMENT, SORTED
from directory.store.columns import metadata as metadata
from directory.store.node_tables import generation as generation
from directory.store.proposal_tables import proposal as proposal
from directory.store.referral_tables import referral_case as referral_case
from directory.store.referral_tables import referral_kind as referral_kind
from directory.store.referral_tables import referral_ticket as referral_ticket
from directory.store.set_aside_table import set_aside as set_aside
from directory.store.staff_tables import magic_link as magic_link
from directory.store.staff_tables import sign_in_attempt as sign_in_attempt
from directory.store.staff_tables import staff as staff
from directory.store.staff_tables import staff_act as staff_act
from directory.store.staff_tables import staff_act_head as staff_act_head
from directory.store.staff_tables import staff_invitation as staff_invitation
from directory.store.staff_tables import staff_organization as staff_organization
from directory.store.staff_tables import staff_paper_code as staff_paper_code
from directory.store.staff_tables import staff_session as staff_session
from directory.store.upload_tables import upload as upload

source = sa.Table(
    "source",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", SORTED, nullable=False, unique=True),
)

# One state of a source: the list of a year, a page as seen on a day, one call. Claims point here,
# so a newer edition does not make older statements look younger.
edition = sa.Table(
    "edition",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("source_id", sa.ForeignKey("source.id"), nullable=False, index=True),
    sa.Column("seen_on", sa.Date, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("edition", sa.Text),
    sa.Column("dated", sa.Date),
    sa.Column("confirmed_by", sa.Text),
)

organization = sa.Table("organization", metadata, sa.Column("id", ID, primary_key=True))

site = sa.Table(
    "site",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("organization_id", ID, sa.ForeignKey("organization.id"), nullable=False, index=True),
)

program = sa.Table(
    "program",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("site_id", ID, sa.ForeignKey("site.id"), nullable=False, index=True),
    sa.Column("slug", sa.Text, nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False),
)

# Every address that was ever given, present ones too. The key holds the rule: an address belongs to one
# program for good.
address = sa.Table(
    "address",
    metadata,
    sa.Column("slug", sa.Text, primary_key=True),
    sa.Column("program_id", ID, sa.ForeignKey("program.id"), nullable=False, index=True),
)

# A change that gave a program another address, and which it had before.
move = sa.Table(
    "move",
    metadata,
    sa.Column("change_id", sa.ForeignKey("change.id"), primary_key=True),
    sa.Column("program_id", ID, sa.ForeignKey("program.id"), primary_key=True, index=True),
    sa.Column("was", sa.ForeignKey("address.slug"), nullable=False),
    sa.Column("becomes", sa.ForeignKey("address.slug"), nullable=False),
)

# By source, not one flag on the program: a program can leave one list and stand in another.
missing = sa.Table(
    "missing",
    metadata,
    sa.Column("program_id", ID, sa.ForeignKey("program.id"), primary_key=True),
    sa.Column("source_id", sa.ForeignKey("source.id"), primary_key=True),
    sa.Column("since", MOMENT, nullable=False),
)

# Claims that were written together: one import, one call, one undo. What is undone is a change.
# `mark` is drawn at random: after an older backup is restored, a number may be given again, a mark not.
change = sa.Table(
    "change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("through_id", sa.ForeignKey("source.id"), nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("undoes_id", sa.ForeignKey("change.id")),
    sa.Column("mark", sa.BigInteger, nullable=False, server_default="0"),
)

# `source_id` repeats the edition's so that the database itself holds the rule "one live claim of
# one source per fact". `through_id` is the source of the file that carried the claim: a file may
# quote others, and what it no longer quotes is withdrawn. `origin` is the list's own key of the row:
# two rows of one list may be one site, and what each says can move with it.
claim = sa.Table(
    "claim",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("subject_kind", sa.Text, nullable=False),
    sa.Column("subject_id", ID, nullable=False),
    sa.Column("fact", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("source_id", sa.ForeignKey("source.id"), nullable=False),
    sa.Column("edition_id", sa.ForeignKey("edition.id"), nullable=False),
    sa.Column("through_id", sa.ForeignKey("source.id"), nullable=False),
    sa.Column("row_ref", sa.Text),
    sa.Column("origin", ID, nullable=False, server_default=""),
    sa.Column("recorded_at", MOMENT, nullable=False),
    sa.Column("withdrawn_at", MOMENT),
    sa.Column("change_id", sa.ForeignKey("change.id"), nullable=False, index=True),
    sa.Column("withdrawn_in_id", sa.ForeignKey("change.id"), index=True),
    sa.CheckConstraint(
        "subject_kind IN ('organization', 'site', 'program')", name="subject_kind_known"
    ),
)

LIVE = claim.c.withdrawn_at.is_(None)

sa.Index(
    "uq_claim_live",
    claim.c.subject_kind,
    claim.c.subject_id,
    claim.c.fact,
    claim.c.source_id,
    claim.c.origin,
    unique=True,
    sqlite_where=LIVE,
    postgresql_where=LIVE,
)
sa.Index("ix_claim_source_id", claim.c.source_id)
sa.Index("ix_claim_through_id", claim.c.through_id)
sa.Index("ix_claim_subject", claim.c.subject_kind, claim.c.subject_id)

# Two rows that are, or may be, one site, as they were seen when they were compared.
pair = sa.Table(
    "pair",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("left_key", ID, nullable=False),
    sa.Column("right_key", ID, nullable=False),
    sa.Column("left_seen", sa.JSON, nullable=False),
    sa.Column("right_seen", sa.JSON, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("found_at", MOMENT, nullable=False),
    sa.Column("answer", sa.Text),
    sa.Column("answered_by", sa.Text),
    sa.Column("answered_at", MOMENT),
    sa.Column("undone_at", MOMENT),
    sa.Column("change_id", sa.ForeignKey("change.id")),
    sa.CheckConstraint("answer IN ('same', 'different')", name="answer_known"),
)

# Which row of which list is which of our records. What no longer holds stays, with what ended it.
link = sa.Table(
    "link",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("origin", ID, nullable=False),
    sa.Column("subject_id", ID, nullable=False),
    sa.Column("how", sa.Text, nullable=False),
    sa.Column("pair_id", sa.ForeignKey("pair.id"), index=True),
    sa.Column("since", MOMENT, nullable=False),
    sa.Column("ended_at", MOMENT),
    sa.Column("ended_by_id", sa.ForeignKey("pair.id"), index=True),
    sa.CheckConstraint("kind IN ('organization', 'site', 'program')", name="kind_known"),
)

HOLDS = link.c.ended_at.is_(None)

sa.Index(
    "uq_link_live",
    link.c.kind,
    link.c.origin,
    unique=True,
    sqlite_where=HOLDS,
    postgresql_where=HOLDS,
)

# A random sample of programs that curators telephone, and what each call told of each fact. Who
# called is a label; nothing about a patient is ever asked.
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("drawn_on", sa.Date, nullable=False),
    sa.Column("population", sa.Integer, nullable=False),
    sa.Column("near", sa.Text),
    sa.Column("within_miles", sa.Float),
)

audit_program = sa.Table(
    "audit_program",
    metadata,
    sa.Column("audit_id", sa.ForeignKey("audit.id"), primary_key=True),
    sa.Column("program_id", ID, sa.ForeignKey("program.id"), primary_key=True),
)

audit_answer = sa.Table(
    "audit_answer",
    metadata,
    sa.Column("audit_id", sa.ForeignKey("audit.id"), primary_key=True),
    sa.Column("program_id", ID, sa.ForeignKey("program.id"), primary_key=True),
    sa.Column("fact", SORTED, primary_key=True),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("called_on", sa.Date, nullable=False),
    sa.Column("caller", sa.Text, nullable=False),
    sa.CheckConstraint(
        "result IN ('correct', 'wrong', 'not_reached', 'not_known')", name="result_known"
    ),
)

# A problem that a visitor reported: a choice, a few words that name nobody, the day without an hour.
report = sa.Table(
    "report",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("program_id", ID, sa.ForeignKey("program.id"), nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("said", sa.Text, nullable=False),
    sa.Column("told_on", sa.Date, nullable=False),
    sa.Column("closed_on", sa.Date),
    sa.CheckConstraint(
        "what IN ('phone', 'address', 'hours', 'payer', 'closed', 'not_there', 'other')",
        name="what_known",
    ),
)

# A key of a partner's server: a digest of its secret, and the day of its last use, no more.
api_key = sa.Table(
    "api_key",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False, unique=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("scopes", sa.Text, nullable=False),
    sa.Column("per_minute", sa.Integer, nullable=False),
    sa.Column("made_on", sa.Date, nullable=False),
    sa.Column("last_used_on", sa.Date),
    sa.Column("revoked_on", sa.Date),
)

# Sites that may show our finder. A key is no secret; `choices` is canonical JSON of what is set.
partner = sa.Table(
    "partner",
    metadata,
    sa.Column("key", ID, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("origins", sa.Text, nullable=False),
    sa.Column("choices", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("added_on", sa.Date, nullable=False),
    sa.Column("paused", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("organization_id", sa.ForeignKey("staff_organization.id"), index=True),
)

# How often a partner's frame was shown and matched on a day. Totals only: no row is of a visit.
partner_count = sa.Table(
    "partner_count",
    metadata,
    sa.Column("partner_key", ID, sa.ForeignKey("partner.key"), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("shown", sa.Integer, nullable=False),
    sa.Column("asked", sa.Integer, nullable=False),
)
