"""What lasts is left out when Python looks for garbage.

A generation and the words around it are some hundred thousand objects. Looking through all of them for
what nobody reaches takes a quarter of a second, again and again, in which a worker answers nobody; and
as long as the generation stands, nothing of it is garbage.
"""

import gc
import threading
from collections.abc import Callable
from contextlib import suppress

from directory.errors import NoGeneration


class Lasting:
    """Sets aside what stands whenever another generation answers. `generation` tells its name."""

    def __init__(self, generation: Callable[[], str]) -> None:
        self._generation = generation
        self._set_aside: str | None = None
        self._lock = threading.Lock()

    def look(self) -> None:
        """After an answer: look for garbage once, and set aside what is left.

        Who was answered does not wait for it; others do, once for each generation.
        """
        with suppress(NoGeneration):
            name = self._generation()
            with self._lock:
                if name != self._set_aside:
                    self._set_aside = name
                    gc.unfreeze()
                    gc.collect()
                    gc.freeze()
