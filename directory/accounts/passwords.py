"""Passwords: long, not among the commonest, kept as argon2id; no rule about kinds of letters.

NIST SP 800-63B 5.1.1.2; ASVS 5.0 6.2.1 to 6.2.12. Two are worked on at once, as each takes 64 MiB.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore
from typing import Literal, Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from directory.errors import Refusal

SHORTEST, LONGEST = 12, 200
MOST_AT_ONCE, MOST_WAITING = 2, 2
# How many different letters, or signs of any kind, have to be left once everything common is taken
# away: "Password2026!!" leaves 2, 0, 6 and the mark.
OWN_LETTERS, OWN_SIGNS = 5, 8
_ROWS = "abcdefghijklmnopqrstuvwxyz 01234567890 qwertyuiop asdfghjkl zxcvbnm 1qaz2wsx3edc4rfv5tgb"
_RUNS = f"{_ROWS} {_ROWS[::-1]}"
_LOOKS = str.maketrans("@$0", "aso")

Weakness = Literal["short", "long", "common"]


@dataclass
class WeakPassword(Refusal):
    """A password that we do not take, and why."""

    why: Weakness

    def __str__(self) -> str:
        told = {
            "short": f"fewer than {SHORTEST} characters; several words are easy to remember",
            "long": f"more than {LONGEST} characters",
            "common": "too easy to guess: it is made of what many people use, or of your own name",
        }
        return f"Password refused: {told[self.why]}."


@dataclass
class TooBusy(Refusal):
    """So many passwords are being compared that this one would wait too long."""

    def __str__(self) -> str:
        return "Too many people sign in at this moment. Try again in a few seconds."


class Hasher(Protocol):
    """What turns passwords into what is kept, and compares."""

    def hash(self, password: str) -> str:
        """What is kept of a password."""

    def verify(self, hash: str, password: str) -> bool:  # noqa: A002 - argon2-cffi's own name
        """True, or raises an error of argon2."""


@dataclass(slots=True)
class Passwords:
    """Hashes and compares. Every comparison is work, also when there is nothing to compare with.

    Few wait for a place, the others get `TooBusy`: a flood of sign-ins must not hold every thread of a
    worker, for visitors need them.
    """

    hasher: Hasher = field(default_factory=PasswordHasher)
    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_AT_ONCE))
    _queue: BoundedSemaphore = field(
        default_factory=lambda: BoundedSemaphore(MOST_AT_ONCE + MOST_WAITING)
    )
    _nobody: str = ""

    def kept(self, password: str) -> str:
        """What is kept of a password. Raises `TooBusy`."""
        with self._place():
            return self.hasher.hash(password)

    def fits(self, password: str, kept: str | None) -> bool:
        """True if this is the password. With none kept, the same work is done in vain. Raises `TooBusy`."""
        with self._place():
            # Made at the first comparison of a process, whoever is compared.
            self._nobody = self._nobody or self.hasher.hash("nobody")
            return self._verify(kept or self._nobody, password[:LONGEST]) and kept is not None

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._queue.acquire(blocking=False):
            raise TooBusy
        try:
            with self._places:
                yield
        finally:
            self._queue.release()

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self.hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


Judge = Callable[[str, Sequence[str]], None]
"""Raises `WeakPassword` for a password, given words that belong to its owner."""


def judge(common: Collection[str]) -> Judge:
    """The rule, with the commonest passwords there are."""
    pieces = [one.translate(_LOOKS) for one in common if len(one) > 3]

    def judged(password: str, own: Sequence[str]) -> None:
        if len(password) < SHORTEST:
            raise WeakPassword("short")
        if len(password) > LONGEST:
            raise WeakPassword("long")
        left = set(_left(password, [*_words(own), *pieces]))
        if len(left) < OWN_SIGNS and sum(one.isalpha() for one in left) < OWN_LETTERS:
            raise WeakPassword("common")

    return judged


def load_common(path: Path) -> Collection[str]:
    """The commonest passwords, one a line; lines with # tell where they are from."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.lower() for line in lines if line and not line.startswith("#"))


def _words(own: Sequence[str]) -> list[str]:
    return [word for one in own for word in re.findall(r"\w{4,}", one.lower().translate(_LOOKS))]


def _left(password: str, pieces: Sequence[str]) -> str:
    """What is left without common pieces, the longest first, and without runs such as 'qwe'."""
    left = password.lower().translate(_LOOKS)
    for piece in sorted(pieces, key=lambda one: (-len(one), one)):
        left = left.replace(piece, "")
    in_runs = {
        at + step for at in range(len(left) - 2) if left[at : at + 3] in _RUNS for step in range(3)
    }
    return "".join(sign for at, sign in enumerate(left) if at not in in_runs)
