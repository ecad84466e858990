"""What is gathered from all listings of a generation, once: another generation forgets it.

It holds what everybody may read, and nothing of who asked.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from directory.matching.finder import Finder
from directory.matching.outcome import Record

Thing = TypeVar("Thing")
Records = Sequence[Record]


@dataclass(slots=True)
class Gathered:
    """The things of one generation by name. For several threads: each thing is made by one."""

    _of: str | None = None
    _records: Records = ()
    _things: dict[str, object] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def get(
        self, finder: Finder, name: str, make: Callable[[Records], Thing]
    ) -> tuple[str, Records, Thing]:
        """The generation that answers now, its programs, and what was made of all of them."""
        with self._lock:
            if self._of is None or self._of != finder.generation:
                self._of, self._records = finder.records()
                self._things = {}
            if name not in self._things:
                self._things[name] = make(self._records)
            return self._of, self._records, cast(Thing, self._things[name])
