"""Guessing is slow: tries to sign in are counted by account and by network, as keyed digests.

Kept for a day. Who tries too often gets the same answer as who is wrong.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from directory.accounts.keeping import Keeper
from directory.catalog.staff import Attempt, StaffBook

WINDOW, KEPT = timedelta(minutes=15), timedelta(days=1)
# In one window: of an account from one network, of an account from anywhere, of a network.
MOST_TOGETHER, MOST_OF_ACCOUNT, MOST_OF_NETWORK = 10, 50, 100


@dataclass(frozen=True, slots=True)
class Throttle:
    """Counts in the database, so that every worker counts the same."""

    keeper: Keeper

    def floods(self, book: StaffBook, network: bytes, now: datetime) -> bool:
        """True if so much came from one network that nothing it asks is worth the work any more.

        It holds for every account alike, so it tells nothing of any.
        """
        where = self._keys("", network)[1]
        tries = book.attempts.count("", where, now - WINDOW)
        return bool(network) and tries.of_network >= MOST_OF_NETWORK

    def admits(self, book: StaffBook, account: str, network: bytes, now: datetime) -> bool:
        """Count a try before it is judged; False if there were too many already.

        The empty network is this machine itself, or a proxy's that hides who asks: of it nothing is
        counted but the tries of one account.
        """
        whose, where = self._keys(account, network)
        tries = book.attempts.count(whose, where, now - WINDOW)
        book.attempts.forget(now - KEPT)
        if tries.together >= MOST_TOGETHER or tries.of_account >= MOST_OF_ACCOUNT:
            return False
        book.attempts.add(Attempt(whose, where, now))
        return True

    def came_in(self, book: StaffBook, account: str, network: bytes) -> None:
        """Forget the tries of who came in after all."""
        book.attempts.clear(*self._keys(account, network))

    def _keys(self, account: str, network: bytes) -> tuple[str, str]:
        return self.keeper.digest("account", account), self.keeper.digest("network", network.hex())
