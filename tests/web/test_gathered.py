"""What is gathered from all listings is made once a generation, whoever asks first."""

import threading

import pytest

from directory.web.gathered import Gathered
from tests.web.api.fakes import FakeFinder


@pytest.fixture
def finder():
    return FakeFinder()


def test_it_is_made_once_and_given_to_everybody(finder):
    gathered, made = Gathered(), []
    for _ in range(3):
        generation, records, thing = gathered.get(
            finder, "ids", lambda all_: made.append(1) or len(all_)
        )
        assert (generation, len(records), thing) == ("g7", 1, 1)
    assert len(made) == 1


def test_several_at_once_make_it_once(finder):
    gathered, made, gate = Gathered(), [], threading.Barrier(8)

    def ask():
        gate.wait()
        gathered.get(finder, "ids", lambda _: made.append(1))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 1


def test_another_generation_forgets_all_of_it(finder):
    gathered = Gathered()
    gathered.get(finder, "ids", len)
    finder.generation = "g8"
    assert gathered.get(finder, "names", len)[0] == "g8"
    made = []
    gathered.get(finder, "ids", made.append)
    assert len(made) == 1


def test_what_could_not_be_made_is_tried_again(finder):
    gathered = Gathered()
    with pytest.raises(ZeroDivisionError):
        gathered.get(finder, "ids", lambda _: 1 / 0)
    assert gathered.get(finder, "ids", len)[2] == 1
