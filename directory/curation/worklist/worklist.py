"""The worklist of a store, kept in memory: what a change touched is measured again, nothing else.

Measuring all listings takes a while where there are many (bench/RESULTS.md), so it is done once a
day by a thread of its own; meanwhile people see what was known before, or that we are counting.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import date

from directory.catalog.program import Listing
from directory.catalog.records import Records
from directory.curation.worklist.items import QUEUES, Item, Measure, Queue, items_of

PATIENCE_SECONDS = 2.0
FEW = 200
"""So many changed programs are read one by one; more, and all are read in one pass."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found in a program at its version."""

    version: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Every queue, the most important item first, each item once."""

    of: Mapping[Queue, Sequence[Item]]
    programs: int

    marks: Mapping[str, Item]

    def waiting(self, queue: Queue, aside: Set[str] = frozenset()) -> Sequence[Item]:
        """The items of a queue, without those that were set aside."""
        gone = {id(self.marks[mark]) for mark in aside if mark in self.marks}
        return [one for one in self.of[queue] if id(one) not in gone] if gone else self.of[queue]

    def counts(self, aside: Set[str] = frozenset()) -> Mapping[Queue, int]:
        """How many items each queue holds, without those that were set aside."""
        gone = Counter(self.marks[mark].queue for mark in aside if mark in self.marks)
        return {queue: len(self.of[queue]) - gone[queue] for queue in QUEUES}


@dataclass(slots=True)
class Worklist:
    """Answers what there is to do. For several threads: one measures, the others wait a little."""

    measure: Callable[[], Measure]
    patience: float = PATIENCE_SECONDS
    _known: dict[str, Measured] = field(default_factory=dict, repr=False)
    _day: date | None = None
    _lists: Lists | None = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _running: "Future[None] | None" = field(default=None, repr=False)
    _worker: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, "worklist"), repr=False
    )

    def current(self, records: Records, patience: float | None = None) -> Lists | None:
        """What there is to do now; what was known before if measuring takes long; None if nothing is."""
        with self._lock:
            if self._running is None or self._running.done():
                self._running = self._worker.submit(self._refresh, records)
            running = self._running
        wait([running], self.patience if patience is None else patience)
        if running.done():
            running.result()
        return self._lists

    def _refresh(self, records: Records) -> None:
        measure = self.measure()
        if self._day != measure.by.today:
            self._known, self._day = {}, measure.by.today
        versions = records.versions()
        gone = self._known.keys() - versions.keys()
        changed = [key for key, version in versions.items() if self._version(key) != version]
        if self._lists is not None and not gone and not changed:
            return
        for key in gone:
            del self._known[key]
        for listing in _listings(records, changed):
            found = Measured(listing.version, items_of(listing, measure))
            self._known[listing.program.id] = found
        self._lists = _ordered(self._known)

    def _version(self, program: str) -> int:
        known = self._known.get(program)
        return known.version if known else -1


def _listings(records: Records, changed: Sequence[str]) -> Iterable[Listing]:
    if len(changed) > FEW:
        return records.all()
    return (one for key in changed if (one := records.get(key)) is not None)


def _ordered(known: Mapping[str, Measured]) -> Lists:
    once: dict[Queue, dict[object, Item]] = {queue: {} for queue in QUEUES}
    for key in sorted(known):
        for item in known[key].items:
            once[item.queue].setdefault(item.key, item)
    ordered = {
        queue: tuple(sorted(items.values(), key=lambda one: (-one.importance, one.program)))
        for queue, items in once.items()
    }
    marks = {one.mark: one for items in ordered.values() for one in items}
    return Lists(ordered, len(known), marks)
