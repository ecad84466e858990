"""Connections go to the worker that holds fewest."""

import time

import pytest

from directory.web.serving.board import PLACES, STALE_SECONDS, Board
from directory.web.serving.patient_worker import MOST_PASSED, PatientWorker

NOW = 1000.0


@pytest.fixture
def board():
    """Worker 1 holds three, worker 2 one."""
    made = Board()
    made.tell(1, 3, NOW)
    made.tell(2, 1, NOW)
    return made


def test_who_holds_more_leaves_the_next_one_to_others(board):
    assert board.has_room_elsewhere(1, 3, NOW)
    assert not board.has_room_elsewhere(2, 1, NOW)


def test_who_holds_as_many_takes_it(board):
    board.tell(2, 3, NOW)
    assert not board.has_room_elsewhere(1, 3, NOW)


def test_among_many_an_eighth_makes_no_difference(board):
    board.tell(2, 80, NOW)
    assert not board.has_room_elsewhere(1, 90, NOW)
    assert board.has_room_elsewhere(1, 91, NOW)


def test_a_worker_that_is_alone_takes_all():
    assert not Board().has_room_elsewhere(1, 500, NOW)


def test_nobody_waits_for_a_worker_that_left_or_says_nothing(board):
    assert not board.has_room_elsewhere(1, 3, NOW + STALE_SECONDS)
    board.leave(2)
    assert not board.has_room_elsewhere(1, 3, NOW)


def test_numbers_of_workers_may_grow_without_end(board):
    board.tell(2 + PLACES, 0, NOW)
    assert board.has_room_elsewhere(1 + 7 * PLACES, 1, NOW)


def test_a_worker_waits_a_moment_for_one_that_holds_fewer_and_then_lets_people_in():
    worker = PatientWorker.__new__(PatientWorker)
    worker.board, worker.age, worker.nr_conns, worker._passed = Board(), 1, 1, 0
    assert not worker._leaves_it_to_others()
    worker.board.tell(2, 0, time.monotonic() + 60)
    left = [worker._leaves_it_to_others() for _ in range(MOST_PASSED + 1)]
    assert left == [True] * MOST_PASSED + [False]
    worker.board.tell(2, 1, time.monotonic() + 60)
    assert not worker._leaves_it_to_others()


def test_workers_of_one_server_share_a_board():
    PatientWorker.setup()
    first = PatientWorker.board
    PatientWorker.setup()
    assert PatientWorker.board is first is not None
