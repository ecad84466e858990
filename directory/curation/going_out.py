"""What somebody just changed goes out at once: published in one thread, once for all who wait.

A generation is revised in half a second, but now and then it has to be built whole, which takes
minutes in a large country. So nobody waits longer than `MOST_SECONDS`; it goes out all the same.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

MOST_SECONDS = 5.0


class GoingOut:
    """Publishes for whoever kept a change. Call it after the change is kept, not inside."""

    def __init__(self, publish: Callable[[], object], most_seconds: float = MOST_SECONDS) -> None:
        self._publish, self._most = publish, most_seconds
        self._thread = ThreadPoolExecutor(1, "going-out")
        self._counting = threading.Lock()
        self._kept = self._out = 0

    def __call__(self) -> bool:
        """True once it is out; False if it takes longer, or failed: the change is kept, and the next
        one that goes out takes it along.
        """
        with self._counting:
            self._kept += 1
            mine = self._kept
        try:
            self._thread.submit(self._take_out, mine).result(self._most)
        except TimeoutError:
            return False
        except Exception:
            logging.getLogger("directory").exception("A change was kept and could not be published")
            return False
        return True

    def _take_out(self, mine: int) -> None:
        if self._out >= mine:
            return  # somebody's turn took it along
        kept = self._kept
        self._publish()
        self._out = kept
