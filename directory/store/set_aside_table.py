"""The table of items that curators set aside: digests, codes and days."""

import sqlalchemy as sa

from directory.catalog.set_aside import WHYS_ASIDE
from directory.store.columns import ID, metadata
from directory.store.referral_tables import one_of

set_aside = sa.Table(
    "set_aside",
    metadata,
    sa.Column("mark", sa.Text, primary_key=True),
    sa.Column("queue", sa.Text, nullable=False),
    sa.Column("program_id", ID, sa.ForeignKey("program.id"), nullable=False, index=True),
    sa.Column("fact", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("set_on", sa.Date, nullable=False),
    sa.Column("until", sa.Date, nullable=False),
    one_of("queue", ("conflicts", "findings", "stale"), "queue_known"),
    one_of("why", WHYS_ASIDE, "why_known"),
)
