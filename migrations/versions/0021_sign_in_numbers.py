"""The number of a sign-in that ended is never given to another one.

Numbers go on from the highest that is kept; what ended before has nothing on its way by now.
"""

from alembic import op

revision = "0021_sign_in_numbers"
down_revision = "0020_set_aside"


def upgrade() -> None:
    """Make the table anew with what it holds; PostgreSQL never gave a number twice."""
    if op.get_context().dialect.name != "sqlite":
        return
    kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table("staff_session", recreate="always", table_kwargs=kept):
        pass
