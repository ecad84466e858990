"""How many connections each worker of a server holds, in memory that all of them see.

Workers wait at one socket, and the kernel wakes the one that came back last: a handful of connections that
are kept open may all end up with one worker while the others have nothing to do.
"""

import struct
from mmap import mmap

PLACES = 256
STALE_SECONDS = 2.5
"""A worker says how it stands at least once a second; one that does not is not waited for."""

_PLACE = struct.Struct("dq")  # when it was told, and how many


class Board:
    """One place for each worker, by its number. Made before workers are, so that they share it."""

    def __init__(self) -> None:
        self._places = mmap(-1, PLACES * _PLACE.size)

    def tell(self, worker: int, connections: int, now: float) -> None:
        """Write down how many a worker holds at a moment of the monotonic clock."""
        _PLACE.pack_into(self._places, worker % PLACES * _PLACE.size, now, connections)

    def leave(self, worker: int) -> None:
        """It takes no more: nobody waits for it."""
        self.tell(worker, 0, 0.0)

    def has_room_elsewhere(self, worker: int, connections: int, now: float) -> bool:
        """Does another worker that lives hold fewer? Of many, an eighth more counts as the same."""
        own = worker % PLACES
        held = (
            count
            for place, (told, count) in enumerate(_PLACE.iter_unpack(self._places))
            if place != own and told and now - told < STALE_SECONDS
        )
        least = min(held, default=connections)
        return connections > least + least // 8
