"""The threads of a worker share its heaps.

glibc gives each thread a heap of its own, and what is free in one is of no use to another: eight threads,
each with its largest answer at another time, hold the sum of them. Python runs one thread at a time, so
that two heaps keep nobody waiting. Other C libraries have no such heaps.
"""

import ctypes

M_ARENA_MAX = -8
"""The name of the setting in glibc's malloc.h."""

HEAPS = 2


def share_heaps(most: int = HEAPS) -> bool:
    """Let threads that begin from now on share so many heaps; False where there is nothing to set."""
    try:
        return bool(ctypes.CDLL(None).mallopt(M_ARENA_MAX, most))
    except (OSError, AttributeError):
        return False
