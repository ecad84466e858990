"""Alembic's entry: runs on the connection that `directory.store.connect.upgrade` hands over."""

from alembic import context

from directory.store.tables import metadata


def run() -> None:
    """Run the revisions; batch mode, as SQLite cannot alter tables in place."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


run()
