"""Garbage is looked for among what is new, not among what lasts."""

import gc
import weakref

import pytest

from directory.errors import NoGeneration
from directory.web.serving.lasting import Lasting


class Thing:
    """Something that holds itself, so that only a look for garbage frees it."""

    def __init__(self):
        self.own = self


@pytest.fixture(autouse=True)
def as_it_was():
    yield
    gc.unfreeze()


def test_what_stands_when_a_generation_opens_is_set_aside_once():
    lasting = Lasting(lambda: "gen-1")
    lasting.look()
    held = gc.get_freeze_count()
    assert held > 1_000
    more = [[one] for one in range(100)]
    lasting.look()
    assert gc.get_freeze_count() <= held, f"{len(more)} new lists are left to the garbage collector"


def test_what_a_generation_left_behind_goes_when_the_next_one_opens():
    names = iter(["gen-1", "gen-2"])
    lasting = Lasting(lambda: next(names))
    thing = Thing()
    gone = weakref.ref(thing)
    lasting.look()
    del thing
    gc.collect()
    assert gone() is not None  # set aside: nobody looks
    lasting.look()
    assert gone() is None


def test_before_anything_is_published_there_is_nothing_to_set_aside():
    def none():
        raise NoGeneration("home")

    before = gc.get_freeze_count()
    Lasting(none).look()
    assert gc.get_freeze_count() == before
