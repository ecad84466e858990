"""Writers are killed at any moment while others read: what is read is whole, and the next one writes."""

import os
import random
import select
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from directory.search import manifest
from directory.search.generations import Generations
from tests.support.builders import WORDS, a_builder, a_listing, published

PAUSE = 0.05
"""Seconds between two looks: readers without a pause would leave the writers no processor."""

SIZES = (1, 4, 9)
MANY = [a_listing(id=f"p{number}") for number in range(max(SIZES))]


class Looked(NamedTuple):
    """How often a reader looked, and how many generations it saw."""

    times: int
    generations: int


MEMORY = Path("/dev/shm")


@pytest.fixture
def home(tmp_path):
    """In memory where that can be: a kill takes nothing that the system was given, a disk takes time."""
    fast = MEMORY if os.access(MEMORY, os.W_OK) else tmp_path
    with tempfile.TemporaryDirectory(dir=fast) as folder:
        yield Path(folder) / "generations"


def forked(act: Callable[[], object], said: Path) -> int:
    """Run `act` in a process of its own: its id. It leaves its answer, or its error and status 1."""
    if child := os.fork():
        return child
    status = 1
    try:
        said.write_text(str(act()))
        status = 0
    except BaseException:
        said.write_text(traceback.format_exc())
    finally:
        os._exit(status)


def ended(child: int, said: Path) -> bool:
    """Wait for it. True if it got to its end, False if it was killed; what it raised fails the test."""
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), said.read_text()
    return status == 0


def killed_writers(write: Callable[[int], object], most: int, said: Path) -> Iterator[int]:
    """Begin writers until so many were killed; yields the number of each as soon as it is gone.

    Each is killed at a random moment of the time that a writer takes. That is measured once and then
    follows what came of them: whatever else the machine does, most are killed, and a few get to their end.
    """
    rng, killed = random.Random(4), 0
    began = time.perf_counter()
    assert ended(forked(lambda: write(0), said), said)
    takes = time.perf_counter() - began
    for number in range(1, 10 * most):
        child = forked(lambda number=number: write(number), said)
        time.sleep(rng.uniform(0, takes))
        os.kill(child, signal.SIGKILL)
        finished = ended(child, said)
        takes *= 0.9 if finished else 1.02
        killed += not finished
        yield number
        if killed == most:
            return
    pytest.fail(f"{number} writers began, and only {killed} of {most} were killed")


def look(generations: Generations) -> str:
    """Read what is current from end to end; its name."""
    current = generations.current()
    size = current.roster.size
    assert size in SIZES
    ids = {one.program.id for one in current.listings(range(size))}
    assert ids == {one.program.id for one in MANY[:size]}
    assert {current.encoded(row) for row in range(size)} == {b"{}"}
    assert (current.words("iop").scores > 0).all()
    return current.name


def looks(opened: Callable[[], Generations], stop: int, ready: int) -> str:
    """Look once, say so, and look on until the other end of `stop` is closed, and once more."""
    times, names = 1, {look(opened())}
    os.close(ready)
    ending = select.poll()  # which takes any number of a file, unlike `select`
    ending.register(stop)
    more = True
    while more:
        more = not ending.poll(1000 * PAUSE)
        names.add(look(opened()))
        times += 1
    return f"{times} {len(names)}"


@contextmanager
def reading(home: Path, folder: Path) -> Iterator[list[Looked]]:
    """Two processes read while the block runs: one opens anew what a server that starts would open, one
    goes on with what it has. An error of theirs fails the test; what they saw is told after the block.
    """
    kept = Generations(home, WORDS)
    readers = {"anew": lambda: Generations(home, WORDS), "kept": lambda: kept}
    stop, stopping = os.pipe()
    begun, begins = os.pipe()

    def until_stopped(opened: Callable[[], Generations]) -> str:
        os.close(stopping)
        return looks(opened, stop, begins)

    children = {
        name: forked(lambda opened=opened: until_stopped(opened), folder / name)
        for name, opened in readers.items()
    }
    os.close(begins)
    looked: list[Looked] = []
    try:
        os.read(begun, 1)  # until both have looked once, or are gone
        yield looked
    finally:
        os.close(stopping)
        whole = {name: ended(child, folder / name) for name, child in children.items()}
        os.close(stop)
        os.close(begun)
    assert all(whole.values())
    looked += [Looked(*map(int, (folder / name).read_text().split())) for name in readers]


def is_whole(home, seen):
    return manifest.is_whole(home / (home / "CURRENT").read_text(), seen)


def test_a_hundred_killed_writers_leave_whole_generations_and_no_lock(home, tmp_path):
    def write(number):
        published(home, MANY[: SIZES[number % len(SIZES)]])

    write(0)
    seen = set()
    with reading(home, tmp_path) as readers:
        for number in killed_writers(write, 100, tmp_path / "writer"):
            assert is_whole(home, seen), number
    assert min(one.times for one in readers) > 1, readers
    assert min(one.generations for one in readers) > 1, readers
    assert published(home, MANY[:4]).current().roster.size == 4
    assert not list(home.glob(".tmp-*"))


def test_killed_revisers_leave_whole_generations_and_no_lock(home, tmp_path):
    generations = published(home, MANY)
    reader, seen = Generations(home, WORDS), set()

    def revise(number):
        generations.revise(a_builder(), [a_listing(id=f"new{number}")], frozenset())

    for number in killed_writers(revise, 30, tmp_path / "writer"):
        assert is_whole(home, seen)
        assert len(MANY) <= reader.current().roster.size <= len(MANY) + 1 + number
    generations.revise(a_builder(), [a_listing(id="last")], frozenset())
    assert Generations(home, WORDS).current().row_of("last") is not None
    assert not list(home.glob(".tmp-*"))
