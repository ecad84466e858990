"""How many requests a network may send: token buckets in the memory of this process.

Never an address: a bucket is found by a keyed digest of the network, the key is random and another
one each day (docs/adr/018-one-gate-for-machines.md).
"""

import math
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address

MOST_BUCKETS = 50_000
# Who waited as long as we said is let in, whatever a float makes of it.
ALMOST = 1e-6


@dataclass(frozen=True, slots=True)
class Policy:
    """So many requests in so many seconds; what was not used adds up to no more than `quota`."""

    name: str
    quota: int
    seconds: int

    @property
    def in_words(self) -> str:
        """'600 requests a minute'."""
        unit = {60: "a minute", 3600: "an hour"}.get(self.seconds, f"in {self.seconds} seconds")
        return f"{self.quota} requests {unit}"

    @property
    def header(self) -> str:
        """As RateLimit-Policy tells it (draft-ietf-httpapi-ratelimit-headers-10)."""
        return f'"{self.name}";q={self.quota};w={self.seconds}'


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is left of a bucket after a request; `wait` seconds until the next one, 0 if it went through."""

    policy: Policy
    left: int
    full_in: int
    wait: int = 0

    @property
    def header(self) -> str:
        """As RateLimit tells it: requests left, and seconds until all are there again."""
        return f'"{self.policy.name}";r={self.left};t={self.full_in}'


@dataclass(slots=True)
class Buckets:
    """One bucket for each policy and whoever draws from it; those unused for longest go first."""

    most: int = MOST_BUCKETS
    _held: OrderedDict[bytes, tuple[float, float]] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def draw(self, policy: Policy, whose: bytes, now: float) -> Drawn:
        """Take one request out at `now` (seconds); a clock that is set back fills nothing."""
        key, pace = policy.name.encode() + b" " + whose, policy.quota / policy.seconds
        with self._lock:
            held, at = self._held.pop(key, (float(policy.quota), now))
            held = min(policy.quota, held + max(0.0, now - at) * pace)
            is_let_in = held >= 1 - ALMOST
            left = max(0.0, held - 1) if is_let_in else held
            self._held[key] = left, now
            if len(self._held) > self.most:
                self._held.popitem(last=False)
        wait = 0 if is_let_in else math.ceil((1 - ALMOST - held) / pace)
        return Drawn(policy, math.floor(left), math.ceil((policy.quota - left) / pace), wait)

    def __len__(self) -> int:
        return len(self._held)


@dataclass(slots=True)
class Disguise:
    """Turns networks into words that nobody can turn back; tomorrow's are others."""

    _day: date | None = None
    _key: bytes = b""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def of(self, network: bytes, today: date) -> bytes:
        """The word of a network for today."""
        with self._lock:
            if self._day != today:
                self._day, self._key = today, secrets.token_bytes(32)
            key = self._key
        return blake2b(network, key=key, digest_size=16).digest()


def network_of(address: str | None) -> bytes | None:
    """The /24 or /48 of an address (what is none, as it stands); None for this machine itself.

    A request of this machine is an operator's, or a proxy's that hides who asks: counting it as one
    visitor would shut everybody out. `DIRECTORY_TRUSTED_PROXIES` says whose word to take instead.
    """
    if not address:
        return None
    try:
        asked = ip_address(address.partition("%")[0])
    except ValueError:
        return address.encode()
    if isinstance(asked, IPv6Address) and asked.ipv4_mapped is not None:
        asked = asked.ipv4_mapped
    if asked.is_loopback:
        return None
    return asked.packed[: 3 if asked.version == 4 else 6]
