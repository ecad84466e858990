"""Addresses, each of one program for good; a mark for each change, by which a cursor knows its store."""

import secrets

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012_addresses"
down_revision = "0011_magic_links"

ID = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table, keep every address that was given so far, and mark the changes."""
    op.create_table(
        "address",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_address_program_id_program"
        ),
        sa.PrimaryKeyConstraint("slug", name="pk_address"),
    )
    op.create_index("ix_address_program_id", "address", ["program_id"], unique=False)
    op.create_table(
        "move",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("becomes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name="fk_move_change_id_change"),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name="fk_move_program_id_program"),
        sa.ForeignKeyConstraint(["was"], ["address.slug"], name="fk_move_was_address"),
        sa.ForeignKeyConstraint(["becomes"], ["address.slug"], name="fk_move_becomes_address"),
        sa.PrimaryKeyConstraint("change_id", "program_id", name="pk_move"),
    )
    op.create_index("ix_move_program_id", "move", ["program_id"], unique=False)
    op.execute("INSERT INTO address (slug, program_id) SELECT slug, id FROM program")
    mark = sa.Column("mark", sa.BigInteger(), nullable=False, server_default="0")
    op.add_column("change", mark)
    _mark_all()


def _mark_all() -> None:
    change = sa.table("change", sa.column("id", sa.Integer), sa.column("mark", sa.BigInteger))
    connection = op.get_bind()
    for number in connection.scalars(sa.select(change.c.id)).all():
        marked = sa.update(change).where(change.c.id == number).values(mark=secrets.randbits(62))
        connection.execute(marked)
