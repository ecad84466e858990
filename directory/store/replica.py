"""Reads may go to a streaming replica that has all that is kept, or while there is no primary."""

import sqlalchemy as sa

OPTION = "directory_replica"


def with_replica(primary: sa.Engine, replica: sa.Engine | None) -> sa.Engine:
    """The same database, with another server that it may be read from."""
    return primary if replica is None else primary.execution_options(**{OPTION: replica})


def dispose(engine: sa.Engine) -> None:
    """Let go of every connection to both."""
    for one in (engine, engine.get_execution_options().get(OPTION)):
        if one is not None:
            one.dispose()


def reader_of(primary: sa.Engine) -> sa.Engine:
    """Who is asked: whoever wrote something reads it next, however far the replica lags behind."""
    replica: sa.Engine | None = primary.get_execution_options().get(OPTION)
    if replica is None:
        return primary
    try:
        kept = _position(primary, "pg_current_wal_lsn()")
    except sa.exc.DBAPIError:
        return replica  # as it is: better than no answer
    try:
        has_all = _position(replica, f"pg_last_wal_replay_lsn() >= '{kept}'::pg_lsn")
    except sa.exc.DBAPIError:
        return primary
    return replica if has_all == "true" else primary


def _position(engine: sa.Engine, what: str) -> str:
    with engine.connect() as connection:
        return str(connection.exec_driver_sql(f"SELECT ({what})::text").scalar())
