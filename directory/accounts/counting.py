"""How often a partner's frame is shown and matched: totals by day, gathered in memory, written in batches.

Nothing else is known of a visit: no address, no question, no hour. A process that is killed loses
what it gathered in the last `SECONDS`; one that ends writes it first.
"""

import atexit
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from threading import Lock, Timer
from typing import Protocol

from directory.accounts.partners import KEPT_DAYS
from directory.catalog.clock import Clock
from directory.catalog.partner import What
from directory.catalog.records import WritableRecords

SECONDS = 30.0
MOST_GATHERED = 10_000
"""So many different totals wait at most while the database is away; what comes then is not counted."""

logger = logging.getLogger(__name__)
Totals = Mapping[tuple[str, What], int]
Later = Callable[[Callable[[], None]], object]


class Write(Protocol):
    """Adds totals to a day."""

    def __call__(self, day: date, totals: Totals) -> None:
        """Add them."""


def in_a_while(act: Callable[[], None]) -> None:
    """Do it once, in the background, after `SECONDS`; a process that ends does not wait for it."""
    timer = Timer(SECONDS, act)
    timer.daemon = True
    timer.start()


class Tally:
    """Counts for several threads. `later` plans the next writing when there is something to write."""

    def __init__(self, write: Write, clock: Clock, later: Later = in_a_while) -> None:
        self._write = write
        self._clock = clock
        self._later = later
        self._gathered: Counter[tuple[date, str, What]] = Counter()
        self._planned = False
        self._lock = Lock()

    def count(self, key: str, what: What) -> None:
        """One more today."""
        counted = (self._clock().date(), key, what)
        with self._lock:
            if counted in self._gathered or len(self._gathered) < MOST_GATHERED:
                self._gathered[counted] += 1
            plan, self._planned = not self._planned, True
        if plan:
            self._later(self.flush)

    def flush(self) -> None:
        """Write what was gathered; if that fails, keep it and try again."""
        with self._lock:
            gathered, self._gathered = self._gathered, Counter()
            self._planned = False
        for day in sorted({day for day, _, _ in gathered}):
            totals = {(key, what): n for (on, key, what), n in gathered.items() if on == day}
            self._flush_day(day, totals)

    def _flush_day(self, day: date, totals: Totals) -> None:
        try:
            self._write(day, totals)
        except Exception as error:  # whatever ails the database: no visitor notices
            logger.warning("%s: counts could not be written", type(error).__name__)
            with self._lock:
                for (key, what), number in totals.items():
                    self._gathered[day, key, what] += number
                plan, self._planned = not self._planned, True
            if plan:
                self._later(self.flush)


def writing_to(records: Callable[[], WritableRecords]) -> Write:
    """What adds totals to a store, and forgets those of long ago."""

    def write(day: date, totals: Totals) -> None:
        with records().desk() as desk:
            desk.partners.count(day, totals)
            desk.partners.forget_counts(day - timedelta(days=KEPT_DAYS))

    return write


def counting(records: Callable[[], WritableRecords], clock: Clock) -> Callable[[str, What], None]:
    """What counts into a store for as long as the process lives."""
    tally = Tally(writing_to(records), clock)
    atexit.register(tally.flush)
    return tally.count
