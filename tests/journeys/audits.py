"""A round of a call audit in a running server's store."""

from directory.catalog.accuracy import Drawn, Heard
from directory.curation.publishing import keep_heard, keep_sample
from directory.store.connect import open_database
from directory.store.sql_records import SqlRecords
from tests.conftest import Served, frozen


def keep_round(server: Served) -> int:
    """Keep one with three programs; somebody was reached at the first."""
    engine = open_database(f"sqlite:///{server.home / 'directory.sqlite'}")
    try:
        records, today = SqlRecords(engine), frozen().date()
        programs = tuple([one.program.id for one in records.all() if not one.example][:3])
        with records.desk() as desk:
            number = keep_sample(desk, Drawn(0, 7, today, 113, programs))
            told = (Heard(programs[0], "phone", "correct", today, "staff-1"),
                    Heard(programs[0], "name", "wrong", today, "staff-1"))  # fmt: skip
            keep_heard(desk, number, told)
        return number
    finally:
        engine.dispose()
