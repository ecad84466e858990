"""How far long work is, on stderr: a bar where somebody watches, a few plain lines where nobody does."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from directory.curation.reading import Progress

EVERY_SECONDS = 10.0

Say = Callable[[str], None]


def say(text: str) -> None:
    """Tell how far the work is, on stderr."""
    print(text, file=sys.stderr, flush=True)


def say_progress(step: str, done: int, of: int) -> None:
    """Each step in a line, for a program that reads it; `of` is 0 where nobody knows."""
    say(f"{step}: {done}/{of}")


def progress() -> Progress:
    """How a command counts what it works through."""
    return _bar if sys.stderr.isatty() else Lines()


def _bar(step: str, done: int, of: int) -> None:
    ending = "\n" if _is_over(done, of) else ""
    print(f"\r{_counted(step, done, of):<30}", end=ending, file=sys.stderr, flush=True)


class Lines:
    """A line where a step begins, one every ten seconds, and one where it is over."""

    def __init__(self, tell: Say = say, now: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._now = now
        self._step = ""
        self._told = 0.0

    def __call__(self, step: str, done: int, of: int) -> None:
        """Told of each piece of a step."""
        now = self._now()
        is_due = step != self._step or now - self._told >= EVERY_SECONDS
        if is_due or _is_over(done, of):
            self._step, self._told = step, now
            self._tell(_counted(step, done, of))


def _is_over(done: int, of: int) -> bool:
    return done >= of and bool(of or not done)


def _counted(step: str, done: int, of: int) -> str:
    return f"{step}: {done:,} of {of:,}" if of else f"{step}: {done:,}"


@contextmanager
def working(on: str, tell: Say = say, every: float | None = None) -> Iterator[None]:
    """Say what begins. Work that lasts says so every ten seconds, and when it is done."""
    every = EVERY_SECONDS if every is None else every
    step, began, over = on.partition(":")[0], time.monotonic(), threading.Event()

    def lasts(how: str) -> None:
        tell(f"{step}: {how} after {time.monotonic() - began:.0f} seconds")

    def keep_telling() -> None:
        while not over.wait(every):
            lasting.set()
            lasts("still at work")

    lasting = threading.Event()
    teller = threading.Thread(target=keep_telling, daemon=True)
    tell(on)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()
    if lasting.is_set():
        lasts("done")
