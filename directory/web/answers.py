"""The newest answers to machines, in the memory of this process: asked again, they are sent again.

Which question an answer belongs to is kept as a keyed digest; the key is random and dies with the
process. Nothing is written to disk or told to anybody (docs/adr/025-a-memory-of-answers.md).
"""

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

MOST_ANSWERS = 512
MOST_BYTES = 24 * 1024 * 1024


class Edition(NamedTuple):
    """What an answer depends on besides the question: the generation, and the day it is asked on."""

    generation: str
    day: date


@dataclass(slots=True)
class Answers:
    """The answers of one edition, the least recently asked for going first. For several threads.

    `asked` is a question as it was sent, byte for byte; its language is part of it.
    """

    most: int = MOST_ANSWERS
    most_bytes: int = MOST_BYTES
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _of: Edition | None = None
    _kept: OrderedDict[bytes, bytes] = field(default_factory=OrderedDict, repr=False)
    _size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def recall(self, edition: Edition, asked: bytes) -> bytes | None:
        """The answer to a question, if it is there; those of another edition are forgotten."""
        digest = self._digest(edition, asked)
        with self._lock:
            self._turn_to(edition)
            if digest in self._kept:
                self._kept.move_to_end(digest)
            return self._kept.get(digest)

    def keep(self, edition: Edition, asked: bytes, answer: bytes) -> None:
        """Remember an answer; what was asked for longest ago makes room."""
        digest = self._digest(edition, asked)
        with self._lock:
            self._turn_to(edition)
            self._size += len(answer) - len(self._kept.pop(digest, b""))
            self._kept[digest] = answer
            while self._kept and (len(self._kept) > self.most or self._size > self.most_bytes):
                self._size -= len(self._kept.popitem(last=False)[1])

    @property
    def size(self) -> tuple[int, int]:
        """How many answers are kept, and their bytes."""
        return len(self._kept), self._size

    def _digest(self, edition: Edition, asked: bytes) -> bytes:
        told = f"{edition.generation} {edition.day} ".encode() + asked
        return blake2b(told, key=self._key, digest_size=32).digest()

    def _turn_to(self, edition: Edition) -> None:
        if self._of != edition:
            self._of, self._size = edition, 0
            self._kept.clear()
