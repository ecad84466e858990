"""The table by which nodes find each other's generations."""

import sqlalchemy as sa

from directory.store.columns import MOMENT, metadata

# Only where several nodes share a folder (docs/nodes.md). The number is the generation's own.
generation = sa.Table(
    "generation",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("change", sa.Integer, nullable=False),
    sa.Column("mark", sa.BigInteger),
    sa.Column("format", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("finished_at", MOMENT, nullable=False, server_default=sa.func.now()),
)
