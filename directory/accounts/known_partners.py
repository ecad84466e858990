"""The partners as the web knows them: a copy in memory, a few seconds old at most.

A frame then costs no question to the database, and frames go on while the database is away. A key
that is revoked closes on every worker within `FRESH_SECONDS`, unless the database cannot be asked.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from directory.catalog.partner import Partner

FRESH_SECONDS = 2.0
RETRY_SECONDS = 15.0

logger = logging.getLogger(__name__)


class KnownPartners:
    """Partners of open keys. For several threads: one of them reads anew, the others do not wait."""

    def __init__(
        self, read: Callable[[], Sequence[Partner]], seconds_now: Callable[[], float]
    ) -> None:
        self._read = read
        self._now = seconds_now
        self._partners: Mapping[str, Partner] = {}
        self._stale_at = float("-inf")
        self._lock = Lock()

    def get(self, key: str) -> Partner | None:
        """The partner of a key that is open."""
        if self._now() >= self._stale_at:
            self._read_anew()
        return self._partners.get(key)

    def _read_anew(self) -> None:
        first = self._stale_at == float("-inf")
        if not self._lock.acquire(blocking=first):
            return
        try:
            if self._now() >= self._stale_at:
                self._partners = {one.key: one for one in self._read() if one.is_open}
                self._stale_at = self._now() + FRESH_SECONDS
        except Exception as error:  # whatever ails the database: the old copy serves
            logger.warning("%s: partners could not be read", type(error).__name__)
            self._stale_at = self._now() + RETRY_SECONDS
        finally:
            self._lock.release()
