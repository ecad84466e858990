"""Secret keys for servers: made, found again by digest, revoked. Optional: reading needs none."""

import logging
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from directory.catalog.api_key import SCOPES, ApiKey, ApiKeys
from directory.catalog.clock import Clock
from directory.errors import BadValue, UnknownKey

PREFIX = "sk_"
LONGEST_OWNER = 60
MOST_PER_MINUTE = 100_000
# A key that is revoked stops working this soon, a new one works this soon; nothing is asked oftener.
REREAD_SECONDS = 5

logger = logging.getLogger(__name__)


def make(
    keys: ApiKeys, owner: str, scopes: tuple[str, ...], per_minute: int, today: date
) -> tuple[ApiKey, str]:
    """Keep a new key; answers it with its secret, which nobody can show again. Raises `BadValue`."""
    owner = _owner(owner)
    if wrong := set(scopes) - set(SCOPES) or (set() if scopes else {""}):
        raise BadValue("scope", min(wrong), "what the key is for", SCOPES)
    _check_rate(per_minute)
    secret = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey(digest_of(secret), owner, tuple(dict.fromkeys(scopes)), per_minute, today)
    return replace(key, number=keys.add(key)), secret


def change(keys: ApiKeys, number: int, owner: str, per_minute: int) -> None:
    """Give a key another owner or rate, within seconds. Raises `BadValue`, `UnknownKey`."""
    owner = _owner(owner)
    _check_rate(per_minute)
    if not keys.change(number, owner, per_minute):
        raise UnknownKey(number)


def _owner(text: str) -> str:
    owner = " ".join(text.split())
    if not owner or len(owner) > LONGEST_OWNER or not owner.isprintable():
        raise BadValue("owner", owner[:LONGEST_OWNER], f"1 to {LONGEST_OWNER} letters")
    return owner


def _check_rate(per_minute: int) -> None:
    if not 1 <= per_minute <= MOST_PER_MINUTE:
        raise BadValue("per-minute", per_minute, f"1 to {MOST_PER_MINUTE} requests a minute")


def revoke(keys: ApiKeys, number: int, today: date) -> None:
    """End a key for good. Raises `UnknownKey`."""
    if not keys.revoke(number, today):
        raise UnknownKey(number)


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is 256 random bits: a slow hash would add nothing but time."""
    return sha256(secret.encode()).hexdigest()


@dataclass(slots=True)
class KeyRing:
    """The keys that hold, in memory: read from the store at most every few seconds, by whoever asks."""

    keys: Callable[[], ApiKeys]
    clock: Clock
    _by_digest: Mapping[str, ApiKey] | None = None
    _read_at: float = 0.0
    _noted: dict[int, date] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def find(self, secret: str) -> ApiKey | None:
        """The key of a secret, if it holds; its day of use is noted."""
        if not secret.startswith(PREFIX):
            return None
        key = self._holding().get(digest_of(secret))
        if key is not None:
            self._note(key)
        return key

    def _holding(self) -> Mapping[str, ApiKey]:
        """One request rereads; the others meanwhile go by what was known, if anything was."""
        if self._is_old() and self._lock.acquire(blocking=self._by_digest is None):
            try:
                if self._is_old():
                    self._reread()
            finally:
                self._lock.release()
        return self._by_digest or {}

    def _is_old(self) -> bool:
        age = abs(self.clock().timestamp() - self._read_at)
        return self._by_digest is None or age >= REREAD_SECONDS

    def _reread(self) -> None:
        try:
            kept = self.keys().all()
            self._by_digest = {one.digest: one for one in kept if one.revoked_on is None}
        except Exception as error:  # a store that is away takes no key from anybody
            if self._by_digest is None:
                raise
            logger.error("Keys not read: %s", type(error).__name__)
        self._read_at = self.clock().timestamp()

    def _note(self, key: ApiKey) -> None:
        """Once a day for each key, and never in the way of an answer."""
        today = self.clock().date()
        if self._noted.get(key.number, key.last_used_on) == today:
            return
        self._noted[key.number] = today
        try:
            self.keys().used(key.number, today)
        except Exception as error:  # a store that takes no writing
            logger.error("Use of a key not noted: %s", type(error).__name__)
