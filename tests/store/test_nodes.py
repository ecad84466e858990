"""What nodes tell each other through PostgreSQL: word of a change, whose turn it is, what is finished."""

from datetime import date
from threading import Thread

import pytest

from directory.catalog.nodes import Finished
from directory.errors import StoreAway
from directory.store.nodes import SqlLine
from directory.store.sql_records import SqlRecords
from tests.store.test_records import _change, _keep
from tests.support import postgres as postgresql

FINISHED = Finished(7, date(2026, 11, 26), 3, 99, 7, "digest 7")
SECONDS = 20.0


@pytest.fixture
def engine(postgres):
    return postgresql.emptied(postgres)


@pytest.fixture
def line(engine):
    return SqlLine(engine)


def test_the_newest_change_and_its_mark_are_told(line, engine):
    assert line.newest() == (0, None)
    _keep(SqlRecords(engine), _change("a"))
    number, mark = line.newest()
    assert (number, mark > 0) == (1, True)


def test_what_is_finished_is_found_by_every_node(line):
    assert line.finished() is None
    line.record(FINISHED)
    assert line.finished() == FINISHED
    line.record(Finished(8, date(2026, 11, 27), 4, None, 7, "digest 8"))
    assert line.kept(3) == ["digest 8", "digest 7"]


def test_a_number_is_given_once_even_where_two_believe_that_it_is_their_turn(line):
    line.record(FINISHED)
    with pytest.raises(StoreAway, match="another node"):
        line.record(Finished(7, date(2026, 11, 26), 4, 100, 7, "another digest"))
    assert line.kept(3) == ["digest 7"]


def test_it_is_one_node_s_turn_at_a_time(line):
    with line.turn(wait=True) as mine:
        assert mine
        with line.turn(wait=False) as also_mine:
            assert not also_mine
    with line.turn(wait=True) as mine:  # the server notices a little later that we let go
        assert mine


def test_the_turn_of_a_builder_who_died_is_free(line, engine):
    kill = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    with line.turn(wait=True):
        with engine.connect() as connection:
            connection.exec_driver_sql(kill)
        with line.turn(wait=True) as mine:
            assert mine


def test_who_listens_hears_of_a_change_once_it_is_kept_and_of_what_is_finished(line, engine):
    records = SqlRecords(engine)
    for act in (lambda: _keep(records, _change("a")), lambda: line.record(FINISHED)):
        heard: list[bool] = []
        with line.listening() as wait:
            wait(0)
            listener = Thread(target=lambda: (wait(SECONDS), heard.append(True)))  # noqa: B023
            listener.start()
            act()
            listener.join(SECONDS / 2)
            assert heard == [True]


def test_who_listens_is_told_that_the_database_is_gone(line, engine):
    listeners = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%'"

    def listen() -> None:
        with line.listening() as wait:
            with engine.connect() as connection:
                connection.exec_driver_sql(listeners)
            wait(SECONDS)

    with pytest.raises(StoreAway):
        listen()
