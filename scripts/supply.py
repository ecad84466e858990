"""What the locks hold: each distribution once, with its hashes and what it is there for."""

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

from scripts.check_locks import entries, locked

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = "requirements.txt"
# Lock -> what its distributions are there for; one that stands in several belongs to the first.
LOCKS = {
    PRODUCT: "the product",
    "requirements-oidc.txt": "signing in with an organization",
    "requirements-dev.txt": "tests and checks",
    "requirements-bench.txt": "benchmarks",
}
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Locked:
    """One distribution as it is locked. `hashes` are the SHA-256 of every file pip may take."""

    name: str
    version: str
    hashes: tuple[str, ...]
    used_for: str


class NotLockedError(Exception):
    """What is installed or written down is not what is locked; says what to do."""


def of_lock(name: str, folder: Path = ROOT) -> tuple[Locked, ...]:
    """The distributions of one lock, by name."""
    text = (folder / name).read_text(encoding="utf-8")
    pins, _ = locked(text)
    hashes = {
        canonicalize_name(re.split(r"[\[=]", line)[0]): tuple(sorted(_HASH.findall(line)))
        for line in entries(text)
    }
    return tuple(Locked(one, pins[one], hashes[one], LOCKS[name]) for one in sorted(pins))


def everything(folder: Path = ROOT) -> tuple[Locked, ...]:
    """Every distribution of every lock there is, once."""
    found: dict[str, Locked] = {}
    for name in LOCKS:
        for one in of_lock(name, folder):
            found.setdefault(one.name, one)
    return tuple(sorted(found.values(), key=lambda one: one.name))
